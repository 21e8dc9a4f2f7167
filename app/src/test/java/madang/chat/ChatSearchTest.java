package madang.chat;

import static madang.chat.ChatRoomsTest.id;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import madang.kit.Cursor;
import madang.kit.Id;
import madang.testing.Answer;
import madang.testing.Person;
import madang.testing.Town;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ChatSearchTest {
    @AutoClose private static Town town;

    @BeforeAll
    static void open() {
        town = Town.open();
    }

    @Test
    void one_finds_what_was_said_where_one_may_look() {
        String open = town.publicRoom(town.mina());
        String hidden = town.room(town.mina(), town.joon());
        JsonNode here = town.says(town.mina(), "살구나무 아래에서", open);
        JsonNode there = town.says(town.mina(), "살구나무 뒤에서", hidden);

        assertThat(found(town.mina(), "살구", null)).containsExactly(id(there), id(here));
        assertThat(found(town.joon(), "살구", null)).containsExactly(id(there));
        assertThat(found(town.sora(), "살구", null)).isEmpty();
        assertThat(found(town.sora(), "살구", open)).containsExactly(id(here));
        assertThat(found(town.joon(), "구나무 뒤", hidden)).containsExactly(id(there));
        assertThat(search(town.sora(), "살구", hidden).code()).isEqualTo("CHAT_ROOM_NOT_FOUND");
        assertThat(search(town.mina(), "살구", "7").code()).isEqualTo("CHAT_ROOM_NOT_FOUND");
        assertThat(search(town.mina(), "살구", "01900000-0000-7000-8000-000000000000").status())
                .isEqualTo(404);
    }

    @Test
    void what_was_said_is_found_at_once_and_stays_found_when_it_is_indexed() {
        String room = town.room(town.mina());
        JsonNode said = town.says(town.mina(), "매화가 피었다", room);
        assertThat(found(town.mina(), "매", room)).containsExactly(id(said));
        ChatRoomsTest.await(() -> indexed(room), seq -> seq == 1);
        assertThat(found(town.mina(), "매", room)).containsExactly(id(said));
        assertThat(found(town.mina(), "피었", room)).containsExactly(id(said));
        town.mina().http().delete("/api/v1/chat/rooms/" + room + "/messages/" + id(said));
        assertThat(found(town.mina(), "매", room)).isEmpty();
        ChatRoomsTest.await(() -> indexed(room), seq -> seq == 2);
        assertThat(found(town.mina(), "매", room)).isEmpty();
    }

    @Test
    void pages_are_newest_first_and_end() {
        String room = town.room(town.mina());
        List<String> said = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            said.addFirst(id(town.says(town.mina(), "감나무 " + i, room)));
        }
        assertThat(inPages(town.mina(), "감", "&limit=3&room=" + room)).isEqualTo(said);
    }

    @Test
    void pages_go_over_all_of_my_rooms_and_leave_out_where_i_am_no_more() {
        List<String> rooms =
                List.of(
                        town.room(town.mina(), town.joon()),
                        town.room(town.mina(), town.joon()),
                        town.publicRoom(town.joon()));
        String strangers = town.room(town.mina());
        List<String> said = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            said.addFirst(id(town.says(town.joon(), "배나무 " + i, rooms.get(i * i % 3))));
            town.says(town.mina(), "배나무 없는 말", strangers);
        }
        assertThat(inPages(town.joon(), "배", "&limit=2")).isEqualTo(said);
        assertThat(inPages(town.joon(), "나무", "&limit=1")).containsSequence(said);

        JsonNode first = search(town.joon(), "배", null, "&limit=2").data();
        String cursor = "&cursor=" + first.get("next_cursor").stringValue();
        assertThat(found(search(town.joon(), "배", rooms.get(0), cursor)))
                .as("where all of them went on, one room goes on too")
                .doesNotContain(said.get(0), said.get(1));
        assertThat(found(search(town.sora(), "배", null, cursor))).isEmpty();

        town.joon().http().post("/api/v1/chat/rooms/" + rooms.get(0) + "/leave");
        assertThat(inPages(town.joon(), "배", "&limit=2"))
                .isNotEmpty()
                .doesNotContainAnyElementsOf(found(town.mina(), "배", rooms.get(0)));
    }

    @Test
    void a_cursor_that_is_none_is_refused_in_a_room_and_in_all() {
        String room = town.room(town.mina());
        String id = town.mina().id();
        for (String none :
                List.of(
                        "x",
                        "7",
                        Cursor.encode(7),
                        Cursor.encode("2026-11-21T12:00:00Z", id),
                        Cursor.encode("2026-11-21T12:00:00Z", id, "seven"),
                        Cursor.encode("2026-11-21T12:00:00Z", "garden", 7),
                        Cursor.encode("+99999999-01-01T00:00:00Z", id, 7),
                        Cursor.encode("-99999999-01-01T00:00:00Z", id, 7))) {
            for (String where : new String[] {room, null}) {
                Answer answer = search(town.mina(), "가", where, "&cursor=" + none);
                assertThat(answer.status()).as(none).isEqualTo(422);
                assertThat(answer.details().has("cursor")).as(none).isTrue();
            }
        }
        for (long place : new long[] {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE}) {
            String odd = "&cursor=" + Cursor.encode("2026-11-21T12:00:00Z", room, place);
            assertThat(search(town.mina(), "가", room, odd).data().get("items")).isEmpty();
            assertThat(search(town.mina(), "가", null, odd).status()).isEqualTo(200);
        }
    }

    @Test
    void what_is_no_query_is_refused() {
        String room = town.room(town.mina());
        for (String wrong : List.of("", " ", "\u3000", "가".repeat(101), "a\u0000b")) {
            assertThat(search(town.mina(), wrong, room).details().has("q")).as(wrong).isTrue();
        }
        assertThat(town.mina().http().get("/api/v1/chat/search?room=" + room).details().has("q"))
                .isTrue();
        assertThat(search(town.mina(), "가", room + "&cursor=x").details().has("cursor")).isTrue();
        for (String odd :
                List.of("%", "_", "\\", "'", "{1,2}", "가 ".repeat(50), "🍵".repeat(100))) {
            assertThat(search(town.mina(), odd, room).data().get("items")).as(odd).isEmpty();
        }
    }

    private static long indexed(String room) {
        return town.house()
                .wiring()
                .db()
                .read(tx ->
                        tx.sql("select indexed_seq from chat.search_log where room_id = :room")
                                .with("room", Id.parse(room))
                                .first(Long.class))
                .orElse(0L);
    }

    private static List<String> inPages(Person who, String words, String more) {
        List<String> found = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            Answer page = search(who, words, null, more + cursor);
            found.addAll(found(page));
            JsonNode next = page.data().get("next_cursor");
            cursor = next.isNull() ? null : "&cursor=" + next.stringValue();
        }
        return found;
    }

    private static List<String> found(Person who, String words, String room) {
        return found(search(who, words, room));
    }

    private static List<String> found(Answer page) {
        return page.data().get("items").valueStream().map(ChatRoomsTest::id).toList();
    }

    private static Answer search(Person who, String words, String room) {
        return search(who, words, room, "");
    }

    private static Answer search(Person who, String words, String room, String more) {
        String query = "?q=" + URLEncoder.encode(words, StandardCharsets.UTF_8);
        String where = room == null ? "" : "&room=" + room;
        return who.http().get("/api/v1/chat/search" + query + where + more);
    }
}
