package madang.calendar;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What people are shown of their calendars.
public final class CalendarViews {

    /// How it stands between somebody and his calendar at Google.
    public enum ConnectionState {
        NOT_CONNECTED,
        CONNECTED,
        /// It was, and Google lets us in no more: its user has to allow it again.
        NEEDS_RECONNECT
    }

    /// How it stands, and since when.
    ///
    /// @param hasCalendarAccess whether events can be read and written now
    /// @param email of the account at Google
    /// @param syncedAt when both sides last said the same
    public record StatusView(
            boolean hasCalendarAccess,
            ConnectionState state,
            @Nullable String email,
            @Nullable Instant connectedAt,
            @Nullable Instant syncedAt) {}

    /// An event of the calendar elsewhere.
    public record CalendarEventView(
            String id,
            String summary,
            @Nullable String description,
            @Nullable String location,
            @Nullable Instant startTime,
            @Nullable Instant endTime,
            boolean allDay,
            @Nullable String htmlLink) {

        static CalendarEventView of(RemoteEvent event, ZoneId zone) {
            RemoteEvent.@Nullable When start = event.start();
            RemoteEvent.@Nullable When end = event.end();
            return new CalendarEventView(
                    event.id(),
                    event.summary() == null ? "" : event.summary(),
                    event.description(),
                    event.location(),
                    start == null ? null : start.in(zone),
                    end == null ? null : end.in(zone),
                    start != null && start.day() != null,
                    event.htmlLink());
        }
    }

    /// What takes place in a time, the earliest first.
    public record CalendarEventsView(
            List<CalendarEventView> events, Instant startTime, Instant endTime, int count) {}

    public record SyncedView(CalendarEventView calendarEvent) {}

    /// A feed and the one sight of its address.
    public record FeedView(String url, Instant createdAt) {}

    private CalendarViews() {}
}
