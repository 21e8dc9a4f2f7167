package madang.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// However a crowd comes and goes, only so many are within at once, and no place is ever lost.
class TurnstileRaceTest {
    private static final int ROUNDS = 200 * Integer.getInteger("scale", 1);
    private static final int PLACES = 3;
    private static final int CROWD = 24;
    private static final Duration LONG = Duration.ofMinutes(1);

    private final AtomicInteger within = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    @Test
    void all_get_in_and_never_more_than_there_are_places() throws Exception {
        Turnstile turnstile = new Turnstile(PLACES, LONG);
        for (int round = 0; round < ROUNDS; round++) {
            AtomicInteger served = new AtomicInteger();
            crowd(() -> {
                turnstile.pass(this::work);
                served.incrementAndGet();
            });
            assertThat(served).hasValue(CROWD);
            assertThat(turnstile.waiting()).isZero();
        }
        assertThat(most.get()).isBetween(1, PLACES);
        assertThat(within).hasValue(0);
    }

    /// Some wait too long in the very moment in which a place gets free, some fail within, some are
    /// interrupted while they wait.
    @Test
    void no_place_is_lost_with_those_who_give_up() throws Exception {
        Turnstile hasty = new Turnstile(PLACES, Duration.ofNanos(200_000));
        AtomicInteger refused = new AtomicInteger();
        for (int round = 0; round < ROUNDS; round++) {
            crowd(() -> {
                try {
                    hasty.pass(this::fail);
                } catch (Failure unavailable) {
                    assertThat(unavailable.kind()).isEqualTo(Failure.Kind.UNAVAILABLE);
                    refused.incrementAndGet();
                } catch (IllegalStateException failed) {
                    Thread.currentThread().interrupt();
                    assertThatThrownBy(() -> hasty.pass(this::work)).isInstanceOf(Failure.class);
                }
            });
        }
        assertThat(most.get()).isBetween(1, PLACES);
        assertThat(within).hasValue(0);
        assertThat(atOnceWithin(new ArrayList<>(), hasty)).isEqualTo(PLACES);
        System.out.printf(
                "races: turnstile, %d rounds of %d, %d gave up, 0 places lost%n",
                ROUNDS, CROWD, refused.get());
    }

    /// How many one thread can put within before the next has to give up.
    private static int atOnceWithin(List<Turnstile> entered, Turnstile turnstile) {
        try {
            return turnstile.pass(() -> {
                entered.add(turnstile);
                return atOnceWithin(entered, turnstile);
            });
        } catch (Failure full) {
            return entered.size();
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // so that others come in between
    private int work() {
        int now = within.incrementAndGet();
        most.accumulateAndGet(now, Math::max);
        Thread.yield();
        return within.decrementAndGet();
    }

    private int fail() {
        work();
        throw new IllegalStateException("fell down within");
    }

    private static void crowd(Runnable each) throws InterruptedException {
        CountDownLatch start = new CountDownLatch(1);
        AtomicInteger wrong = new AtomicInteger();
        List<Thread> crowd = new ArrayList<>();
        for (int i = 0; i < CROWD; i++) {
            crowd.add(
                    Thread.ofVirtual()
                            .unstarted(() -> {
                                try {
                                    start.await();
                                    each.run();
                                } catch (InterruptedException | AssertionError unexpected) {
                                    wrong.incrementAndGet();
                                }
                            }));
        }
        crowd.forEach(Thread::start);
        start.countDown();
        for (Thread one : crowd) {
            one.join();
        }
        assertThat(wrong).hasValue(0);
    }
}
