package madang.dialect.woongkie;

import static madang.dialect.woongkie.Talkie.says;
import static madang.testing.Town.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import madang.testing.Answer;
import madang.testing.House;
import madang.testing.Http;
import madang.testing.Photos;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What was said, shown and encrypted in a room, asked for over HTTP.
class WoongkieMessagesTest {
    @AutoClose private static House house;
    private static Talkie mina;
    private static Talkie joon;

    @BeforeAll
    static void open() {
        house = Talkie.house();
        mina = Talkie.register(house, "mina");
        joon = Talkie.register(house, "joon");
    }

    @Test
    void history_is_the_newest_and_can_be_cut_by_time_and_by_message() {
        String id = mina.opens("history", true).get("id").stringValue();
        String path = "/rooms/" + id + "/messages";
        assertThat(mina.http().get(path).body().get("messages")).isEmpty();
        try (Line line = mina.line(id).settled()) {
            for (int i = 0; i < 7; i++) {
                line.says("line " + i);
                line.hears("MSG");
            }
        }
        JsonNode newest = mina.http().get(path + "?limit=3&q=test").body();
        assertThat(texts(newest)).containsExactly("line 4", "line 5", "line 6");
        assertThat(newest.get("has_more").asBoolean()).isTrue();
        JsonNode four = newest.get("messages").get(0);
        for (String cursor :
                List.of(four.get("id").stringValue(), four.get("created_at").stringValue())) {
            JsonNode before = mina.http().get(path + "?limit=4&before=" + cursor).body();
            assertThat(texts(before)).containsExactly("line 0", "line 1", "line 2", "line 3");
            assertThat(before.get("has_more").asBoolean()).isFalse();
            JsonNode after = mina.http().get(path + "?after=" + cursor).body();
            assertThat(texts(after)).containsExactly("line 5", "line 6");
            assertThat(after.get("has_more").asBoolean()).isFalse();
        }
        says(mina.http().get(path + "?before=yesterday"), 400, "잘못된 시간 형식입니다");
        says(
                mina.http().get(path + "?before=00000000-0000-7000-8000-000000000000"),
                400,
                "잘못된 시간 형식입니다");
    }

    @Test
    void a_page_is_bounded_whatever_is_asked_for() {
        String id = mina.opens("long", true).get("id").stringValue();
        String path = "/rooms/" + id + "/messages";
        Http host = mina.natively();
        String first = "";
        for (int i = 0; i < 202; i++) {
            Answer said =
                    host.post(
                            "/api/v1/chat/rooms/" + id + "/messages",
                            json(Map.of("text", "line " + i)));
            first = first.isEmpty() ? said.data().get("id").stringValue() : first;
        }
        for (String usual : List.of("", "?limit=0", "?limit=101", "?limit=-1", "?limit=x")) {
            JsonNode page = mina.http().get(path + usual).body();
            assertThat(texts(page)).as(usual).hasSize(50).endsWith("line 201");
            assertThat(page.get("has_more").asBoolean()).isTrue();
        }
        assertThat(texts(mina.http().get(path + "?limit=100").body())).hasSize(100);
        JsonNode after = mina.http().get(path + "?limit=10&after=" + first).body();
        assertThat(texts(after)).hasSize(200).startsWith("line 1").endsWith("line 200");
        assertThat(after.get("has_more").asBoolean()).isFalse();
    }

    @Test
    void messages_are_edited_deleted_and_answered_by_those_who_may() {
        String id = mina.opens("changes", true).get("id").stringValue();
        String path = "/rooms/" + id + "/messages/";
        String said = say(mina, id, "tee");
        says(joon.http().put(path + said, text("coffee")), 403, "수정 권한이 없습니다");
        says(joon.http().delete(path + said), 403, "삭제 권한이 없습니다");
        says(mina.http().put(path + said, text(" ")), 400, "2000자");
        says(mina.http().put(path + said, text("x".repeat(2_001))), 400, "2000자");
        JsonNode edited = mina.http().put(path + said, text("tea")).body();
        assertThat(edited.get("message").stringValue()).isEqualTo("tea");
        assertThat(edited.get("is_edited").asBoolean()).isTrue();
        assertThat(edited.get("updated_at")).isEqualTo(edited.get("edited_at"));

        Answer reply = joon.http().post(path + said + "/reply", text("with milk"));
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.body().get("reply_to").stringValue()).isEqualTo(said);
        assertThat(reply.body().get("reply_to_user").stringValue()).isEqualTo("mina");
        assertThat(reply.body().get("reply_to_message").stringValue()).isEqualTo("tea");

        String elsewhere = mina.opens("elsewhere", true).get("id").stringValue();
        String there = "/rooms/" + elsewhere + "/messages/" + said;
        says(mina.http().put(there, text("tea elsewhere")), 404, "메시지를 찾을 수 없습니다");
        says(mina.http().delete(there), 404, "메시지를 찾을 수 없습니다");
        says(mina.http().post(there + "/reply", text("with milk")), 404, "원본 메시지를 찾을 수 없습니다");

        says(mina.http().delete(path + said), 200, "메시지가 삭제되었습니다");
        says(mina.http().delete(path + said), 410, "삭제된 메시지입니다");
        says(mina.http().put(path + said, text("tea")), 410, "삭제된 메시지입니다");
        says(joon.http().post(path + said + "/reply", text("?")), 410, "답장할 수 없습니다");
        says(joon.http().post(path + "nothing/reply", text("?")), 404, "메시지를 찾을 수 없습니다");
        says(joon.http().post(path + said + "/reply", text("x".repeat(2_001))), 400, "2000자");
        assertThat(texts(mina.http().get("/rooms/" + elsewhere + "/messages").body())).isEmpty();
        assertThat(texts(mina.http().get("/rooms/" + id + "/messages").body()))
                .containsExactly("with milk");
    }

    @Test
    void to_edit_is_to_speak() {
        String id = mina.opens("edits", true).get("id").stringValue();
        String path = "/rooms/" + id + "/messages/";
        String others = path + say(mina, id, "mina's");
        String own = path + say(joon, id, "joon's");
        says(joon.http().post("/rooms/" + id + "/leave"), 200, "나갔습니다");
        says(joon.http().put(others, text("joon's")), 403, "수정 권한이 없습니다");
        assertThat(members(id)).isEqualTo(1);
        assertThat(joon.http().put(own, text("joon's own")).status()).isEqualTo(200);
        assertThat(members(id)).isEqualTo(2);
        says(joon.http().post("/rooms/" + id + "/leave"), 200, "나갔습니다");
        says(joon.http().delete(own), 200, "메시지가 삭제되었습니다");
        assertThat(members(id)).isEqualTo(1);
    }

    @Test
    void five_minutes_later_nothing_is_edited() {
        String id = mina.opens("late", true).get("id").stringValue();
        String said = say(mina, id, "tea");
        house.clock().move(java.time.Duration.ofMinutes(5).plusSeconds(1));
        says(
                mina.http().put("/rooms/" + id + "/messages/" + said, text("late")),
                403,
                "5분이 지나 수정할 수 없습니다");
    }

    @Test
    void parts_of_words_are_found() {
        String id = mina.opens("search", true).get("id").stringValue();
        say(mina, id, "오늘은 홍차를 마셔요");
        String path = "/rooms/" + id + "/messages/search?q=";
        Http own = joon.atOwnAddress().http();
        for (String words :
                List.of("%EC%B0%A8", "%ED%99%8D%EC%B0%A8", "%ED%99%8D%EC%B0%A8%EB%A5%BC")) {
            assertThat(texts(own.get(path + words).body())).containsExactly("오늘은 홍차를 마셔요");
        }
        assertThat(texts(own.get(path + "coffee").body())).isEmpty();
        says(own.get(path), 400, "검색어는 1자 이상 100자 이하");
        says(own.get(path + "x".repeat(101)), 400, "검색어는 1자 이상 100자 이하");
        assertThat(own.get(path + "%00").status()).isEqualTo(400);
        assertThat(own.get(path + "%ff").status()).isEqualTo(400);
    }

    @Test
    void keys_and_what_is_encrypted_with_them_are_relayed() {
        String jwk = "{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}";
        Talkie own = mina.atOwnAddress();
        says(own.http().put("/crypto/keys", json(Map.of("public_key", jwk))), 200, "저장");
        says(own.http().put("/crypto/keys", json(Map.of("public_key", "{}"))), 400, "JWK");
        says(
                own.http()
                        .put(
                                "/crypto/keys",
                                json(Map.of("public_key", jwk.replace("}", ",\"d\":\"x\"}")))),
                400,
                "JWK");
        JsonNode key = joon.atOwnAddress().http().get("/crypto/keys/mina").body();
        assertThat(key.get("username").stringValue()).isEqualTo("mina");
        assertThat(key.get("public_key").stringValue()).isEqualTo(jwk);
        says(own.http().get("/crypto/keys/nobody"), 404, "사용자를 찾을 수 없습니다");
        says(own.http().get("/crypto/keys/joon"), 404, "공개 키를 찾을 수 없습니다");
        String secret = mina.opens("keys of members", false).get("id").stringValue();
        says(
                joon.atOwnAddress().http().get("/rooms/" + secret + "/keys"),
                403,
                "채팅방 멤버만 접근할 수 있습니다");
        String room = mina.opens("encrypted", true).get("id").stringValue();
        Http outsider = joon.atOwnAddress().http();
        says(outsider.get("/rooms/" + room + "/keys"), 403, "채팅방 멤버만 접근할 수 있습니다");
        says(own.http().get("/rooms/17/keys"), 404, "채팅방을 찾을 수 없습니다");
        assertThat(own.http().get("/rooms/" + room + "/keys").body().at("/keys/mina").stringValue())
                .isEqualTo(jwk);
        try (Line line = own.line(room).settled()) {
            line.tells(
                    "event", "MESSAGE",
                    "message", "aXY=:Y2lwaGVy",
                    "encrypted", true,
                    "encrypted_keys", "{\"mina\":\"a2V5\",\"joon\":\"a2V5Mg==\"}");
            JsonNode heard = line.hears("MSG");
            assertThat(heard.get("encrypted").asBoolean()).isTrue();
            assertThat(heard.get("encrypted_keys").stringValue()).contains("\"joon\":\"a2V5Mg==\"");
        }
        JsonNode stored = own.http().get("/rooms/" + room + "/messages").body();
        assertThat(stored.at("/messages/0/encrypted").asBoolean()).isTrue();
        assertThat(stored.at("/messages/0/encrypted_keys/mina").stringValue()).isEqualTo("a2V5");
        say(mina, room, "aXY= in plain words");
        assertThat(texts(own.http().get("/rooms/" + room + "/messages/search?q=aXY").body()))
                .containsExactly("aXY= in plain words");
    }

    @Test
    void files_are_known_by_content_and_shown_to_those_in_the_room() {
        Talkie own = mina.atOwnAddress();
        String room = mina.opens("files", false).get("id").stringValue();
        try (Line line = own.line(room).settled()) {
            Answer sent = upload(own, room, "메모.txt", "차 한 잔".getBytes(StandardCharsets.UTF_8));
            assertThat(sent.status()).as(sent.text()).isEqualTo(201);
            JsonNode file = sent.body();
            assertThat(file.get("mime_type").stringValue()).isEqualTo("text/plain");
            assertThat(file.get("file_id")).isEqualTo(file.get("id"));
            String url = file.get("url").stringValue();
            assertThat(url).isEqualTo("/files/" + file.get("id").stringValue());
            JsonNode heard = line.hears("MSG_FILE");
            assertThat(heard.get("message").stringValue()).isEqualTo(url);
            line.tells("Event", "MSG_FILE", "message", url);
            line.says("once only");
            assertThat(line.next().get("Event").stringValue()).isEqualTo("MSG");

            Answer got = own.http().get(url);
            assertThat(got.text()).isEqualTo("차 한 잔");
            assertThat(got.header("Content-Disposition")).startsWith("attachment");
            assertThat(joon.atOwnAddress().http().get(url).status()).isEqualTo(404);
        }
        byte[] pdf = "%PDF-1.7\n".getBytes(StandardCharsets.UTF_8);
        says(upload(own, room, "tea.png", pdf), 400, "확장자");
        says(upload(own, room, "tea.zip", new byte[] {'P', 'K', 3, 4, 0}), 400, "허용되지 않는");
        assertThat(upload(joon.atOwnAddress(), room, "a.txt", new byte[] {'a'}).status())
                .isEqualTo(403);
        says(
                upload(
                        own,
                        room,
                        "big.txt",
                        "x".repeat(10 * 1024 * 1024 + 1).getBytes(StandardCharsets.UTF_8)),
                413,
                "파일이 너무 큽니다");
        Answer dot = upload(own, room, "dot.png", Photos.png(2, 2));
        assertThat(dot.status()).as(dot.text()).isEqualTo(201);
        Answer shown = own.http().get(dot.body().get("url").stringValue());
        assertThat(shown.header("Content-Type")).isEqualTo("image/png");
        assertThat(shown.header("Content-Disposition")).doesNotStartWith("attachment");
        String url = dot.body().get("url").stringValue();
        says(Talkie.stranger(house).at(own.port(), "woongkie").get(url), 401, "인증 토큰이 필요합니다");
        says(own.http().delete("/rooms/" + room), 200, "채팅방이 삭제되었습니다");
        says(own.http().get(url), 404, "파일을 찾을 수 없습니다");
    }

    private static Answer upload(Talkie who, String room, String name, byte[] content) {
        String boundary = "tea-and-cake";
        byte[] head =
                ("--"
                                + boundary
                                + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
                                + name
                                + "\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8);
        byte[] end = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8);
        byte[] body = new byte[head.length + content.length + end.length];
        System.arraycopy(head, 0, body, 0, head.length);
        System.arraycopy(content, 0, body, head.length, content.length);
        System.arraycopy(end, 0, body, head.length + content.length, end.length);
        return who.http()
                .with("Content-Type", "multipart/form-data; boundary=" + boundary)
                .send("POST", "/rooms/" + room + "/upload", body);
    }

    private static int members(String room) {
        return mina.http().get("/rooms/" + room).body().get("member_count").asInt();
    }

    private static String text(String message) {
        return json(Map.of("message", message));
    }

    private static String say(Talkie who, String room, String text) {
        try (Line line = who.line(room).settled()) {
            line.says(text);
            return line.hears("MSG").get("message_id").stringValue();
        }
    }

    private static List<String> texts(JsonNode page) {
        return page.get("messages").valueStream().map(m -> m.get("message").stringValue()).toList();
    }
}
