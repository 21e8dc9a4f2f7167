package madang.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/// The time of a test house: runs on by itself and can be moved forward.
public final class MovedClock implements InstantSource {
    private final Clock clock = Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000));
    private final AtomicLong movedMillis = new AtomicLong();

    public void move(Duration forward) {
        movedMillis.addAndGet(forward.toMillis());
    }

    @Override
    public Instant instant() {
        return clock.instant().plusMillis(movedMillis.get());
    }
}
