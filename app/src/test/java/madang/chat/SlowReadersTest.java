package madang.chat;

import static madang.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import madang.testing.House;
import madang.testing.Person;
import madang.testing.RawSocket;
import madang.testing.Scale;
import madang.testing.Talker;
import madang.testing.Town;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// One in twenty opens a room and never reads again. He is let go; the others hear everything, and
/// how soon they hear it is printed beside how soon they did without him. `-Dscale=25` is a
/// thousand sockets.
class SlowReadersTest {
    private static final int READERS = Scale.times(38, 950);
    private static final int DEAF = Scale.times(2, 50);
    private static final int MESSAGES = 120;

    /// More than kernel and queue keep for one who does not read.
    private static final int MOST_MESSAGES = 3_000;

    private static final String LONG = "가".repeat(3_900);

    @AutoClose private static Town town;
    private static House house;
    private static Person mina;
    private static String room;

    @BeforeAll
    static void open() {
        town = Town.open(Map.of());
        house = town.house();
        mina = town.mina();
        room = town.publicRoom(mina);
    }

    @Test
    void one_in_twenty_who_does_not_read_costs_the_others_nothing() throws Exception {
        List<Reader> readers = new ArrayList<>();
        List<RawSocket> deaf = new ArrayList<>();
        try (Talker voice = town.talker(mina)) {
            for (int i = 0; i < READERS; i++) {
                readers.add(
                        new Reader(
                                opened(RawSocket.open(house.port(), "/api/v1/chat/ws", bearer()))));
            }
            int said = 0;
            said += says(voice, said, MESSAGES);
            heard(readers, said);
            long[] without = latencies(readers);
            long heapBefore = heap();

            for (int i = 0; i < DEAF; i++) {
                deaf.add(opened(RawSocket.openNarrow(house.port(), "/api/v1/chat/ws", bearer())));
            }
            while (tooSlow() < DEAF && said < MOST_MESSAGES) {
                said += says(voice, said, MESSAGES);
            }
            heard(readers, said);
            long[] with = latencies(readers);
            System.out.printf(
                    "slow readers: %d sockets, %d of them deaf, %d let go, %d messages, 0 not heard;"
                            + " p50 %d → %d ms, p99 %d → %d ms, heap %+d MB%n",
                    READERS + DEAF,
                    DEAF,
                    tooSlow(),
                    said,
                    share(without, 50),
                    share(with, 50),
                    share(without, 99),
                    share(with, 99),
                    (heap() - heapBefore) >> 20);
            assertThat(tooSlow()).as("let go").isEqualTo(DEAF);
            for (RawSocket one : deaf) {
                assertThat(one.closeCode()).isIn(1013, RawSocket.NO_CLOSE_FRAME);
            }
            eventually(() -> house.wiring().hub().figures().sockets() == READERS + 1);
        } finally {
            for (Reader reader : readers) {
                reader.socket.close();
            }
            for (RawSocket one : deaf) {
                one.close();
            }
        }
    }

    /// One who reads all the time and notes how long each message was on its way.
    private static final class Reader {
        private final RawSocket socket;
        private final AtomicInteger heard = new AtomicInteger();
        private final Queue<Long> nanos = new ConcurrentLinkedQueue<>();

        Reader(RawSocket socket) {
            this.socket = socket;
            Thread.startVirtualThread(this::read);
        }

        private void read() {
            try {
                while (true) {
                    RawSocket.Frame frame = next();
                    if (frame.opcode() == RawSocket.PING) {
                        socket.frame(RawSocket.FIN | RawSocket.PONG, frame.payload());
                    } else if (frame.opcode() == RawSocket.CLOSE) {
                        return;
                    } else {
                        hear(frame.text());
                    }
                }
            } catch (IOException | UncheckedIOException over) {
                // The test counts what was heard.
            }
        }

        private RawSocket.Frame next() throws IOException {
            while (true) {
                try {
                    return socket.next();
                } catch (SocketTimeoutException silence) {
                    // Nobody says anything just now.
                }
            }
        }

        private void hear(String frame) {
            int begin = frame.indexOf("said at ");
            if (frame.contains("\"chat.message\"") && begin >= 0) {
                String at = frame.substring(begin + 8, frame.indexOf(' ', begin + 8));
                nanos.add(System.nanoTime() - Long.parseLong(at));
                heard.incrementAndGet();
            }
        }
    }

    private static RawSocket opened(RawSocket socket) {
        return socket.say(
                "{\"id\":1,\"method\":\"chat.open\",\"params\":{\"room\":\"%s\",\"after\":%d}}"
                        .formatted(room, Long.MAX_VALUE / 2));
    }

    private static int says(Talker voice, int said, int times) {
        for (int i = 0; i < times; i++) {
            voice.says("said at " + System.nanoTime() + " " + LONG, room, "word " + (said + i));
        }
        return times;
    }

    private static void heard(List<Reader> readers, int said) {
        eventually(() -> readers.stream().allMatch(reader -> reader.heard.get() >= said));
        assertThat(readers).allSatisfy(reader -> assertThat(reader.heard).hasValue(said));
    }

    /// Of all messages since the last time, sorted.
    private static long[] latencies(List<Reader> readers) {
        long[] sorted =
                readers.stream()
                        .flatMap(reader -> reader.nanos.stream())
                        .mapToLong(n -> n)
                        .sorted()
                        .toArray();
        readers.forEach(reader -> reader.nanos.clear());
        return sorted;
    }

    private static long share(long[] sorted, int percent) {
        return sorted[(int) ((sorted.length - 1) * (long) percent / 100)] / 1_000_000;
    }

    private static long tooSlow() {
        return house.wiring().hub().figures().tooSlow();
    }

    private static long heap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static String bearer() {
        return "Authorization: Bearer " + mina.accessToken();
    }
}
