package madang.slots;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import madang.identity.Form;
import madang.kit.Failure;
import madang.kit.json.CodePoints;

/// Slots by the hours of a week: on each of these days, as many as fit, with their buffer between
/// them. The clock is that of the zone, also where it is put forward or back.
public record PublishSeries(
        Offer offer,
        @Form(Form.Kind.TIME_ZONE) @CodePoints(max = 100) String timeZone,
        @Pattern(regexp = DAY) String firstDay,
        @Pattern(regexp = DAY) String lastDay,
        @Min(5) @Max(1_440) int durationMinutes,
        @Size(min = 1, max = 50) List<Hours> hours) {
    private static final String DAY = "\\d{4}-\\d{2}-\\d{2}";
    private static final int LONGEST_DAYS = 366;

    /// A day of the week, and from when to when on it; `to` may be 24:00.
    public record Hours(
            Weekday weekday,
            @Pattern(regexp = "([01]\\d|2[0-3]):[0-5]\\d") String from,
            @Pattern(regexp = "([01]\\d|2[0-3]):[0-5]\\d|24:00") String to) {
        private static final String MIDNIGHT = "24:00";

        public Hours {
            if (from.compareTo(to) >= 0) {
                throw Failure.invalid("hours", "slot_hours");
            }
        }

        LocalTime begin() {
            return LocalTime.parse(from);
        }

        boolean endsAtMidnight() {
            return to.equals(MIDNIGHT);
        }

        LocalTime end() {
            return endsAtMidnight() ? LocalTime.MIDNIGHT : LocalTime.parse(to);
        }
    }

    /// As clients write it: `monday`.
    public enum Weekday {
        MONDAY,
        TUESDAY,
        WEDNESDAY,
        THURSDAY,
        FRIDAY,
        SATURDAY,
        SUNDAY;

        DayOfWeek day() {
            return DayOfWeek.valueOf(name());
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public PublishSeries {
        LocalDate first = day(firstDay, "first_day");
        LocalDate last = day(lastDay, "last_day");
        if (last.isBefore(first) || last.isAfter(first.plusDays(LONGEST_DAYS))) {
            throw Failure.invalid("last_day", "slot_days");
        }
    }

    LocalDate first() {
        return day(firstDay, "first_day");
    }

    LocalDate last() {
        return day(lastDay, "last_day");
    }

    ZoneId zone() {
        return ZoneId.of(timeZone);
    }

    private static LocalDate day(String text, String field) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException noDay) {
            throw Failure.invalid(field, "slot_days");
        }
    }
}
