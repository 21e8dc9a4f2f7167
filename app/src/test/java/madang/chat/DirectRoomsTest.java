package madang.chat;

import static madang.chat.ChatRoomsTest.atOnce;
import static madang.testing.Town.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import madang.testing.Answer;
import madang.testing.Person;
import madang.testing.Talker;
import madang.testing.Town;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Two who talk alone.
class DirectRoomsTest {
    private static final String ROOMS = "/api/v1/chat/rooms";
    @AutoClose private static Town town;

    @BeforeAll
    static void open() {
        town = Town.open();
    }

    @Test
    void two_have_one_room_whoever_asks() {
        Answer opened = direct(town.mina(), town.joon());
        assertThat(opened.status()).isEqualTo(201);
        assertThat(opened.text("type")).isEqualTo("direct");
        assertThat(opened.text("name")).isEmpty();
        assertThat(opened.text("my_role")).isEqualTo("member");
        assertThat(opened.data().get("member_count").asInt()).isEqualTo(2);
        assertThat(opened.data().get("peer").get("nickname").stringValue()).isEqualTo("joon");

        Answer again = direct(town.joon(), town.mina());
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text("id")).isEqualTo(opened.text("id"));
        assertThat(again.data().get("peer").get("id").stringValue()).isEqualTo(town.mina().id());
        assertThat(shown(town.sora(), opened.text("id")).status()).isEqualTo(404);
    }

    @Test
    void they_have_one_room_also_when_both_ask_at_once() throws Exception {
        for (int i = 0; i < 10; i++) {
            Person one = town.person("one" + i);
            Person two = town.person("two" + i);
            List<Callable<Answer>> both =
                    new ArrayList<>(Collections.nCopies(3, () -> direct(one, two)));
            both.addAll(Collections.nCopies(3, () -> direct(two, one)));
            List<Answer> answers = atOnce(both);
            Set<String> rooms =
                    answers.stream().map(answer -> answer.text("id")).collect(Collectors.toSet());
            assertThat(rooms).hasSize(1);
            assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
            assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(5);
            assertThat(answers.getFirst().data().get("member_count").asInt()).isEqualTo(2);
        }
    }

    @Test
    void somebody_keeps_notes_with_himself() {
        Answer notes = direct(town.haneul(), town.haneul());
        assertThat(notes.status()).isEqualTo(201);
        assertThat(notes.data().get("peer").get("id").stringValue()).isEqualTo(town.haneul().id());
        assertThat(notes.data().get("member_count").asInt()).isEqualTo(1);
        town.says(town.haneul(), "우유 사기 🥛", notes.text("id"));
        assertThat(direct(town.haneul(), town.haneul()).text("id")).isEqualTo(notes.text("id"));
        assertThat(listed(town.haneul())).contains(notes.text("id"));
    }

    @Test
    void nobody_comes_in_or_goes_and_nobody_has_a_say() {
        String room = direct(town.mina(), town.haneul()).text("id");
        Person sora = town.sora();
        for (Answer refused :
                List.of(
                        town.mina().http().post(path(room, "/leave")),
                        town.mina().http().patch(path(room, ""), "{\"name\":\"ours\"}"),
                        town.mina().http().patch(path(room, ""), "{\"type\":\"public\"}"),
                        town.mina().http().delete(path(room, "")),
                        post(town.mina(), room, "/members", Map.of("user", sora.id())),
                        post(town.mina(), room, "/bans", Map.of("user", town.haneul().id())),
                        post(town.mina(), room, "/announcements", Map.of("text", "hear me")),
                        town.mina()
                                .http()
                                .patch(
                                        path(room, "/members/" + town.mina().id()),
                                        "{\"role\":\"owner\"}"),
                        town.mina().http().delete(path(room, "/members/" + town.haneul().id())))) {
            assertThat(refused.status()).as(refused.text()).isEqualTo(403);
        }
        assertThat(town.mina().http().post(path(room, "/join")).status()).isEqualTo(200);
        assertThat(sora.http().post(path(room, "/join")).status()).isEqualTo(404);
        assertThat(post(sora, room, "/messages", Map.of("text", "psst")).status()).isEqualTo(404);
    }

    @Test
    void a_room_in_which_nothing_was_said_shows_to_who_opened_it() {
        Person shy = town.person("shy");
        Person loved = town.person("loved");
        String room = direct(shy, loved).text("id");
        assertThat(listed(shy)).contains(room);
        assertThat(listed(loved)).doesNotContain(room);

        try (Talker talker = town.talker(loved)) {
            talker.opens(room);
            town.says(shy, "hello", room);
            talker.hearsText("hello");
        }
        assertThat(listed(loved)).contains(room);
        assertThat(shown(loved, room).data().get("unread").asInt()).isEqualTo(1);
    }

    @Test
    void the_first_word_reaches_sockets_that_hear_no_room() {
        Person shy = town.person("bold");
        Person loved = town.person("liked");
        try (Talker his = town.talker(loved);
                Talker own = town.talker(shy)) {
            String room = direct(shy, loved).text("id");
            town.says(shy, "hello", room);
            for (Talker talker : List.of(his, own)) {
                assertThat(talker.hears("chat.room").get("room").stringValue()).isEqualTo(room);
            }
            town.says(shy, "are you there?", room);
            town.says(loved, "I am", room);
            assertThat(List.of(his, own)).allMatch(Talker::hearsNothing);
            assertThat(his.pushes())
                    .filteredOn(push -> push.get("method").stringValue().equals("chat.room"))
                    .hasSize(1);
        }
    }

    @Test
    void who_blocks_or_is_blocked_says_nothing_to_the_other() {
        Person one = town.person("blocker");
        Person two = town.person("blocked");
        String room = direct(one, two).text("id");
        town.says(two, "hello?", room);
        assertThat(one.http().put("/api/v1/users/me/blocks/" + two.id(), "{}").status())
                .isLessThan(300);
        for (Person person : List.of(one, two)) {
            Answer refused = post(person, room, "/messages", Map.of("text", "hello?"));
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.code()).isEqualTo("CHAT_BLOCKED");
        }
        String garden = town.publicRoom(one, two);
        assertThat(post(two, garden, "/messages", Map.of("text", "hello all")).status())
                .isEqualTo(201);
        one.http().delete("/api/v1/users/me/blocks/" + two.id());
        assertThat(post(two, room, "/messages", Map.of("text", "thanks")).status()).isEqualTo(201);
    }

    @Test
    void behind_a_block_nothing_is_changed_marked_or_shown_but_taken_back() {
        Person one = town.person("parted");
        Person two = town.person("from");
        String room = direct(one, two).text("id");
        JsonNode said = town.says(two, "hello?", room);
        String message = path(room, "/messages/" + said.get("id").stringValue());
        String fire = message + "/reactions/%F0%9F%94%A5";
        assertThat(two.http().put(fire, "{}").status()).isEqualTo(200);
        assertThat(one.http().put("/api/v1/users/me/blocks/" + two.id(), "{}").status())
                .isLessThan(300);
        try (Talker his = town.talker(one);
                Talker its = town.talker(two)) {
            his.opens(room);
            its.opens(room);
            for (Talker talker : List.of(his, its)) {
                assertThat(Talker.code(talker.calls("chat.typing", "room", room)))
                        .isEqualTo("CHAT_BLOCKED");
            }
            for (Answer refused :
                    List.of(
                            two.http().patch(message, json(Map.of("text", "you will hear me"))),
                            two.http().put(message + "/reactions/%F0%9F%91%8D", "{}"),
                            two.http().put(message + "/pin", "{}"),
                            one.http().put(fire, "{}"))) {
                assertThat(refused.status()).as(refused.text()).isEqualTo(403);
                assertThat(refused.code()).isEqualTo("CHAT_BLOCKED");
            }
            assertThat(his.hearsNothing()).isTrue();
            assertThat(two.http().delete(fire).status()).isEqualTo(200);
            assertThat(two.http().delete(message).status()).isEqualTo(200);
        }
        String notes = direct(one, one).text("id");
        JsonNode note = town.says(one, "to myself", notes);
        assertThat(
                        one.http()
                                .patch(
                                        path(notes, "/messages/" + note.get("id").stringValue()),
                                        json(Map.of("text", "to me")))
                                .status())
                .isEqualTo(200);
    }

    @Test
    void either_keeps_in_sight_what_was_said() {
        String room = direct(town.joon(), town.haneul()).text("id");
        String message = town.says(town.joon(), "see you at three", room).get("id").stringValue();
        String pin = path(room, "/messages/" + message + "/pin");
        assertThat(town.haneul().http().put(pin, "{}").data().get("pinned_at").isNull()).isFalse();
        assertThat(town.joon().http().delete(pin).data().get("pinned_at").isNull()).isTrue();
        assertThat(town.sora().http().put(pin, "{}").status()).isEqualTo(404);
    }

    @Test
    void nobody_is_there_to_talk_with() {
        Answer nobody =
                town.mina()
                        .http()
                        .post(
                                "/api/v1/chat/directs",
                                json(Map.of("user", "01900000-0000-7000-8000-000000000000")));
        assertThat(nobody.status()).isEqualTo(404);
        assertThat(nobody.code()).isEqualTo("USER_NOT_FOUND");
        Answer malformed =
                town.mina().http().post("/api/v1/chat/directs", json(Map.of("user", "joon")));
        assertThat(malformed.status()).isEqualTo(422);
    }

    private static List<String> listed(Person person) {
        List<String> rooms = new ArrayList<>();
        JsonNode items = person.http().get(ROOMS + "?limit=100").data().get("items");
        items.forEach(room -> rooms.add(room.get("id").stringValue()));
        return rooms;
    }

    private static Answer direct(Person person, Person other) {
        return person.http().post("/api/v1/chat/directs", json(Map.of("user", other.id())));
    }

    private static Answer post(Person person, String room, String what, Map<String, ?> body) {
        return person.http().post(path(room, what), json(body));
    }

    private static Answer shown(Person person, String room) {
        return person.http().get(path(room, ""));
    }

    private static String path(String room, String what) {
        return ROOMS + "/" + room + what;
    }
}
