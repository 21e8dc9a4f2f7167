package madang.chat;

import static madang.chat.ChatRoomsTest.atOnce;
import static madang.chat.ChatRoomsTest.id;
import static madang.testing.Town.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import madang.testing.Answer;
import madang.testing.Person;
import madang.testing.Talker;
import madang.testing.Town;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Reactions, pins and threads.
class ChatMarksTest {
    @AutoClose private static Town town;

    @BeforeAll
    static void open() {
        town = Town.open();
    }

    @Test
    void a_reaction_is_counted_once_a_person_in_the_order_of_first_use() {
        String room = town.room(town.mina(), town.joon());
        JsonNode tea = town.says(town.mina(), "tea?", room);
        react(town.joon(), tea, "🍵");
        react(town.mina(), tea, "#️⃣");
        JsonNode message = react(town.mina(), tea, "🍵").data();

        assertThat(reactions(message)).containsExactly("🍵 2", "#️⃣ 1");
        assertThat(message.get("reactions").get(0).get("users").get(0).stringValue())
                .isEqualTo(town.joon().id());
        assertThat(message.get("edited_at").isNull()).isTrue();
        assertThat(message.get("seq")).isEqualTo(tea.get("seq"));

        long changed = message.get("changed_seq").asLong();
        Answer again = react(town.mina(), tea, "🍵");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.data().get("changed_seq").asLong())
                .as("nothing changed")
                .isEqualTo(changed);

        assertThat(reactions(unreact(town.joon(), tea, "🍵").data()))
                .containsExactly("🍵 1", "#️⃣ 1");
        assertThat(reactions(unreact(town.joon(), tea, "🍵").data()))
                .containsExactly("🍵 1", "#️⃣ 1");
        assertThat(reactions(unreact(town.mina(), tea, "🍵").data())).containsExactly("#️⃣ 1");
        assertThat(reactions(unreact(town.mina(), tea, "#⃣").data())).isEmpty();
    }

    @Test
    void twenty_who_react_at_once_are_all_counted() throws Exception {
        Person[] crowd = new Person[20];
        for (int i = 0; i < crowd.length; i++) {
            crowd[i] = town.person("crowd" + i);
        }
        String room = town.room(town.mina(), crowd);
        JsonNode tea = town.says(town.mina(), "tea?", room);
        List<Callable<Answer>> all = new ArrayList<>();
        for (Person person : crowd) {
            all.add(() -> react(person, tea, "👍🏽"));
            all.add(() -> react(person, tea, "👍🏽"));
        }
        assertThat(atOnce(all)).allSatisfy(answer -> assertThat(answer.status()).isEqualTo(200));
        assertThat(reactions(show(town.mina(), tea).data())).containsExactly("👍🏽 20");

        List<String> who = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonNode page =
                    town.mina().http().get(path(tea) + "/reactions?limit=7" + cursor).data();
            page.get("items").forEach(each -> who.add(each.get("user").get("id").stringValue()));
            cursor =
                    page.get("next_cursor").isNull()
                            ? null
                            : "&cursor=" + page.get("next_cursor").stringValue();
        }
        assertThat(who).hasSize(20).doesNotHaveDuplicates();
    }

    @Test
    void a_message_takes_twenty_kinds_and_real_emoji_only() {
        String room = town.room(town.mina(), town.joon());
        JsonNode tea = town.says(town.mina(), "tea?", room);
        for (int i = 0; i < 20; i++) {
            assertThat(react(town.joon(), tea, Character.toString(0x1F600 + i)).status())
                    .isEqualTo(200);
        }
        Answer tooMany = react(town.mina(), tea, "🍵");
        assertThat(tooMany.status()).isEqualTo(409);
        assertThat(tooMany.code()).isEqualTo("CHAT_TOO_MANY_REACTIONS");
        assertThat(react(town.mina(), tea, "😀").status()).as("one more of a kind").isEqualTo(200);

        for (String wrong : List.of("a", ":tea:", "가", "🍵🍵", "<b>", " ", "%", "😀".repeat(200))) {
            Answer refused = react(town.mina(), tea, wrong);
            assertThat(refused.status()).as(wrong).isIn(400, 422);
            if (refused.status() == 422) {
                assertThat(refused.details().has("emoji")).isTrue();
            }
        }
        for (String raw : List.of("%00", "%ED%A0%BC", "%FF", "a%2Fb")) {
            assertThat(town.mina().http().send("PUT", path(tea) + "/reactions/" + raw, "").status())
                    .as(raw)
                    .isBetween(400, 422);
        }
        try (Talker mina = town.talker(town.mina())) {
            String[] wrong = {"", "🍵".repeat(10_000), "\u0000", "a"};
            for (String emoji : wrong) {
                JsonNode answer =
                        mina.calls(
                                "chat.react",
                                "room",
                                room,
                                "message",
                                id(tea),
                                "emoji",
                                emoji,
                                "on",
                                true);
                assertThat(Talker.code(answer)).isEqualTo("VALIDATION_ERROR");
            }
        }
    }

    @Test
    void members_react_readers_do_not_and_strangers_find_nothing() {
        String room = town.publicRoom(town.mina());
        JsonNode tea = town.says(town.mina(), "tea?", room);
        assertThat(react(town.joon(), tea, "🍵").status()).isEqualTo(403);
        assertThat(unreact(town.joon(), tea, "🍵").status()).isEqualTo(403);
        assertThat(pin(town.joon(), tea).status()).isEqualTo(403);

        JsonNode hidden = town.says(town.mina(), "tea?", town.room(town.mina()));
        for (Answer answer :
                List.of(
                        react(town.sora(), hidden, "🍵"),
                        unreact(town.sora(), hidden, "🍵"),
                        pin(town.sora(), hidden),
                        show(town.sora(), hidden),
                        town.sora().http().get(path(hidden) + "/reactions"),
                        town.sora().http().get(pins(hidden.get("room").stringValue())))) {
            assertThat(answer.code()).isEqualTo("CHAT_ROOM_NOT_FOUND");
        }
        String elsewhere = "/api/v1/chat/rooms/" + room + "/messages/" + id(hidden);
        for (String act : List.of("/reactions/" + encoded("🍵"), "/pin")) {
            assertThat(town.mina().http().send("PUT", elsewhere + act, "").code())
                    .isEqualTo("CHAT_MESSAGE_NOT_FOUND");
        }
    }

    @Test
    void a_change_is_heard_as_the_same_message_again() {
        String room = town.room(town.mina());
        JsonNode tea = town.says(town.mina(), "tea?", room);
        try (Talker tablet = town.talker(town.mina().onAnotherDevice());
                Talker mina = town.talker(town.mina())) {
            tablet.opens(room);
            JsonNode answer =
                    Talker.result(
                            mina.calls(
                                    "chat.react",
                                    "room",
                                    room,
                                    "message",
                                    id(tea),
                                    "emoji",
                                    "🍵",
                                    "on",
                                    true));
            assertThat(reactions(answer)).containsExactly("🍵 1");
            JsonNode heard = tablet.hears("chat.message");
            assertThat(heard.get("id")).isEqualTo(tea.get("id"));
            assertThat(reactions(heard)).containsExactly("🍵 1");
            mina.calls("chat.react", "room", room, "message", id(tea), "emoji", "🍵", "on", false);
            assertThat(reactions(tablet.hears("chat.message"))).isEmpty();
            pin(town.mina(), tea);
            assertThat(tablet.hears("chat.message").get("pinned_at").isNull()).isFalse();
            assertThat(tablet.hearsNothing()).isTrue();
        }
    }

    @Test
    void moderators_pin_up_to_a_hundred_and_the_last_comes_first() {
        String room = town.room(town.mina(), town.joon());
        List<JsonNode> said = new ArrayList<>();
        try (Talker mina = town.talker(town.mina())) {
            for (int i = 0; i < 101; i++) {
                said.add(mina.says("tea " + i, room));
            }
        }
        var marks = new ArrayList<Callable<Answer>>();
        said.subList(0, 99).forEach(message -> marks.add(() -> pin(town.mina(), message)));
        try {
            atOnce(marks);
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
        assertThat(pin(town.mina(), said.get(99)).status()).isEqualTo(200);
        assertThat(pin(town.mina(), said.get(99)).status()).as("pinned already").isEqualTo(200);
        assertThat(pin(town.mina(), said.get(100)).code()).isEqualTo("CHAT_TOO_MANY_PINS");
        assertThat(pin(town.joon(), said.get(100)).status()).isEqualTo(403);

        JsonNode pins = town.joon().http().get(pins(room)).data().get("items");
        assertThat(pins).hasSize(100);
        assertThat(pins.get(0).get("text").stringValue()).isEqualTo("tea 99");

        JsonNode unpinned = town.mina().http().delete(path(said.get(99)) + "/pin").data();
        assertThat(unpinned.get("pinned_at").isNull()).isTrue();
        assertThat(town.mina().http().delete(path(said.get(98))).status()).isEqualTo(200);
        assertThat(town.joon().http().get(pins(room)).data().get("items")).hasSize(98);
    }

    @Test
    void what_was_deleted_takes_no_marks_and_has_none() {
        String room = town.room(town.mina());
        JsonNode tea = town.says(town.mina(), "tea?", room);
        react(town.mina(), tea, "🍵");
        pin(town.mina(), tea);
        town.mina().http().delete(path(tea));

        for (Answer refused : List.of(react(town.mina(), tea, "🍵"), pin(town.mina(), tea))) {
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.code()).isEqualTo("CHAT_MESSAGE_DELETED");
        }
        JsonNode gone = show(town.mina(), tea).data();
        assertThat(gone.get("reactions")).isEmpty();
        assertThat(gone.get("pinned_at").isNull()).isTrue();
        assertThat(town.mina().http().get(path(tea) + "/reactions").data().get("items")).isEmpty();
    }

    @Test
    void a_thread_is_read_by_its_root_or_any_of_its_messages() {
        String room = town.room(town.mina(), town.joon());
        JsonNode tea = town.says(town.mina(), "tea?", room);
        List<String> answers = new ArrayList<>();
        JsonNode last = tea;
        for (int i = 0; i < 5; i++) {
            last = answer(town.joon(), room, "yes " + i, id(last)).data();
            assertThat(last.get("thread")).isEqualTo(tea.get("id"));
            answers.add(last.get("text").stringValue());
        }
        town.says(town.mina(), "by the way", room);
        assertThat(show(town.joon(), tea).data().get("replies").asInt()).isEqualTo(5);

        for (JsonNode inIt : List.of(tea, last)) {
            assertThat(thread(room, id(inIt), "")).isEqualTo(answers.reversed());
        }
        assertThat(thread(room, id(tea), "&after=0&limit=2")).isEqualTo(answers.subList(0, 2));
        assertThat(thread(room, id(tea), "&before=" + last.get("seq").asLong() + "&limit=1"))
                .isEqualTo(answers.subList(3, 4));

        try (Talker joon = town.talker(town.joon())) {
            JsonNode sent =
                    Talker.result(
                            joon.calls(
                                    "chat.send",
                                    "room",
                                    room,
                                    "text",
                                    "two cups",
                                    "client_key",
                                    "k",
                                    "thread",
                                    id(tea)));
            assertThat(sent.get("thread")).isEqualTo(tea.get("id"));
        }
        town.mina().http().delete(path(last));
        assertThat(show(town.joon(), tea).data().get("replies").asInt()).isEqualTo(5);
    }

    @Test
    void nobody_answers_in_a_thread_that_is_not_there() {
        String room = town.room(town.mina());
        JsonNode elsewhere = town.says(town.mina(), "elsewhere", town.room(town.mina()));
        for (String target : List.of(id(elsewhere), "01900000-0000-7000-8000-000000000000")) {
            assertThat(answer(town.mina(), room, "yes", target).code())
                    .isEqualTo("CHAT_MESSAGE_NOT_FOUND");
            assertThat(
                            town.mina()
                                    .http()
                                    .get("/api/v1/chat/messages?room=" + room + "&thread=" + target)
                                    .code())
                    .isEqualTo("CHAT_MESSAGE_NOT_FOUND");
        }
        assertThat(answer(town.mina(), room, "yes", "7").details().has("thread")).isTrue();
        assertThat(
                        town.mina()
                                .http()
                                .get("/api/v1/chat/messages?room=" + room + "&thread=7")
                                .details()
                                .has("thread"))
                .isTrue();
        JsonNode root = town.says(town.mina(), "tea?", room);
        answer(town.mina(), room, "yes", id(root));
        town.mina().http().delete(path(root));
        Answer late = answer(town.mina(), room, "late", id(root));
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.code()).isEqualTo("CHAT_MESSAGE_DELETED");
        assertThat(thread(room, id(root), ""))
                .as("what was said is still there")
                .containsExactly("yes");
    }

    private static Answer react(Person who, JsonNode message, String emoji) {
        return who.http().send("PUT", path(message) + "/reactions/" + encoded(emoji), "");
    }

    private static Answer unreact(Person who, JsonNode message, String emoji) {
        return who.http().delete(path(message) + "/reactions/" + encoded(emoji));
    }

    private static Answer pin(Person who, JsonNode message) {
        return who.http().send("PUT", path(message) + "/pin", "");
    }

    private static Answer answer(Person who, String room, String text, String thread) {
        return who.http()
                .post(
                        "/api/v1/chat/rooms/" + room + "/messages",
                        json(Map.of("text", text, "thread", thread)));
    }

    private static Answer show(Person who, JsonNode message) {
        return who.http()
                .get(
                        "/api/v1/chat/messages/"
                                + id(message)
                                + "?room="
                                + message.get("room").stringValue());
    }

    private static List<String> thread(String room, String thread, String more) {
        List<String> texts = new ArrayList<>();
        town.mina()
                .http()
                .get("/api/v1/chat/messages?room=" + room + "&thread=" + thread + more)
                .data()
                .get("items")
                .forEach(message -> texts.add(message.get("text").stringValue()));
        return texts;
    }

    private static List<String> reactions(JsonNode message) {
        List<String> kinds = new ArrayList<>();
        message.get("reactions")
                .forEach(kind ->
                        kinds.add(
                                kind.get("emoji").stringValue() + " " + kind.get("count").asInt()));
        return kinds;
    }

    private static String path(JsonNode message) {
        return "/api/v1/chat/rooms/"
                + message.get("room").stringValue()
                + "/messages/"
                + id(message);
    }

    private static String pins(String room) {
        return "/api/v1/chat/rooms/" + room + "/pins";
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
