package madang.live;

import static madang.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import madang.testing.Scale;
import org.junit.jupiter.api.Test;

/// Many tell one socket at once: each frame is written once, and each teller's in his order.
/// Counted over many short rounds, because the races are at the beginning and at the end of a
/// write.
class OutQueueRaceTest {
    private static final int ROUNDS = Scale.times(300, 30_000);
    private static final int TELLERS = 8;
    private static final int FRAMES_EACH = 30;

    private final LiveServer server = new LiveServer();

    @Test
    void nothing_is_lost_doubled_or_out_of_order_however_many_tell_at_once() throws Exception {
        try (LiveServer all = server;
                var guest = new Peer(all)) {
            for (int round = 0; round < ROUNDS; round++) {
                tellAtOnce(guest, round);
                List<List<Integer>> heard = guest.hears(TELLERS * FRAMES_EACH, round);
                for (List<Integer> ofOne : heard) {
                    assertThat(ofOne).isSorted().doesNotHaveDuplicates().hasSize(FRAMES_EACH);
                }
            }
            eventually(() -> all.closedNow().isEmpty());
        }
    }

    private static void tellAtOnce(Peer guest, int round) throws InterruptedException {
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> tellers = new ArrayList<>();
        for (int i = 0; i < TELLERS; i++) {
            int teller = i;
            tellers.add(
                    Thread.startVirtualThread(() -> {
                        await(start);
                        for (int n = 0; n < FRAMES_EACH; n++) {
                            guest.socket().send(Frame.of(round + " " + teller + " " + n));
                        }
                    }));
        }
        start.countDown();
        for (Thread teller : tellers) {
            teller.join();
        }
    }

    private static void await(CountDownLatch start) {
        try {
            start.await();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private static final class Peer implements AutoCloseable {
        private final LiveServer.Guest guest;

        Peer(LiveServer server) {
            guest = server.guest("mina");
        }

        LiveSocket socket() {
            return guest.socket();
        }

        /// What each teller said, in the order in which it came.
        List<List<Integer>> hears(int frames, int round) {
            List<List<Integer>> heard = new ArrayList<>();
            for (int i = 0; i < TELLERS; i++) {
                heard.add(new ArrayList<>());
            }
            for (int i = 0; i < frames; i++) {
                String[] words = guest.peer().hears().split(" ", -1);
                assertThat(words[0]).isEqualTo(Integer.toString(round));
                heard.get(Integer.parseInt(words[1])).add(Integer.parseInt(words[2]));
            }
            return heard;
        }

        @Override
        public void close() throws IOException {
            guest.peer().close();
        }
    }
}
