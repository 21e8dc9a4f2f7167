package madang.adapters;

import java.time.DateTimeException;
import java.time.MonthDay;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import madang.social.Birth;
import org.jspecify.annotations.Nullable;

/// Birthdays as Korean vendors write them: a year, a day (`0314`, `03-14`), an age range (`10-14`,
/// `10~19`); each may lack, and what makes no sense lacks.
final class Births {
    private static final Pattern YEAR = Pattern.compile("[12]\\d{3}");
    private static final Pattern DAY = Pattern.compile("(\\d{2})-?(\\d{2})");
    private static final Pattern RANGE = Pattern.compile("\\d{1,2}[-~](\\d{1,2})");

    static Birth of(@Nullable String year, @Nullable String day, @Nullable String range) {
        boolean isYear = year != null && YEAR.matcher(year).matches();
        Matcher ages = RANGE.matcher(range == null ? "" : range);
        return new Birth(
                isYear ? Integer.valueOf(year) : null,
                day(day),
                ages.matches() ? Integer.valueOf(ages.group(1)) : null);
    }

    private static @Nullable MonthDay day(@Nullable String text) {
        Matcher parts = DAY.matcher(text == null ? "" : text);
        try {
            return parts.matches()
                    ? MonthDay.of(
                            Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)))
                    : null;
        } catch (DateTimeException noSuchDay) {
            return null;
        }
    }

    private Births() {}
}
