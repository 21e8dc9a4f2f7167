package madang.events;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import madang.identity.Identity;
import madang.kit.Caller;
import org.jspecify.annotations.Nullable;

/// What days are to somebody: in his own time zone, where one may have 23 hours or 25.
final class Ranges {
    private final Identity identity;
    private final InstantSource clock;

    Ranges(Identity identity, InstantSource clock) {
        this.identity = identity;
        this.clock = clock;
    }

    /// From the first moment of a range until before the last.
    record Stretch(@Nullable Instant from, @Nullable Instant to) {}

    Stretch of(Caller caller, Range range) {
        ZoneId zone = ZoneId.of(identity.me(caller).timeZone());
        LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
        return new Stretch(
                range.first(today).atStartOfDay(zone).toInstant(),
                range.end(today).atStartOfDay(zone).toInstant());
    }
}
