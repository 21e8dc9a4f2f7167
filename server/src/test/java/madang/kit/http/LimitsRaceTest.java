package madang.kit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import madang.kit.settings.Rate;
import org.junit.jupiter.api.Test;

/// A bucket holds what it holds, however many hands reach into it at once.
class LimitsRaceTest {
    private static final int ROUNDS = 200 * Integer.getInteger("scale", 1);
    private static final int HANDS = 8;
    private static final int TRIES_EACH = 20;

    @Test
    void of_many_who_ask_at_once_exactly_as_many_get_through_as_may() throws Exception {
        Limits limits =
                new Limits(
                        Map.of(Limit.API, Rate.parse("1/hour burst 50")),
                        Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
        for (int round = 0; round < ROUNDS; round++) {
            assertThat(letThrough(limits, "guest " + round)).isEqualTo(50);
        }
    }

    private static int letThrough(Limits limits, String who) throws InterruptedException {
        AtomicInteger through = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> hands = new ArrayList<>();
        for (int i = 0; i < HANDS; i++) {
            hands.add(
                    Thread.startVirtualThread(() -> {
                        await(start);
                        for (int n = 0; n < TRIES_EACH; n++) {
                            boolean isLetThrough =
                                    Objects.requireNonNull(limits.take(Limit.API, who))
                                                    .retryAfterSeconds()
                                            == null;
                            through.addAndGet(isLetThrough ? 1 : 0);
                        }
                    }));
        }
        start.countDown();
        for (Thread hand : hands) {
            hand.join();
        }
        return through.get();
    }

    private static void await(CountDownLatch start) {
        try {
            start.await();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
