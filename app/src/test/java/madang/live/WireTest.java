package madang.live;

import static madang.live.LiveServer.bytes;
import static madang.testing.RawSocket.BINARY;
import static madang.testing.RawSocket.CLOSE;
import static madang.testing.RawSocket.CONTINUATION;
import static madang.testing.RawSocket.FIN;
import static madang.testing.RawSocket.PING;
import static madang.testing.RawSocket.PONG;
import static madang.testing.RawSocket.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import madang.testing.RawSocket;
import madang.testing.Scale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// RFC 6455, spoken badly.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WireTest {
    private static final int UNREAD_FRAMES = 6;
    private static final int UNREAD_KILOBYTES = 40;

    private static final byte[] ECHO =
            bytes("{\"id\":1,\"method\":\"echo\",\"params\":{\"text\":\"차\"}}");
    private static final String ECHOED = "{\"id\":1,\"result\":{\"text\":\"차\"}}";
    private final LiveServer server = new LiveServer();

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void fragments_become_one_message_with_a_ping_in_between() throws IOException {
        try (RawSocket mina = server.connect("mina")) {
            mina.frame(TEXT, Arrays.copyOf(ECHO, 10));
            mina.frame(FIN | PING, bytes("alive?"));
            mina.frame(CONTINUATION, Arrays.copyOfRange(ECHO, 10, 20));
            mina.frame(CONTINUATION);
            mina.frame(FIN | CONTINUATION, Arrays.copyOfRange(ECHO, 20, ECHO.length));

            RawSocket.Frame pong = mina.next();
            assertThat(pong.opcode()).isEqualTo(PONG);
            assertThat(pong.text()).isEqualTo("alive?");
            assertThat(mina.hears()).isEqualTo(ECHOED);
        }
    }

    @Test
    void a_letter_may_be_cut_and_so_may_bytes_on_the_way() throws IOException {
        try (RawSocket mina = server.connect("mina")) {
            int inTheLetter = ECHO.length - 4;
            mina.frame(TEXT, Arrays.copyOf(ECHO, inTheLetter));
            mina.frame(FIN | CONTINUATION, Arrays.copyOfRange(ECHO, inTheLetter, ECHO.length));
            assertThat(mina.hears()).isEqualTo(ECHOED);

            for (byte one : RawSocket.encoded(FIN | TEXT, true, ECHO)) {
                mina.raw(one);
            }
            assertThat(mina.hears()).isEqualTo(ECHOED);
        }
    }

    @Test
    void sixty_four_kilobytes_are_a_message() throws IOException {
        try (RawSocket mina = server.connect("mina")) {
            String begin = "{\"id\":1,\"method\":\"echo\",\"params\":{\"text\":\"";
            String text = "x".repeat(65_536 - begin.length() - 3);
            mina.say(begin + text + "\"}}");
            assertThat(mina.hears()).contains(text);
        }
    }

    @Test
    void an_answer_may_be_larger_and_comes_in_one_frame() throws IOException {
        try (RawSocket mina = server.connect("mina")) {
            mina.say("{\"id\":1,\"method\":\"large\",\"params\":{\"text\":\"0123456789\"}}");
            RawSocket.Frame answer = mina.next();
            assertThat(answer.isFin()).isTrue();
            assertThat(answer.payload()).hasSizeGreaterThan(1_000_000);
        }
    }

    @Test
    void an_empty_ping_is_answered_and_a_pong_is_not() throws IOException {
        try (RawSocket mina = server.connect("mina")) {
            mina.frame(FIN | PONG, bytes("unasked"));
            mina.frame(FIN | PING);
            assertThat(mina.next().opcode()).isEqualTo(PONG);
            mina.frame(FIN | TEXT, ECHO);
            assertThat(mina.hears()).isEqualTo(ECHOED);
        }
    }

    @Test
    void a_goodbye_is_answered() throws IOException {
        try (RawSocket mina = server.connect("mina")) {
            mina.saysGoodbye(1000);
            assertThat(mina.closeCode()).isEqualTo(1000);
            assertThat(mina.isHungUp()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 3000, 4401, 4999
            })
    void a_goodbye_with_a_code_that_may_be_said_is_answered_with_it(int code) throws IOException {
        try (RawSocket mina = server.connect("mina")) {
            mina.saysGoodbye(code);
            assertThat(mina.closeCode()).isEqualTo(code);
        }
    }

    @Test
    void what_is_said_after_a_goodbye_is_not_heard() throws IOException {
        try (RawSocket mina = server.connect("mina")) {
            mina.raw(
                    joined(
                            RawSocket.encoded(FIN | CLOSE, true, (byte) 3, (byte) 0xE8),
                            RawSocket.encoded(FIN | TEXT, true, ECHO)));
            assertThat(mina.next().opcode()).isEqualTo(CLOSE);
            assertThat(mina.isHungUp()).isTrue();
        }
    }

    @Test
    void an_emoji_may_be_cut_at_each_of_its_bytes() throws IOException {
        byte[] said = bytes("{\"id\":1,\"method\":\"echo\",\"params\":{\"text\":\"👩‍👩‍👧 가\"}}");
        try (RawSocket mina = server.connect("mina")) {
            for (int cut = 1; cut < said.length; cut++) {
                mina.frame(TEXT, Arrays.copyOf(said, cut));
                mina.frame(FIN | CONTINUATION, Arrays.copyOfRange(said, cut, said.length));
                assertThat(mina.hears()).contains("👩‍👩‍👧 가");
            }
        }
    }

    @Test
    void a_message_may_come_byte_by_byte_in_frames_with_empty_ones_between() throws IOException {
        try (RawSocket mina = server.connect("mina")) {
            mina.frame(TEXT);
            for (byte one : ECHO) {
                mina.frame(CONTINUATION, one);
                mina.frame(CONTINUATION);
            }
            mina.frame(FIN | CONTINUATION);
            assertThat(mina.hears()).isEqualTo(ECHOED);
        }
    }

    @Test
    void a_ping_of_125_bytes_comes_back_whole_and_a_thousand_come_back_in_order()
            throws IOException {
        try (RawSocket mina = server.connect("mina")) {
            byte[] largest = new byte[125];
            Arrays.fill(largest, (byte) 7);
            mina.frame(FIN | PING, largest);
            assertThat(mina.next().payload()).isEqualTo(largest);
            for (int i = 0; i < 1_000; i++) {
                mina.frame(FIN | PING, bytes("ping " + i));
            }
            for (int i = 0; i < 1_000; i++) {
                assertThat(mina.next().text()).isEqualTo("ping " + i);
            }
        }
    }

    /// Whatever comes, the peer is answered or closed with a code of RFC 6455, and the others
    /// notice nothing. `-Dseed=` repeats a run.
    @Test
    void of_bytes_by_chance_nothing_breaks() throws IOException {
        long seed = Scale.seed();
        Random random = new Random(seed);
        for (int peer = 0; peer < Scale.times(100, 10_000); peer++) {
            try (RawSocket sora = server.connect("sora")) {
                sayByChance(sora, random);
                assertThat(sora.closeCode())
                        .as("seed %d, peer %d", seed, peer)
                        .isIn(1000, 1002, 1003, 1007, 1009, RawSocket.NO_CLOSE_FRAME);
            }
        }
        try (RawSocket mina = server.connect("mina")) {
            assertThat(mina.frame(FIN | TEXT, ECHO).hears()).isEqualTo(ECHOED);
        }
    }

    /// Some frames, half of them good, and then a goodbye.
    private static void sayByChance(RawSocket peer, Random random) {
        try {
            for (int i = random.nextInt(6); i >= 0; i--) {
                byte[] payload = new byte[random.nextInt(300)];
                random.nextBytes(payload);
                int opcode = random.nextBoolean() ? TEXT : random.nextInt(256);
                peer.raw(RawSocket.encoded(FIN | opcode, random.nextInt(8) > 0, payload));
            }
            peer.saysGoodbye(1000);
            peer.hangsUp();
        } catch (UncheckedIOException closedAlready) {
            // It heard enough.
        }
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    @Test
    void nothing_is_ever_compressed() {
        assertThat(
                        RawSocket.answer(
                                server.port(),
                                "/ws?mina",
                                "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits"))
                .startsWith("HTTP/1.1 101")
                .doesNotContainIgnoringCase("extensions");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void a_mistake_closes_with_its_code(String mistake, int code, Consumer<RawSocket> says)
            throws IOException {
        try (RawSocket mina = server.connect("mina")) {
            says.accept(mina);
            assertThat(mina.closeCode()).isEqualTo(code);
            assertThat(mina.isHungUp()).isTrue();
        }
    }

    /// Half of a frame is on its way when the peer says its last: the frame is finished, and what
    /// waits behind it is said as well, before the goodbye.
    @ParameterizedTest
    @CsvSource({"goodbye, 1000", "binary, 1003", "no UTF-8, 1007", "too much, 1009"})
    void a_last_word_waits_for_the_write_that_is_under_way(String word, int code)
            throws IOException {
        server.opened.clear();
        LiveServer.Guest mina = server.guest("mina");
        try (RawSocket peer = mina.peer()) {
            for (int i = 0; i < UNREAD_FRAMES; i++) {
                mina.socket().send(LiveServer.frame(UNREAD_KILOBYTES));
            }
            peer.frame(FIN | PING, bytes("alive?"));
            switch (word) {
                case "goodbye" -> peer.saysGoodbye(1000);
                case "binary" -> peer.frame(FIN | BINARY, bytes("tea"));
                case "no UTF-8" -> peer.frame(FIN | TEXT, (byte) 0xC3);
                default -> peer.frame(FIN | TEXT, new byte[65_537]);
            }
            for (int i = 0; i < UNREAD_FRAMES; i++) {
                assertThat(peer.hears()).hasSize(UNREAD_KILOBYTES * 1024);
            }
            assertThat(peer.next().text()).isEqualTo("alive?");
            assertThat(peer.closeCode()).isEqualTo(code);
            assertThat(peer.isHungUp()).isTrue();
        }
    }

    /// Jetty says that goodbye by itself, and cannot wait for our write: the peer goes without it.
    @Test
    void who_breaks_the_protocol_and_does_not_read_is_cut_off() throws IOException {
        server.opened.clear();
        LiveServer.Guest mina = server.guest("mina");
        try (RawSocket peer = mina.peer()) {
            for (int i = 0; i < UNREAD_FRAMES; i++) {
                mina.socket().send(LiveServer.frame(UNREAD_KILOBYTES));
            }
            peer.frame(FIN | 0x40 | TEXT, bytes("tea"));
            LiveServer.eventually(() -> !mina.socket().isOpen());
            mina.socket().send(LiveServer.frame(1));
            assertThat(peer.closeCode()).isIn(1002, RawSocket.NO_CLOSE_FRAME);
        }
    }

    static Stream<Arguments> mistakes() {
        byte[] half = new byte[40_000];
        Arrays.fill(half, (byte) ' ');
        byte[] tooLong = new byte[65_537];
        return Stream.of(
                mistake("fragments over 64 KiB", 1009, s -> s.frame(TEXT, half).frame(FIN, half)),
                mistake("a frame over 64 KiB", 1009, s -> s.frame(FIN | TEXT, tooLong)),
                mistake("binary", 1003, s -> s.frame(FIN | BINARY, bytes("tea"))),
                mistake("binary in fragments", 1003, s -> s.frame(BINARY, bytes("tea"))),
                mistake("a lone byte of UTF-8", 1007, s -> s.frame(FIN | TEXT, (byte) 0xC3)),
                mistake("overlong UTF-8", 1007, s -> s.frame(FIN | TEXT, (byte) 0xC0, (byte) 0x80)),
                mistake(
                        "a surrogate in UTF-8",
                        1007,
                        s -> s.frame(FIN | TEXT, (byte) 0xED, (byte) 0xA0, (byte) 0x80)),
                mistake(
                        "UTF-8 cut for good",
                        1007,
                        s -> s.frame(TEXT, (byte) 0xEC).frame(FIN, (byte) 0x41)),
                mistake(
                        "not masked",
                        1002,
                        s -> s.raw(RawSocket.encoded(FIN | TEXT, false, bytes("tea")))),
                mistake("reserved bit 1", 1002, s -> s.frame(FIN | 0x40 | TEXT, bytes("tea"))),
                mistake("reserved bit 2", 1002, s -> s.frame(FIN | 0x20 | TEXT, bytes("tea"))),
                mistake("reserved bit 3", 1002, s -> s.frame(FIN | 0x10 | TEXT, bytes("tea"))),
                mistake("reserved bit of a ping", 1002, s -> s.frame(FIN | 0x40 | PING)),
                mistake("unknown opcode 3", 1002, s -> s.frame(FIN | 0x3, bytes("tea"))),
                mistake("unknown opcode B", 1002, s -> s.frame(FIN | 0xB)),
                mistake("a ping in fragments", 1002, s -> s.frame(PING, bytes("tea"))),
                mistake("a ping of 126 bytes", 1002, s -> s.frame(FIN | PING, new byte[126])),
                mistake("continues nothing", 1002, s -> s.frame(FIN, bytes("tea"))),
                mistake(
                        "a text within a text",
                        1002,
                        s -> s.frame(TEXT, bytes("{")).frame(FIN | TEXT, bytes("}"))),
                mistake("a close of one byte", 1002, s -> s.frame(FIN | CLOSE, (byte) 3)),
                mistake("a close with 1004", 1002, s -> s.saysGoodbye(1004)),
                mistake("a close with 1005", 1002, s -> s.saysGoodbye(1005)),
                mistake("a close with 1006", 1002, s -> s.saysGoodbye(1006)),
                mistake("a close with 1015", 1002, s -> s.saysGoodbye(1015)),
                mistake("a close with 2999", 1002, s -> s.saysGoodbye(2999)),
                mistake("a close with 5000", 1002, s -> s.saysGoodbye(5000)),
                mistake("a close with 65535", 1002, s -> s.saysGoodbye(65_535)),
                mistake("a close of 126 bytes", 1002, s -> s.frame(FIN | CLOSE, new byte[126])),
                mistake("a close in fragments", 1002, s -> s.frame(CLOSE, (byte) 3, (byte) 0xE8)),
                mistake(
                        "a frame that announces an exabyte",
                        1009,
                        s -> s.raw(announcing(1L << 60)).raw(new byte[70_000])),
                mistake("a length below zero", 1009, s -> s.raw(announcing(-1))),
                mistake("a close with 999", 1002, s -> s.saysGoodbye(999)),
                mistake(
                        "a close in bad UTF-8",
                        1007,
                        s -> s.frame(FIN | CLOSE, (byte) 3, (byte) 0xE8, (byte) 0xFF)));
    }

    /// The header of a masked text frame of this length.
    private static byte[] announcing(long length) {
        return ByteBuffer.allocate(14)
                .put((byte) (FIN | TEXT))
                .put((byte) 0xFF)
                .putLong(length)
                .putInt(0)
                .array();
    }

    private static Arguments mistake(String name, int code, Consumer<RawSocket> says) {
        return Arguments.of(name, code, says);
    }
}
