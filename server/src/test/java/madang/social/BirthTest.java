package madang.social;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.MonthDay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BirthTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);

    @ParameterizedTest
    @CsvSource({
        "2012, --11-20, false",
        "2012, --11-21, false",
        "2012, --11-22, true",
        "2012, --02-29, false",
        "2012,        , true",
        "2011,        , false",
        "2013,        , true",
        "1900, --01-01, false",
        "2026, --11-22, true",
        "2999, --01-01, true"
    })
    void a_birthday_decides_and_one_that_may_be_to_come_counts_as_to_come(
            int year, MonthDay day, boolean isUnder14) {
        assertThat(new Birth(year, day, null).isUnder14(TODAY)).isEqualTo(isUnder14);
    }

    @Test
    void who_was_born_on_a_leap_day_has_a_birthday_in_every_year() {
        Birth leap = new Birth(2012, MonthDay.of(2, 29), null);
        assertThat(leap.isUnder14(LocalDate.of(2026, 2, 27))).isTrue();
        assertThat(leap.isUnder14(LocalDate.of(2026, 2, 28))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"9, true", "14, true", "19, false", "29, false"})
    void an_age_range_decides_where_no_year_is_known(int oldest, boolean isUnder14) {
        assertThat(new Birth(null, null, oldest).isUnder14(TODAY)).isEqualTo(isUnder14);
        assertThat(new Birth(1990, null, oldest).isUnder14(TODAY))
                .as("the year knows better")
                .isFalse();
    }

    @Test
    void of_whom_nothing_is_known_nothing_is_presumed() {
        assertThat(Birth.UNKNOWN.isUnder14(TODAY)).isFalse();
        assertThat(new Birth(null, MonthDay.of(11, 22), null).isUnder14(TODAY)).isFalse();
    }
}
