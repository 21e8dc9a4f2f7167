package madang.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class SharedReadsTest {
    @AutoClose private final ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor();

    private final SharedReads<String, Integer> reads = new SharedReads<>();
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void a_crowd_shares_what_begins_after_it_came() throws Exception {
        var mayEnd = new CountDownLatch(1);
        Future<Integer> first = reads(mayEnd, asked::incrementAndGet);
        Queue<Thread> others = new ConcurrentLinkedQueue<>();
        var answers = new ArrayList<Future<Integer>>();
        for (int i = 0; i < 50; i++) {
            answers.add(
                    crowd.submit(() -> {
                        others.add(Thread.currentThread());
                        return reads.get("garden", asked::incrementAndGet);
                    }));
        }
        while (waiting(others) < 50) {
            Thread.onSpinWait();
        }
        assertThat(crowd.submit(() -> reads.get("pond", () -> 7)).get()).isEqualTo(7);
        mayEnd.countDown();

        assertThat(first.get()).isEqualTo(1);
        for (Future<Integer> answer : answers) {
            assertThat(answer.get()).as("not the old answer, and asked once").isEqualTo(2);
        }
        assertThat(reads.get("garden", asked::incrementAndGet)).as("nothing stays").isEqualTo(3);
    }

    @Test
    void what_is_refused_is_refused_to_all_and_forgotten() {
        Supplier<Integer> refused =
                () -> {
                    throw new IllegalStateException("away");
                };
        assertThatThrownBy(() -> reads.get("garden", refused)).hasMessage("away");
        assertThat(reads.get("garden", () -> 1)).isEqualTo(1);
    }

    @Test
    void who_waits_behind_a_read_that_found_all_away_is_told_with_it() throws Exception {
        var mayEnd = new CountDownLatch(1);
        Future<Integer> first =
                reads(
                        mayEnd,
                        () -> {
                            throw Failure.unavailable();
                        });
        Queue<Thread> others = new ConcurrentLinkedQueue<>();
        Future<Integer> behind =
                crowd.submit(() -> {
                    others.add(Thread.currentThread());
                    return reads.get("garden", asked::incrementAndGet);
                });
        while (waiting(others) < 1) {
            Thread.onSpinWait();
        }
        mayEnd.countDown();

        assertThatThrownBy(first::get).hasCauseInstanceOf(Failure.class);
        assertThatThrownBy(behind::get).hasCauseInstanceOf(Failure.class);
        assertThat(asked).hasValue(0);
        assertThat(reads.get("garden", asked::incrementAndGet)).as("nothing stays").isEqualTo(1);
    }

    /// Somebody whose read is under way until it may end, and ends like this.
    private Future<Integer> reads(CountDownLatch mayEnd, Supplier<Integer> end) throws Exception {
        var isRunning = new CountDownLatch(1);
        Future<Integer> read =
                crowd.submit(() ->
                        reads.get(
                                "garden",
                                () -> {
                                    isRunning.countDown();
                                    await(mayEnd);
                                    return end.get();
                                }));
        isRunning.await();
        return read;
    }

    private static long waiting(Queue<Thread> others) {
        return others.stream().filter(thread -> thread.getState() == Thread.State.WAITING).count();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
