package madang.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static madang.testing.Eventually.eventually;
import static madang.testing.Talker.result;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import madang.live.LiveHub;
import madang.testing.Form;
import madang.testing.House;
import madang.testing.Http;
import madang.testing.Person;
import madang.testing.Photos;
import madang.testing.Talker;
import madang.testing.TestPostgres;
import madang.testing.Town;
import madang.testing.Twins;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// One room, heard on two nodes: whoever talks need not know to which one he is connected.
class TwoNodesTest {
    private static final byte[] TEA = "차 한 잔 🍵".getBytes(UTF_8);

    @TempDir private static Path shared;
    private static Twins nodes;
    private static Person mina;
    private static Person joon;

    @BeforeAll
    static void open() {
        nodes = Twins.open(Map.of("MADANG_DATA", shared.toString()));
        mina = nodes.here().person("mina");
        joon = nodes.there().person("joon");
    }

    @AfterAll
    static void close() {
        nodes.close();
        TestPostgres.drop(nodes.database());
    }

    @Test
    void what_is_said_here_is_heard_there_and_answered() throws Exception {
        together((room, here, there) -> {
            here.opens(room);
            there.opens(room);
            here.says("tea?", room);
            there.hearsText("tea?");
            there.says("green, please", room);
            here.hearsText("green, please");
            there.calls("chat.typing", "room", room);
            assertThat(here.hears("chat.typing").get("user").stringValue()).isEqualTo(joon.id());
        });
    }

    @Test
    void everybody_hears_all_in_one_order_wherever_it_was_said() throws Exception {
        together((room, here, there) -> {
            LogFollower hereHeard = follow(here, room);
            LogFollower thereHeard = follow(there, room);
            Thread one = Thread.startVirtualThread(() -> says(here, "here", 200, room));
            Thread other = Thread.startVirtualThread(() -> says(there, "there", 200, room));
            one.join();
            other.join();

            eventually(() -> hears(here, hereHeard, room) && hears(there, thereHeard, room));
            assertThat(hereHeard.holes()).isEmpty();
            assertThat(thereHeard.holes()).isEmpty();
            assertThat(hereHeard.doubled()).isEmpty();
            assertThat(thereHeard.doubled()).isEmpty();
            assertThat(hereHeard.messages()).hasSizeGreaterThanOrEqualTo(400);
            assertThat(texts(thereHeard)).containsAll(texts(hereHeard));
        });
    }

    @Test
    void the_first_word_in_a_room_leaves_no_hole_however_many_begin() throws Exception {
        for (int round = 0; round < 10; round++) {
            together((room, here, there) -> {
                LogFollower hereHeard = follow(here, room);
                LogFollower thereHeard = follow(there, room);
                Thread one = Thread.startVirtualThread(() -> says(here, "here", 3, room));
                Thread other = Thread.startVirtualThread(() -> says(there, "there", 3, room));
                one.join();
                other.join();

                eventually(() -> hears(here, hereHeard, room) && hears(there, thereHeard, room));
                assertThat(hereHeard.holes()).isEmpty();
                assertThat(thereHeard.holes()).isEmpty();
                assertThat(texts(hereHeard)).hasSizeGreaterThanOrEqualTo(6);
            });
        }
    }

    @Test
    void who_hears_no_room_is_told_there_of_one_that_was_opened_to_him_here() {
        Person dana = nodes.there().person("dana");
        try (Talker there = thereAs(dana)) {
            String room = made("private");
            mina.http()
                    .post(
                            "/api/v1/chat/rooms/" + room + "/members",
                            Town.json(Map.of("user", dana.id())));
            JsonNode brought = there.hears("chat.room");
            assertThat(brought.get("room").stringValue()).isEqualTo(room);
            assertThat(brought.get("user").stringValue()).isEqualTo(dana.id());

            String direct =
                    mina.http()
                            .post("/api/v1/chat/directs", Town.json(Map.of("user", dana.id())))
                            .text("id");
            mina.http()
                    .post(
                            "/api/v1/chat/rooms/" + direct + "/messages",
                            Town.json(Map.of("text", "너한테만 🤫")));
            assertThat(there.hears("chat.room").get("room").stringValue()).isEqualTo(direct);
        }
    }

    @Test
    void who_is_named_here_is_called_on_all_his_devices_whatever_they_hear() {
        String room = room();
        try (Talker here = hereAs(joon);
                Talker there = thereAs(joon);
                Talker mine = thereAs(mina)) {
            JsonNode said = says(mina, room, "@joon님, 차 한 잔? 🍵");
            for (Talker device : List.of(here, there)) {
                JsonNode call = device.hears("chat.mentioned");
                assertThat(call.get("room").stringValue()).isEqualTo(room);
                assertThat(call.get("message")).isEqualTo(said.get("id"));
                assertThat(call.get("by").stringValue()).isEqualTo(mina.id());
                assertThat(device.hearsNothing()).isTrue();
            }
            says(joon, room, "@mina yes");
            assertThat(mine.hears("chat.mentioned").get("by").stringValue()).isEqualTo(joon.id());
        }
    }

    @Test
    void what_was_read_there_is_seen_here() throws Exception {
        together((room, here, there) -> {
            here.opens(room);
            there.opens(room);
            long seq = here.says("read me", room).get("seq").asLong();
            there.hearsText("read me");
            JsonNode answer = result(there.calls("chat.read", "room", room, "seq", seq));
            assertThat(answer.get("unread").asInt()).isZero();
            JsonNode told = here.hears("chat.read");
            while (!told.get("user").stringValue().equals(joon.id())) {
                told = here.hears("chat.read");
            }
            assertThat(told.get("seq").asLong()).isEqualTo(seq);
            String path = "/api/v1/chat/rooms/" + room;
            eventually(
                    () -> at(nodes.here(), joon).get(path).data().get("read_seq").asLong() >= seq);
            assertThat(at(nodes.here(), joon).get(path).data().get("unread").asInt()).isZero();
        });
    }

    @Test
    void who_reacts_on_both_nodes_at_once_is_counted_once() throws Exception {
        together((room, here, there) -> {
            LogFollower hereHeard = follow(here, room);
            LogFollower thereHeard = follow(there, room);
            String said = here.says("green?", room).get("id").stringValue();
            for (int round = 0; round < 10; round++) {
                boolean isOn = round % 2 == 0;
                Thread one = Thread.startVirtualThread(() -> reacts(here, room, said, isOn));
                Thread other = Thread.startVirtualThread(() -> reacts(there, room, said, isOn));
                one.join();
                other.join();
            }
            reacts(here, room, said, true);
            reacts(there, room, said, true);

            eventually(() -> hears(here, hereHeard, room) && hears(there, thereHeard, room));
            for (LogFollower log : List.of(hereHeard, thereHeard)) {
                assertThat(log.holes()).isEmpty();
                assertThat(log.doubled()).isEmpty();
                JsonNode shown =
                        log.messages().values().stream()
                                .filter(message -> message.get("id").stringValue().equals(said))
                                .findFirst()
                                .orElseThrow();
                assertThat(shown.at("/reactions/0/count").asInt()).isEqualTo(2);
                assertThat(shown.at("/reactions/0/users").valueStream().map(JsonNode::stringValue))
                        .containsExactly(mina.id(), joon.id());
            }
        });
    }

    @Test
    void a_file_that_was_sent_here_is_fetched_there_until_it_is_deleted() {
        String room = room();
        try (Talker there = thereAs(joon)) {
            there.opens(room);
            String files = "/api/v1/chat/rooms/" + room + "/files";
            JsonNode sent = mina.http().upload(files, Form.of("tea.txt", TEA)).data();
            String file = "/api/v1/chat/files/" + sent.at("/file/id").stringValue();
            JsonNode heard = heard(there, sent);
            assertThat(heard.get("file")).isEqualTo(sent.get("file"));
            assertThat(joon.http().get(file).response().body()).isEqualTo(TEA);
            assertThat(joon.http().with("Range", "bytes=0-2").get(file).text()).isEqualTo("차");

            JsonNode photo =
                    joon.http().upload(files, Form.of("me.jpg", Photos.jpeg(900, 600, 1))).data();
            String small =
                    "/api/v1/chat/files/" + photo.at("/file/id").stringValue() + "/thumbnail";
            assertThat(mina.http().get(small).status()).isEqualTo(200);

            mina.http()
                    .delete(
                            "/api/v1/chat/rooms/"
                                    + room
                                    + "/messages/"
                                    + sent.get("id").stringValue());
            assertThat(heard(there, sent).get("file").isNull()).isTrue();
            assertThat(joon.http().get(file).status()).isEqualTo(404);
        }
    }

    @Test
    void connections_that_are_cut_in_the_middle_leave_no_hole() throws Exception {
        together((room, here, there) -> {
            LogFollower heard = follow(there, room);
            Thread talking = Thread.startVirtualThread(() -> says(here, "cut", 300, room));
            for (int i = 0; i < 5; i++) {
                TimeUnit.MILLISECONDS.sleep(50);
                cutTheBus();
            }
            talking.join();
            here.says("that was it", room);

            eventually(() -> hears(there, heard, room));
            assertThat(heard.holes()).isEmpty();
            assertThat(texts(heard)).contains("cut 0", "cut 299", "that was it");
        });
    }

    @Test
    void three_tabs_on_two_nodes_are_one_guest() {
        String room = room();
        try (Talker here = hereAs(mina)) {
            here.opens(room);
            Talker tab = hereAs(joon);
            Talker otherTab = thereAs(joon);
            tab.opens(room);
            JsonNode opened = otherTab.opens(room);
            assertThat(opened.get("online_count").intValue()).isEqualTo(2);
            assertThat(opened.get("online")).hasSize(2);
            tab.close();
            otherTab.close();
            eventually(() -> comingsAndGoings(here, joon).size() >= 2);
            eventually(() -> here.opens(room).get("online_count").intValue() == 1);
            assertThat(comingsAndGoings(here, joon)).containsExactly(true, false);
        }
    }

    @Test
    void who_is_put_out_here_hears_no_more_there() throws Exception {
        together((room, here, there) -> {
            here.opens(room);
            there.opens(room);
            mina.http().delete("/api/v1/chat/rooms/" + room + "/members/" + joon.id());
            assertThat(there.hears("chat.closed").get("reason").stringValue()).isEqualTo("removed");
            here.says("now we are among ourselves", room);
            assertThat(there.hearsNothing()).isTrue();
        });
    }

    @Test
    void a_session_that_ends_here_ends_its_socket_there() {
        Person sora = nodes.here().person("sora");
        try (Talker there = thereAs(sora)) {
            result(there.calls("chat.open", "room", publicRoom()));
            assertThat(sora.http().post("/api/v1/auth/logout").status()).isEqualTo(200);
            assertThat(there.closeCode()).isEqualTo(LiveHub.SESSION_ENDED);
        }
        assertThat(at(nodes.there(), sora).get("/api/v1/users/me").status()).isEqualTo(401);
    }

    private static List<Boolean> comingsAndGoings(Talker talker, Person of) {
        return talker.pushes().stream()
                .filter(push -> push.get("method").stringValue().equals("chat.presence"))
                .filter(push -> push.at("/params/user").stringValue().equals(of.id()))
                .map(push -> push.at("/params/online").booleanValue())
                .toList();
    }

    /// This message, as it was told last.
    private static JsonNode heard(Talker talker, JsonNode message) {
        JsonNode heard = talker.hears("chat.message");
        while (!heard.get("id").equals(message.get("id"))) {
            heard = talker.hears("chat.message");
        }
        return heard;
    }

    private static void reacts(Talker talker, String room, String message, boolean isOn) {
        result(
                talker.calls(
                        "chat.react", "room", room, "message", message, "emoji", "🍵", "on", isOn));
    }

    private static JsonNode says(Person person, String room, String text) {
        return person.http()
                .post("/api/v1/chat/rooms/" + room + "/messages", Town.json(Map.of("text", text)))
                .data();
    }

    /// Somebody at the node where he did not sign in.
    private static Http at(House node, Person person) {
        return node.stranger().with("Authorization", "Bearer " + person.accessToken());
    }

    private static Talker hereAs(Person person) {
        return Talker.connect(nodes.here().port(), person.accessToken());
    }

    private static Talker thereAs(Person person) {
        return Talker.connect(nodes.there().port(), person.accessToken());
    }

    private interface Meeting {
        void goes(String room, Talker here, Talker there) throws Exception;
    }

    /// Mina here and Joon there, in a room of theirs.
    private static void together(Meeting meeting) throws Exception {
        String room = room();
        try (Talker here = hereAs(mina);
                Talker there = thereAs(joon)) {
            meeting.goes(room, here, there);
        }
    }

    /// A private room of Mina and Joon.
    private static String room() {
        String room = made("private");
        mina.http()
                .post(
                        "/api/v1/chat/rooms/" + room + "/members",
                        Town.json(Map.of("user", joon.id())));
        return room;
    }

    private static String publicRoom() {
        return made("public");
    }

    private static String made(String type) {
        return mina.http()
                .post("/api/v1/chat/rooms", Town.json(Map.of("name", Town.name(), "type", type)))
                .text("id");
    }

    private static void says(Talker talker, String text, int times, String room) {
        IntStream.range(0, times).forEach(i -> talker.says(text + " " + i, room));
    }

    private static LogFollower follow(Talker talker, String room) {
        LogFollower log = new LogFollower();
        log.answered(talker.opens(room));
        return log;
    }

    /// Whether everything that stands in the room's log was pushed by now.
    private static boolean hears(Talker talker, LogFollower log, String room) {
        log.follows(talker.pushes(), room);
        return log.position()
                == mina.http().get("/api/v1/chat/rooms/" + room).data().get("last_seq").asLong();
    }

    /// What was said; of notices, that somebody joined, whoever opened first hears one more.
    private static List<String> texts(LogFollower log) {
        return log.messages().values().stream()
                .filter(message -> message.get("kind").stringValue().equals("text"))
                .map(message -> message.get("text").stringValue())
                .toList();
    }

    private static void cutTheBus() {
        nodes.here()
                .wiring()
                .db()
                .run(tx ->
                        tx.sql(
                                        """
                                        select count(pg_terminate_backend(pid)) from pg_stat_activity
                                        where datname = current_database()
                                          and application_name like 'madang-bus-%'
                                        """)
                                .one(Long.class));
    }
}
