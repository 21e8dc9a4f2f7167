package madang.dialect.woongkie;

import static madang.dialect.woongkie.Talkie.says;
import static madang.testing.Eventually.eventually;
import static madang.testing.Town.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import madang.kit.Id;
import madang.testing.Answer;
import madang.testing.House;
import madang.testing.Http;
import madang.testing.RawSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The socket, as browsers and load scripts speak on it.
class RoomSocketTest {
    private static House house;
    private static Talkie mina;
    private static Talkie joon;

    @BeforeAll
    static void open() {
        house = Talkie.house(Map.of("MADANG_WOONGKIE_ORIGINS", "https://tea.example"));
        mina = Talkie.register(house, "mina");
        joon = Talkie.register(house, "joon");
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    void what_is_said_is_heard_by_all_and_owned_by_its_author() {
        String room = room("said");
        try (Line a = mina.line(room).settled();
                Line b = joon.line(room).settled()) {
            a.says("차 마실래요? 🍵 <b>&");

            JsonNode own = a.hears("MSG");
            JsonNode others = b.hears("MSG");
            assertThat(own.get("owner").asBoolean()).isTrue();
            assertThat(others.has("owner")).isFalse();
            for (JsonNode heard : List.of(own, others)) {
                assertThat(heard.get("User").stringValue()).isEqualTo("mina");
                assertThat(heard.get("message").stringValue()).isEqualTo("차 마실래요? 🍵 <b>&");
                assertThat(heard.get("room_id").stringValue()).isEqualTo(room);
                assertThat(heard.get("created_at").stringValue()).endsWith("Z");
            }
            JsonNode stored = messages(room).get(0);
            assertThat(own.get("message_id")).isEqualTo(stored.get("id"));
        }
    }

    @Test
    void both_tabs_of_the_author_own_what_he_said() {
        String room = room("tabs");
        try (Line first = mina.line(room).settled();
                Line second = mina.line(room).settled()) {
            first.says("from the first tab");
            assertThat(second.hears("MSG").get("owner").asBoolean()).isTrue();
            assertThat(first.hears("MSG").get("owner").asBoolean()).isTrue();
        }
    }

    @Test
    void history_comes_first_then_that_one_is_there_then_what_happens() {
        String room = room("history");
        try (Line a = mina.line(room).settled()) {
            for (int i = 0; i < 103; i++) {
                say(room, "line " + i);
            }
            a.hears("MSG");
        }
        try (Line b = joon.line(room)) {
            List<JsonNode> log = b.history();
            assertThat(log).hasSize(100);
            assertThat(log.getFirst().get("message").stringValue()).isEqualTo("line 3");
            assertThat(log.getLast().get("message").stringValue()).isEqualTo("line 102");
            assertThat(b.events().getLast()).isEqualTo("PRESENCE");
            assertThat(log.getLast().get("message_id")).isEqualTo(messages(room).get(49).get("id"));
        }
    }

    @Test
    void the_older_client_spells_its_frames_in_small_letters_and_calls_it_a_message() {
        String room = room("older");
        try (Line a = mina.line(room).settled();
                Line b = joon.line(room).settled()) {
            a.tells("event", "OPEN");
            a.tells("event", "MESSAGE", "user", "", "message", "안녕하세요");
            assertThat(b.hears("MSG").get("message").stringValue()).isEqualTo("안녕하세요");
        }
    }

    @Test
    void nobody_speaks_as_somebody_else_or_somewhere_else() {
        String room = room("spoof");
        try (Line a = mina.line(room).settled();
                Line b = joon.line(room).settled()) {
            a.tells("Event", "ANNOUNCE", "User", "system", "message", "[공지] all is lost");
            a.tells("Event", "PRESENCE", "User", "joon", "message", "offline");
            a.tells("Event", "MSG", "User", "joon", "room_id", "elsewhere", "message", "it was me");
            JsonNode heard = b.next();
            while (heard.path("Event").asString().equals("PRESENCE")
                    || heard.path("Event").asString().equals("OPEN")) {
                heard = b.next();
            }
            assertThat(heard.get("Event").stringValue()).isEqualTo("MSG");
            assertThat(heard.get("User").stringValue()).isEqualTo("mina");
            assertThat(heard.get("room_id").stringValue()).isEqualTo(room);
        }
    }

    @Test
    void typing_is_told_to_others_only() {
        String room = room("typing");
        try (Line a = mina.line(room).settled();
                Line tab = mina.line(room).settled();
                Line b = joon.line(room).settled()) {
            a.tells("Event", "TYPING_START", "User", "mina", "room_id", room);
            assertThat(b.hears("TYPING_START").get("User").stringValue()).isEqualTo("mina");
            a.tells("Event", "TYPING_STOP");
            assertThat(b.hears("TYPING_STOP").get("User").stringValue()).isEqualTo("mina");
            a.says("done");
            tab.hears("MSG");
            a.hears("MSG");
            assertThat(tab.events()).noneMatch(event -> event.startsWith("TYPING"));
            assertThat(a.events()).noneMatch(event -> event.startsWith("TYPING"));
        }
    }

    @Test
    void a_flood_of_typing_is_heard_as_a_few_strokes() {
        String room = room("flood");
        try (Line a = mina.line(room).settled();
                Line b = joon.line(room).settled()) {
            for (int i = 0; i < 100; i++) {
                a.tells("Event", i % 2 == 0 ? "TYPING_START" : "TYPING_STOP");
            }
            a.says("done");
            b.hears("MSG");
            assertThat(b.events())
                    .filteredOn(event -> event.startsWith("TYPING"))
                    .hasSizeBetween(1, 60);
            assertThat(a.events()).doesNotContain("WARN");
        }
    }

    @Test
    void what_cannot_be_decrypted_by_anybody_is_not_said() {
        String room = room("nonsense");
        try (Line a = mina.line(room).settled()) {
            for (String keys :
                    List.of("", "{", "[]", "{}", "{\"nobody\":\"a2V5\"}", "{\"\\u0000\":\"\"}")) {
                a.tells(
                        "event",
                        "MESSAGE",
                        "message",
                        "aXY=:Y2lwaGVy",
                        "encrypted",
                        true,
                        "encrypted_keys",
                        keys);
                assertThat(a.hears("WARN").get("message").stringValue()).contains("암호화 키");
            }
            assertThat(messages(room)).isEmpty();
        }
    }

    @Test
    void who_comes_and_goes_is_told_once_however_many_tabs() {
        String room = room("presence");
        try (Line a = mina.line(room)) {
            JsonNode myself = a.next();
            assertThat(myself.get("Event").stringValue()).isEqualTo("PRESENCE");
            assertThat(myself.get("User").stringValue()).isEqualTo("mina");
            assertThat(myself.get("message").stringValue()).isEqualTo("online");
            Line first = joon.line(room).settled();
            assertThat(a.hears("PRESENCE", "joon").get("message").stringValue())
                    .isEqualTo("online");
            assertThat(a.hears("OPEN").get("message").stringValue())
                    .isEqualTo("---- joon님이 입장하셨습니다. ----");
            Line second = joon.line(room);
            assertThat(second.next().get("Event").stringValue()).isEqualTo("PRESENCE");
            assertThat(online(room)).containsExactlyInAnyOrder("mina", "joon");

            first.close();
            second.says("still here");
            a.hears("MSG");
            assertThat(a.events()).doesNotContain("CLOSE");
            second.close();
            assertThat(a.hears("PRESENCE").get("message").stringValue()).isEqualTo("offline");
            assertThat(a.hears("CLOSE").get("message").stringValue())
                    .isEqualTo("---- joon님이 퇴장하셨습니다. ----");
        }
    }

    @Test
    void in_a_crowd_nobody_is_named_and_the_list_of_those_present_is_read_again() {
        String room = room("crowd");
        house.wiring()
                .db()
                .run(tx ->
                        tx.sql("update chat.room set member_count = 101 where id = :room")
                                .with("room", Id.parse(room))
                                .count());
        try (Line a = mina.line(room).settled();
                Line b = joon.line(room).settled()) {
            JsonNode told = a.hears("PRESENCE");
            assertThat(told.get("User").stringValue()).isEqualTo("system");
            assertThat(told.get("room_id").stringValue()).isEqualTo(room);
            assertThat(online(room)).containsExactlyInAnyOrder("mina", "joon");
            a.says("hello crowd");
            b.hears("MSG");
            a.hears("MSG");
            assertThat(a.events()).doesNotContain("OPEN");
        }
    }

    @Test
    void replies_quote_what_they_answer() {
        String room = room("reply");
        String parent = say(room, "tea or coffee?");
        try (Line b = joon.line(room).settled()) {
            b.tells(
                    "Event", "MSG",
                    "message", "tea",
                    "reply_to", parent,
                    "reply_to_message", "something else",
                    "reply_to_user", "nobody");
            JsonNode heard = b.hears("MSG");
            assertThat(heard.get("reply_to").stringValue()).isEqualTo(parent);
            assertThat(heard.get("reply_to_message").stringValue()).isEqualTo("tea or coffee?");
            assertThat(heard.get("reply_to_user").stringValue()).isEqualTo("mina");
            String elsewhere = say(room("reply elsewhere"), "not for these ears");
            for (String nobodys : List.of("no such message", elsewhere)) {
                b.tells("Event", "MSG", "message", "to nobody", "reply_to", nobodys);
                JsonNode plain = b.hears("MSG");
                assertThat(plain.has("reply_to") || plain.has("reply_to_message")).isFalse();
            }
        }
    }

    @Test
    void edits_and_deletions_are_told_under_the_stored_id() {
        String room = room("change");
        try (Line b = joon.line(room).settled()) {
            String id = say(room, "tee");
            b.hears("MSG");
            mina.http().put("/rooms/" + room + "/messages/" + id, json(Map.of("message", "tea")));
            JsonNode edited = b.hears("MSG_EDIT");
            assertThat(edited.get("message_id").stringValue()).isEqualTo(id);
            assertThat(edited.get("message").stringValue()).isEqualTo("tea");
            assertThat(edited.get("User").stringValue()).isEqualTo("mina");
            mina.http().delete("/rooms/" + room + "/messages/" + id);
            JsonNode deleted = b.hears("MSG_DELETE");
            assertThat(deleted.get("message_id").stringValue()).isEqualTo(id);
            assertThat(deleted.get("room_id").stringValue()).isEqualTo(room);
        }
    }

    @Test
    void who_speaks_too_fast_or_too_long_is_warned_alone() {
        String room = room("pace");
        try (Line a = mina.line(room).settled();
                Line b = joon.line(room).settled()) {
            a.says("   ");
            a.says("🍵".repeat(2_001));
            JsonNode tooLong = a.hears("WARN");
            assertThat(tooLong.get("User").stringValue()).isEqualTo("system");
            assertThat(tooLong.get("message").stringValue()).isEqualTo("메시지는 2000자를 초과할 수 없습니다.");
            a.says("🍵".repeat(2_000));
            b.hears("MSG");
            for (int i = 0; i < 20; i++) {
                a.says("again " + i);
            }
            assertThat(a.hears("WARN").get("message").stringValue())
                    .isEqualTo("메시지 전송이 너무 빠릅니다. 잠시 후 다시 시도해주세요.");
            say(room, "the end");
            while (!b.hears("MSG").get("message").stringValue().equals("the end")) {
                assertThat(b.events()).doesNotContain("WARN");
            }
        }
    }

    @Test
    void in_a_full_room_one_listens_and_is_warned() {
        String room =
                mina.http()
                        .post(
                                "/rooms",
                                json(Map.of("name", "full", "is_public", true, "max_members", 1)))
                        .body()
                        .get("id")
                        .stringValue();
        try (Line a = mina.line(room).settled();
                Line b = joon.line(room).settled()) {
            a.says("all seats are taken");
            b.hears("MSG");
            b.says("one more?");
            assertThat(b.hears("WARN").get("message").stringValue()).isEqualTo("채팅방 인원이 가득 찼습니다");
        }
    }

    @Test
    void garbage_is_passed_over_and_size_is_bounded() {
        String room = room("garbage");
        try (Line a = mina.line(room).settled()) {
            for (String garbage :
                    List.of(
                            "{",
                            "[]",
                            "7",
                            "{\"Event\":5}",
                            "{\"Event\":\"X\"}",
                            "{\"Event\":\"MSG\",\"message\":\"nul \\u0000\"}",
                            "{\"Event\":\"MSG\",\"message\":\"half a cup \\ud83c\"}")) {
                a.saysRaw(garbage);
            }
            a.says("still here");
            assertThat(a.hears("MSG").get("message").stringValue()).isEqualTo("still here");
            a.saysRaw("x".repeat(64 * 1024 + 1));
            assertThat(a.closeCode()).isEqualTo(1009);
        }
    }

    @Test
    void the_door_refuses_in_json_before_the_upgrade() {
        String room = room("door");
        String secret = mina.opens("door of mina", false).get("id").stringValue();
        String cookie = "Cookie: auth_token=" + joon.token();

        assertThat(answer("/rooms/" + room + "/ws")).startsWith("HTTP/1.1 401");
        assertThat(answer("/rooms/" + room + "/ws?token=" + joon.token()))
                .startsWith("HTTP/1.1 401");
        assertThat(answer("/rooms/" + secret + "/ws", cookie)).startsWith("HTTP/1.1 403");
        assertThat(answer("/rooms/none/ws", cookie)).startsWith("HTTP/1.1 404");
        for (String foreign :
                List.of(
                        "https://evil.example",
                        "http://tea.example",
                        "https://tea.example.evil.example",
                        "null")) {
            assertThat(answer("/rooms/" + room + "/ws", cookie, "Origin: " + foreign))
                    .startsWith("HTTP/1.1 403")
                    .contains("application/json");
        }
        assertThat(answer("/rooms/" + room + "/ws", cookie, "Origin: https://tea.example:8443"))
                .startsWith("HTTP/1.1 101");
        assertThat(answer("/rooms/" + room + "/ws", cookie, "Origin: http://localhost:5173"))
                .startsWith("HTTP/1.1 101");
        assertThat(
                        answer(
                                "/rooms/" + room + "/ws",
                                "Authorization: Bearer " + joon.token(),
                                "Origin: http://127.0.0.1:" + house.port()))
                .startsWith("HTTP/1.1 101");
        says(Talkie.stranger(house).get("/rooms/" + room + "/ws"), 401, "인증 토큰이 필요합니다");
        says(joon.http().get("/rooms/" + secret + "/ws"), 403, "채팅방 멤버만 접근할 수 있습니다");
        says(joon.http().get("/rooms/none/ws"), 404, "채팅방을 찾을 수 없습니다");
        says(joon.http().get("/rooms/" + room + "/ws"), 426, "WebSocket 연결이 필요합니다");
    }

    @Test
    void who_reads_too_slowly_is_sent_away_with_1013_and_the_others_hear_everything() {
        String room = room("slow");
        String big = json(Map.of("text", "차".repeat(4_000)));
        Http host = mina.natively();
        RawSocket slow =
                RawSocket.openNarrow(
                        house.port(),
                        "/rooms/" + room + "/ws",
                        "Cookie: auth_token=" + joon.token());
        try (Line a = mina.line(room).settled()) {
            eventually(() -> online(room).contains("joon"));
            int said = 0;
            while (said < 2_000 && online(room).contains("joon")) {
                for (int i = 0; i < 20; i++) {
                    host.post("/api/v1/chat/rooms/" + room + "/messages", big);
                    a.hears("MSG");
                    said++;
                }
            }
            assertThat(said).isLessThan(2_000);
            assertThat(slow.closeCode()).isIn(1013, RawSocket.NO_CLOSE_FRAME);
        }
    }

    @Test
    void a_deleted_room_says_goodbye_with_1001_and_a_lost_place_with_1008() {
        String doomed = room("doomed");
        try (Line b = joon.line(doomed).settled()) {
            assertThat(mina.http().delete("/rooms/" + doomed).status()).isEqualTo(200);
            assertThat(b.closeCode()).isEqualTo(1001);
        }
        String secret = mina.opens("secret of mina", false).get("id").stringValue();
        try (Line a = mina.line(secret).settled()) {
            assertThat(mina.http().post("/rooms/" + secret + "/leave").status()).isEqualTo(200);
            assertThat(a.closeCode()).isIn(1001, 1008);
        }
    }

    @Test
    void who_signs_out_is_shown_the_door_with_1008() {
        Talkie sora = Talkie.register(house, "sora").atOwnAddress();
        try (Line line = sora.line(room("out")).settled()) {
            assertThat(sora.http().post("/auth/logout").status()).isEqualTo(200);
            assertThat(line.closeCode()).isEqualTo(1008);
        }
    }

    @Test
    void so_many_sockets_come_from_one_address_and_not_one_more() {
        try (House narrow = Talkie.house(Map.of("MADANG_WOONGKIE_SOCKETS", "2"))) {
            Talkie sora = Talkie.register(narrow, "sora");
            String room = sora.defaultRoom().get("id").stringValue();
            String cookie = "Cookie: auth_token=" + sora.token();
            Line first = sora.line(room).settled();
            try (Line second = sora.line(room).settled()) {
                String refused = RawSocket.answer(narrow.port(), "/rooms/" + room + "/ws", cookie);
                assertThat(refused).startsWith("HTTP/1.1 429").contains("Retry-After: 1");
                first.close();
                eventually(() ->
                        RawSocket.answer(narrow.port(), "/rooms/" + room + "/ws", cookie)
                                .startsWith("HTTP/1.1 101"));
                second.says("still here");
                assertThat(second.hears("MSG").get("message").stringValue())
                        .isEqualTo("still here");
            }
        }
    }

    @Test
    void a_token_in_the_address_counts_where_the_house_says_so() {
        try (House lenient = Talkie.house(Map.of("MADANG_WOONGKIE_QUERY_TOKEN", "on"))) {
            Talkie sora = Talkie.register(lenient, "sora");
            String target = "/rooms/" + sora.defaultRoom().get("id").stringValue() + "/ws?token=";
            assertThat(RawSocket.answer(lenient.port(), target + sora.token()))
                    .startsWith("HTTP/1.1 101");
            assertThat(RawSocket.answer(lenient.port(), target)).startsWith("HTTP/1.1 401");
            assertThat(RawSocket.answer(lenient.port(), target + "x.y.z"))
                    .startsWith("HTTP/1.1 401");
        }
    }

    @Test
    void whoever_is_here_when_the_house_closes_is_told_to_come_again() {
        House closing = Talkie.house();
        Talkie sora = Talkie.register(closing, "sora");
        try (Line line = sora.line(sora.defaultRoom().get("id").stringValue()).settled()) {
            Thread stop = Thread.startVirtualThread(closing::close);
            assertThat(line.closeCode()).isEqualTo(1001);
            join(stop);
        }
    }

    @Test
    void the_old_address_leads_to_the_room_that_everybody_is_in() {
        Talkie own = joon.atOwnAddress();
        try (Line old =
                        new Line(
                                RawSocket.open(
                                        own.port(),
                                        "/server",
                                        "Cookie: auth_token=" + own.token()));
                Line a = mina.line(mina.defaultRoom().get("id").stringValue()).settled()) {
            old.settled();
            old.tells("event", "MESSAGE", "message", "from the old address");
            assertThat(a.hears("MSG").get("message").stringValue())
                    .isEqualTo("from the old address");
        }
        assertThat(RawSocket.answer(own.port(), "/server")).startsWith("HTTP/1.1 401");
    }

    @Test
    void native_clients_and_these_talk_with_each_other() {
        String room = room("bridge");
        var haneul = house.person("haneul");
        try (Line a = mina.line(room).settled()) {
            haneul.http().post("/api/v1/chat/rooms/" + room + "/join");
            haneul.http()
                    .post(
                            "/api/v1/chat/rooms/" + room + "/messages",
                            json(Map.of("text", "from afar")));
            JsonNode heard = a.hears("MSG");
            assertThat(heard.get("User").stringValue()).isEqualTo("haneul");
            assertThat(heard.get("message").stringValue()).isEqualTo("from afar");
        }
    }

    @Test
    void who_is_muted_does_not_show_that_he_writes() {
        var haneul = house.person("gardener");
        String room =
                haneul.http()
                        .post("/api/v1/chat/rooms", json(Map.of("name", "quiet", "type", "public")))
                        .text("id");
        String member = joon.http().get("/auth/me").body().get("id").stringValue();
        try (Line a = mina.line(room).settled();
                Line b = joon.line(room).settled()) {
            a.tells("Event", "TYPING_START");
            assertThat(b.hears("TYPING_START").get("User").stringValue()).isEqualTo("mina");
            b.says("I come in");
            a.hears("MSG");
            String until = house.clock().instant().plus(Duration.ofHours(1)).toString();
            Answer muted =
                    haneul.http()
                            .patch(
                                    "/api/v1/chat/rooms/" + room + "/members/" + member,
                                    json(Map.of("muted_until", until)));
            assertThat(muted.status()).as(muted.text()).isEqualTo(200);
            b.tells("Event", "TYPING_START");
            b.says("hear me");
            assertThat(b.hears("WARN").get("message").stringValue()).contains("보낼 수 없습니다");
            a.says("it is quiet");
            assertThat(a.hears("MSG").get("message").stringValue()).isEqualTo("it is quiet");
            assertThat(a.events()).doesNotContain("TYPING_START");
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private static String answer(String target, String... headers) {
        return RawSocket.answer(house.port(), target, headers);
    }

    private static String room(String name) {
        return mina.opens("socket " + name, true).get("id").stringValue();
    }

    /// Mina says something over HTTP natively; its id.
    private static String say(String room, String text) {
        try (Line line = mina.line(room)) {
            line.settled();
            line.says(text);
            JsonNode heard = line.hears("MSG");
            while (!heard.get("message").stringValue().equals(text)) {
                heard = line.hears("MSG");
            }
            return heard.get("message_id").stringValue();
        }
    }

    private static JsonNode messages(String room) {
        return mina.http().get("/rooms/" + room + "/messages").body().get("messages");
    }

    private static List<String> online(String room) {
        return mina.http()
                .get("/rooms/" + room)
                .body()
                .get("online_members")
                .valueStream()
                .map(JsonNode::stringValue)
                .toList();
    }
}
