package madang.chat;

import static madang.testing.Town.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import madang.testing.Answer;
import madang.testing.Person;
import madang.testing.Town;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ChatRoomsTest {
    private static final String ROOMS = "/api/v1/chat/rooms";
    @AutoClose private static Town town;

    @BeforeAll
    static void open() {
        town = Town.open();
    }

    @Test
    void who_opens_a_room_owns_it() {
        Answer opened =
                create(
                        town.mina(),
                        Map.of("name", " 다과회 🍵 ", "description", "tea", "type", "private"));

        assertThat(opened.status()).isEqualTo(201);
        JsonNode room = opened.data();
        assertThat(room.get("name").stringValue()).isEqualTo("다과회 🍵");
        assertThat(room.get("description").stringValue()).isEqualTo("tea");
        assertThat(room.get("type").stringValue()).isEqualTo("private");
        assertThat(room.get("my_role").stringValue()).isEqualTo("owner");
        assertThat(room.get("created_by").stringValue()).isEqualTo(town.mina().id());
        assertThat(room.get("member_count").asInt()).isEqualTo(1);
        assertThat(room.get("last_seq").asLong()).isZero();
        assertThat(room.get("unread").asInt()).isZero();
        assertThat(room.get("last_message").isNull()).isTrue();
        assertThat(shown(town.mina(), id(room)).data()).isEqualTo(room);
    }

    @Test
    void names_are_one_to_fifty_code_points() {
        String emoji = "🍵".repeat(50);
        assertThat(create(town.mina(), Map.of("name", emoji, "type", "private")).status())
                .isEqualTo(201);
        for (Object name :
                Stream.of("", "   ", "\u3000", "🍵".repeat(51), 5, List.of(), "tea\u0000")
                        .toList()) {
            Answer refused = create(town.mina(), Map.of("name", name, "type", "private"));
            assertThat(refused.status()).as("name %s", name).isEqualTo(422);
            assertThat(refused.details().has("name")).isTrue();
        }
        assertThat(create(town.mina(), Map.of("name", "t", "type", "secret")).status())
                .isEqualTo(422);
        assertThat(town.mina().http().post(ROOMS, "{}").details().has("name")).isTrue();
    }

    @Test
    void a_name_is_taken_whatever_its_case_among_public_rooms() throws Exception {
        List<Callable<Answer>> both =
                List.of(
                        () -> create(town.mina(), Map.of("name", "Tea 찻집")),
                        () -> create(town.joon(), Map.of("name", "TEA 찻집")));
        List<Integer> statuses = atOnce(both).stream().map(Answer::status).toList();

        assertThat(statuses).containsExactlyInAnyOrder(201, 409);
        Answer again = create(town.sora(), Map.of("name", "tea 찻집"));
        assertThat(again.code()).isEqualTo("CHAT_ROOM_NAME_TAKEN");
        String hidden = id(create(town.sora(), Map.of("name", "tea 찻집", "type", "private")).data());
        Answer shown = change(town.sora(), hidden, Map.of("type", "public"));
        assertThat(shown.code()).isEqualTo("CHAT_ROOM_NAME_TAKEN");
    }

    @Test
    void a_foreign_an_unknown_and_a_malformed_room_are_the_same_nothing() {
        String minas = town.room(town.mina());
        List<String> nothing =
                List.of(minas, "01900000-0000-7000-8000-000000000000", "garden", "1");
        List<String> paths =
                List.of(
                        "GET " + ROOMS + "/%s",
                        "PATCH " + ROOMS + "/%s",
                        "DELETE " + ROOMS + "/%s",
                        "POST " + ROOMS + "/%s/join",
                        "POST " + ROOMS + "/%s/leave",
                        "GET " + ROOMS + "/%s/members",
                        "POST " + ROOMS + "/%s/members",
                        "GET " + ROOMS + "/%s/members/" + town.mina().id(),
                        "DELETE " + ROOMS + "/%s/members/" + town.mina().id(),
                        "GET /api/v1/chat/messages?room=%s",
                        "PATCH " + ROOMS + "/%s/members/" + town.mina().id(),
                        "GET " + ROOMS + "/%s/markers",
                        "GET " + ROOMS + "/%s/bans",
                        "POST " + ROOMS + "/%s/bans",
                        "DELETE " + ROOMS + "/%s/bans/" + town.mina().id(),
                        "POST " + ROOMS + "/%s/announcements",
                        "POST " + ROOMS + "/%s/messages",
                        "PATCH " + ROOMS + "/%s/messages/" + town.mina().id(),
                        "DELETE " + ROOMS + "/%s/messages/" + town.mina().id(),
                        "GET " + ROOMS + "/%s/changes?after=0",
                        "PUT " + ROOMS + "/%s/read");
        String body =
                json(
                        Map.of(
                                "text",
                                "tea",
                                "name",
                                "tea",
                                "user",
                                town.joon().id(),
                                "seq",
                                1,
                                "role",
                                "owner",
                                "password",
                                "sesame"));
        for (String path : paths) {
            String[] parts = path.split(" ", 2);
            Set<String> bodies = new java.util.HashSet<>();
            for (String room : nothing) {
                Answer answer = send(town.sora(), parts[0], parts[1].formatted(room), body);
                assertThat(answer.status()).as("%s of %s", path, room).isEqualTo(404);
                bodies.add(withoutRequestId(answer));
            }
            assertThat(bodies).as(path).hasSize(1);
        }
    }

    @Test
    void nobody_comes_in_without_signing_in() {
        assertThat(town.house().stranger().get(ROOMS).status()).isEqualTo(401);
        assertThat(town.house().stranger().post(ROOMS, "{\"name\":\"tea\"}").status())
                .isEqualTo(401);
    }

    @Test
    void a_public_room_is_read_by_all_and_joined_by_who_wants() {
        String room = town.publicRoom(town.mina());
        town.says(town.mina(), "tea at three", room);

        JsonNode before = shown(town.sora(), room).data();
        assertThat(before.get("my_role").isNull()).isTrue();
        assertThat(before.get("unread").asInt()).isZero();
        Answer silent = post(town.sora(), room, "/messages", Map.of("text", "may I?"));
        assertThat(silent.status()).isEqualTo(403);
        assertThat(silent.code()).isEqualTo("PERMISSION_DENIED");

        for (int i = 0; i < 2; i++) {
            JsonNode joined = post(town.sora(), room, "/join", Map.of()).data();
            assertThat(joined.get("my_role").stringValue()).isEqualTo("member");
            assertThat(joined.get("member_count").asInt()).isEqualTo(2);
            assertThat(joined.get("unread").asInt()).isZero();
        }
        assertThat(post(town.sora(), room, "/messages", Map.of("text", "hello")).status())
                .isEqualTo(201);
        assertThat(post(town.sora(), room, "/leave", Map.of()).status()).isEqualTo(200);
        assertThat(shown(town.mina(), room).data().get("member_count").asInt()).isEqualTo(1);
    }

    @Test
    void when_the_owner_leaves_the_oldest_member_takes_over_and_the_last_one_closes_the_room() {
        String room = town.room(town.mina(), town.joon(), town.sora());

        post(town.mina(), room, "/leave", Map.of());
        assertThat(shown(town.mina(), room).status()).isEqualTo(404);
        assertThat(shown(town.joon(), room).data().get("my_role").stringValue()).isEqualTo("owner");
        assertThat(shown(town.sora(), room).data().get("my_role").stringValue())
                .isEqualTo("member");
        post(town.joon(), room, "/leave", Map.of());
        post(town.sora(), room, "/leave", Map.of());
        assertThat(shown(town.sora(), room).status()).isEqualTo(404);
    }

    @Test
    void moderators_bring_in_and_put_out() {
        String room = town.room(town.mina(), town.joon());
        Map<String, String> sora = Map.of("user", town.sora().id());

        assertThat(post(town.joon(), room, "/members", sora).status()).isEqualTo(403);
        assertThat(post(town.mina(), room, "/members", sora).status()).isEqualTo(201);
        assertThat(post(town.mina(), room, "/members", sora).status()).isEqualTo(200);
        Answer nobody =
                post(
                        town.mina(),
                        room,
                        "/members",
                        Map.of("user", "01900000-0000-7000-8000-000000000000"));
        assertThat(nobody.status()).isEqualTo(404);
        assertThat(nobody.code()).isEqualTo("USER_NOT_FOUND");
        assertThat(post(town.mina(), room, "/members", Map.of("user", "sora")).status())
                .isEqualTo(422);

        assertThat(remove(town.joon(), room, town.sora()).status()).isEqualTo(403);
        assertThat(remove(town.joon(), room, town.mina()).status()).isEqualTo(403);
        makeModerator(town.joon(), room);
        assertThat(remove(town.joon(), room, town.mina()).status()).isEqualTo(403);
        assertThat(remove(town.joon(), room, town.sora()).status()).isEqualTo(200);
        assertThat(remove(town.joon(), room, town.sora()).status()).isEqualTo(404);
        assertThat(shown(town.sora(), room).status()).isEqualTo(404);
        assertThat(change(town.joon(), room, Map.of("description", "mine")).status())
                .isEqualTo(200);
        assertThat(town.joon().http().delete(ROOMS + "/" + room).status()).isEqualTo(403);
        assertThat(remove(town.mina(), room, town.joon()).status()).isEqualTo(200);
    }

    @Test
    void members_are_listed_page_by_page() {
        String room = town.room(town.mina(), town.joon(), town.sora());
        String path = ROOMS + "/" + room + "/members?limit=2";

        JsonNode first = town.joon().http().get(path).data();
        String next = first.get("next_cursor").stringValue();
        JsonNode second = town.joon().http().get(path + "&cursor=" + next).data();

        List<String> names = new ArrayList<>();
        first.get("items").forEach(member -> names.add(member.get("nickname").stringValue()));
        second.get("items").forEach(member -> names.add(member.get("nickname").stringValue()));
        assertThat(names).containsExactlyInAnyOrder("mina", "joon", "sora");
        assertThat(second.get("next_cursor").isNull()).isTrue();
        assertThat(town.joon().http().get(path + "&cursor=garbage").details().has("cursor"))
                .isTrue();
    }

    @Test
    void general_takes_everybody_in_and_lets_nobody_go() {
        String general = general(town.mina());
        Person newcomer = town.person("newcomer");
        assertThat(post(newcomer, general, "/messages", Map.of("text", "hello all")).status())
                .isEqualTo(201);
        assertThat(shown(newcomer, general).data().get("my_role").stringValue())
                .isEqualTo("member");
        for (Answer refused :
                List.of(
                        post(newcomer, general, "/leave", Map.of()),
                        newcomer.http().delete(ROOMS + "/" + general),
                        change(newcomer, general, Map.of("name", "mine")))) {
            assertThat(refused.status()).isEqualTo(403);
        }
        assertThat(create(town.mina(), Map.of("name", "General")).code())
                .isEqualTo("CHAT_ROOM_NAME_TAKEN");
    }

    @Test
    void a_change_touches_only_what_it_names() {
        String room = town.publicRoom(town.mina(), town.joon());
        String name = Town.name();

        JsonNode renamed = change(town.mina(), room, Map.of("name", name)).data();
        assertThat(renamed.get("name").stringValue()).isEqualTo(name);
        assertThat(renamed.get("type").stringValue()).isEqualTo("public");
        assertThat(change(town.joon(), room, Map.of("name", "x")).status()).isEqualTo(403);
        assertThat(change(town.sora(), room, Map.of("name", "x")).status()).isEqualTo(403);
        assertThat(change(town.mina(), room, Map.of("name", " ")).status()).isEqualTo(422);
        assertThat(town.mina().http().patch(ROOMS + "/" + room, "{\"name\":null}").status())
                .isEqualTo(422);
        assertThat(town.mina().http().delete(ROOMS + "/" + room).status()).isEqualTo(200);
        assertThat(shown(town.joon(), room).status()).isEqualTo(404);
        assertThat(create(town.sora(), Map.of("name", name)).status()).isEqualTo(201);
    }

    @Test
    void my_rooms_come_by_last_activity_and_pages_miss_none_while_the_list_changes() {
        Person host = town.person("hostess");
        List<String> rooms = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            rooms.add(town.room(host));
        }
        town.says(host, "first again", rooms.getFirst());

        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page =
                    host.http()
                            .get(
                                    ROOMS
                                            + "?scope=mine&limit=3"
                                            + (cursor.isEmpty() ? "" : "&cursor=" + cursor))
                            .data();
            page.get("items").forEach(room -> seen.add(id(room)));
            cursor = page.get("next_cursor").isNull() ? "" : page.get("next_cursor").stringValue();
            if (seen.size() == 3) {
                town.room(host);
            }
        } while (!cursor.isEmpty());

        assertThat(seen).doesNotHaveDuplicates().containsAll(rooms);
        assertThat(seen.getFirst()).isEqualTo(rooms.getFirst());
        assertThat(seen.subList(1, 7)).containsExactlyElementsOf(rooms.subList(1, 7).reversed());
    }

    @Test
    void public_rooms_come_by_name_and_pages_miss_none_while_the_list_changes() {
        Person host = town.person("publican");
        for (String name : List.of("zz 나", "zz 가", "ZZ 다", "zz 🍵", "zz 라")) {
            create(host, Map.of("name", name));
        }
        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page =
                    host.http()
                            .get(
                                    ROOMS
                                            + "?scope=public&limit=2"
                                            + (cursor.isEmpty() ? "" : "&cursor=" + cursor))
                            .data();
            page.get("items").forEach(room -> seen.add(room.get("name").stringValue()));
            cursor = page.get("next_cursor").isNull() ? "" : page.get("next_cursor").stringValue();
            if (seen.size() == 2) {
                create(host, Map.of("name", "aa before all"));
            }
        } while (!cursor.isEmpty());

        assertThat(seen).doesNotHaveDuplicates().doesNotContain("aa before all");
        assertThat(seen)
                .containsSubsequence("zz 가", "zz 나", "ZZ 다", "zz 라")
                .contains("zz 🍵", "general");
        assertThat(host.http().get(ROOMS + "?scope=all").details().has("scope")).isTrue();
        for (String wrong : List.of("0", "101", "abc", "1.5", "-1")) {
            assertThat(host.http().get(ROOMS + "?limit=" + wrong).details().has("limit")).isTrue();
        }
    }

    @Test
    void a_room_tells_itself_when_somebody_joins_leaves_or_renames_it() {
        String room = town.room(town.mina(), town.joon());
        change(town.mina(), room, Map.of("name", "quiet garden"));
        post(town.joon(), room, "/leave", Map.of());
        town.house().wiring().relay().drain();

        JsonNode items =
                await(
                                () ->
                                        town.mina()
                                                .http()
                                                .get("/api/v1/chat/messages?room=" + room)
                                                .data(),
                                page -> page.get("items").size() == 3)
                        .get("items");
        List<String> codes = new ArrayList<>();
        for (JsonNode notice : items) {
            assertThat(notice.get("kind").stringValue()).isEqualTo("notice");
            assertThat(notice.get("text").isNull()).isTrue();
            assertThat(notice.get("author").isNull()).isTrue();
            codes.add(notice.get("notice").get("code").stringValue());
        }
        assertThat(codes).containsExactly("member_left", "room_renamed", "member_joined");
        assertThat(items.get(1).get("notice").get("args").get("name").stringValue())
                .isEqualTo("quiet garden");
        assertThat(shown(town.mina(), room).data().get("unread").asInt()).isZero();
    }

    @Test
    void a_repeated_request_with_one_key_opens_one_room() {
        Map<String, String> tea = Map.of("name", "once", "type", "private");
        Answer first = town.mina().http().with("Idempotency-Key", "k1").post(ROOMS, json(tea));
        Answer again = town.mina().http().with("Idempotency-Key", "k1").post(ROOMS, json(tea));
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");

        String room = town.publicRoom(town.joon());
        town.says(town.joon(), "tea", room);
        Answer joined =
                town.mina().http().with("Idempotency-Key", "k2").post(ROOMS + "/" + room + "/join");
        assertThat(joined.status()).isEqualTo(200);
        assertThat(joined.data().get("my_role").stringValue()).isEqualTo("member");
        assertThat(joined.data().get("unread").asInt()).isZero();
    }

    static <T> T await(Callable<T> question, java.util.function.Predicate<T> isRight) {
        try {
            for (int i = 0; i < 400; i++) {
                T answer = question.call();
                if (isRight.test(answer)) {
                    return answer;
                }
                Thread.sleep(50);
            }
            throw new AssertionError("never right: " + question.call());
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }

    static <T> List<T> atOnce(List<Callable<T>> all) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<T> done = new ArrayList<>();
            for (Future<T> future : threads.invokeAll(all)) {
                done.add(future.get());
            }
            return done;
        }
    }

    static String id(JsonNode thing) {
        return thing.get("id").stringValue();
    }

    private static String general(Person person) {
        for (JsonNode room :
                person.http().get(ROOMS + "?scope=public&limit=100").data().get("items")) {
            if (room.get("name").stringValue().equals("general")) {
                return id(room);
            }
        }
        throw new AssertionError("no general");
    }

    private static void makeModerator(Person person, String room) {
        town.house()
                .wiring()
                .db()
                .run(tx ->
                        tx.sql(
                                        "update chat.member set role = 'MODERATOR' where room_id ="
                                                + " :room and user_id = :user")
                                .with("room", madang.kit.Id.parse(room))
                                .with("user", madang.kit.Id.parse(person.id()))
                                .count());
    }

    private static Answer create(Person person, Map<String, ?> body) {
        return person.http().post(ROOMS, json(body));
    }

    private static Answer change(Person person, String room, Map<String, ?> body) {
        return person.http().patch(ROOMS + "/" + room, json(body));
    }

    private static Answer shown(Person person, String room) {
        return person.http().get(ROOMS + "/" + room);
    }

    private static Answer post(Person person, String room, String what, Map<String, ?> body) {
        return person.http().post(ROOMS + "/" + room + what, json(body));
    }

    private static Answer remove(Person person, String room, Person who) {
        return person.http().delete(ROOMS + "/" + room + "/members/" + who.id());
    }

    private static Answer send(Person person, String method, String path, String body) {
        return method.equals("GET") || method.equals("DELETE")
                ? person.http().send(method, path, (byte[]) null)
                : person.http().send(method, path, body);
    }

    private static String withoutRequestId(Answer answer) {
        return answer.text().replaceAll("\"(request_id|timestamp)\":\"[^\"]*\"", "");
    }
}
