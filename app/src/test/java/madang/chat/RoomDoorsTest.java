package madang.chat;

import static madang.chat.ChatRoomsTest.atOnce;
import static madang.chat.ChatRoomsTest.await;
import static madang.testing.Town.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import madang.testing.Answer;
import madang.testing.Person;
import madang.testing.Talker;
import madang.testing.Town;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Who comes into a room: passwords, bounds, bans.
class RoomDoorsTest {
    private static final String ROOMS = "/api/v1/chat/rooms";
    @AutoClose private static Town town;

    @BeforeAll
    static void open() {
        town = Town.open();
    }

    @Test
    void a_password_opens_a_private_room_to_whoever_knows_it_and_its_id() {
        String room = create(town.mina(), Map.of("type", "private", "password", "open 참깨 🚪"));
        JsonNode mine = shown(town.mina(), room).data();
        assertThat(mine.get("has_password").booleanValue()).isTrue();
        assertThat(mine.toString()).doesNotContain("참깨");

        assertThat(shown(town.sora(), room).status()).isEqualTo(404);
        refused(join(town.sora(), room, null), 403, "CHAT_PASSWORD_REQUIRED");
        refused(town.sora().http().post(path(room, "/join")), 403, "CHAT_PASSWORD_REQUIRED");
        refused(join(town.sora(), room, "open 참깨"), 403, "CHAT_PASSWORD_WRONG");
        assertThat(join(town.sora(), room, "open 참깨 🚪").status()).isEqualTo(200);
        assertThat(shown(town.sora(), room).data().get("my_role").stringValue())
                .isEqualTo("member");
    }

    @Test
    void who_is_in_is_asked_for_nothing() {
        String room = create(town.mina(), Map.of("type", "private", "password", "sesame"));
        town.admit(town.mina(), room, town.joon());

        assertThat(join(town.joon(), room, null).status()).isEqualTo(200);
        assertThat(join(town.joon(), room, "wrong").status()).isEqualTo(200);
        assertThat(shown(town.joon(), room).data().get("member_count").asInt()).isEqualTo(2);
    }

    @Test
    void a_private_room_without_a_password_stays_unknown_whatever_one_says() {
        String room = town.room(town.mina());
        Answer unknown = join(town.sora(), "01900000-0000-7000-8000-000000000000", "sesame");
        refused(join(town.sora(), room, "sesame"), 404, unknown.code());
    }

    @Test
    void a_public_room_with_a_password_is_seen_by_all_and_read_by_members() {
        String room = create(town.mina(), Map.of("type", "public", "password", "sesame"));
        town.says(town.mina(), "between us", room);

        JsonNode seen = shown(town.sora(), room).data();
        assertThat(seen.get("has_password").booleanValue()).isTrue();
        assertThat(seen.get("last_message").isNull()).isTrue();
        for (String what :
                List.of(
                        "/api/v1/chat/messages?room=" + room,
                        path(room, "/changes?after=0"),
                        path(room, "/members"))) {
            refused(town.sora().http().get(what), 403, "CHAT_PASSWORD_REQUIRED");
        }
        try (Talker talker = town.talker(town.sora())) {
            assertThat(Talker.code(talker.calls("chat.open", "room", room)))
                    .isEqualTo("CHAT_PASSWORD_REQUIRED");
        }
        assertThat(join(town.sora(), room, "sesame").data().get("last_message").get("text"))
                .isNotNull();
    }

    @Test
    void a_room_that_gets_a_password_sends_its_listeners_away() {
        String room = town.publicRoom(town.mina(), town.joon());
        try (Talker joon = town.talker(town.joon());
                Talker sora = town.talker(town.sora())) {
            joon.opens(room);
            sora.opens(room);
            assertThat(change(town.mina(), room, Map.of("password", "sesame")).status())
                    .isEqualTo(200);
            assertThat(sora.hears("chat.closed").get("reason").stringValue()).isEqualTo("private");
            town.says(town.mina(), "between us", room);
            joon.hearsText("between us");
            assertThat(sora.hearsNothing()).isTrue();
        }
        Map<String, Object> none = new HashMap<>();
        none.put("password", null);
        assertThat(change(town.mina(), room, none).data().get("has_password").booleanValue())
                .isFalse();
        assertThat(join(town.sora(), room, null).status()).isEqualTo(200);
    }

    @Test
    void guessing_a_password_ends_after_five_wrong_ones_also_for_the_right_one() throws Exception {
        try (Town village = Town.open()) {
            String room = create(village.mina(), Map.of("type", "private", "password", "sesame"));
            String other = create(village.mina(), Map.of("type", "private", "password", "sesame"));
            Person guesser = village.person("guesser");
            List<Callable<Answer>> guesses =
                    IntStream.range(0, 12)
                            .<Callable<Answer>>mapToObj(
                                    i -> () -> join(guesser, room, "guess " + i))
                            .toList();
            List<Integer> statuses = atOnce(guesses).stream().map(Answer::status).toList();
            assertThat(statuses).filteredOn(status -> status == 403).hasSize(5);
            assertThat(statuses).filteredOn(status -> status == 429).hasSize(7);

            Answer right = join(guesser, room, "sesame");
            refused(right, 429, "RATE_LIMIT_EXCEEDED");
            assertThat(Long.parseLong(right.header("Retry-After"))).isBetween(1L, 900L);
            assertThat(join(guesser, other, "sesame").status()).isEqualTo(200);
            assertThat(join(village.sora(), room, "sesame").status()).isEqualTo(200);
            village.house().clock().move(Duration.ofMinutes(15));
            assertThat(join(guesser.onAnotherDevice(), room, "sesame").status()).isEqualTo(200);
        }
    }

    @Test
    void settings_are_bounded_and_refused_together() {
        Answer refused =
                town.mina()
                        .http()
                        .post(
                                ROOMS,
                                json(
                                        Map.of(
                                                "name",
                                                "tea",
                                                "password",
                                                "가".repeat(25),
                                                "max_members",
                                                1_001,
                                                "slow_mode_seconds",
                                                21_601)));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.details().propertyNames())
                .containsExactlyInAnyOrder("password", "max_members", "slow_mode_seconds");
        String room = town.room(town.mina());
        for (Map<String, Object> wrong :
                List.<Map<String, Object>>of(
                        Map.of("password", ""),
                        Map.of("password", "nul\u0000"),
                        Map.of("max_members", -1),
                        Map.of("max_members", "5"),
                        Map.of("slow_mode_seconds", -1),
                        Map.of("type", "direct"))) {
            assertThat(change(town.mina(), room, wrong).status()).as("%s", wrong).isEqualTo(422);
        }
        assertThat(
                        create(
                                town.mina(),
                                Map.of(
                                        "type",
                                        "private",
                                        "password",
                                        "가".repeat(24),
                                        "max_members",
                                        1_000,
                                        "slow_mode_seconds",
                                        21_600)))
                .isNotBlank();
    }

    @Test
    void ten_places_are_taken_by_ten_of_fifty_who_come_at_once() throws Exception {
        String room = create(town.mina(), Map.of("type", "public", "max_members", 10));
        List<Person> people =
                IntStream.range(0, 50).mapToObj(i -> town.person("crowd" + i)).toList();
        List<Callable<Answer>> joins =
                people.stream()
                        .<Callable<Answer>>map(person -> () -> join(person, room, null))
                        .toList();
        List<Answer> answers = atOnce(joins);

        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(9);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 200)
                .allSatisfy(answer -> refused(answer, 409, "CHAT_ROOM_FULL"));
        assertThat(members(town.mina(), room)).hasSize(10);
        assertThat(shown(town.mina(), room).data().get("member_count").asInt()).isEqualTo(10);
        refused(add(town.mina(), room, town.sora()), 409, "CHAT_ROOM_FULL");

        int in =
                IntStream.range(0, 50)
                        .filter(i -> answers.get(i).status() == 200)
                        .findFirst()
                        .orElseThrow();
        assertThat(people.get(in).http().post(path(room, "/leave")).status()).isEqualTo(200);
        assertThat(join(town.sora(), room, null).status()).isEqualTo(200);
        assertThat(change(town.mina(), room, Map.of("max_members", 3)).status()).isEqualTo(200);
        assertThat(members(town.mina(), room)).hasSize(10);
        assertThat(change(town.mina(), room, Map.of("max_members", 0)).status()).isEqualTo(200);
        assertThat(join(people.get(in), room, null).status()).isEqualTo(200);
    }

    @Test
    void who_is_banned_is_out_at_once_and_stays_out() {
        String room = town.publicRoom(town.mina(), town.joon(), town.haneul());
        try (Talker haneul = town.talker(town.haneul())) {
            haneul.opens(room);
            Answer banned = ban(town.mina(), room, town.haneul(), "spam 🥫");
            assertThat(banned.status()).isEqualTo(201);
            assertThat(banned.text("reason")).isEqualTo("spam 🥫");
            assertThat(banned.text("by")).isEqualTo(town.mina().id());
            assertThat(haneul.hears("chat.closed").get("reason").stringValue()).isEqualTo("banned");
            town.says(town.mina(), "quiet again", room);
            assertThat(haneul.hearsNothing()).isTrue();
            assertThat(Talker.code(haneul.calls("chat.open", "room", room)))
                    .isEqualTo("CHAT_BANNED");
        }
        assertThat(members(town.mina(), room)).hasSize(2);
        assertThat(shown(town.haneul(), room).status()).isEqualTo(200);
        refused(join(town.haneul(), room, null), 403, "CHAT_BANNED");
        refused(says(town.haneul(), room), 403, "CHAT_BANNED");
        refused(town.haneul().http().get("/api/v1/chat/messages?room=" + room), 403, "CHAT_BANNED");
        refused(add(town.mina(), room, town.haneul()), 409, "CHAT_MEMBER_BANNED");
        assertThat(ban(town.mina(), room, town.haneul(), "again").status()).isEqualTo(200);

        Answer list = town.mina().http().get(path(room, "/bans"));
        assertThat(list.data().get("items")).hasSize(1);
        assertThat(list.data().get("items").get(0).get("reason").stringValue())
                .isEqualTo("spam 🥫");
        assertThat(lift(town.mina(), room, town.haneul()).status()).isEqualTo(200);
        refused(lift(town.mina(), room, town.haneul()), 404, "CHAT_BAN_NOT_FOUND");
        assertThat(join(town.haneul(), room, null).status()).isEqualTo(200);
        await(
                () -> notices(town.mina(), room),
                codes -> codes.contains("member_banned") && codes.contains("member_joined"));
    }

    @Test
    void a_ban_holds_before_somebody_ever_came() {
        String room = town.publicRoom(town.mina());
        try (Talker sora = town.talker(town.sora())) {
            sora.opens(room);
            assertThat(ban(town.mina(), room, town.sora(), null).status()).isEqualTo(201);
            assertThat(sora.hears("chat.closed").get("reason").stringValue()).isEqualTo("banned");
        }
        refused(join(town.sora(), room, null), 403, "CHAT_BANNED");
        assertThat(notices(town.mina(), room)).doesNotContain("member_banned");
    }

    @Test
    void bans_are_the_moderators_business() {
        String room = town.publicRoom(town.mina(), town.joon(), town.haneul());
        refused(ban(town.joon(), room, town.haneul(), null), 403, "PERMISSION_DENIED");
        refused(ban(town.sora(), room, town.haneul(), null), 403, "PERMISSION_DENIED");
        refused(town.joon().http().get(path(room, "/bans")), 403, "PERMISSION_DENIED");
        refused(lift(town.joon(), room, town.haneul()), 403, "PERMISSION_DENIED");
        refused(ban(town.mina(), room, town.mina(), null), 403, "PERMISSION_DENIED");
        role(town.mina(), room, town.joon(), "moderator");
        refused(ban(town.joon(), room, town.mina(), null), 403, "PERMISSION_DENIED");
        role(town.mina(), room, town.haneul(), "moderator");
        refused(ban(town.joon(), room, town.haneul(), null), 403, "PERMISSION_DENIED");
        Answer nobody =
                town.mina()
                        .http()
                        .post(
                                path(room, "/bans"),
                                json(Map.of("user", "01900000-0000-7000-8000-000000000000")));
        refused(nobody, 404, "USER_NOT_FOUND");
    }

    @Test
    void bans_come_page_by_page_the_newest_first() {
        String room = town.room(town.mina());
        List<String> banned = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Person person = town.person("pest" + i);
            assertThat(ban(town.mina(), room, person, null).status()).isEqualTo(201);
            banned.addFirst(person.id());
        }
        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = town.mina().http().get(path(room, "/bans?limit=2" + cursor)).data();
            page.get("items").forEach(ban -> seen.add(ban.get("id").stringValue()));
            JsonNode next = page.get("next_cursor");
            cursor = next.isNull() ? "" : "&cursor=" + next.stringValue();
        } while (!cursor.isEmpty());
        assertThat(seen).containsExactlyElementsOf(banned);
    }

    @Test
    void a_ban_and_a_join_at_once_end_outside() throws Exception {
        for (int i = 0; i < 10; i++) {
            String room = town.publicRoom(town.mina());
            List<Callable<Answer>> both =
                    List.of(
                            () -> join(town.sora(), room, null),
                            () -> ban(town.mina(), room, town.sora(), null));
            atOnce(both);
            assertThat(members(town.mina(), room)).hasSize(1);
            assertThat(shown(town.mina(), room).data().get("member_count").asInt()).isEqualTo(1);
        }
    }

    private static String create(Person person, Map<String, ?> settings) {
        Map<String, Object> body = new HashMap<>(settings);
        body.put("name", Town.name());
        Answer answer = person.http().post(ROOMS, json(body));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.text("id");
    }

    private static List<String> notices(Person person, String room) {
        List<String> codes = new ArrayList<>();
        person.http()
                .get("/api/v1/chat/messages?room=" + room)
                .data()
                .get("items")
                .forEach(message -> codes.add(message.path("notice").path("code").asString()));
        return codes;
    }

    private static JsonNode members(Person person, String room) {
        return person.http().get(path(room, "/members?limit=100")).data().get("items");
    }

    private static Answer says(Person person, String room) {
        return person.http().post(path(room, "/messages"), json(Map.of("text", "hello")));
    }

    private static Answer add(Person host, String room, Person person) {
        return host.http().post(path(room, "/members"), json(Map.of("user", person.id())));
    }

    private static Answer ban(Person host, String room, Person person, String reason) {
        return host.http()
                .post(
                        path(room, "/bans"),
                        json(
                                reason == null
                                        ? Map.of("user", person.id())
                                        : Map.of("user", person.id(), "reason", reason)));
    }

    private static Answer lift(Person host, String room, Person person) {
        return host.http().delete(path(room, "/bans/" + person.id()));
    }

    private static void role(Person host, String room, Person person, String role) {
        Answer changed =
                host.http()
                        .patch(path(room, "/members/" + person.id()), json(Map.of("role", role)));
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    }

    private static Answer join(Person person, String room, String password) {
        return person.http()
                .post(
                        path(room, "/join"),
                        password == null ? "{}" : json(Map.of("password", password)));
    }

    private static Answer change(Person person, String room, Map<String, ?> body) {
        return person.http().patch(path(room, ""), json(body));
    }

    private static Answer shown(Person person, String room) {
        return person.http().get(path(room, ""));
    }

    private static String path(String room, String what) {
        return ROOMS + "/" + room + what;
    }

    private static void refused(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
    }
}
