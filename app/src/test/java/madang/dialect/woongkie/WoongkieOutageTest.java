package madang.dialect.woongkie;

import static madang.dialect.woongkie.Talkie.says;
import static madang.testing.Eventually.eventually;
import static madang.testing.Town.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import madang.kit.Id;
import madang.testing.Answer;
import madang.testing.House;
import madang.testing.Http;
import madang.testing.TestPostgres;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What this dialect says while its database is away, and where it has missed too much.
class WoongkieOutageTest {
    @AutoClose private static House house;
    private static Talkie steward;

    @BeforeAll
    static void open() {
        house =
                Talkie.house(
                        Map.of(
                                "MADANG_ADMIN_USERNAME",
                                "steward",
                                "MADANG_ADMIN_PASSWORD",
                                Talkie.PASSWORD));
        steward = Talkie.logIn(house, "steward");
    }

    @Test
    void while_the_database_is_away_all_say_so_and_afterwards_all_goes_on() {
        Http own = steward.atOwnAddress().http();
        Http host = steward.natively();
        Http stranger = Talkie.stranger(house);
        String room = steward.defaultRoom().get("id").stringValue();
        try (Line line = steward.line(room).settled()) {
            line.says("before");
            line.hears("MSG");
            TestPostgres.shut(house.database());
            try {
                eventually(() -> stranger.get("/ready").status() == 503);
                Answer notReady = stranger.get("/ready");
                assertThat(notReady.status()).isEqualTo(503);
                assertThat(notReady.text()).isEqualTo("{\"status\":\"not ready\"}");
                assertThat(stranger.get("/health").text()).isEqualTo("{\"status\":\"ok\"}");
                says(own.get("/admin/stats"), 503, "서비스를 일시적으로 사용할 수 없습니다");
                line.says("meanwhile");
                assertThat(line.hears("WARN").get("message").stringValue())
                        .isEqualTo("메시지 저장에 실패했습니다. 잠시 후 다시 시도해주세요.");
            } finally {
                TestPostgres.open(house.database());
            }
            eventually(() -> stranger.get("/ready").status() == 200);
        }
        eventually(() -> own.get("/admin/stats").status() == 200);
        eventually(() -> host.post(messages(room), json(Map.of("text", "after"))).status() == 201);
        assertThat(own.get("/metrics").text()).contains("woongkie_messages_dropped_total 1");
    }

    /// More than the feed tells again one by one: a hundred rows that nobody announced.
    @Test
    void who_has_missed_too_much_is_told_to_come_again_and_finds_it_in_the_history() {
        String room = steward.opens("missed", true).get("id").stringValue();
        try (Line line = steward.line(room).settled()) {
            line.says("first");
            line.hears("MSG");
            unheard(room, 101, null);
            steward.natively().post(messages(room), json(Map.of("text", "and then")));
            assertThat(line.closeCode()).isEqualTo(1001);
        }
        try (Line again = steward.line(room)) {
            assertThat(again.history().getLast().get("message").stringValue())
                    .isEqualTo("and then");
        }
    }

    @Test
    void what_was_said_and_edited_unheard_is_told_as_said() {
        String room = steward.opens("deaf", true).get("id").stringValue();
        try (Line line = steward.line(room).settled()) {
            line.says("first");
            line.hears("MSG");
            unheard(room, 1, Instant.parse("2026-01-01T00:00:00Z"));
            steward.natively().post(messages(room), json(Map.of("text", "and then")));
            assertThat(line.hears("MSG").get("message").stringValue()).isEqualTo("unheard 1");
            assertThat(line.hears("MSG").get("message").stringValue()).isEqualTo("and then");
            assertThat(line.events()).doesNotContain("MSG_EDIT");
        }
    }

    /// Says so many things behind the only one that was said in the room, and announces none. Each
    /// that was edited has its change right behind its birth.
    private static void unheard(String room, int messages, @Nullable Instant editedAt) {
        int places = editedAt == null ? 1 : 2;
        house.wiring()
                .db()
                .run(tx -> {
                    tx.sql(
                                    """
                                    insert into chat.message (room_id, seq, changed_seq, id, kind, author_id,
                                                              text, client_key, created_at, edited_at)
                                    select room_id, seq + n * :places - :places + 1, seq + n * :places,
                                           gen_random_uuid(), kind, author_id, 'unheard ' || n,
                                           'unheard ' || n, created_at, :editedAt
                                    from chat.message, generate_series(1, :messages) n
                                    where room_id = :room
                                    """)
                            .with("room", Id.parse(room))
                            .with("places", places)
                            .with("messages", messages)
                            .with("editedAt", editedAt)
                            .count();
                    tx.sql(
                                    "update chat.room_log set last_seq = last_seq + :places where room_id = :room")
                            .with("room", Id.parse(room))
                            .with("places", messages * places)
                            .count();
                });
    }

    private static String messages(String room) {
        return "/api/v1/chat/rooms/" + room + "/messages";
    }
}
