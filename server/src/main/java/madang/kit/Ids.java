package madang.kit;

import com.github.f4b6a3.uuid.factory.standard.TimeOrderedEpochFactory;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneOffset;

/// Gives names to new things: UUIDv7, so that the newest sort last and indexes stay dense. Made
/// here and not by PostgreSQL, because features name things before they store them.
public final class Ids {
    private final TimeOrderedEpochFactory factory;

    public Ids(InstantSource clock) {
        factory =
                TimeOrderedEpochFactory.builder()
                        .withClock(Clock.fixed(clock.instant(), ZoneOffset.UTC))
                        .withTimeFunction(clock::millis)
                        .withRandom(new SecureRandom())
                        .build();
    }

    public <T> Id<T> next() {
        return new Id<>(factory.create());
    }
}
