package madang.events;

import static madang.events.EventTown.done;
import static madang.events.EventTown.history;
import static madang.events.EventTown.ids;
import static madang.events.EventTown.items;
import static madang.events.EventTown.proposes;
import static madang.events.EventTown.status;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import madang.kit.Id;
import madang.testing.Answer;
import madang.testing.Http;
import madang.testing.Person;
import madang.testing.Town;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What administrators see of events, and what is noted of them.
class AdminEventsTest {
    private static final String ADMIN = "/api/v1/admin/events";
    @AutoClose private static Town town;
    private static Person boss;

    @BeforeAll
    static void open() {
        town = Town.open();
        boss = town.person("boss");
        town.house()
                .wiring()
                .db()
                .run(tx ->
                        tx.sql("update identity.users set role = 'ADMIN' where id = :id")
                                .with("id", Objects.requireNonNull(Id.parse(boss.id())))
                                .count());
    }

    @Test
    void nobody_else_comes_in() {
        String event = proposes(town.mina());
        Http mina = town.mina().http();
        for (Answer refused :
                List.of(
                        mina.get(ADMIN),
                        mina.get(ADMIN + "/" + event),
                        mina.post(ADMIN + "/" + event + "/cancel"))) {
            assertThat(refused.status()).isEqualTo(403);
        }
        assertThat(status(town.mina(), event)).isEqualTo("PROPOSED");
    }

    @Test
    void all_events_are_listed_the_newest_first() {
        String first = proposes(town.mina());
        String second = proposes(town.joon());
        assertThat(ids(boss, ADMIN + "?limit=2")).containsExactly(second, first);
        assertThat(ids(boss, ADMIN + "?status=DONE")).isEmpty();
        assertThat(items(boss, ADMIN + "?limit=1").getFirst().has("description")).isFalse();
        String cursor = boss.http().get(ADMIN + "?limit=1").data().get("next_cursor").stringValue();
        assertThat(ids(boss, ADMIN + "?limit=1&cursor=" + cursor)).containsExactly(first);
        assertThat(boss.http().get("/api/v1/admin/stats").data().get("total_events").asLong())
                .isPositive();
    }

    @Test
    void who_looks_or_calls_off_is_noted() {
        Person mina = town.mina();
        String event = proposes(mina, town.joon());
        Answer seen = boss.http().get(ADMIN + "/" + event);
        assertThat(seen.data().get("participants").size()).isOne();
        assertThat(seen.data().get("my_status").isNull()).isTrue();
        assertThat(seen.data().get("room").isNull()).as("what is said is not theirs").isTrue();
        assertThat(done(boss.http().post(ADMIN + "/" + event + "/cancel"), 200).text("status"))
                .isEqualTo("CANCELED");
        assertThat(boss.http().post(ADMIN + "/" + event + "/cancel").code())
                .isEqualTo("EVENT_STATE");
        assertThat(boss.http().get(ADMIN + "/" + EventTown.NOBODY).code())
                .isEqualTo("EVENT_NOT_FOUND");
        assertThat(history(mina, event)).startsWith("CANCELED");
        assertThat(audited(event)).containsExactly("EVENT_VIEWED", "EVENT_CANCELED");
    }

    @Test
    void whoever_sees_an_event_may_report_it() {
        String event =
                done(
                                EventTown.propose(
                                        town.mina(),
                                        Map.of(
                                                "title", "나쁜 제목",
                                                "location", "뒷골목",
                                                "participant_ids", List.of(town.joon().id()))),
                                201)
                        .text("id");
        String report =
                "{\"subject_type\":\"event\",\"subject_id\":\"%s\",\"reason\":\"spam\"}"
                        .formatted(event);
        assertThat(town.sora().http().post("/api/v1/reports", report).status()).isEqualTo(404);
        String id = done(town.joon().http().post("/api/v1/reports", report), 201).text("id");
        assertThat(items(boss, "/api/v1/admin/reports?limit=100"))
                .filteredOn(item -> item.get("id").stringValue().equals(id))
                .extracting(item -> item.get("evidence").stringValue())
                .containsExactly("나쁜 제목\n뒷골목");
    }

    private static List<String> audited(String event) {
        return town.house()
                .wiring()
                .db()
                .read(tx ->
                        tx.sql("select action from audit.entry where target_id = :id order by id")
                                .with("id", Objects.requireNonNull(Id.parse(event)))
                                .list(String.class));
    }
}
