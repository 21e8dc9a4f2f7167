package madang.sandbox.google;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// Everybody's calendar.
final class CalendarBooks {
    private final Map<String, CalendarBook> all = new ConcurrentHashMap<>();
    private final AtomicLong changes;
    private final InstantSource clock;
    private final Consumer<String> changed;

    /// @param changed told whose calendar has changed, by his key
    CalendarBooks(InstantSource clock, Consumer<String> changed) {
        this.clock = clock;
        this.changed = changed;
        // So that no etag and no sync token of before a restart is good by chance.
        changes = new AtomicLong(clock.millis());
    }

    CalendarBook of(GoogleUser user) {
        return all.computeIfAbsent(
                user.key(),
                key ->
                        new CalendarBook(
                                user, clock, changes::incrementAndGet, () -> changed.accept(key)));
    }
}
