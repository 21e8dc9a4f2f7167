package madang.chat;

import static madang.chat.ChatRoomsTest.atOnce;
import static madang.chat.ChatRoomsTest.await;
import static madang.chat.ChatRoomsTest.id;
import static madang.testing.Town.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import madang.kit.Id;
import madang.testing.Answer;
import madang.testing.Person;
import madang.testing.Talker;
import madang.testing.Town;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ChatMessagesTest {
    @AutoClose private static Town town;

    @BeforeAll
    static void open() {
        town = Town.open();
    }

    @Test
    void what_is_said_is_shown_word_for_word() {
        String room = town.room(town.mina(), town.joon());
        String text = "  세 시에 차 🍵\n\tzero\u200Bwidth ";
        JsonNode said = town.says(town.mina(), text, room);

        assertThat(said.get("text").stringValue()).isEqualTo(text);
        assertThat(said.get("kind").stringValue()).isEqualTo("text");
        assertThat(said.get("room").stringValue()).isEqualTo(room);
        assertThat(said.get("author").get("nickname").stringValue()).isEqualTo("mina");
        assertThat(said.get("client_key").stringValue()).isNotEmpty();
        assertThat(said.get("seq").asLong()).isEqualTo(said.get("changed_seq").asLong());
        for (String none :
                List.of(
                        "reply_to",
                        "notice",
                        "edited_at",
                        "deleted_at",
                        "pinned_at",
                        "thread",
                        "file",
                        "preview",
                        "encrypted_keys")) {
            assertThat(said.get(none).isNull()).as(none).isTrue();
        }
        for (String empty : List.of("mentions", "reactions")) {
            assertThat(said.get(empty).isArray() && said.get(empty).isEmpty()).as(empty).isTrue();
        }
        assertThat(said.get("replies").asInt()).isZero();
        JsonNode seen = texts(town.joon(), room).getFirst();
        assertThat(seen.get("client_key").isNull()).as("the key is its author's").isTrue();
        assertThat(seen.get("text")).isEqualTo(said.get("text"));
    }

    @Test
    void a_text_has_one_to_four_thousand_code_points() {
        String room = town.room(town.mina());
        assertThat(send(town.mina(), room, Map.of("text", "🍵".repeat(4_000))).status())
                .isEqualTo(201);
        for (Object wrong :
                List.of("🍵".repeat(4_001), "", " \n\t\u3000", "a\u0000b", 7, List.of("tea"))) {
            Answer refused = send(town.mina(), room, Map.of("text", wrong));
            assertThat(refused.status()).as("%s", wrong).isEqualTo(422);
            assertThat(refused.details().has("text")).isTrue();
        }
        for (String surrogate : List.of("\\ud83c", "tea \\udf75", "\\udf75\\ud83c")) {
            Answer refused =
                    town.mina().http().post(messages(room), "{\"text\":\"" + surrogate + "\"}");
            assertThat(refused.status()).as(surrogate).isEqualTo(422);
        }
        assertThat(send(town.mina(), room, Map.of()).details().has("text")).isTrue();
        assertThat(send(town.mina(), room, Map.of("text", "x", "client_key", "")).status())
                .isEqualTo(422);
        assertThat(
                        send(town.mina(), room, Map.of("text", "x", "client_key", "k".repeat(65)))
                                .details()
                                .has("client_key"))
                .isTrue();
        assertThat(send(town.mina(), room, Map.of("text", "x", "reply_to", "7")).status())
                .isEqualTo(422);
        assertThat(texts(town.mina(), room)).hasSize(1);
    }

    @Test
    void history_goes_both_ways_and_ends() {
        String room = town.room(town.mina());
        List<Long> seqs =
                IntStream.range(0, 7)
                        .mapToObj(i -> town.says(town.mina(), "tea " + i, room))
                        .map(message -> message.get("seq").asLong())
                        .toList();

        assertThat(pages(room, "before", "9999")).isEqualTo(seqs.reversed());
        assertThat(pages(room, "after", "0")).isEqualTo(seqs);
        for (String past : List.of("before=1", "before=0", "after=7", "after=123456789012345")) {
            JsonNode page = history(town.mina(), room, "&" + past).data();
            assertThat(page.get("items")).as(past).isEmpty();
            assertThat(page.get("next_cursor").isNull()).isTrue();
        }
        for (String wrong :
                List.of(
                        "before=-1",
                        "before=x",
                        "after=1.5",
                        "after=",
                        "after=99999999999999999999")) {
            Answer refused = history(town.mina(), room, "&" + wrong);
            assertThat(refused.status()).as(wrong).isEqualTo(422);
            assertThat(refused.details().has(wrong.substring(0, wrong.indexOf('=')))).isTrue();
        }
        assertThat(history(town.mina(), room, "&before=3&after=1").status()).isEqualTo(422);
        for (String limit : List.of("0", "101", "abc")) {
            assertThat(history(town.mina(), room, "&limit=" + limit).details().has("limit"))
                    .isTrue();
        }
        assertThat(town.mina().http().get("/api/v1/chat/messages").details().has("room")).isTrue();
        for (int i = 0; i < 60; i++) {
            town.says(town.mina(), "more", room);
        }
        assertThat(history(town.mina(), room, "").data().get("items")).hasSize(50);
    }

    @Test
    void changes_tell_each_changed_message_once_as_it_is_now() {
        String room = town.room(town.mina());
        JsonNode first = town.says(town.mina(), "one", room);
        JsonNode second = town.says(town.mina(), "two", room);
        edit(town.mina(), first, "uno");
        edit(town.mina(), first, "eins");
        delete(town.mina(), second);

        JsonNode changes = changes(room, 2);
        assertThat(changes.get("last_seq").asLong()).isEqualTo(5);
        assertThat(changes.get("changes")).hasSize(2);
        assertThat(changes.get("changes").get(0).get("text").stringValue()).isEqualTo("eins");
        assertThat(changes.get("changes").get(0).get("changed_seq").asLong()).isEqualTo(4);
        assertThat(changes.get("changes").get(1).get("text").isNull()).isTrue();
        assertThat(changes.get("changes").get(1).get("changed_seq").asLong()).isEqualTo(5);
        assertThat(changes(room, 5).get("changes")).isEmpty();
        JsonNode ahead = changes(room, 6);
        assertThat(ahead.get("reset").asBoolean()).isTrue();
        assertThat(ahead.get("items")).hasSize(2);
        assertThat(
                        town.mina()
                                .http()
                                .get("/api/v1/chat/rooms/" + room + "/changes")
                                .details()
                                .has("after"))
                .isTrue();
    }

    @Test
    void unread_counts_what_others_said_and_is_still_there() {
        String room = town.room(town.mina(), town.joon());
        JsonNode gone = town.says(town.mina(), "gone", room);
        town.says(town.mina(), "tea at three", room);
        town.says(town.mina(), "bring cups", room);
        assertThat(unread(town.joon(), room)).isEqualTo(3);
        assertThat(unread(town.mina(), room)).isZero();
        delete(town.mina(), gone);
        assertThat(unread(town.joon(), room)).isEqualTo(2);

        long seq = texts(town.joon(), room).get(1).get("seq").asLong();
        assertThat(read(town.joon(), room, seq).get("unread").asInt()).isEqualTo(1);
        assertThat(read(town.joon(), room, 0).get("read_seq").asLong())
                .as("never back")
                .isEqualTo(seq);
        assertThat(read(town.joon(), room, 999_999).get("unread").asInt()).isZero();
        town.says(town.mina(), "hurry", room);
        town.says(town.joon(), "coming", room);
        assertThat(unread(town.joon(), room)).as("who speaks has read").isZero();

        town.admit(town.mina(), room, town.sora());
        assertThat(unread(town.sora(), room)).as("a newcomer has nothing to catch up").isZero();
        for (String wrong : List.of("{}", "{\"seq\":-1}", "{\"seq\":\"1\"}", "{\"seq\":1.5}")) {
            assertThat(
                            town.joon()
                                    .http()
                                    .put("/api/v1/chat/rooms/" + room + "/read", wrong)
                                    .status())
                    .as(wrong)
                    .isEqualTo(422);
        }
        String open = town.publicRoom(town.mina());
        assertThat(
                        town.joon()
                                .http()
                                .put("/api/v1/chat/rooms/" + open + "/read", "{\"seq\":1}")
                                .status())
                .isEqualTo(403);
    }

    @Test
    void unread_stops_at_999() throws Exception {
        String room = town.room(town.mina(), town.joon());
        try (Talker mina = town.talker(town.mina())) {
            List<java.util.concurrent.CompletableFuture<JsonNode>> sends = new ArrayList<>();
            for (int i = 0; i < 1_005; i++) {
                sends.add(
                        mina.callsLater(
                                "chat.send", "room", room, "text", "t" + i, "client_key", "k" + i));
            }
            for (var send : sends) {
                Talker.result(send.get());
            }
        }
        assertThat(unread(town.joon(), room)).isEqualTo(999);
        JsonNode tooFar = changes(room, 1);
        assertThat(tooFar.get("reset").asBoolean()).isTrue();
        assertThat(tooFar.get("items")).hasSize(50);
        assertThat(tooFar.has("changes")).isFalse();
        assertThat(changes(room, 10).get("changes").size()).isBetween(990, 1_000);
    }

    @Test
    void an_author_edits_for_five_minutes() {
        String room = town.room(town.mina(), town.joon());
        JsonNode said = town.says(town.joon(), "tee at three", room);
        Answer edited = edit(town.joon(), said, "tea at three");
        assertThat(edited.data().get("text").stringValue()).isEqualTo("tea at three");
        assertThat(edited.data().get("edited_at").isNull()).isFalse();
        assertThat(edited.data().get("seq")).isEqualTo(said.get("seq"));
        assertThat(edit(town.mina(), said, "beer").status()).isEqualTo(403);
        assertThat(edit(town.sora(), said, "beer").code()).isEqualTo("CHAT_ROOM_NOT_FOUND");
        assertThat(edit(town.joon(), said, " ").status()).isEqualTo(422);

        JsonNode elsewhere = town.says(town.joon(), "else", town.room(town.joon()));
        Answer foreign = edit(town.joon(), room, id(elsewhere), "mine");
        Answer unknown = edit(town.joon(), room, "01900000-0000-7000-8000-000000000000", "mine");
        assertThat(foreign.code()).isEqualTo("CHAT_MESSAGE_NOT_FOUND");
        assertThat(unknown.code()).isEqualTo("CHAT_MESSAGE_NOT_FOUND");
        assertThat(edit(town.joon(), room, "7", "mine").code()).isEqualTo("CHAT_MESSAGE_NOT_FOUND");

        town.house().clock().move(Duration.ofMinutes(5).plusSeconds(1));
        Answer late = edit(town.joon(), said, "coffee");
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.code()).isEqualTo("CHAT_EDIT_WINDOW_OVER");
        assertThat(delete(town.joon(), said).status()).as("deleting has no window").isEqualTo(200);
        assertThat(edit(town.joon(), said, "coffee").code()).isEqualTo("CHAT_MESSAGE_DELETED");
    }

    @Test
    void authors_and_moderators_delete_and_deleting_twice_is_deleting() {
        String room = town.room(town.mina(), town.joon(), town.person("dana"));
        JsonNode joons = town.says(town.joon(), "rude", room);
        assertThat(delete(town.person("dana"), joons).status()).isEqualTo(403);
        assertThat(delete(town.sora(), joons).status()).isEqualTo(404);
        assertThat(delete(town.mina(), joons).status()).isEqualTo(200);
        Answer again = delete(town.mina(), joons);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.data() == null || again.data().isNull()).isTrue();
        assertThat(changes(room, 0).get("last_seq").asLong())
                .isEqualTo(changes(room, 0).get("changes").size() + 1L);
    }

    @Test
    void a_deleted_text_never_comes_back() {
        String secret = "canary-" + System.nanoTime();
        String room = town.room(town.mina(), town.joon());
        JsonNode said = town.says(town.joon(), secret, room);
        JsonNode reply =
                send(town.mina(), room, Map.of("text", "what?", "reply_to", id(said))).data();
        assertThat(reply.get("reply_to").get("text").stringValue()).isEqualTo(secret);
        edit(town.joon(), said, secret + " edited");
        delete(town.joon(), said);
        Answer later = send(town.mina(), room, Map.of("text", "oh", "reply_to", id(said)));
        assertThat(later.data().get("reply_to").get("text").isNull()).isTrue();

        for (String path :
                List.of(
                        "messages?room=" + room,
                        "messages?after=0&room=" + room,
                        "rooms/" + room + "/changes?after=0",
                        "rooms",
                        "rooms/" + room)) {
            assertThat(town.mina().http().get("/api/v1/chat/" + path).text())
                    .as(path)
                    .doesNotContain(secret);
        }
        try (Talker joon = town.talker(town.joon())) {
            assertThat(joon.opens(room, 0).toString()).doesNotContain(secret);
        }
        assertThat(tablesThatContain(secret)).isEmpty();
    }

    @Test
    void one_answers_only_what_stands_in_the_same_room() {
        String room = town.room(town.mina());
        JsonNode elsewhere = town.says(town.mina(), "elsewhere", town.room(town.mina()));
        for (String target : List.of(id(elsewhere), "01900000-0000-7000-8000-000000000000")) {
            Answer refused = send(town.mina(), room, Map.of("text", "re", "reply_to", target));
            assertThat(refused.status()).isEqualTo(404);
            assertThat(refused.code()).isEqualTo("CHAT_MESSAGE_NOT_FOUND");
        }
        assertThat(texts(town.mina(), room)).isEmpty();
    }

    @Test
    void the_same_key_says_it_once() throws Exception {
        String room = town.room(town.mina(), town.joon());
        Map<String, String> tea = Map.of("text", "tea at three", "client_key", "k");
        List<Callable<Answer>> twenty =
                IntStream.range(0, 20)
                        .mapToObj(_ -> (Callable<Answer>) () -> send(town.mina(), room, tea))
                        .toList();

        List<Answer> answers = atOnce(twenty);

        assertThat(answers.stream().filter(a -> a.status() == 201)).hasSize(1);
        List<Answer> replayed = answers.stream().filter(a -> a.status() == 200).toList();
        assertThat(replayed).hasSize(19);
        assertThat(replayed)
                .allSatisfy(a -> assertThat(a.header("Idempotent-Replayed")).isEqualTo("true"));
        assertThat(answers.stream().map(a -> id(a.data())).distinct()).hasSize(1);
        Answer other = send(town.mina(), room, Map.of("text", "coffee", "client_key", "k"));
        assertThat(other.data().get("text").stringValue()).isEqualTo("tea at three");
        try (Talker mina = town.talker(town.mina())) {
            assertThat(id(mina.says("beer", room, "k"))).isEqualTo(id(other.data()));
        }
        Answer byHeader =
                town.mina()
                        .http()
                        .with("Idempotency-Key", "k")
                        .post(messages(room), json(Map.of("text", "milk")));
        assertThat(byHeader.status()).isEqualTo(200);
        assertThat(id(byHeader.data())).isEqualTo(id(other.data()));
        assertThat(send(town.joon(), room, tea).status()).as("keys are one's own").isEqualTo(201);
        assertThat(send(town.mina(), town.room(town.mina()), tea).status())
                .as("and a room's own")
                .isEqualTo(201);
        assertThat(texts(town.mina(), room)).hasSize(2);
    }

    @Test
    void times_grow_strictly_and_have_six_digits() throws Exception {
        String room = town.room(town.mina(), town.joon());
        List<Callable<JsonNode>> sends =
                IntStream.range(0, 40)
                        .mapToObj(i ->
                                (Callable<JsonNode>)
                                        () ->
                                                town.says(
                                                        i % 2 == 0 ? town.mina() : town.joon(),
                                                        "t",
                                                        room))
                        .toList();
        atOnce(sends);

        List<JsonNode> all = texts(town.mina(), room).reversed();
        Instant last = Instant.EPOCH;
        for (JsonNode message : all) {
            String text = message.get("created_at").stringValue();
            assertThat(text).matches(".*\\.\\d{6}Z");
            assertThat(Instant.parse(text)).isAfter(last);
            last = Instant.parse(text);
        }
        assertThat(all).hasSize(40);
    }

    @Test
    void markers_are_written_down_within_a_second() {
        String room = town.room(town.mina(), town.joon());
        long seq = town.says(town.mina(), "tea", room).get("seq").asLong();
        read(town.joon(), room, seq);
        await(() -> storedMarker(room, town.joon()), stored -> stored == seq);
    }

    private static long storedMarker(String room, Person person) {
        return town.house()
                .wiring()
                .db()
                .read(tx ->
                        tx.sql(
                                        "select read_seq from chat.member where room_id = :room"
                                                + " and user_id = :user")
                                .with("room", Id.parse(room))
                                .with("user", Id.parse(person.id()))
                                .one(Long.class));
    }

    private static List<String> tablesThatContain(String words) {
        return town.house()
                .wiring()
                .db()
                .read(tx ->
                        tx
                                .sql(
                                        """
                                        select schemaname || '.' || tablename from pg_tables
                                        where schemaname in ('chat', 'kit', 'identity')
                                        """)
                                .list(String.class)
                                .stream()
                                .filter(table ->
                                        tx.sql(
                                                                "select count(*) from "
                                                                        + table
                                                                        + " t where t::text like :words")
                                                        .with("words", "%" + words + "%")
                                                        .one(Long.class)
                                                > 0)
                                .toList());
    }

    private static List<Long> pages(String room, String way, String from) {
        List<Long> seqs = new ArrayList<>();
        String next = from;
        while (next != null) {
            JsonNode page = history(town.mina(), room, "&limit=3&" + way + "=" + next).data();
            page.get("items").forEach(message -> seqs.add(message.get("seq").asLong()));
            next = page.get("next_cursor").isNull() ? null : page.get("next_cursor").stringValue();
        }
        return seqs;
    }

    private static Answer history(Person person, String room, String more) {
        return person.http().get("/api/v1/chat/messages?room=" + room + more);
    }

    /// What people said, the newest first.
    private static List<JsonNode> texts(Person person, String room) {
        JsonNode items = history(person, room, "&limit=100").data().get("items");
        return Stream.iterate(0, i -> i < items.size(), i -> i + 1)
                .<JsonNode>map(items::get)
                .filter(message -> message.get("kind").stringValue().equals("text"))
                .toList();
    }

    private static JsonNode changes(String room, long after) {
        return town.mina()
                .http()
                .get("/api/v1/chat/rooms/" + room + "/changes?after=" + after)
                .data();
    }

    private static int unread(Person person, String room) {
        return person.http().get("/api/v1/chat/rooms/" + room).data().get("unread").asInt();
    }

    private static JsonNode read(Person person, String room, long seq) {
        return person.http()
                .put("/api/v1/chat/rooms/" + room + "/read", json(Map.of("seq", seq)))
                .data();
    }

    private static String messages(String room) {
        return "/api/v1/chat/rooms/" + room + "/messages";
    }

    private static Answer send(Person person, String room, Map<String, ?> body) {
        return person.http().post(messages(room), json(body));
    }

    private static Answer edit(Person person, JsonNode message, String text) {
        return edit(person, message.get("room").stringValue(), id(message), text);
    }

    private static Answer edit(Person person, String room, String message, String text) {
        return person.http().patch(messages(room) + "/" + message, json(Map.of("text", text)));
    }

    private static Answer delete(Person person, JsonNode message) {
        return person.http()
                .delete(messages(message.get("room").stringValue()) + "/" + id(message));
    }
}
