package madang.chat;

import static madang.chat.ChatRoomsTest.id;
import static madang.testing.Town.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import madang.testing.Answer;
import madang.testing.Person;
import madang.testing.Talker;
import madang.testing.Town;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ChatMentionsTest {
    @AutoClose private static Town town;

    @BeforeAll
    static void open() {
        town = Town.open();
    }

    @Test
    void members_are_called_wherever_they_are_and_nobody_else() {
        Person haneul = town.person("하늘이");
        String room = town.room(town.mina(), town.joon(), haneul);
        try (Talker joon = town.talker(town.joon());
                Talker tablet = town.talker(town.joon().onAnotherDevice());
                Talker sora = town.talker(town.sora())) {
            JsonNode said = town.says(town.mina(), "@JOON님, @하늘이에게 물어봐. @sora @mina @nobody", room);
            assertThat(ids(said.get("mentions"))).containsExactly(town.joon().id(), haneul.id());
            for (Talker each : List.of(joon, tablet)) {
                JsonNode heard = each.hears("chat.mentioned");
                assertThat(heard.get("room").stringValue()).isEqualTo(room);
                assertThat(heard.get("message")).isEqualTo(said.get("id"));
                assertThat(heard.get("seq")).isEqualTo(said.get("seq"));
                assertThat(heard.get("by").stringValue()).isEqualTo(town.mina().id());
            }
            assertThat(sora.hearsNothing()).isTrue();
        }
        assertThat(unread(town.joon(), room)).isEqualTo(1);
        assertThat(unread(town.mina(), room)).isZero();
    }

    @Test
    void the_same_key_calls_once_and_an_edit_calls_in_silence() {
        String room = town.room(town.mina(), town.joon(), town.haneul());
        try (Talker joon = town.talker(town.joon());
                Talker haneul = town.talker(town.haneul());
                Talker mina = town.talker(town.mina())) {
            JsonNode said = mina.says("@joon?", room, "k");
            mina.says("@joon?", room, "k");
            joon.hears("chat.mentioned");
            JsonNode edited = mina.edits(said, "@haneul?");
            assertThat(ids(edited.get("mentions"))).containsExactly(town.haneul().id());
            assertThat(joon.hearsNothing()).isTrue();
            assertThat(haneul.hearsNothing()).isTrue();
        }
        assertThat(unread(town.joon(), room)).isZero();
        assertThat(unread(town.haneul(), room)).isEqualTo(1);
    }

    @Test
    void moderators_call_everybody_and_others_do_not() {
        String room = town.room(town.mina(), town.joon(), town.haneul());
        assertThat(ids(town.says(town.mina(), "@all tea!", room).get("mentions")))
                .containsExactlyInAnyOrder(town.joon().id(), town.haneul().id());
        assertThat(town.says(town.joon(), "@all tea!", room).get("mentions")).isEmpty();
    }

    @Test
    void my_mentions_come_newest_first_and_go_with_message_and_membership() {
        Person dana = town.person("dana");
        String garden = town.room(town.mina(), dana);
        String kitchen = town.room(town.mina(), dana);
        List<JsonNode> said = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            said.add(town.says(town.mina(), "@dana " + i, i % 2 == 0 ? garden : kitchen));
        }
        assertThat(mentions(dana))
                .containsExactly("@dana 4", "@dana 3", "@dana 2", "@dana 1", "@dana 0");
        town.mina().http().delete(path(said.get(2)));
        assertThat(mentions(dana)).containsExactly("@dana 4", "@dana 3", "@dana 1", "@dana 0");
        assertThat(unread(dana, garden)).isEqualTo(2);
        dana.http()
                .put(
                        "/api/v1/chat/rooms/" + garden + "/read",
                        json(Map.of("seq", said.get(4).get("seq").asLong())));
        assertThat(unread(dana, garden)).isZero();
        town.mina().http().delete("/api/v1/chat/rooms/" + kitchen + "/members/" + dana.id());
        assertThat(mentions(dana)).containsExactly("@dana 4", "@dana 0");
        assertThat(mentions(town.sora())).isEmpty();
        for (String garbage : List.of("x", "eA", "!!")) {
            assertThat(
                            dana.http()
                                    .get("/api/v1/chat/mentions?cursor=" + garbage)
                                    .details()
                                    .has("cursor"))
                    .isTrue();
        }
    }

    @Test
    void a_wall_of_names_is_said_like_any_text() {
        String room = town.room(town.mina(), town.joon());
        for (String text :
                List.of("@".repeat(4_000), "@joon ".repeat(660), "@" + "가".repeat(3_999))) {
            assertThat(town.says(town.mina(), text, room).get("text").stringValue())
                    .isEqualTo(text);
        }
    }

    @Test
    void keys_are_relayed_and_ciphertext_calls_nobody() {
        Person mina = town.mina();
        String room = town.room(mina, town.joon());
        String jwk = "{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}";
        assertThat(put(mina, jwk).status()).isEqualTo(200);
        assertThat(put(mina, jwk).status()).as("again").isEqualTo(200);
        assertThat(town.sora().http().get("/api/v1/chat/keys/" + mina.id()).text("public_key"))
                .isEqualTo(jwk);
        assertThat(town.sora().http().get("/api/v1/chat/keys/" + town.sora().id()).code())
                .isEqualTo("CHAT_KEY_NOT_FOUND");
        assertThat(town.sora().http().get("/api/v1/chat/keys/7").status()).isEqualTo(404);
        JsonNode all = town.joon().http().get("/api/v1/chat/rooms/" + room + "/keys").data();
        assertThat(all.get("items")).hasSize(1);
        assertThat(all.get("items").get(0).get("user").stringValue()).isEqualTo(mina.id());
        assertThat(town.sora().http().get("/api/v1/chat/rooms/" + room + "/keys").status())
                .isEqualTo(404);
        String open = town.publicRoom(mina);
        assertThat(town.sora().http().get("/api/v1/chat/rooms/" + open + "/keys").status())
                .isEqualTo(403);

        Map<String, String> keys = Map.of(mina.id(), "a2V5", town.joon().id(), "a2V5Mg==");
        Answer sent = encrypted(room, "iv:@joon", keys);
        assertThat(sent.status()).isEqualTo(201);
        assertThat(sent.data().get("encrypted_keys").get(town.joon().id()).stringValue())
                .isEqualTo("a2V5Mg==");
        assertThat(sent.data().get("mentions")).isEmpty();
        try (Talker joon = town.talker(town.joon())) {
            joon.opens(room);
            JsonNode said =
                    Talker.result(
                            joon.calls(
                                    "chat.send",
                                    "room",
                                    room,
                                    "text",
                                    "iv:ct",
                                    "client_key",
                                    "k",
                                    "encrypted_keys",
                                    keys));
            assertThat(said.get("encrypted_keys")).hasSize(2);
            assertThat(joon.hearsText("iv:ct").get("encrypted_keys")).hasSize(2);
        }
    }

    @Test
    void a_key_that_is_none_or_private_is_refused() {
        for (String wrong :
                List.of(
                        "",
                        "x",
                        "[]",
                        "{}",
                        "{\"kty\":\"\"}",
                        "{\"kty\":7}",
                        "{\"kty\":\"RSA\",\"d\":\"x\"}",
                        "{\"kty\":\"oct\",\"k\":\"x\"}",
                        "{\"kty\":\"RSA\",\"kty\":\"EC\"}",
                        "{\"kty\":\"RSA\",\"n\":\"" + "x".repeat(4_100) + "\"}")) {
            Answer refused = put(town.mina(), wrong);
            assertThat(refused.status()).as(wrong).isEqualTo(422);
            assertThat(refused.details().has("public_key")).isTrue();
        }
        String room = town.room(town.mina());
        Map<String, Object> tooMany = new java.util.HashMap<>();
        for (int i = 0; i <= 500; i++) {
            tooMany.put("01900000-0000-7000-8000-%012d".formatted(i), "a2V5");
        }
        for (Object wrong :
                List.of(
                        Map.of(),
                        tooMany,
                        Map.of("mina", "a2V5"),
                        Map.of(town.mina().id(), "no base64!"),
                        Map.of(town.mina().id(), ""),
                        Map.of(town.mina().id(), "a".repeat(2_000)),
                        Map.of(town.mina().id(), 7),
                        Map.of("a\u0000", "a2V5"),
                        List.of("a2V5"),
                        "a2V5")) {
            assertThat(encrypted(room, "iv:ct", wrong).status()).as("%s", wrong).isEqualTo(422);
        }
    }

    @Test
    void a_message_with_keys_for_five_hundred_is_heard_by_all() {
        String room = town.room(town.mina(), town.joon());
        Map<String, Object> many = new java.util.HashMap<>();
        for (int i = 0; i < 500; i++) {
            many.put("01900000-0000-7000-8000-%012d".formatted(i), "a".repeat(344));
        }
        try (Talker joon = town.talker(town.joon())) {
            joon.opens(room);
            Answer sent = encrypted(room, "iv:ct", many);
            assertThat(sent.status()).isEqualTo(201);
            assertThat(joon.hearsText("iv:ct").get("encrypted_keys")).hasSize(500);
            town.says(town.mina(), "and on", room);
            joon.hearsText("and on");
        }
    }

    private static Answer put(Person who, String jwk) {
        return who.http().put("/api/v1/chat/keys", json(Map.of("public_key", jwk)));
    }

    private static Answer encrypted(String room, String text, Object keys) {
        return town.mina()
                .http()
                .post(
                        "/api/v1/chat/rooms/" + room + "/messages",
                        json(Map.of("text", text, "encrypted_keys", keys)));
    }

    private static List<String> mentions(Person person) {
        List<String> texts = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonNode page = person.http().get("/api/v1/chat/mentions?limit=2" + cursor).data();
            page.get("items").forEach(message -> texts.add(message.get("text").stringValue()));
            cursor =
                    page.get("next_cursor").isNull()
                            ? null
                            : "&cursor=" + page.get("next_cursor").stringValue();
        }
        return texts;
    }

    private static int unread(Person person, String room) {
        return person.http()
                .get("/api/v1/chat/rooms/" + room)
                .data()
                .get("unread_mentions")
                .asInt();
    }

    private static List<String> ids(JsonNode list) {
        List<String> ids = new ArrayList<>();
        list.forEach(each -> ids.add(each.stringValue()));
        return ids;
    }

    private static String path(JsonNode message) {
        return "/api/v1/chat/rooms/"
                + message.get("room").stringValue()
                + "/messages/"
                + id(message);
    }
}
