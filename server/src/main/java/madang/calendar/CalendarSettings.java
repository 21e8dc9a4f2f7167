package madang.calendar;

import java.time.Duration;
import madang.kit.settings.Key;
import madang.kit.settings.Problems;

/// How calendars elsewhere are kept the same.
public record CalendarSettings(
        @Key(
                        name = "MADANG_CALENDAR_POLL",
                        value = "15m",
                        says =
                                "How often Google Calendar is asked for changes that it has not told"
                                        + " of, 10s to 1h")
                Duration poll) {

    public CalendarSettings {
        new Problems()
                .must(
                        poll.compareTo(Duration.ofSeconds(10)) >= 0
                                && poll.compareTo(Duration.ofHours(1)) <= 0,
                        "MADANG_CALENDAR_POLL lies between 10s and 1h.")
                .stopIfAny();
    }
}
