package madang.chat;

import static madang.chat.ChatRoomsTest.id;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
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
        List<String> found = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonNode page = search(town.mina(), "감", room + "&limit=3" + cursor).data();
            page.get("items").forEach(message -> found.add(id(message)));
            cursor =
                    page.get("next_cursor").isNull()
                            ? null
                            : "&cursor=" + page.get("next_cursor").stringValue();
        }
        assertThat(found).isEqualTo(said);
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

    private static List<String> found(Person who, String words, String room) {
        List<String> ids = new ArrayList<>();
        search(who, words, room).data().get("items").forEach(message -> ids.add(id(message)));
        return ids;
    }

    private static Answer search(Person who, String words, String room) {
        String query = "?q=" + URLEncoder.encode(words, StandardCharsets.UTF_8);
        return who.http()
                .get("/api/v1/chat/search" + query + (room == null ? "" : "&room=" + room));
    }
}
