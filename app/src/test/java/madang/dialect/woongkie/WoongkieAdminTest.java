package madang.dialect.woongkie;

import static madang.dialect.woongkie.Talkie.says;
import static madang.testing.Eventually.eventually;
import static madang.testing.Town.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import madang.testing.Answer;
import madang.testing.House;
import madang.testing.Http;
import madang.testing.RawSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What administrators see and do, as their page asks it: with the cookie and the header.
class WoongkieAdminTest {
    private static final String NOBODY = "00000000-0000-7000-8000-000000000000";
    private static House house;
    private static Http steward;
    private static Talkie mina;

    @BeforeAll
    static void open() {
        house =
                Talkie.house(
                        Map.of(
                                "MADANG_ADMIN_USERNAME",
                                "steward",
                                "MADANG_ADMIN_PASSWORD",
                                Talkie.PASSWORD));
        steward = Talkie.logIn(house, "steward").atOwnAddress().http();
        mina = Talkie.register(house, "mina");
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    void nobody_else_comes_in() {
        String room = mina.opens("not theirs", false).get("id").stringValue();
        Http stranger = Talkie.stranger(house).at(house.wiring().woongkiePort(), "woongkie");
        Http member = mina.atOwnAddress().http();
        for (String path : List.of("/admin/stats", "/admin/users", "/admin/rooms", "/metrics")) {
            says(stranger.get(path), 401, "인증 토큰이 필요합니다");
            says(member.get(path), 403, "관리자 권한이 필요합니다");
        }
        says(member.delete("/admin/rooms/" + room), 403, "관리자 권한이 필요합니다");
        says(member.put("/admin/users/steward/block", "{\"blocked\":true}"), 403, "관리자 권한이 필요합니다");
        assertThat(mina.http().get("/rooms/" + room).status()).isEqualTo(200);
        assertThat(mina.http().get("/admin/stats").status()).isEqualTo(404);
    }

    @Test
    void it_is_told_how_many_are_here_and_how_much_was_said_today() {
        String room = mina.opens("counted", true).get("id").stringValue();
        JsonNode before = steward.get("/admin/stats").body();
        try (Line first = mina.line(room).settled();
                Line second = mina.line(room).settled()) {
            first.says("하나");
            first.hears("MSG");
            second.says("둘");
            first.hears("MSG");
            JsonNode now = steward.get("/admin/stats").body();
            assertThat(now.get("today_messages").asLong())
                    .isEqualTo(before.get("today_messages").asLong() + 2);
            eventually(() -> steward.get("/admin/stats").body().get("online_users").asLong() == 1);
        }
        assertThat(before.get("active_rooms").asLong())
                .isEqualTo(steward.get("/admin/rooms").body().get("total").asLong());
        assertThat(before.get("total_users").asLong())
                .isEqualTo(steward.get("/admin/users").body().get("total").asLong());
        assertThat(before.has("goroutines")).isFalse();
    }

    @Test
    void all_rooms_are_listed_page_by_page_and_no_conversations() {
        String hidden = mina.opens("a room of one's own", false).get("id").stringValue();
        var haneul = house.person("haneul");
        var sora = house.person("sora");
        haneul.http().post("/api/v1/chat/direct", json(Map.of("user", sora.id())));
        JsonNode first = steward.get("/admin/rooms?page=1&limit=1").body();
        assertThat(first.get("page").asInt()).isEqualTo(1);
        assertThat(first.get("limit").asInt()).isEqualTo(1);
        assertThat(first.at("/rooms/0/name").stringValue()).isEqualTo("general");
        long total = first.get("total").asLong();
        List<JsonNode> all =
                Stream.iterate(1, page -> page + 1)
                        .limit(total)
                        .map(page -> steward.get("/admin/rooms?limit=1&page=" + page).body())
                        .flatMap(page -> page.get("rooms").valueStream())
                        .toList();
        assertThat(all.stream().map(room -> room.get("id").stringValue()))
                .hasSize((int) total)
                .doesNotHaveDuplicates()
                .contains(hidden);
        assertThat(all).allMatch(room -> !room.get("name").stringValue().isEmpty());
        assertThat(steward.get("/admin/rooms?page=9999").body().get("rooms")).isEmpty();
        for (String usual : List.of("limit=0", "limit=101", "limit=x&page=-3")) {
            JsonNode page = steward.get("/admin/rooms?" + usual).body();
            assertThat(page.get("limit").asInt()).isEqualTo(20);
            assertThat(page.get("page").asInt()).isEqualTo(1);
        }
    }

    @Test
    void any_room_is_deleted_but_the_one_that_everybody_is_in() {
        String doomed = mina.opens("doomed by the steward", false).get("id").stringValue();
        try (Line line = mina.line(doomed).settled()) {
            says(steward.delete("/admin/rooms/" + doomed), 200, "채팅방이 삭제되었습니다");
            assertThat(line.closeCode()).isEqualTo(1001);
        }
        says(mina.http().get("/rooms/" + doomed), 404, "채팅방을 찾을 수 없습니다");
        says(steward.delete("/admin/rooms/" + doomed), 404, "채팅방을 찾을 수 없습니다");
        says(steward.delete("/admin/rooms/17"), 404, "채팅방을 찾을 수 없습니다");
        says(steward.delete("/admin/rooms/" + NOBODY), 404, "채팅방을 찾을 수 없습니다");
        String general = mina.defaultRoom().get("id").stringValue();
        says(steward.delete("/admin/rooms/" + general), 403, "기본 채팅방");
        assertThat(mina.defaultRoom().get("id").stringValue()).isEqualTo(general);
    }

    @Test
    void figures_have_the_names_of_the_original() {
        String room = mina.opens("measured", true).get("id").stringValue();
        double before = figure("woongkie_messages_total");
        try (Line line = mina.line(room).settled()) {
            line.says("하나");
            line.hears("MSG");
            eventually(() ->
                    figure("woongkie_messages_total") == before + 1
                            && figure("woongkie_active_ws_connections") == 1
                            && figure("woongkie_rooms_active") == 1);
        }
        eventually(() ->
                figure("woongkie_active_ws_connections") == 0
                        && figure("woongkie_rooms_active") == 0);
        assertThat(figure("woongkie_messages_dropped_total")).isZero();
        assertThat(figure("woongkie_redis_messages_dropped_total")).isZero();
        assertThat(steward.get("/metrics").header("Content-Type"))
                .startsWith("text/plain; version=0.0.4");
    }

    @Test
    void the_steward_announces_in_any_room() {
        String room = mina.opens("announced", false).get("id").stringValue();
        String path = "/admin/rooms/" + room + "/announce";
        try (Line line = mina.line(room).settled()) {
            says(steward.post(path, text("차가 준비되었습니다 🍵")), 200, "공지가 전송되었습니다");
            JsonNode heard = line.hears("ANNOUNCE");
            assertThat(heard.get("User").stringValue()).isEqualTo("system");
            assertThat(heard.get("message").stringValue()).isEqualTo("[공지] 차가 준비되었습니다 🍵");
        }
        JsonNode stored = mina.http().get("/rooms/" + room + "/messages").body().get("messages");
        assertThat(stored).hasSize(1);
        assertThat(stored.at("/0/message").stringValue()).isEqualTo("[공지] 차가 준비되었습니다 🍵");
        says(mina.atOwnAddress().http().post(path, text("?")), 403, "관리자 권한이 필요합니다");
        says(steward.post(path, text(" ")), 400, "2000자");
        says(steward.post(path, text("x".repeat(2_001))), 400, "2000자");
        says(steward.post("/admin/rooms/17/announce", text("?")), 404, "채팅방을 찾을 수 없습니다");
        says(
                steward.post(
                        "/admin/rooms/00000000-0000-7000-8000-000000000000/announce", text("?")),
                404,
                "채팅방을 찾을 수 없습니다");
    }

    @Test
    void the_steward_shuts_people_out_and_lets_them_in() {
        Talkie haneul = Talkie.register(house, "haneul_2");
        String path = "/admin/users/haneul_2/block";
        says(mina.atOwnAddress().http().get("/admin/users"), 403, "관리자 권한이 필요합니다");
        JsonNode users = steward.get("/admin/users?page=1&limit=2").body();
        assertThat(users.get("users")).hasSize(2);
        assertThat(users.get("total").asInt()).isGreaterThan(2);
        assertThat(users.get("users").get(0).get("role").stringValue()).isEqualTo("admin");
        try (Line line = haneul.line(mina.defaultRoom().get("id").stringValue()).settled()) {
            says(steward.put(path, "{\"blocked\":true}"), 200, "변경되었습니다");
            assertThat(line.closeCode()).isEqualTo(1008);
        }
        says(haneul.http().get("/auth/me"), 403, "차단된 계정입니다");
        String socket = "/rooms/" + mina.defaultRoom().get("id").stringValue() + "/ws";
        says(haneul.http().get(socket), 403, "차단된 계정입니다");
        assertThat(RawSocket.answer(house.port(), socket, "Cookie: auth_token=" + haneul.token()))
                .startsWith("HTTP/1.1 403")
                .contains("application/json");
        says(logIn("haneul_2"), 403, "차단된 계정입니다");
        says(steward.put(path, "{\"blocked\":false}"), 200, "변경되었습니다");
        assertThat(logIn("haneul_2").status()).isEqualTo(200);
        says(
                steward.put("/admin/users/steward/block", "{\"blocked\":true}"),
                403,
                "자기 자신을 차단할 수 없습니다");
        says(steward.put("/admin/users/nobody/block", "{\"blocked\":true}"), 404, "사용자를 찾을 수 없습니다");
    }

    @Test
    void administrators_shut_out_neither_themselves_nor_each_other() {
        Talkie deputy = deputy("deputy");
        Http own = deputy.atOwnAddress().http();
        says(own.put("/admin/users/steward/block", "{\"blocked\":true}"), 403, "권한이 없습니다");
        says(own.put("/admin/users/DEPUTY/block", "{\"blocked\":true}"), 403, "자기 자신을 차단할 수 없습니다");
        assertThat(own.get("/auth/me").status()).isEqualTo(200);
    }

    @Test
    void who_is_let_in_again_is_what_he_was() {
        deputy("demoted");
        String path = "/admin/users/demoted/block";
        says(steward.put(path, "{\"blocked\":true}"), 200, "변경되었습니다");
        says(steward.put(path, "{\"blocked\":true}"), 200, "변경되었습니다");
        says(steward.put(path, "{\"blocked\":false}"), 200, "변경되었습니다");
        assertThat(logIn("demoted").body().at("/user/role").stringValue()).isEqualTo("admin");
    }

    /// An administrator by the steward's word.
    private static Talkie deputy(String name) {
        String role = "/api/v1/admin/users/" + Talkie.register(house, name).id() + "/role";
        Answer named =
                Talkie.logIn(house, "steward").natively().patch(role, "{\"role\":\"ADMIN\"}");
        assertThat(named.status()).as(named.text()).isLessThan(300);
        return Talkie.logIn(house, name);
    }

    private static double figure(String name) {
        return steward.get("/metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .sum();
    }

    private static Answer logIn(String name) {
        return Talkie.stranger(house)
                .post("/auth/login", Talkie.credentials(name, Talkie.PASSWORD));
    }

    private static String text(String message) {
        return json(Map.of("message", message));
    }
}
