package madang.adapters;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import madang.testing.Scale;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Many calls of one vendor at once: he is given up once, looked for by one, and back for all.
class BreakerRaceTest {
    private static final int ROUNDS = Scale.times(1_000, 100_000);
    private static final int CALLERS = 8;
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(11);

    @AutoClose private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    private final CyclicBarrier start = new CyclicBarrier(CALLERS);
    private final AtomicLong now = new AtomicLong();
    private final Breaker breaker = new Breaker(now::get);

    @Test
    void a_vendor_is_given_up_once_and_one_looks_whether_he_is_back() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            assertThat(atOnce(breaker::failed)).as("given up, round %d", round).isOne();
            assertThat(atOnce(breaker::admits)).as("let alone, round %d", round).isZero();

            now.addAndGet(LONG_ENOUGH.toNanos());
            assertThat(atOnce(breaker::admits)).as("looks, round %d", round).isOne();
            assertThat(breaker.failed()).as("given up already, round %d", round).isFalse();
            assertThat(atOnce(breaker::admits)).as("still away, round %d", round).isZero();

            now.addAndGet(LONG_ENOUGH.toNanos());
            assertThat(atOnce(breaker::admits)).as("looks again, round %d", round).isOne();
            breaker.worked();
            assertThat(atOnce(breaker::admits)).as("back, round %d", round).isEqualTo(CALLERS);
        }
        System.out.printf(
                "races: breaker, %d rounds of %d callers, 0 forbidden%n", ROUNDS, CALLERS);
    }

    /// How many of them, all in the same moment, hear yes.
    private long atOnce(BooleanSupplier question) throws Exception {
        List<Future<Boolean>> answers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            answers.add(
                    callers.submit(() -> {
                        start.await();
                        return question.getAsBoolean();
                    }));
        }
        long yes = 0;
        for (Future<Boolean> answer : answers) {
            yes += answer.get() ? 1 : 0;
        }
        return yes;
    }
}
