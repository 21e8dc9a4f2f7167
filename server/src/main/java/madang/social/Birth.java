package madang.social;

import java.time.LocalDate;
import java.time.MonthDay;
import org.jspecify.annotations.Nullable;

/// What a vendor tells of somebody's age, which is often only a part. Whoever is under 14 needs his
/// guardian's consent (PIPA Art. 22-2), which we cannot take: such a sign-up is refused.
///
/// A doubt counts as a child only where the vendor has given reason for it: a birthday that, as far
/// as one knows, is still to come, or an age range that ends at 14. Of whom nothing is known,
/// nothing is presumed.
public record Birth(@Nullable Integer year, @Nullable MonthDay day, @Nullable Integer oldest) {
    private static final int OF_AGE = 14;
    private static final MonthDay LAST_DAY = MonthDay.of(12, 31);

    public static final Birth UNKNOWN = new Birth(null, null, null);

    boolean isUnder14(LocalDate today) {
        if (year != null) {
            LocalDate latest = (day == null ? LAST_DAY : day).atYear(year);
            return today.isBefore(latest.plusYears(OF_AGE));
        }
        return oldest != null && oldest <= OF_AGE;
    }
}
