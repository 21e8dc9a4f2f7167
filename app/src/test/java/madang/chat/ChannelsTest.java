package madang.chat;

import static madang.chat.ChatRoomsTest.atOnce;
import static madang.testing.Eventually.eventually;
import static madang.testing.Town.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import madang.kit.Caller;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.Language;
import madang.kit.Role;
import madang.kit.User;
import madang.testing.Answer;
import madang.testing.Person;
import madang.testing.Talker;
import madang.testing.Town;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What chat does for its neighbours: rooms of their things, words of the house, ends of rooms.
class ChannelsTest {
    private static final String ROOMS = "/api/v1/chat/rooms/";
    private static Town town;
    private static ChatFeature chat;

    @BeforeAll
    static void open() {
        town = Town.open();
        chat = Objects.requireNonNull(town.house().wiring().chat());
    }

    @AfterAll
    static void close() {
        town.close();
    }

    @Test
    void a_thing_has_one_room_however_many_ask_for_it() throws Exception {
        Callable<Id<Room>> ask = () -> chat.rooms().channel("game:1", "chess");
        assertThat(atOnce(Collections.nCopies(8, ask)).stream().distinct()).hasSize(1);
        assertThat(chat.rooms().channel("game:2", "chess"))
                .isNotEqualTo(chat.rooms().channel("game:1", "chess"));
    }

    @Test
    void who_is_in_a_channel_is_the_neighbours_word_alone() {
        Id<Room> game = chat.rooms().channel("game:seats", "chess");
        String room = game.toString();
        assertThat(shown(town.joon(), room).status()).isEqualTo(404);
        assertThat(post(town.joon(), room, "/join", Map.of()).status()).isEqualTo(404);

        chat.members().seat(game, List.of(user(town.joon())));
        chat.members().seat(game, List.of(user(town.joon()), user(town.mina())));
        assertThat(shown(town.joon(), room).data().get("member_count").asInt()).isEqualTo(2);
        town.says(town.joon(), "your move", room);
        for (Answer refused :
                List.of(
                        post(town.joon(), room, "/leave", Map.of()),
                        post(town.joon(), room, "/members", Map.of("user", town.sora().id())),
                        town.joon().http().delete(ROOMS + room),
                        town.joon().http().patch(ROOMS + room, "{\"name\":\"mine\"}"))) {
            assertThat(refused.status()).isEqualTo(403);
        }
        assertThat(town.joon().http().get("/api/v1/chat/rooms?limit=100").text())
                .doesNotContain(room);

        try (Talker joon = town.talker(town.joon())) {
            joon.opens(room);
            chat.members().unseat(game, user(town.joon()));
            assertThat(joon.hears("chat.closed").get("reason").stringValue()).isEqualTo("removed");
        }
        assertThat(shown(town.joon(), room).status()).isEqualTo(404);
        town.house().wiring().relay().drain();
        JsonNode said = town.mina().http().get("/api/v1/chat/messages?room=" + room).data();
        assertThat(said.get("items").valueStream()).hasSize(1);
    }

    @Test
    void a_channel_ends_with_its_thing_and_may_begin_anew() {
        Id<Room> game = chat.rooms().channel("game:end", "chess");
        chat.members().seat(game, List.of(user(town.joon())));
        chat.rooms().close(game);
        assertThat(shown(town.joon(), game.toString()).status()).isEqualTo(404);
        assertThat(chat.rooms().channel("game:end", "chess")).isNotEqualTo(game);
        assertThatThrownBy(() -> chat.members().seat(game, List.of(user(town.mina()))))
                .isInstanceOf(Failure.class);
        assertThatThrownBy(() -> chat.rooms().close(game)).isInstanceOf(Failure.class);
        assertThatThrownBy(() -> chat.rooms().close(chat.rooms().defaultRoom()))
                .isInstanceOf(Failure.class);
    }

    @Test
    void the_house_speaks_once_under_one_key_and_counts_for_nothing() {
        String room = town.room(town.mina(), town.joon());
        Id<Room> id = room(room);
        Message first = chat.chat().system(id, "점검이 곧 시작됩니다 🔧", "maintenance 1");
        assertThat(chat.chat().system(id, "again", "maintenance 1").id()).isEqualTo(first.id());
        chat.chat().notice(id, "game_over", Map.of("winner", "joon"), "game 1");

        List<JsonNode> items =
                town.joon()
                        .http()
                        .get("/api/v1/chat/messages?room=" + room)
                        .data()
                        .get("items")
                        .valueStream()
                        .toList();
        assertThat(items)
                .filteredOn(item -> item.path("notice").path("code").asString().equals("game_over"))
                .hasSize(1);
        assertThat(items)
                .filteredOn(item -> item.get("kind").stringValue().equals("system"))
                .singleElement()
                .satisfies(words -> {
                    assertThat(words.get("text").stringValue()).isEqualTo("점검이 곧 시작됩니다 🔧");
                    assertThat(words.get("author").isNull()).isTrue();
                });
        assertThat(shown(town.joon(), room).data().get("unread").asInt()).isZero();
    }

    @Test
    void a_name_that_belongs_to_one_room_is_taken_by_one_of_many() throws Exception {
        CreateRoom hidden =
                new CreateRoom("one of a kind", null, RoomType.PRIVATE, null, null, null);
        Callable<String> attempt =
                () -> {
                    try {
                        return chat.rooms().createAlone(caller(town.mina()), hidden).room().name();
                    } catch (Failure refused) {
                        return refused.code();
                    }
                };
        List<String> made = atOnce(Collections.nCopies(8, attempt));
        assertThat(made).filteredOn("one of a kind"::equals).hasSize(1);
        assertThat(made).filteredOn("CHAT_ROOM_NAME_TAKEN"::equals).hasSize(7);
        assertThat(chat.rooms().create(caller(town.joon()), hidden).room().name())
                .isEqualTo("one of a kind");
    }

    @Test
    void what_was_said_in_a_deleted_room_is_gone() {
        String room = town.room(town.mina(), town.joon());
        String message = town.says(town.mina(), "@joon burn it", room).get("id").stringValue();
        town.joon()
                .http()
                .put(ROOMS + room + "/messages/" + message + "/reactions/%F0%9F%94%A5", "{}");
        assertThat(List.of(rows("reaction", room), rows("mention", room))).containsOnly(1L);
        eventually(() -> rows("search", room) > 0);
        String kept = town.room(town.mina());
        town.says(town.mina(), "stays", kept);
        post(town.joon(), room, "/leave", Map.of());
        post(town.mina(), room, "/leave", Map.of());
        town.house().wiring().relay().drain();
        chat.rooms().eraseDeleted();

        for (String table : List.of("message", "reaction", "mention", "search", "member", "ban")) {
            assertThat(rows(table, room)).as(table).isZero();
        }
        assertThat(rows("message", kept)).isPositive();
    }

    private static long rows(String table, String room) {
        return town.house()
                .wiring()
                .db()
                .read(tx ->
                        tx.sql("select count(*) from chat." + table + " where room_id = :room")
                                .with("room", room(room))
                                .one(Long.class));
    }

    private static Caller caller(Person person) {
        return new Caller.Member(
                user(person), new Id<>(user(person).value()), Role.USER, Language.KO);
    }

    private static Id<User> user(Person person) {
        return Objects.requireNonNull(Id.parse(person.id()));
    }

    private static Id<Room> room(String id) {
        return Objects.requireNonNull(Id.parse(id));
    }

    private static Answer post(Person person, String room, String what, Map<String, ?> body) {
        return person.http().post(ROOMS + room + what, json(body));
    }

    private static Answer shown(Person person, String room) {
        return person.http().get(ROOMS + room);
    }
}
