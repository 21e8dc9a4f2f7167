package madang.live;

import static madang.live.LiveServer.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import madang.testing.Scale;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.junit.jupiter.api.Test;

/// Two write to one connection: our queue, and Jetty, which says the goodbyes. Whatever comes at
/// once, neither begins while the other is under way, nobody's frames change their order, and each
/// last word is said once. `-Dseed=` repeats what is said and when it ends, not who is faster.
class LastWordRaceTest {
    private static final int ROUNDS = Scale.times(2_000, 200_000);
    private static final int TELLERS = 4;
    private static final int FRAMES_EACH = 8;

    @Test
    void nothing_is_said_while_something_is_under_way() throws InterruptedException {
        long seed = Scale.seed();
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            var link = new Line(random.nextLong());
            var queue = new OutQueue(link);
            all(queue, link);
            eventually(() -> link.lastWords.get() == 2);
            assertThat(link.clashes.get()).as("seed %d, round %d", seed, round).isZero();
            for (int teller = 0; teller < TELLERS; teller++) {
                assertThat(link.heardOf(teller)).isEqualTo(firstOnes(link.heardOf(teller).size()));
            }
        }
    }

    private static void all(OutQueue queue, Line link) throws InterruptedException {
        var start = new CountDownLatch(1);
        List<Thread> everybody = new ArrayList<>();
        for (int teller = 0; teller < TELLERS; teller++) {
            int me = teller;
            everybody.add(at(start, () -> tell(queue, me)));
        }
        everybody.add(at(start, () -> queue.finish(link::lastWord)));
        everybody.add(at(start, () -> queue.finish(link::lastWord)));
        start.countDown();
        for (Thread one : everybody) {
            one.join();
        }
    }

    private static void tell(OutQueue queue, int teller) {
        for (int n = 0; n < FRAMES_EACH; n++) {
            if (queue.offer(Frame.of(teller + " " + n)) == OutQueue.Offered.BEGINS) {
                Thread.startVirtualThread(queue::write);
            }
        }
    }

    private static Thread at(CountDownLatch start, Runnable deed) {
        return Thread.startVirtualThread(() -> {
            try {
                start.await();
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
            deed.run();
        });
    }

    private static List<Integer> firstOnes(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    /// Some writes end at once, some later by another thread, and some fail.
    private static final class Line implements Link {
        private static final int FAILURES_IN = 50;

        private final Random random;
        private final AtomicInteger underWay = new AtomicInteger();
        private final AtomicInteger clashes = new AtomicInteger();
        private final AtomicInteger lastWords = new AtomicInteger();
        private final List<String> heard = new ArrayList<>();

        Line(long seed) {
            random = new Random(seed);
        }

        @Override
        public void write(Frame frame, Callback done) {
            begin();
            frame.parts().forEach(part -> heard.add(part.toString()));
            boolean isGood = random.nextInt(FAILURES_IN) > 0;
            if (random.nextBoolean()) {
                end(done, isGood);
            } else {
                Thread.startVirtualThread(() -> end(done, isGood));
            }
        }

        private void begin() {
            if (underWay.getAndIncrement() > 0) {
                clashes.incrementAndGet();
            }
        }

        private void end(Callback done, boolean isGood) {
            underWay.decrementAndGet();
            if (isGood) {
                done.succeeded();
            } else {
                done.failed(new IllegalStateException("gone"));
            }
        }

        void lastWord() {
            begin();
            lastWords.incrementAndGet();
            underWay.decrementAndGet();
        }

        List<Integer> heardOf(int teller) {
            return heard.stream()
                    .map(words -> words.split(" ", -1))
                    .filter(words -> words[0].equals(Integer.toString(teller)))
                    .map(words -> Integer.valueOf(words[1]))
                    .toList();
        }

        @Override
        public void broken(Throwable why) {}

        @Override
        public void close(CloseStatus status) {}

        @Override
        public void demand() {}

        @Override
        public void ping() {}

        @Override
        public long pingAfterNanos() {
            return Long.MAX_VALUE;
        }

        @Override
        public void abort() {}
    }
}
