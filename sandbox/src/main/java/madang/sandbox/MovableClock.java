package madang.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/// The time of a house that can be hurried: it runs as the real one does, some way ahead. Never
/// behind, and back only by `reset`: what was written in the future stays there.
public final class MovableClock implements InstantSource {
    private static final Duration FURTHEST = Duration.ofDays(3_650);

    private final InstantSource real;
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    public MovableClock(InstantSource real) {
        this.real = real;
    }

    @Override
    public Instant instant() {
        return real.instant().plus(ahead.get());
    }

    Duration ahead() {
        return ahead.get();
    }

    /// False, and nothing happens, where it would go back or lead too far.
    boolean forward(Duration time) {
        Duration before;
        Duration after;
        do {
            before = ahead.get();
            if (time.isNegative() || time.compareTo(FURTHEST.minus(before)) > 0) {
                return false;
            }
            after = before.plus(time);
        } while (!ahead.compareAndSet(before, after));
        return true;
    }

    void reset() {
        ahead.set(Duration.ZERO);
    }
}
