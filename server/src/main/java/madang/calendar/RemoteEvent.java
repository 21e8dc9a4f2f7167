package madang.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// An event as a vendor has it. Of one that is cancelled maybe nothing but its id is known.
///
/// @param updatedAt when anybody changed it last
public record RemoteEvent(
        String id,
        String etag,
        boolean isCancelled,
        @Nullable String summary,
        @Nullable String description,
        @Nullable String location,
        @Nullable When start,
        @Nullable When end,
        boolean isTentative,
        @Nullable Instant updatedAt,
        @Nullable String htmlLink) {

    /// A moment or a whole day; a day is one wherever its owner is.
    public record When(@Nullable Instant at, @Nullable LocalDate day) {
        public When {
            if ((at == null) == (day == null)) {
                throw new IllegalArgumentException("a moment or a day");
            }
        }

        Instant in(ZoneId zone) {
            if (at != null) {
                return at;
            }
            if (day == null) {
                throw new IllegalStateException("a moment or a day");
            }
            return day.atStartOfDay(zone).toInstant();
        }
    }

    /// What it says, in the terms of our events; null where it does not say when it is.
    @Nullable Content content(ZoneId zone) {
        return start == null || end == null
                ? null
                : Content.of(summary, description, location, start.in(zone), end.in(zone));
    }
}
