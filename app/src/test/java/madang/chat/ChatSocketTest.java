package madang.chat;

import static madang.chat.ChatRoomsTest.await;
import static madang.chat.ChatRoomsTest.id;
import static madang.testing.Talker.code;
import static madang.testing.Talker.result;
import static madang.testing.Town.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import madang.testing.Person;
import madang.testing.RawSocket;
import madang.testing.Talker;
import madang.testing.Town;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ChatSocketTest {
    private static final String NOWHERE = "01900000-0000-7000-8000-000000000000";
    @AutoClose private static Town town;

    @BeforeAll
    static void open() {
        town = Town.open();
    }

    @Test
    void everything_that_is_pushed_is_documented() {
        String document = town.house().wiring().socketDocument().yaml();
        for (Hint.Kind kind : Hint.Kind.values()) {
            assertThat(document).contains("\n  " + kind.method() + ".push:\n    action: send\n");
        }
    }

    @Test
    void members_hear_each_other_and_outsiders_hear_nothing() {
        String room = town.room(town.mina(), town.joon());
        try (Talker mina = town.talker(town.mina());
                Talker joon = town.talker(town.joon());
                Talker sora = town.talker(town.sora())) {
            mina.opens(room);
            joon.opens(room);
            assertThat(code(sora.calls("chat.open", "room", room)))
                    .isEqualTo("CHAT_ROOM_NOT_FOUND");

            JsonNode said = mina.says("tea at three", room);
            JsonNode heard = joon.hearsText("tea at three");

            assertThat(id(heard)).isEqualTo(id(said));
            assertThat(heard.get("client_key").isNull()).isTrue();
            assertThat(said.get("client_key").isNull()).isFalse();
            assertThat(heard.get("author").get("nickname").stringValue()).isEqualTo("mina");
            mina.hearsText("tea at three");
            assertThat(sora.hearsNothing()).isTrue();
            for (String method :
                    List.of("chat.resume", "chat.send", "chat.edit", "chat.delete", "chat.read")) {
                JsonNode refused =
                        sora.calls(
                                method,
                                "room",
                                room,
                                "message",
                                id(said),
                                "text",
                                "x",
                                "client_key",
                                "k",
                                "seq",
                                1,
                                "after",
                                0);
                assertThat(code(refused)).as(method).isEqualTo("CHAT_ROOM_NOT_FOUND");
            }
            assertThat(code(sora.calls("chat.typing", "room", room)))
                    .isEqualTo("CHAT_ROOM_NOT_FOUND");
        }
    }

    @Test
    void an_edit_and_a_deletion_are_heard_as_the_same_message_again() {
        String room = town.room(town.mina(), town.joon());
        try (Talker mina = town.talker(town.mina());
                Talker joon = town.talker(town.joon())) {
            mina.opens(room);
            joon.opens(room);
            JsonNode said = mina.says("tee", room);
            mina.edits(said, "tea");
            JsonNode edited = joon.hearsText("tea");
            assertThat(edited.get("seq")).isEqualTo(said.get("seq"));
            assertThat(edited.get("after").asLong())
                    .isEqualTo(edited.get("changed_seq").asLong() - 1);
            mina.deletes(said);
            JsonNode deleted = joon.hears("chat.message");
            assertThat(deleted.get("text").isNull()).isTrue();
            assertThat(deleted.get("deleted_at").isNull()).isFalse();
            assertThat(mina.deletes(said).get("changed_seq")).isEqualTo(deleted.get("changed_seq"));
            assertThat(
                            code(
                                    joon.calls(
                                            "chat.edit",
                                            "room",
                                            room,
                                            "message",
                                            id(said),
                                            "text",
                                            "x")))
                    .isEqualTo("PERMISSION_DENIED");
        }
    }

    @Test
    void two_tabs_are_one_guest() {
        String room = town.room(town.mina(), town.joon());
        try (Talker mina = town.talker(town.mina())) {
            mina.opens(room);
            Talker tab = town.talker(town.joon());
            Talker otherTab = town.talker(town.joon());
            tab.opens(room);
            JsonNode came = mina.hears("chat.presence");
            while (!came.get("user").stringValue().equals(town.joon().id())) {
                came = mina.hears("chat.presence");
            }
            assertThat(came.get("online").asBoolean()).isTrue();
            JsonNode opened = otherTab.opens(room);
            assertThat(opened.get("online_count").asInt()).isEqualTo(2);
            assertThat(opened.get("online")).hasSize(2);
            tab.close();
            mina.says("still there?", room);
            otherTab.hearsText("still there?");
            assertThat(mina.opens(room).get("online_count").asInt()).isEqualTo(2);

            otherTab.raw().vanishes();
            JsonNode left = mina.hears("chat.presence");
            assertThat(left.get("online").asBoolean()).as("RST").isFalse();
            try (Talker again = town.talker(town.joon())) {
                again.opens(room);
                assertThat(mina.hears("chat.presence").get("online").asBoolean()).isTrue();
                again.raw().hangsUp();
                assertThat(mina.hears("chat.presence").get("online").asBoolean())
                        .as("FIN")
                        .isFalse();
            }
        }
    }

    @Test
    void typing_and_reading_are_told_and_answered() {
        String room = town.room(town.mina(), town.joon());
        try (Talker mina = town.talker(town.mina());
                Talker joon = town.talker(town.joon())) {
            mina.opens(room);
            joon.opens(room);
            JsonNode said = mina.says("tea", room);
            joon.calls("chat.typing", "room", room);
            assertThat(mina.hears("chat.typing").get("user").stringValue())
                    .isEqualTo(town.joon().id());
            JsonNode read =
                    result(joon.calls("chat.read", "room", room, "seq", said.get("seq").asLong()));
            assertThat(read.get("unread").asInt()).isZero();
            assertThat(mina.hears("chat.read").get("seq")).isEqualTo(said.get("seq"));
            town.joon()
                    .http()
                    .put("/api/v1/chat/rooms/" + room + "/read", json(Map.of("seq", 1_000)));
            assertThat(mina.hears("chat.read").get("user").stringValue())
                    .as("read over HTTP, heard on sockets")
                    .isEqualTo(town.joon().id());
        }
    }

    @Test
    void closing_ends_the_hearing_and_keeps_the_membership() {
        String room = town.room(town.mina(), town.joon());
        try (Talker mina = town.talker(town.mina());
                Talker joon = town.talker(town.joon())) {
            mina.opens(room);
            joon.opens(room);
            result(joon.calls("chat.close", "room", room));
            result(joon.calls("chat.close", "room", room));
            long before = joon.pushes().size();
            mina.says("behind his back", room);
            mina.hearsText("behind his back");
            joon.calls("chat.close", "room", room);
            assertThat(joon.pushes().stream().skip(before))
                    .noneMatch(push -> push.toString().contains("behind his back"));
            joon.says("I am a member still", room);
            mina.hearsText("I am a member still");
            JsonNode opened = joon.opens(room, 0);
            assertThat(opened.get("changes").toString()).contains("behind his back");
        }
    }

    @Test
    void opening_twice_tells_everything_once() {
        String room = town.room(town.mina(), town.joon());
        try (Talker joon = town.talker(town.joon());
                Talker mina = town.talker(town.mina())) {
            mina.opens(room);
            joon.opens(room);
            joon.opens(room);
            town.says(town.mina(), "once", room);
            joon.hearsText("once");
            joon.opens(room);
            assertThat(joon.pushes().stream().filter(push -> push.toString().contains("\"once\"")))
                    .hasSize(1);
            result(joon.calls("chat.close", "room", room));
            town.says(town.mina(), "never", room);
            mina.hearsText(
                    "never"); // it has been told; what is still on its way would reach Joon too
            joon.opens(room);
            town.says(town.mina(), "last", room);
            joon.hearsText("last");
            assertThat(joon.pushes()).noneMatch(push -> push.toString().contains("\"never\""));
        }
    }

    @Test
    void frames_without_an_id_are_done_and_not_answered() {
        String room = town.room(town.mina());
        try (Talker mina = town.talker(town.mina())) {
            mina.opens(room);
            mina.saysRaw(
                    "{\"method\":\"chat.send\",\"params\":{\"room\":\""
                            + room
                            + "\",\"text\":\"silently\",\"client_key\":\"k\"}}");
            mina.hearsText("silently");
            assertThat(code(mina.calls("chat.sing"))).isEqualTo("METHOD_NOT_FOUND");
            assertThat(code(mina.calls("chat.send", "room", room, "text", "no key")))
                    .isEqualTo("VALIDATION_ERROR");
            assertThat(code(mina.calls("chat.open", "room", NOWHERE)))
                    .isEqualTo("CHAT_ROOM_NOT_FOUND");
            assertThat(code(mina.calls("chat.open", "room", "garden")))
                    .isEqualTo("CHAT_ROOM_NOT_FOUND");
        }
    }

    @Test
    void who_is_put_out_hears_that_and_nothing_afterwards() {
        for (String room :
                List.of(
                        town.room(town.mina(), town.haneul()),
                        town.publicRoom(town.mina(), town.haneul()))) {
            try (Talker mina = town.talker(town.mina());
                    Talker haneul = town.talker(town.haneul())) {
                mina.opens(room);
                haneul.opens(room);
                town.mina()
                        .http()
                        .delete("/api/v1/chat/rooms/" + room + "/members/" + town.haneul().id());
                JsonNode closed = haneul.hears("chat.closed");
                assertThat(closed.get("room").stringValue()).isEqualTo(room);
                assertThat(closed.get("reason").stringValue()).isEqualTo("removed");
                mina.says("now we are among us", room);
                mina.hearsText("now we are among us");
                assertThat(haneul.hearsNothing()).isTrue();
                assertThat(mina.opens(room).get("online_count").asInt()).isEqualTo(1);
                assertThat(
                                code(
                                        haneul.calls(
                                                "chat.send",
                                                "room",
                                                room,
                                                "text",
                                                "x",
                                                "client_key",
                                                "k")))
                        .isIn("CHAT_ROOM_NOT_FOUND", "PERMISSION_DENIED");
            }
        }
    }

    @Test
    void a_deleted_room_and_one_that_hides_are_closed_for_those_who_hear() {
        String deleted = town.room(town.mina(), town.joon());
        String hidden = town.publicRoom(town.mina(), town.joon());
        try (Talker joon = town.talker(town.joon());
                Talker sora = town.talker(town.sora())) {
            joon.opens(deleted);
            joon.opens(hidden);
            sora.opens(hidden);
            town.mina().http().delete("/api/v1/chat/rooms/" + deleted);
            assertThat(joon.hears("chat.closed").get("reason").stringValue()).isEqualTo("deleted");
            town.mina()
                    .http()
                    .patch("/api/v1/chat/rooms/" + hidden, json(Map.of("type", "private")));
            assertThat(sora.hears("chat.closed").get("room").stringValue()).isEqualTo(hidden);
            town.says(town.mina(), "among us", hidden);
            joon.hearsText("among us");
            assertThat(sora.hearsNothing()).isTrue();
        }
    }

    @Test
    void who_leaves_a_public_room_may_go_on_listening() {
        String room = town.publicRoom(town.mina(), town.joon());
        try (Talker joon = town.talker(town.joon())) {
            joon.opens(room);
            town.joon().http().post("/api/v1/chat/rooms/" + room + "/leave");
            town.house().wiring().relay().drain();
            town.says(town.mina(), "he left", room);
            joon.hearsText("he left");
        }
    }

    @Test
    void an_ended_session_ends_its_sockets() {
        Person dana = town.person("dana").onAnotherDevice();
        String room = town.room(town.person("dana"));
        try (Talker talker = Talker.connect(town.house().port(), dana.accessToken());
                Talker other = town.talker(town.person("dana"))) {
            talker.opens(room);
            dana.http().post("/api/v1/auth/logout", "{}");
            assertThat(talker.closeCode()).isEqualTo(4401);
            other.opens(room);
        }
    }

    @Test
    void a_ticket_opens_one_socket() {
        String ticket =
                town.mina()
                        .http()
                        .post("/api/v1/auth/ws-ticket")
                        .data()
                        .get("ticket")
                        .stringValue();
        String room = town.room(town.mina());
        try (Talker mina = Talker.withTicket(town.house().port(), ticket)) {
            mina.opens(room);
            assertThat(RawSocket.answer(town.house().port(), "/api/v1/chat/ws?ticket=" + ticket))
                    .startsWith("HTTP/1.1 401");
        }
    }

    @Test
    void after_a_cut_nothing_is_missing() {
        String room = town.room(town.mina(), town.joon());
        LogFollower follower = new LogFollower();
        try (Talker joon = town.talker(town.joon())) {
            follower.answered(joon.opens(room));
            town.says(town.mina(), "before", room);
            joon.hearsText("before");
            heardMessages(joon).forEach(follower::pushed);
            joon.raw().vanishes();
        }
        JsonNode missed = town.says(town.mina(), "missed", room);
        try (Talker mina = town.talker(town.mina())) {
            mina.edits(missed, "missed and edited");
        }
        try (Talker joon = town.talker(town.joon())) {
            JsonNode opened = joon.opens(room, follower.position());
            assertThat(opened.get("changes").toString()).contains("missed and edited");
            assertThat(opened.get("changes").toString()).doesNotContain("before");
            follower.answered(opened);
            town.says(town.mina(), "after", room);
            joon.hearsText("after");
            heardMessages(joon).forEach(follower::pushed);
            JsonNode resumed = result(joon.calls("chat.resume", "room", room, "after", 0));
            assertThat(resumed.get("last_seq").asLong()).isEqualTo(follower.position());
            assertThat(
                            result(joon.calls("chat.resume", "room", room, "after", 10_000))
                                    .get("reset")
                                    .asBoolean())
                    .isTrue();
        }
        assertThat(follower.holes()).isEmpty();
        assertThat(follower.messages().values())
                .extracting(message -> message.path("text").asString())
                .contains("before", "missed and edited", "after");
    }

    @Test
    void one_sockets_messages_keep_their_order_even_when_a_key_comes_twice() throws Exception {
        String room = town.room(town.mina());
        try (Talker mina = town.talker(town.mina())) {
            List<CompletableFuture<JsonNode>> acks = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                String key = i % 97 == 96 ? "key " + (i - 1) : "key " + i;
                acks.add(
                        mina.callsLater(
                                "chat.send", "room", room, "text", "t" + i, "client_key", key));
            }
            long last = 0;
            for (int i = 0; i < acks.size(); i++) {
                long seq = result(acks.get(i).get()).get("seq").asLong();
                assertThat(seq).isEqualTo(i % 97 == 96 ? last : last + 1);
                last = seq;
            }
        }
    }

    @Test
    void twenty_talk_edit_and_delete_at_once_and_no_push_leaves_a_hole() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Person[] people = new Person[20];
        for (int i = 0; i < people.length; i++) {
            people[i] = town.person("guest" + i);
        }
        String room = town.room(town.mina(), people);
        await(() -> lastSeq(room), seq -> seq == people.length);
        try (Talker follower = town.talker(town.mina());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            JsonNode opened = follower.opens(room);
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < people.length; i++) {
                Person person = people[i];
                Random random = new Random(seed + i);
                all.add(threads.submit(() -> chatter(person, room, random)));
            }
            for (Future<?> one : all) {
                one.get();
            }
            JsonNode last = follower.says("that is all", room);
            follower.hearsText("that is all");

            LogFollower log = new LogFollower();
            log.answered(opened);
            heardMessages(follower).forEach(log::pushed);
            assertThat(log.holes()).isEmpty();
            assertThat(log.position()).isEqualTo(last.get("seq").asLong());
            long begin = opened.get("last_seq").asLong();
            assertThat(log.heard()).hasSize((int) (last.get("seq").asLong() - begin));
            JsonNode changes = result(follower.calls("chat.resume", "room", room, "after", begin));
            assertThat(changes.get("changes")).hasSize(log.messages().size());
            for (JsonNode message : changes.get("changes")) {
                JsonNode kept = log.messages().get(id(message));
                assertThat(kept.get("text")).isEqualTo(message.get("text"));
                assertThat(kept.get("changed_seq")).isEqualTo(message.get("changed_seq"));
            }
        }
    }

    @Test
    void a_reader_too_slow_is_closed_and_the_others_hear_everything() {
        String room = town.room(town.mina(), town.joon(), town.sora());
        String big = "차".repeat(4_000);
        RawSocket slow =
                RawSocket.openNarrow(
                        town.house().port(),
                        "/api/v1/chat/ws",
                        "Authorization: Bearer " + town.sora().accessToken());
        slow.say("{\"id\":1,\"method\":\"chat.open\",\"params\":{\"room\":\"" + room + "\"}}");
        try (Talker mina = town.talker(town.mina());
                Talker joon = town.talker(town.joon())) {
            joon.opens(room);
            await(() -> joon.opens(room).get("online_count").asInt(), count -> count == 2);
            int said = 0;
            while (said < 2_000 && joon.opens(room).get("online_count").asInt() == 2) {
                for (int i = 0; i < 20; i++) {
                    mina.says(big, room, "big " + said++);
                }
            }
            mina.says("done", room);
            joon.hearsText("done");
            assertThat(said).isLessThan(2_000);
            assertThat(heardMessages(joon))
                    .filteredOn(message -> message.get("kind").stringValue().equals("text"))
                    .hasSize(said + 1);
            assertThat(slow.closeCode()).isIn(1013, RawSocket.NO_CLOSE_FRAME);
        }
    }

    @Test
    void opening_and_closing_in_a_hurry_leaves_nobody_deaf() throws Exception {
        String room = town.room(town.mina(), town.joon());
        try (Talker mina = town.talker(town.mina());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            mina.opens(room);
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                all.add(
                        threads.submit(() -> {
                            for (int n = 0; n < 10; n++) {
                                try (Talker joon = town.talker(town.joon())) {
                                    joon.opens(room);
                                    if (n % 2 == 0) {
                                        joon.calls("chat.close", "room", room);
                                    } else {
                                        joon.raw().vanishes();
                                    }
                                }
                            }
                        }));
            }
            for (Future<?> one : all) {
                one.get();
            }
            town.says(town.mina(), "still there", room);
            mina.hearsText("still there");
            await(() -> mina.opens(room).get("online_count").asInt(), count -> count == 1);
        }
    }

    private static List<JsonNode> heardMessages(Talker talker) {
        return talker.pushes().stream()
                .filter(push -> push.get("method").stringValue().equals("chat.message"))
                .map(push -> push.get("params"))
                .toList();
    }

    private static long lastSeq(String room) {
        return town.mina().http().get("/api/v1/chat/rooms/" + room).data().get("last_seq").asLong();
    }

    private static void chatter(Person person, String room, Random random) {
        try (Talker talker = town.talker(person)) {
            List<JsonNode> mine = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                int dice = random.nextInt(10);
                if (dice < 6 || mine.isEmpty()) {
                    mine.add(talker.says(person.name() + " " + i, room));
                } else if (dice < 9) {
                    talker.edits(mine.get(random.nextInt(mine.size())), "edited " + i);
                } else {
                    talker.deletes(mine.remove(random.nextInt(mine.size())));
                }
            }
        }
    }
}
