package madang.dialect.woongkie;

import static madang.dialect.woongkie.Talkie.says;
import static madang.testing.Town.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import madang.kit.db.Db;
import madang.testing.Answer;
import madang.testing.House;
import madang.testing.Http;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Rooms, as the prebuilt client, the older pages and the load scripts ask for them.
class WoongkieRoomsTest {
    @AutoClose private static House house;
    private static Talkie mina;
    private static Talkie joon;

    @BeforeAll
    static void openTheHouse() {
        house = Talkie.house();
        mina = Talkie.register(house, "mina");
        joon = Talkie.register(house, "joon");
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
}
