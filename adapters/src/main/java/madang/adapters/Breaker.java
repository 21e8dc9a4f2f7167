package madang.adapters;

import java.time.Duration;
import java.util.function.LongSupplier;

/// Leaves a vendor alone for a while who failed several times in a row. After that one call may
/// look whether he is back; the others wait for what it finds.
final class Breaker {
    private static final int FAILURES = 5;
    private static final Duration REST = Duration.ofSeconds(10);

    private final LongSupplier nanoTime;
    private int failures;
    private long restsUntil;

    Breaker(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    synchronized boolean admits() {
        if (failures < FAILURES) {
            return true;
        }
        long now = nanoTime.getAsLong();
        if (now - restsUntil < 0) {
            return false;
        }
        restsUntil = now + REST.toNanos();
        return true;
    }

    synchronized void worked() {
        failures = 0;
    }

    /// True where this failure was the one too many.
    synchronized boolean failed() {
        failures = Math.min(failures + 1, FAILURES + 1);
        restsUntil = nanoTime.getAsLong() + REST.toNanos();
        return failures == FAILURES;
    }
}
