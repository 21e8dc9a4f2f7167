package madang.chat;

import static madang.chat.ChatRoomsTest.atOnce;
import static madang.chat.ChatRoomsTest.await;
import static madang.testing.Town.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Who has a say in a room, and who has to be silent: roles, mutes, slow mode, announcements.
class RoomRolesTest {
    private static final String ROOMS = "/api/v1/chat/rooms";
    @AutoClose private static Town town;

    @BeforeAll
    static void open() {
        town = Town.open();
    }

    @Test
    void the_owner_gives_and_takes_the_say() {
        String room = town.room(town.mina(), town.joon(), town.haneul());
        JsonNode joon = role(town.mina(), room, town.joon(), "moderator").data();
        assertThat(joon.get("role").stringValue()).isEqualTo("moderator");
        assertThat(myRole(town.joon(), room)).isEqualTo("moderator");

        refused(role(town.joon(), room, town.haneul(), "moderator"), 403, "PERMISSION_DENIED");
        refused(role(town.joon(), room, town.joon(), "owner"), 403, "PERMISSION_DENIED");
        refused(role(town.haneul(), room, town.haneul(), "owner"), 403, "PERMISSION_DENIED");
        refused(role(town.sora(), room, town.joon(), "owner"), 404, "CHAT_ROOM_NOT_FOUND");
        refused(role(town.mina(), room, town.sora(), "moderator"), 404, "CHAT_MEMBER_NOT_FOUND");
        refused(role(town.mina(), room, town.mina(), "member"), 409, "CHAT_OWNER_NEEDED");
        assertThat(role(town.mina(), room, town.mina(), "owner").status()).isEqualTo(200);
        assertThat(role(town.mina(), room, town.joon(), "king").status()).isEqualTo(422);
        assertThat(role(town.mina(), room, town.joon(), "member").status()).isEqualTo(200);
        assertThat(myRole(town.joon(), room)).isEqualTo("member");
    }

    @Test
    void a_room_is_passed_on_and_its_old_owner_helps_on() {
        String room = town.room(town.mina(), town.joon());
        mute(town.mina(), room, town.joon(), Duration.ofHours(1));
        assertThat(role(town.mina(), room, town.joon(), "owner").text("role")).isEqualTo("owner");

        assertThat(myRole(town.mina(), room)).isEqualTo("moderator");
        assertThat(says(town.joon(), room, "mine now").status()).isEqualTo(201);
        refused(town.mina().http().delete(path(room, "")), 403, "PERMISSION_DENIED");
        assertThat(town.joon().http().post(path(room, "/leave")).status()).isEqualTo(200);
        assertThat(myRole(town.mina(), room)).isEqualTo("owner");
        await(
                () -> notices(town.mina(), room),
                codes -> codes.stream().filter("owner_changed"::equals).count() == 2);
    }

    @Test
    void nobody_is_made_the_owner_and_silenced_in_one_breath() {
        String room = town.room(town.mina(), town.joon());
        String until = town.house().clock().instant().plus(Duration.ofHours(1)).toString();
        String joon = path(room, "/members/" + town.joon().id());
        Answer refused =
                town.mina().http().patch(joon, json(Map.of("role", "owner", "muted_until", until)));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.details().has("muted_until")).isTrue();
        assertThat(myRole(town.mina(), room)).isEqualTo("owner");

        mute(town.mina(), room, town.joon(), Duration.ofHours(1));
        Answer passedOn =
                town.mina().http().patch(joon, "{\"role\":\"owner\",\"muted_until\":null}");
        assertThat(passedOn.status()).as(passedOn.text()).isEqualTo(200);
        assertThat(says(town.joon(), room, "mine").status()).isEqualTo(201);
    }

    @Test
    void programs_inherit_no_room_and_keep_none_open() {
        String bot = bot(town.mina());
        String room = town.room(town.mina());
        bring(room, bot);
        town.admit(town.mina(), room, town.joon());
        assertThat(
                        town.mina()
                                .http()
                                .patch(
                                        path(room, "/members/" + bot),
                                        json(Map.of("role", "moderator")))
                                .status())
                .isEqualTo(200);
        assertThat(town.mina().http().post(path(room, "/leave")).status()).isEqualTo(200);
        assertThat(myRole(town.joon(), room)).isEqualTo("owner");
        assertThat(town.joon().http().post(path(room, "/leave")).status()).isEqualTo(200);
        assertThat(roles(room)).isEmpty();
        assertThat(shown(town.joon(), room).status()).isEqualTo(404);
    }

    @Test
    void an_ended_bot_leaves_its_rooms() {
        String bot = bot(town.haneul());
        String room = town.room(town.mina(), town.joon());
        bring(room, bot);
        assertThat(shown(town.joon(), room).data().get("member_count").asInt()).isEqualTo(3);
        assertThat(town.haneul().http().delete("/api/v1/users/me/bots/" + bot).status())
                .isEqualTo(200);
        await(
                () -> shown(town.joon(), room).data().get("member_count").asInt(),
                count -> count == 2);
        await(
                () -> notices(town.mina(), room),
                codes -> codes.stream().anyMatch("member_left"::equals));
    }

    @Test
    void however_many_pass_it_on_at_once_there_is_one_owner() throws Exception {
        for (int i = 0; i < 10; i++) {
            String room = town.room(town.mina(), town.joon(), town.haneul());
            List<Callable<Answer>> all =
                    List.of(
                            () -> role(town.mina(), room, town.joon(), "owner"),
                            () -> role(town.mina(), room, town.haneul(), "owner"),
                            () -> town.mina().http().post(path(room, "/leave")));
            atOnce(all);
            assertThat(roles(room)).filteredOn("OWNER"::equals).hasSize(1);
        }
    }

    @Test
    void who_is_muted_reads_on_and_does_not_speak() {
        String room = town.room(town.mina(), town.joon(), town.haneul());
        JsonNode said = says(town.joon(), room, "before").data();
        try (Talker joon = town.talker(town.joon());
                Talker mina = town.talker(town.mina())) {
            joon.opens(room);
            mina.opens(room);
            Instant until = town.house().clock().instant().plus(Duration.ofMinutes(2));
            assertThat(
                            Instant.parse(
                                    mute(town.mina(), room, town.joon(), Duration.ofMinutes(2))
                                            .text("muted_until")))
                    .isAfterOrEqualTo(until);
            JsonNode hint = joon.hears("chat.room");
            assertThat(hint.get("room").stringValue()).isEqualTo(room);
            assertThat(hint.get("user").stringValue()).isEqualTo(town.joon().id());

            Answer silent = says(town.joon(), room, "may I?");
            refused(silent, 403, "CHAT_MUTED");
            assertThat(Instant.parse(silent.details().get("until").stringValue()))
                    .isAfterOrEqualTo(until);
            assertThat(
                            Talker.code(
                                    joon.calls(
                                            "chat.send",
                                            "room",
                                            room,
                                            "text",
                                            "x",
                                            "client_key",
                                            "k")))
                    .isEqualTo("CHAT_MUTED");
            refused(
                    town.joon()
                            .http()
                            .patch(
                                    path(room, "/messages/" + said.get("id").stringValue()),
                                    json(Map.of("text", "an edit speaks too"))),
                    403,
                    "CHAT_MUTED");
            assertThat(joon.opens(room).get("muted_until").isNull()).isFalse();
            String fire =
                    path(
                            room,
                            "/messages/"
                                    + said.get("id").stringValue()
                                    + "/reactions/%F0%9F%94%A5");
            refused(town.joon().http().put(fire, "{}"), 403, "CHAT_MUTED");
            assertThat(town.joon().http().delete(fire).status()).isEqualTo(200);
            assertThat(Talker.code(joon.calls("chat.typing", "room", room)))
                    .isEqualTo("CHAT_MUTED");
            assertThat(says(town.haneul(), room, "I may").status()).isEqualTo(201);
            mina.hearsText("I may");
            assertThat(mina.pushes()).noneMatch(RoomRolesTest::isTyping);
        }
        assertThat(shown(town.joon(), room).data().get("muted_until").isNull()).isFalse();

        town.house().clock().move(Duration.ofMinutes(3));
        assertThat(shown(town.joon(), room).data().get("muted_until").isNull()).isTrue();
        assertThat(says(town.joon(), room, "again").status()).isEqualTo(201);
        mute(town.mina(), room, town.joon(), Duration.ofDays(365));
        assertThat(says(town.joon(), room, "silent").status()).isEqualTo(403);
        assertThat(mute(town.mina(), room, town.joon(), null).data().get("muted_until").isNull())
                .isTrue();
        assertThat(says(town.joon(), room, "free").status()).isEqualTo(201);
    }

    @Test
    void a_mute_waits_for_whoever_leaves_and_comes_again() {
        Person mina = town.mina();
        Person joon = town.joon();
        String room = town.publicRoom(mina, joon);
        mute(mina, room, joon, Duration.ofHours(1));
        String mute = shown(joon, room).text("muted_until");

        done(joon.http().post(path(room, "/leave")));
        done(joon.http().post(path(room, "/join")));
        refused(says(joon, room, "new here?"), 403, "CHAT_MUTED");
        assertThat(shown(joon, room).text("muted_until")).isEqualTo(mute);

        done(mina.http().delete(path(room, "/members/" + joon.id())));
        bring(room, joon.id());
        refused(says(joon, room, "brought in"), 403, "CHAT_MUTED");

        Map<String, String> him = Map.of("user", joon.id());
        assertThat(mina.http().post(path(room, "/bans"), json(him)).status()).isEqualTo(201);
        done(mina.http().delete(path(room, "/bans/" + joon.id())));
        done(joon.http().post(path(room, "/join")));
        refused(says(joon, room, "forgiven?"), 403, "CHAT_MUTED");

        mute(mina, room, joon, null);
        done(joon.http().post(path(room, "/leave")));
        done(joon.http().post(path(room, "/join")));
        assertThat(says(joon, room, "free").status()).isEqualTo(201);
    }

    @Test
    void a_mute_ends_also_where_nobody_was_there_to_bear_it() {
        String room = town.publicRoom(town.mina(), town.joon());
        mute(town.mina(), room, town.joon(), Duration.ofMinutes(2));
        done(town.joon().http().post(path(room, "/leave")));
        assertThat(restrained(room)).containsExactly(town.joon().id());
        town.house().clock().move(Duration.ofMinutes(3));
        done(town.joon().http().post(path(room, "/join")));
        assertThat(restrained(room)).isEmpty();
        assertThat(says(town.joon(), room, "again").status()).isEqualTo(201);
    }

    @Test
    void what_holds_nobody_back_any_more_is_forgotten() {
        Person mina = town.mina();
        String room = town.publicRoom(mina, town.joon(), town.haneul(), town.sora());
        mute(mina, room, town.joon(), Duration.ofMinutes(2));
        mute(mina, room, town.haneul(), Duration.ofDays(2));
        change(mina, room, Map.of("slow_mode_seconds", 30));
        says(town.sora(), room, "my turn");
        for (Person person : List.of(town.joon(), town.haneul(), town.sora())) {
            done(person.http().post(path(room, "/leave")));
        }
        Instant now = town.house().clock().instant();
        forgetRestraints(now.plus(Duration.ofMinutes(3)));
        assertThat(restrained(room))
                .containsExactlyInAnyOrder(town.haneul().id(), town.sora().id());
        forgetRestraints(now.plus(Duration.ofHours(7)));
        assertThat(restrained(room)).containsExactly(town.haneul().id());
        done(mina.http().delete(path(room, "")));
        assertThat(restrained(room)).isEmpty();
    }

    @Test
    void mutes_follow_the_ladder_and_end_within_a_year() {
        String room = town.room(town.mina(), town.joon(), town.haneul());
        refused(
                mute(town.joon(), room, town.haneul(), Duration.ofHours(1)),
                403,
                "PERMISSION_DENIED");
        role(town.mina(), room, town.joon(), "moderator");
        assertThat(mute(town.joon(), room, town.haneul(), Duration.ofHours(1)).status())
                .isEqualTo(200);
        refused(
                mute(town.joon(), room, town.mina(), Duration.ofHours(1)),
                403,
                "PERMISSION_DENIED");
        refused(
                mute(town.mina(), room, town.mina(), Duration.ofHours(1)),
                403,
                "PERMISSION_DENIED");
        refused(
                mute(town.joon(), room, town.joon(), Duration.ofHours(1)),
                403,
                "PERMISSION_DENIED");
        for (Duration wrong : List.of(Duration.ofMinutes(-1), Duration.ofDays(367))) {
            Answer refused = mute(town.mina(), room, town.joon(), wrong);
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.details().has("muted_until")).isTrue();
        }
        assertThat(mute(town.mina(), room, town.joon(), Duration.ofHours(1)).status())
                .isEqualTo(200);
    }

    @Test
    void slow_mode_gives_a_member_one_turn_however_many_he_tries() throws Exception {
        String room = town.room(town.mina(), town.joon());
        assertThat(change(town.mina(), room, Map.of("slow_mode_seconds", 30)).status())
                .isEqualTo(200);
        List<Callable<Answer>> all =
                IntStream.range(0, 20)
                        .<Callable<Answer>>mapToObj(i -> () -> says(town.joon(), room, "now " + i))
                        .toList();
        List<Answer> answers = atOnce(all);
        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 201)
                .allSatisfy(answer -> {
                    refused(answer, 429, "CHAT_SLOW_MODE");
                    assertThat(Long.parseLong(answer.header("Retry-After"))).isBetween(1L, 30L);
                });
        for (int i = 0; i < 3; i++) {
            assertThat(says(town.mina(), room, "I moderate").status()).isEqualTo(201);
        }
        town.house().clock().move(Duration.ofSeconds(31));
        try (Talker joon = town.talker(town.joon())) {
            assertThat(joon.opens(room).get("slow_mode_seconds").asInt()).isEqualTo(30);
            joon.says("again", room);
            JsonNode refused =
                    joon.calls("chat.send", "room", room, "text", "and again", "client_key", "k2");
            assertThat(Talker.code(refused)).isEqualTo("CHAT_SLOW_MODE");
            assertThat(refused.get("error").get("retry_after_ms").asLong()).isBetween(1L, 30_000L);
        }
        assertThat(change(town.mina(), room, Map.of("slow_mode_seconds", 0)).status())
                .isEqualTo(200);
        assertThat(says(town.joon(), room, "as fast as I like").status()).isEqualTo(201);
        assertThat(says(town.joon(), room, "as fast as I like").status()).isEqualTo(201);
    }

    @Test
    void leaving_and_coming_again_gives_no_second_turn() {
        String room = town.publicRoom(town.mina(), town.joon());
        change(town.mina(), room, Map.of("slow_mode_seconds", 30));
        assertThat(says(town.joon(), room, "my turn").status()).isEqualTo(201);
        done(town.joon().http().post(path(room, "/leave")));
        done(town.joon().http().post(path(room, "/join")));
        refused(says(town.joon(), room, "mine again?"), 429, "CHAT_SLOW_MODE");
        town.house().clock().move(Duration.ofSeconds(31));
        assertThat(says(town.joon(), room, "now").status()).isEqualTo(201);
    }

    @Test
    void who_comes_and_goes_while_he_speaks_has_one_turn_all_the_same() throws Exception {
        String room = town.publicRoom(town.mina(), town.joon());
        change(town.mina(), room, Map.of("slow_mode_seconds", 30));
        List<Callable<Answer>> all = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            all.add(() -> says(town.joon(), room, "now"));
            all.add(() -> town.joon().http().post(path(room, "/leave")));
            all.add(() -> town.joon().http().post(path(room, "/join")));
        }
        atOnce(all);
        town.joon().http().post(path(room, "/join"));
        says(town.joon(), room, "now");
        assertThat(
                        town.mina()
                                .http()
                                .get("/api/v1/chat/messages?limit=100&room=" + room)
                                .data()
                                .get("items")
                                .valueStream()
                                .filter(message -> message.path("text").asString().equals("now")))
                .hasSize(1);
    }

    @Test
    void who_is_out_changes_nothing_that_he_said_but_takes_it_back() {
        Person joon = town.joon();
        String room = town.publicRoom(town.mina(), joon);
        String said = says(joon, room, "so it was").data().get("id").stringValue();
        String message = path(room, "/messages/" + said);
        String fire = message + "/reactions/%F0%9F%94%A5";
        done(town.mina().http().delete(path(room, "/members/" + joon.id())));
        try (Talker there = town.talker(town.mina());
                Talker his = town.talker(joon)) {
            there.opens(room);
            his.opens(room);
            String other = json(Map.of("text", "so it was not"));
            refused(joon.http().patch(message, other), 403, "PERMISSION_DENIED");
            refused(joon.http().put(fire, "{}"), 403, "PERMISSION_DENIED");
            for (JsonNode answer :
                    List.of(
                            his.calls("chat.typing", "room", room),
                            his.calls("chat.edit", "room", room, "message", said, "text", "no"),
                            his.calls(
                                    "chat.react",
                                    "room",
                                    room,
                                    "message",
                                    said,
                                    "emoji",
                                    "🔥",
                                    "on",
                                    true))) {
                assertThat(Talker.code(answer)).isEqualTo("PERMISSION_DENIED");
            }
            done(joon.http().delete(message));
            JsonNode heard = there.hears("chat.message");
            while (!heard.get("id").stringValue().equals(said)) {
                heard = there.hears("chat.message");
            }
            assertThat(heard.get("deleted_at").isNull()).isFalse();
            assertThat(there.pushes()).noneMatch(RoomRolesTest::isTyping);
        }
    }

    @Test
    void who_asks_again_in_slow_mode_gets_the_message_that_he_sent() {
        String room = town.room(town.mina(), town.joon());
        change(town.mina(), room, Map.of("slow_mode_seconds", 30));
        Map<String, String> tea = Map.of("text", "tea", "client_key", "once");
        Answer first = town.joon().http().post(path(room, "/messages"), json(tea));
        Answer again = town.joon().http().post(path(room, "/messages"), json(tea));
        assertThat(first.status()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.data()).isEqualTo(first.data());
    }

    @Test
    void announcements_are_the_moderators_and_nobodys_to_read_up() {
        String room = town.room(town.mina(), town.joon());
        change(town.mina(), room, Map.of("slow_mode_seconds", 30));
        refused(announce(town.joon(), room, "psst"), 403, "PERMISSION_DENIED");
        refused(announce(town.sora(), room, "psst"), 404, "CHAT_ROOM_NOT_FOUND");
        assertThat(announce(town.mina(), room, " ").status()).isEqualTo(422);
        try (Talker joon = town.talker(town.joon())) {
            joon.opens(room);
            Answer told = announce(town.mina(), room, "공지: 세 시에 차 🍵");
            assertThat(told.status()).isEqualTo(201);
            assertThat(told.text("kind")).isEqualTo("system");
            JsonNode heard = joon.hearsText("공지: 세 시에 차 🍵");
            assertThat(heard.get("author").get("id").stringValue()).isEqualTo(town.mina().id());
        }
        assertThat(shown(town.joon(), room).data().get("unread").asInt()).isZero();
        Map<String, String> keyed = Map.of("text", "once", "client_key", "a");
        Answer first = town.mina().http().post(path(room, "/announcements"), json(keyed));
        Answer again = town.mina().http().post(path(room, "/announcements"), json(keyed));
        assertThat(first.status()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        refused(
                town.mina()
                        .http()
                        .patch(
                                path(room, "/messages/" + first.text("id")),
                                json(Map.of("text", "twice"))),
                403,
                "PERMISSION_DENIED");
    }

    @Test
    void members_see_how_far_each_has_read() {
        String room = town.room(town.mina(), town.joon());
        long seq = town.says(town.mina(), "read me", room).get("seq").asLong();
        assertThat(markers(town.mina(), room)).containsEntry(town.mina().id(), seq);
        assertThat(markers(town.mina(), room).get(town.joon().id())).isLessThan(seq);
        town.joon().http().put(path(room, "/read"), json(Map.of("seq", seq)));
        assertThat(markers(town.mina(), room)).containsEntry(town.joon().id(), seq);

        refused(town.sora().http().get(path(room, "/markers")), 404, "CHAT_ROOM_NOT_FOUND");
        String open = town.publicRoom(town.mina());
        refused(town.sora().http().get(path(open, "/markers")), 403, "PERMISSION_DENIED");
    }

    private static Map<String, Long> markers(Person person, String room) {
        Map<String, Long> read = new HashMap<>();
        String cursor = "";
        do {
            JsonNode page = person.http().get(path(room, "/markers?limit=1" + cursor)).data();
            page.get("items")
                    .forEach(one ->
                            read.put(one.get("user").stringValue(), one.get("seq").asLong()));
            JsonNode next = page.get("next_cursor");
            cursor = next.isNull() ? "" : "&cursor=" + next.stringValue();
        } while (!cursor.isEmpty());
        return read;
    }

    private static void forgetRestraints(Instant now) {
        town.house().wiring().db().run(tx -> new MemberStore().forgetRestraints(tx, now));
    }

    private static List<String> restrained(String room) {
        return town
                .house()
                .wiring()
                .db()
                .read(tx ->
                        tx.sql("select user_id from chat.restraint where room_id = :room")
                                .with("room", madang.kit.Id.parse(room))
                                .ids())
                .stream()
                .map(Object::toString)
                .toList();
    }

    private static List<String> roles(String room) {
        return town.house()
                .wiring()
                .db()
                .read(tx ->
                        tx.sql("select role from chat.member where room_id = :room")
                                .with("room", madang.kit.Id.parse(room))
                                .list(String.class));
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

    private static String bot(Person owner) {
        return owner.http()
                .post("/api/v1/users/me/bots", json(Map.of("nickname", "다과 봇")))
                .data()
                .at("/bot/id")
                .stringValue();
    }

    private static void bring(String room, String user) {
        assertThat(
                        town.mina()
                                .http()
                                .post(path(room, "/members"), json(Map.of("user", user)))
                                .status())
                .isEqualTo(201);
    }

    private static String myRole(Person person, String room) {
        return shown(person, room).data().get("my_role").stringValue();
    }

    private static Answer role(Person host, String room, Person person, String role) {
        return host.http().patch(path(room, "/members/" + person.id()), json(Map.of("role", role)));
    }

    private static Answer mute(
            Person host, String room, Person person, @Nullable Duration duration) {
        Map<String, Object> body = new HashMap<>();
        body.put(
                "muted_until",
                duration == null ? null : town.house().clock().instant().plus(duration).toString());
        return host.http().patch(path(room, "/members/" + person.id()), json(body));
    }

    private static Answer announce(Person person, String room, String text) {
        return person.http().post(path(room, "/announcements"), json(Map.of("text", text)));
    }

    private static Answer says(Person person, String room, String text) {
        return person.http().post(path(room, "/messages"), json(Map.of("text", text)));
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

    private static boolean isTyping(JsonNode push) {
        return push.get("method").stringValue().equals("chat.typing");
    }

    private static void done(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    private static void refused(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
    }
}
