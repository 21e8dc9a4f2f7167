package madang.dialect.woongkie;

import static madang.dialect.woongkie.Talkie.says;
import static madang.testing.Eventually.eventually;
import static madang.testing.Town.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import madang.testing.Http;
import madang.testing.TestPostgres;
import madang.testing.Twins;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Mina's browser is at one node, Joon's at the other, and neither notices.
class WoongkieTwoNodesTest {
    private static Twins nodes;
    private static Talkie mina;
    private static Talkie joon;
    private static Http steward;

    @BeforeAll
    static void open() {
        Map<String, String> settings = new LinkedHashMap<>(Talkie.WIDE);
        settings.put("MADANG_ADMIN_USERNAME", "steward");
        settings.put("MADANG_ADMIN_PASSWORD", Talkie.PASSWORD);
        nodes = Twins.open(settings);
        mina = Talkie.register(nodes.here(), "mina");
        joon = Talkie.register(nodes.there(), "joon");
        steward = Talkie.logIn(nodes.here(), "steward").atOwnAddress().http();
    }

    @AfterAll
    static void close() {
        nodes.close();
        TestPostgres.drop(nodes.database());
    }

    @Test
    void all_that_happens_here_is_heard_there() {
        String room = room("both");
        try (Line here = mina.line(room).settled();
                Line there = joon.line(room).settled()) {
            assertThat(here.hears("PRESENCE", "joon").get("message").stringValue())
                    .isEqualTo("online");
            here.says("차 마실래요?");
            String said = there.hears("MSG").get("message_id").stringValue();
            there.tells("Event", "TYPING_START");
            assertThat(here.hears("TYPING_START").get("User").stringValue()).isEqualTo("joon");
            String path = "/rooms/" + room + "/messages/" + said;
            mina.http().put(path, json(Map.of("message", "커피 마실래요?")));
            assertThat(there.hears("MSG_EDIT").get("message").stringValue()).isEqualTo("커피 마실래요?");
            joon.http().post(path + "/reply", json(Map.of("message", "네")));
            assertThat(here.hears("MSG").get("reply_to").isNull()).isFalse();
            mina.http().delete(path);
            assertThat(there.hears("MSG_DELETE").get("message_id").stringValue()).isEqualTo(said);
            says(
                    steward.post(
                            "/admin/rooms/" + room + "/announce", json(Map.of("message", "모두에게"))),
                    200,
                    "전송");
            assertThat(there.hears("ANNOUNCE").get("message").stringValue()).isEqualTo("[공지] 모두에게");
            assertThat(there.events()).doesNotContain("WARN");
        }
    }

    @Test
    void who_is_online_is_known_on_both() {
        String room = room("online");
        try (Line here = mina.line(room).settled()) {
            Line there = joon.line(room).settled();
            for (Talkie asks : List.of(mina, joon)) {
                eventually(() -> online(asks, room).size() == 2);
                assertThat(online(asks, room)).containsExactlyInAnyOrder("mina", "joon");
            }
            eventually(() -> steward.get("/admin/stats").body().get("online_users").asLong() == 2);
            there.close();
            assertThat(here.hears("CLOSE").get("message").stringValue()).contains("joon");
            eventually(() -> online(mina, room).equals(List.of("mina")));
        }
    }

    @Test
    void who_is_shut_out_or_whose_room_is_gone_hears_no_more_there() {
        String doomed = room("doomed");
        try (Line there = joon.line(doomed).settled()) {
            assertThat(mina.http().delete("/rooms/" + doomed).status()).isEqualTo(200);
            assertThat(there.closeCode()).isEqualTo(1001);
        }
        Talkie haneul = Talkie.register(nodes.there(), "haneul");
        try (Line there = haneul.line(room("closed to him")).settled()) {
            steward.put("/admin/users/haneul/block", "{\"blocked\":true}");
            assertThat(there.closeCode()).isEqualTo(1008);
        }
        says(haneul.http().get("/auth/me"), 403, "차단된 계정입니다");
    }

    @Test
    void who_leaves_a_private_room_or_is_put_out_of_it_hears_no_more_on_both_and_the_others_stay() {
        Talkie joonHere = Talkie.logIn(nodes.here(), "joon");
        Http host = mina.natively();
        for (boolean isPutOut : List.of(false, true)) {
            String room = secretOfBoth("secret " + isPutOut);
            try (Line stays = mina.line(room).settled();
                    Line there = joon.line(room).settled();
                    Line here = joonHere.line(room).settled()) {
                if (isPutOut) {
                    String member = "/api/v1/chat/rooms/" + room + "/members/" + joon.id();
                    assertThat(host.delete(member).status()).isLessThan(300);
                } else {
                    says(joon.http().post("/rooms/" + room + "/leave"), 200, "나갔습니다");
                }
                assertThat(there.closeCode()).isEqualTo(1008);
                assertThat(here.closeCode()).isEqualTo(1008);
                says(joon.http().get("/rooms/" + room), 403, "채팅방 멤버만 접근할 수 있습니다");
                stays.says("still here");
                assertThat(stays.hears("MSG").get("message").stringValue()).isEqualTo("still here");
            }
        }
    }

    /// A private room of Mina's into which Joon has come.
    private static String secretOfBoth(String name) {
        String password = "열려라 참깨";
        String room =
                mina.http()
                        .post("/rooms", json(Map.of("name", name, "password", password)))
                        .body()
                        .get("id")
                        .stringValue();
        String join = "/rooms/" + room + "/join";
        says(joon.http().post(join, json(Map.of("password", password))), 200, "참여했습니다");
        return room;
    }

    private static String room(String name) {
        return mina.opens(name, true).get("id").stringValue();
    }

    private static List<String> online(Talkie asks, String room) {
        return asks.http()
                .get("/rooms/" + room)
                .body()
                .get("online_members")
                .valueStream()
                .map(JsonNode::stringValue)
                .toList();
    }
}
