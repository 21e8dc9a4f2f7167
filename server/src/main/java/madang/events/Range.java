package madang.events;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;

/// A stretch of days around this one; weeks begin on Monday (ISO 8601).
enum Range {
    TODAY,
    WEEK,
    MONTH;

    LocalDate first(LocalDate today) {
        return switch (this) {
            case TODAY -> today;
            case WEEK -> today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> today.withDayOfMonth(1);
        };
    }

    /// The day after its last one.
    LocalDate end(LocalDate today) {
        return switch (this) {
            case TODAY -> first(today).plusDays(1);
            case WEEK -> first(today).plusWeeks(1);
            case MONTH -> first(today).plusMonths(1);
        };
    }
}
