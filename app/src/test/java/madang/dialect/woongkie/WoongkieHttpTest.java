package madang.dialect.woongkie;

import static madang.dialect.woongkie.Talkie.says;
import static madang.testing.Town.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import madang.kit.db.Db;
import madang.testing.Answer;
import madang.testing.House;
import madang.testing.Http;
import madang.testing.Photos;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The routes, as the prebuilt client, the older pages and the load scripts ask them.
class WoongkieHttpTest {
    private static House house;
    private static Talkie mina;
    private static Talkie joon;

    @BeforeAll
    static void open() {
        house = Talkie.house();
        mina = Talkie.register(house, "mina");
        joon = Talkie.register(house, "joon");
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    void signing_up_answers_token_user_and_cookie() {
        Answer answer =
                Talkie.stranger(house)
                        .post(
                                "/auth/register",
                                json(
                                        Map.of(
                                                "username", "Sora_1",
                                                "password", Talkie.PASSWORD,
                                                "display_name", " 소라 ")));
        assertThat(answer.status()).isEqualTo(201);
        JsonNode user = answer.body().get("user");
        assertThat(user.get("username").stringValue()).isEqualTo("Sora_1");
        assertThat(user.get("display_name").stringValue()).isEqualTo("소라");
        assertThat(user.get("role").stringValue()).isEqualTo("user");
        assertThat(user.get("bio")).isEqualTo(user.get("status_message"));
        assertThat(answer.text()).doesNotContain("hash");
        String token = answer.body().get("token").stringValue();
        assertThat(answer.header("Set-Cookie"))
                .isEqualTo(
                        "auth_token=" + token + "; Path=/; Max-Age=86400; HttpOnly; SameSite=Lax");
        JsonNode claims = claims(token);
        assertThat(claims.get("sub").stringValue()).isEqualTo("Sora_1");
        assertThat(claims.get("iss").stringValue()).isEqualTo("woongkie-talkie");
        assertThat(claims.get("aud").stringValue()).isEqualTo("woongkie");
        assertThat(claims.get("exp").asLong() - claims.get("iat").asLong()).isEqualTo(86_400);
    }

    @Test
    void refusals_are_korean_and_stand_under_both_names() {
        Http stranger = Talkie.stranger(house);
        says(stranger.post("/auth/register", "{"), 400, "잘못된 요청입니다");
        says(register("mi", Talkie.PASSWORD), 400, "3자 이상");
        says(register("한글", Talkie.PASSWORD), 400, "3자 이상");
        says(register("short", "1234567"), 400, "8자 이상");
        says(register("long", "x".repeat(73)), 400, "8자 이상");
        says(register("MINA", Talkie.PASSWORD), 409, "이미 존재하는 사용자 이름입니다");
        String wrong = "사용자 이름 또는 비밀번호가 올바르지 않습니다";
        says(logIn("mina", "wrong password"), 401, wrong);
        says(logIn("nobody", "wrong password"), 401, wrong);
        says(stranger.get("/auth/me"), 401, "인증 토큰이 필요합니다");
        says(
                house.stranger().with("Authorization", "Bearer x.y.z").get("/auth/me"),
                401,
                "유효하지 않은 토큰입니다");
        says(
                house.stranger().with("Authorization", "Basic bWluYQ==").get("/auth/me"),
                401,
                "인증 토큰이 필요합니다");
    }

    @Test
    void no_face_takes_the_token_of_another() {
        var haneul = house.person("haneul");
        assertThat(haneul.http().get("/auth/me").status()).isEqualTo(401);
        assertThat(mina.bearer().get("/api/v1/users/me").status()).isEqualTo(401);
        assertThat(mina.bearer().get("/auth/me").body().get("username").stringValue())
                .isEqualTo("mina");
        assertThat(mina.http().get("/auth/me").body().get("username").stringValue())
                .isEqualTo("mina");
    }

    @Test
    void a_cookie_needs_the_header_that_foreign_pages_cannot_set() {
        Http withCookie = house.stranger().with("Cookie", "auth_token=" + mina.token());
        says(withCookie.post("/rooms", json(Map.of("name", "csrf"))), 403, "X-Requested-With");
        assertThat(mina.bearer().post("/rooms", json(Map.of("name", "no csrf"))).status())
                .isEqualTo(201);
        Http noSign = house.stranger();
        String credentials = Talkie.credentials("joon", Talkie.PASSWORD);
        assertThat(noSign.post("/auth/login", credentials).status()).isEqualTo(200);
        says(
                noSign.with("Origin", "https://evil.example").post("/auth/login", credentials),
                403,
                "출처");
        says(
                noSign.with("Origin", "https://evil.example").post("/auth/login", credentials),
                403,
                "출처");
        says(
                noSign.with("Sec-Fetch-Site", "cross-site").post("/auth/login", credentials),
                403,
                "출처");
    }

    @Test
    void signing_out_ends_the_token_and_renewing_forgives_an_hour() {
        Talkie tab = Talkie.logIn(house, "joon").atOwnAddress();
        Answer renewed = tab.http().post("/auth/refresh");
        assertThat(renewed.status()).isEqualTo(200);
        assertThat(renewed.body().get("token").stringValue()).contains(".");
        assertThat(renewed.header("Set-Cookie")).startsWith("auth_token=ey");

        Answer out = tab.http().post("/auth/logout");
        assertThat(out.body().get("message").stringValue()).isEqualTo("로그아웃 되었습니다");
        assertThat(out.header("Set-Cookie")).startsWith("auth_token=; ").contains("Max-Age=0");
        says(tab.http().get("/auth/me"), 401, "유효하지 않은 토큰입니다");
        says(tab.http().post("/auth/refresh"), 401, "유효하지 않은 토큰입니다");
    }

    @Test
    void every_answer_carries_the_headers_of_the_original() {
        Answer answer = mina.http().get("/rooms");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(answer.header("X-XSS-Protection")).isEqualTo("1; mode=block");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("strict-origin-when-cross-origin");
        assertThat(answer.header("Content-Security-Policy"))
                .contains("https://code.jquery.com")
                .contains("connect-src 'self' ws: wss:");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void the_list_of_rooms_is_an_array_unless_the_prebuilt_client_asks() {
        Http prebuilt = mina.http().with("Content-Type", "application/json");
        Http script = prebuilt.with("Authorization", "Bearer " + mina.token());
        assertThat(prebuilt.get("/rooms").body().get("rooms").isArray()).isTrue();
        for (Http other : List.of(script, mina.http(), mina.bearer())) {
            JsonNode rooms = other.get("/rooms").body();
            assertThat(rooms.isArray()).isTrue();
            assertThat(rooms.get(0).get("name").stringValue()).isEqualTo("general");
            assertThat(rooms.get(0).get("is_default").asBoolean()).isTrue();
            assertThat(rooms.get(0).get("created_by").stringValue()).isEqualTo("system");
        }
    }

    @Test
    void in_a_house_of_very_many_rooms_ones_own_are_listed_first_of_all() {
        Db db = house.wiring().db();
        db.run(tx ->
                tx.sql(
                                """
                                insert into chat.room (id, name, name_key, description, type, created_at)
                                select gen_random_uuid(), 'busy ' || n, 'busy ' || n, '', 'PUBLIC',
                                       timestamptz '2020-01-01 00:00:00Z' + n * interval '1 minute'
                                from generate_series(1, 1000) n
                                """)
                        .count());
        try {
            String own = joon.opens("mine at last", false).get("id").stringValue();
            List<JsonNode> rooms = joon.http().get("/rooms").body().valueStream().toList();
            assertThat(rooms).hasSize(1_000);
            assertThat(rooms.getFirst().get("is_default").asBoolean()).isTrue();
            assertThat(rooms).anyMatch(room -> room.get("id").stringValue().equals(own));
            assertThat(rooms)
                    .extracting(room -> room.get("name").stringValue())
                    .contains("busy 1000")
                    .doesNotContain("busy 1");
        } finally {
            db.run(tx -> tx.sql("delete from chat.room where name_key like 'busy %'").count());
        }
    }

    @Test
    void rooms_are_opened_found_joined_left_and_deleted() {
        JsonNode made = mina.opens("차 모임 🍵", true);
        String id = made.get("id").stringValue();
        assertThat(made.get("created_by").stringValue()).isEqualTo("mina");
        assertThat(made.get("online_members").get(0).stringValue()).isEqualTo("mina");
        assertThat(made.get("member_count").asInt()).isEqualTo(1);
        says(joon.http().post("/rooms", json(Map.of("name", "차 모임 🍵"))), 409, "이미 존재하는 채팅방 이름입니다");
        says(joon.http().post("/rooms/" + id + "/join"), 200, "채팅방에 참여했습니다");
        says(joon.http().post("/rooms/" + id + "/join", "{}"), 200, "채팅방에 참여했습니다");
        assertThat(mina.http().get("/rooms/" + id).body().get("member_count").asInt()).isEqualTo(2);
        says(joon.http().delete("/rooms/" + id), 403, "채팅방 삭제 권한이 없습니다");
        says(joon.http().post("/rooms/" + id + "/leave"), 200, "채팅방에서 나갔습니다");
        says(mina.http().delete("/rooms/" + id), 200, "채팅방이 삭제되었습니다");
        says(mina.http().get("/rooms/" + id), 404, "채팅방을 찾을 수 없습니다");
        says(mina.http().get("/rooms/17"), 404, "채팅방을 찾을 수 없습니다");
        String general = mina.defaultRoom().get("id").stringValue();
        assertThat(mina.http().delete("/rooms/" + general).status()).isEqualTo(403);
    }

    @Test
    void who_leaves_passes_his_room_on_and_the_last_one_closes_it() {
        String path = "/rooms/" + mina.opens("passed on", false).get("id").stringValue();
        says(joon.http().post(path + "/leave"), 403, "채팅방 멤버만 접근할 수 있습니다");
        String open = "/rooms/" + mina.opens("passed on openly", true).get("id").stringValue();
        joon.http().post(open + "/join");
        says(mina.http().post(open + "/leave"), 200, "채팅방에서 나갔습니다");
        says(mina.http().delete(open), 403, "채팅방 삭제 권한이 없습니다");
        assertThat(mina.http().get(open).body().get("created_by").stringValue()).isEqualTo("joon");
        says(joon.http().delete(open), 200, "채팅방이 삭제되었습니다");
        says(mina.http().post(path + "/leave"), 200, "채팅방에서 나갔습니다");
        says(mina.http().get(path), 404, "채팅방을 찾을 수 없습니다");
        String general = "/rooms/" + mina.defaultRoom().get("id").stringValue();
        says(mina.http().post(general + "/leave"), 400, "채팅방 퇴장에 실패했습니다");
        says(mina.http().post("/rooms/17/leave"), 404, "채팅방을 찾을 수 없습니다");
    }

    @Test
    void what_is_wrong_with_a_room_is_told() {
        says(open(Map.of("name", "  ")), 400, "채팅방 이름");
        says(open(Map.of("name", "n".repeat(51))), 400, "채팅방 이름");
        says(open(Map.of("name", "ok", "description", "d".repeat(201))), 400, "채팅방 설명");
        says(open(Map.of("name", "ok", "max_members", 1001)), 400, "최대 인원");
        says(open(Map.of("name", "ok", "password", "한".repeat(25))), 400, "72바이트");
        says(open(Map.of("name", "nul \u0000")), 400, "잘못된 요청입니다");
        says(open(Map.of("name", "ok", "password", "nul \u0000")), 400, "잘못된 요청입니다");
        assertThat(open(Map.of("name", "🍵".repeat(50))).status()).isEqualTo(201);
    }

    @Test
    void a_private_room_is_for_its_members() {
        String id = mina.opens("private of mina", false).get("id").stringValue();
        for (String path : List.of("/rooms/" + id, "/rooms/" + id + "/messages")) {
            says(joon.http().get(path), 403, "채팅방 멤버만 접근할 수 있습니다");
        }
        assertThat(joon.http().post("/rooms/" + id + "/join").status()).isEqualTo(403);
        assertThat(joon.http().get("/rooms").text()).doesNotContain(id);
        assertThat(mina.http().get("/rooms").text()).contains(id);
    }

    @Test
    void a_password_is_asked_of_whoever_is_not_in_yet() {
        String word = "열려라 참깨 🍵";
        for (boolean isPublic : List.of(true, false)) {
            JsonNode made =
                    made(
                            Map.of(
                                    "name", "locked " + isPublic,
                                    "is_public", isPublic,
                                    "password", word));
            assertThat(made.get("has_password").asBoolean()).isTrue();
            assertThat(made.get("is_public").asBoolean()).isFalse();
            String join = "/rooms/" + made.get("id").stringValue() + "/join";
            says(joon.http().post(join), 403, "비밀번호가 필요합니다");
            says(joon.http().post(join, password("")), 403, "비밀번호가 필요합니다");
            says(joon.http().post(join, password("열려라 콩")), 403, "비밀번호가 올바르지 않습니다");
            says(joon.http().post(join, password(word)), 200, "채팅방에 참여했습니다");
            says(joon.http().post(join), 200, "채팅방에 참여했습니다");
            says(joon.http().post(join, password("열려라 콩")), 200, "채팅방에 참여했습니다");
            says(mina.http().post(join), 200, "채팅방에 참여했습니다");
        }
        JsonNode open = made(Map.of("name", "unlocked", "is_public", true, "password", ""));
        assertThat(open.get("has_password").asBoolean()).isFalse();
        String id = open.get("id").stringValue();
        says(joon.http().post("/rooms/" + id + "/join", password("any")), 200, "채팅방에 참여했습니다");
    }

    @Test
    void a_public_room_with_a_password_is_seen_and_not_read() {
        JsonNode made = made(Map.of("name", "seen", "is_public", true, "password", "tea at five"));
        String path = "/rooms/" + made.get("id").stringValue();
        JsonNode seen = joon.http().get(path).body();
        assertThat(seen.get("has_password").asBoolean()).isTrue();
        assertThat(joon.http().get("/rooms").text()).contains(seen.get("id").stringValue());
        says(joon.http().get(path + "/messages"), 403, "비밀번호가 필요합니다");
        assertThat(joon.http().get(path).text()).doesNotContain("tea at five");
    }

    @Test
    void a_room_takes_as_many_as_it_has_places() {
        JsonNode usual = made(Map.of("name", "usual", "max_members", 0));
        assertThat(usual.get("max_members").asInt()).isEqualTo(100);
        assertThat(made(Map.of("name", "unsaid")).get("max_members").asInt()).isEqualTo(100);
        JsonNode one = made(Map.of("name", "one", "is_public", true, "max_members", 1));
        String path = "/rooms/" + one.get("id").stringValue();
        assertThat(joon.http().get(path).body().get("max_members").asInt()).isEqualTo(1);
        says(joon.http().post(path + "/join"), 403, "채팅방 인원이 가득 찼습니다");
        says(mina.http().post(path + "/join"), 200, "채팅방에 참여했습니다");
        assertThat(joon.http().get(path).body().get("member_count").asInt()).isEqualTo(1);
    }

    @Test
    void the_default_room_says_what_it_is() {
        assertThat(mina.defaultRoom().get("description").stringValue()).isEqualTo("기본 채팅방");
        assertThat(mina.http().get("/rooms").body().get(0).get("description").stringValue())
                .isEqualTo("기본 채팅방");
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

    private static int members(String room) {
        return mina.http().get("/rooms/" + room).body().get("member_count").asInt();
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
    void profiles_are_shown_and_changed_field_by_field() {
        Talkie dal = Talkie.register(house, "dal");
        String path = "/users/me/profile";
        JsonNode changed =
                dal.http().put(path, json(Map.of("display_name", "달", "bio", "🌙"))).body();
        assertThat(changed.get("display_name").stringValue()).isEqualTo("달");
        assertThat(changed.get("status_message").stringValue()).isEqualTo("🌙");
        JsonNode again =
                dal.http()
                        .put(path, json(Map.of("avatar_url", "https://example.org/moon.png")))
                        .body();
        assertThat(again.get("display_name").stringValue()).isEqualTo("달");
        assertThat(again.get("avatar").stringValue()).isEqualTo("https://example.org/moon.png");
        JsonNode seen = mina.http().get("/users/dal/profile").body();
        assertThat(seen.get("display_name").stringValue()).isEqualTo("달");
        assertThat(seen.has("role")).isFalse();
        JsonNode own = dal.http().get("/users/DAL/profile").body();
        assertThat(own.get("role").stringValue()).isEqualTo("user");
        says(mina.http().get("/users/nobody/profile"), 404, "사용자를 찾을 수 없습니다");
        says(dal.http().put(path, json(Map.of("display_name", "x".repeat(31)))), 400, "30자");
        says(dal.http().put(path, json(Map.of("status_message", "x".repeat(101)))), 400, "100자");
        for (String inside :
                List.of(
                        "http://example.org/a.png",
                        "https://localhost/a.png",
                        "https://0.0.0.0/a.png",
                        "https://2130706433/a.png",
                        "https://0x7f000001/a.png",
                        "https://[::ffff:127.0.0.1]/a.png",
                        "https://10.1.2.3/a.png",
                        "https://169.254.169.254/a.png")) {
            says(dal.http().put(path, json(Map.of("avatar_url", inside))), 400, "아바타");
        }
    }

    @Test
    void at_its_own_address_the_whole_of_it_is_spoken_and_nothing_else() {
        Http own = mina.atOwnAddress().http();
        assertThat(own.get("/health").text()).isEqualTo("{\"status\":\"ok\"}");
        assertThat(own.get("/ready").text()).isEqualTo("{\"status\":\"ok\"}");
        assertThat(own.get("/rooms").body().isArray()).isTrue();
        assertThat(own.get("/docs").status()).isEqualTo(200);
        assertThat(own.get("/server").status()).isEqualTo(426);
        says(own.get("/api/v1/users/me"), 404, "찾을 수 없습니다");
        Answer main = mina.http().post("/auth/logout");
        assertThat(main.status()).isEqualTo(404);
        assertThat(main.code()).isEqualTo("NOT_FOUND");
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

    @Test
    void the_limits_are_those_of_the_original_unless_set() {
        try (House narrow = House.open()) {
            Http stranger = Talkie.stranger(narrow);
            List<Answer> tries =
                    Stream.generate(() ->
                                    stranger.post(
                                            "/auth/login",
                                            Talkie.credentials("nobody", "wrong word")))
                            .limit(6)
                            .toList();
            assertThat(tries.subList(0, 5)).allMatch(answer -> answer.status() == 401);
            says(tries.getLast(), 429, "요청이 너무 많습니다");
            assertThat(Long.parseLong(tries.getLast().header("Retry-After"))).isBetween(1L, 12L);
            List<Integer> statuses =
                    Stream.generate(() -> stranger.get("/rooms").status()).limit(60).toList();
            assertThat(statuses).contains(401, 429);
        }
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

    private static Answer register(String name, String password) {
        return Talkie.stranger(house).post("/auth/register", Talkie.credentials(name, password));
    }

    private static Answer logIn(String name, String password) {
        return Talkie.stranger(house).post("/auth/login", Talkie.credentials(name, password));
    }

    private static Answer open(Map<String, Object> room) {
        return mina.http().post("/rooms", json(room));
    }

    private static JsonNode made(Map<String, Object> room) {
        Answer answer = open(room);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.body();
    }

    private static String password(String password) {
        return json(Map.of("password", password));
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

    private static JsonNode claims(String token) {
        return new madang.kit.json.Json()
                .tree(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]));
    }
}
