package madang.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import madang.testing.Answer;
import madang.testing.EventTalker;
import madang.testing.House;
import madang.testing.Person;
import madang.testing.Talker;
import madang.testing.Town;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Mina sits behind a proxy that lets no socket through, Joon does not.
class EventStreamTest {
    private Town town;
    private Person mina;
    private Person joon;
    private String garden;

    @BeforeEach
    void opens() {
        town = Town.open();
        mina = town.mina();
        joon = town.joon();
        garden = town.room(mina, joon);
    }

    @AfterEach
    void closes() {
        town.close();
    }

    @Test
    void who_has_no_socket_talks_all_the_same() {
        try (EventTalker host = EventTalker.connect(mina);
                Talker guest = town.talker(joon)) {
            assertThat(host.header("Content-Type")).isEqualTo("text/event-stream");
            assertThat(host.header("X-Accel-Buffering")).isEqualTo("no");
            assertThat(host.header("Cache-Control")).isEqualTo("no-store");
            guest.opens(garden);
            JsonNode opened = Talker.result(host.calls("chat.open", "room", garden));
            assertThat(opened.get("online").valueStream().map(JsonNode::stringValue))
                    .contains(mina.id(), joon.id());

            JsonNode said =
                    Talker.result(
                            host.calls(
                                    "chat.send",
                                    "room",
                                    garden,
                                    "text",
                                    "차 한 잔 🍵\n둘째 줄",
                                    "client_key",
                                    "k"));
            assertThat(guest.hearsText("차 한 잔 🍵\n둘째 줄").get("id")).isEqualTo(said.get("id"));
            assertThat(host.hearsText("차 한 잔 🍵\n둘째 줄").get("id")).isEqualTo(said.get("id"));
            guest.says("좋아요", garden);
            assertThat(host.hears("chat.message").get("text").stringValue()).isEqualTo("좋아요");
        }
    }

    @Test
    void who_comes_back_has_missed_nothing() {
        long position;
        try (EventTalker host = EventTalker.connect(mina)) {
            position =
                    Talker.result(host.calls("chat.open", "room", garden)).get("last_seq").asLong();
        }
        List<String> missed = IntStream.rangeClosed(1, 5).mapToObj("missed %d"::formatted).toList();
        missed.forEach(text -> town.says(joon, text, garden));
        try (EventTalker host = EventTalker.connect(mina)) {
            JsonNode opened =
                    Talker.result(host.calls("chat.open", "room", garden, "after", position));
            assertThat(
                            opened.get("changes")
                                    .valueStream()
                                    .filter(message -> message.get("text").isString())
                                    .map(message -> message.get("text").stringValue()))
                    .containsExactlyElementsOf(missed);
        }
    }

    @Test
    void what_is_said_is_dealt_with_in_order_and_mistakes_do_not_end_the_stream() {
        try (EventTalker host = EventTalker.connect(mina);
                Talker guest = town.talker(joon)) {
            guest.opens(garden);
            IntStream.range(0, 20)
                    .forEach(number ->
                            host.posts(
                                    Town.json(
                                            Map.of(
                                                    "method",
                                                    "chat.send",
                                                    "params",
                                                    Map.of(
                                                            "room", garden,
                                                            "text", "word " + number,
                                                            "client_key", "k" + number)))));
            guest.hearsText("word 0");
            for (int number = 1; number < 20; number++) {
                assertThat(said(guest)).isEqualTo("word " + number);
            }
            assertThat(host.posts("no json").status()).isEqualTo(202);
            assertThat(Talker.code(host.calls("chat.fly"))).isEqualTo("METHOD_NOT_FOUND");
            assertThat(host.posts("x".repeat(64 * 1024 + 1)).status()).isEqualTo(413);
            assertThat(Talker.result(host.calls("ping")).size()).isZero();
        }
    }

    @Test
    void nobody_speaks_on_the_stream_of_another() {
        try (EventTalker host = EventTalker.connect(mina)) {
            String frame = "{\"method\":\"chat.typing\",\"params\":{\"room\":\"" + garden + "\"}}";
            for (Answer refused :
                    List.of(
                            joon.http().post(host.path(), frame),
                            mina.onAnotherDevice().http().post(host.path(), frame),
                            mina.http().post("/api/v1/chat/sse/" + garden, frame),
                            mina.http().post("/api/v1/chat/sse/nonsense", frame))) {
                assertThat(refused.status()).isEqualTo(404);
                assertThat(refused.code()).isEqualTo("STREAM_NOT_FOUND");
            }
            assertThat(town.house().stranger().post(host.path(), frame).status()).isEqualTo(401);
            assertThat(town.house().stranger().get("/api/v1/chat/sse").status()).isEqualTo(401);
            assertThat(
                            mina.http()
                                    .with("Origin", "https://elsewhere.example")
                                    .get("/api/v1/chat/sse")
                                    .status())
                    .isEqualTo(403);
        }
    }

    @Test
    void a_stream_ends_with_its_session_and_says_so() {
        try (EventTalker host = EventTalker.connect(mina)) {
            mina.http().post("/api/v1/auth/logout", "{}");
            assertThat(host.closeCode()).isEqualTo(4401);
            assertThat(host.next().name()).isEqualTo("end");
            eventually(() -> streams(town.house()) == 0);
        }
    }

    @Test
    void a_stop_sends_streams_home() throws InterruptedException {
        try (House house = House.open();
                EventTalker host = EventTalker.connect(house.person("mina"))) {
            assertThat(streams(house)).isOne();
            house.wiring().stop();
            assertThat(host.closeCode()).isEqualTo(1012);
        }
    }

    @Test
    void who_leaves_without_a_word_is_missed() {
        try (Talker guest = town.talker(joon)) {
            guest.opens(garden);
            EventTalker host = EventTalker.connect(mina);
            host.calls("chat.open", "room", garden);
            assertThat(guest.hears("chat.presence").get("online").asBoolean()).isTrue();
            host.close();
            eventually(() -> {
                guest.says("are you there?", garden);
                return isAlone(guest) && streams(town.house()) == 0;
            });
        }
    }

    @Test
    void who_does_not_read_is_cut_off_and_harms_nobody() throws IOException {
        AtomicInteger said = new AtomicInteger();
        String longWord = "차".repeat(Message.MAX_CODE_POINTS);
        try (Socket deaf = deafListener();
                Talker guest = town.talker(joon)) {
            guest.opens(garden);
            eventually(() -> {
                guest.says(longWord, garden, "k" + said.incrementAndGet());
                return isAlone(guest) && streams(town.house()) == 0;
            });
            assertThat(deaf.isConnected()).isTrue();
        }
    }

    /// Opens the garden and reads no further.
    private Socket deafListener() throws IOException {
        Socket deaf = new Socket();
        deaf.setReceiveBufferSize(64 * 1024);
        deaf.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), town.house().port()));
        String get =
                "GET /api/v1/chat/sse HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                        + mina.accessToken()
                        + "\r\n\r\n";
        deaf.getOutputStream().write(get.getBytes(UTF_8));
        StringBuilder read = new StringBuilder();
        while (read.indexOf("\"}") < 0) {
            read.append((char) deaf.getInputStream().read());
        }
        String stream = read.substring(read.indexOf("{\"stream\":\"") + 11, read.length() - 2);
        String open = "{\"method\":\"chat.open\",\"params\":{\"room\":\"" + garden + "\"}}";
        assertThat(mina.http().post("/api/v1/chat/sse/" + stream, open).status()).isEqualTo(202);
        return deaf;
    }

    /// Whether he was told that somebody has gone.
    private static boolean isAlone(Talker guest) {
        return guest.pushes().stream()
                .filter(push -> push.get("method").stringValue().equals("chat.presence"))
                .anyMatch(push -> !push.get("params").get("online").asBoolean());
    }

    private static double streams(House house) {
        return Double.parseDouble(
                house.operator()
                        .get("/metrics")
                        .text()
                        .lines()
                        .filter(line -> line.startsWith("sse_active "))
                        .findFirst()
                        .orElseThrow()
                        .split(" ", -1)[1]);
    }

    private static void eventually(BooleanSupplier isSo) {
        long begin = System.nanoTime();
        while (!isSo.getAsBoolean()) {
            if (System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(20)) {
                throw new AssertionError("never happened");
            }
            sleep(Duration.ofMillis(10));
        }
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// What somebody said next. The notice that Joon has joined comes in its own time.
    private static String said(Talker talker) {
        JsonNode message = talker.hears("chat.message");
        while (message.get("kind").stringValue().equals("notice")) {
            message = talker.hears("chat.message");
        }
        return message.get("text").stringValue();
    }
}
