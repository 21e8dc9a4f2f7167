package madang.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import madang.kit.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecurrenceTest {
    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final Duration YEARS = Duration.ofDays(800);

    /// A Monday.
    private static final String FIRST = "2026-11-23T10:00";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FREQ=DAILY;COUNT=3 | 2026-11-24T10:00 2026-11-25T10:00",
                "FREQ=DAILY;INTERVAL=2;UNTIL=20261127 | 2026-11-25T10:00 2026-11-27T10:00",
                "FREQ=WEEKLY;BYDAY=MO,WE;COUNT=4 | 2026-11-25T10:00 2026-11-30T10:00 2026-12-02T10:00",
                "FREQ=WEEKLY;UNTIL=20261207T010000Z | 2026-11-30T10:00 2026-12-07T10:00",
                "FREQ=WEEKLY;UNTIL=20261207T005959Z | 2026-11-30T10:00",
                "FREQ=WEEKLY;UNTIL=20261207T100000 | 2026-11-30T10:00 2026-12-07T10:00",
                "FREQ=MONTHLY;BYDAY=4MO;COUNT=3 | 2026-12-28T10:00 2027-01-25T10:00",
                "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-6;COUNT=2 | 2026-12-24T10:00",
                "FREQ=YEARLY;COUNT=2 | 2027-11-23T10:00",
                "FREQ=DAILY;COUNT=1 |",
                "freq=weekly;count=2 | 2026-11-30T10:00",
            })
    void what_a_rule_says_happens(String rule, String starts) {
        assertThat(startsAfterFirst(rule, SEOUL, FIRST, YEARS))
                .isEqualTo(starts == null ? "" : starts);
    }

    @Test
    void ten_stays_ten_when_the_clocks_change() {
        Recurrence sundays = of("FREQ=WEEKLY;COUNT=4", NEW_YORK, "2026-10-25T10:00");
        assertThat(sundays.startsAfter(sundays.first(), sundays.first().plus(YEARS)))
                .containsExactly(
                        Instant.parse("2026-11-01T15:00:00Z"),
                        Instant.parse("2026-11-08T15:00:00Z"),
                        Instant.parse("2026-11-15T15:00:00Z"));
        assertThat(sundays.first()).isEqualTo("2026-10-25T14:00:00Z");
    }

    @Test
    void an_hour_that_is_left_out_comes_later_and_one_that_comes_twice_comes_once() {
        assertThat(startsAfterFirst("FREQ=DAILY;COUNT=4", NEW_YORK, "2027-03-12T02:30", YEARS))
                .isEqualTo("2027-03-13T02:30 2027-03-14T03:30 2027-03-15T02:30");
        Recurrence twice = of("FREQ=DAILY;COUNT=3", NEW_YORK, "2026-10-31T01:30");
        assertThat(twice.startsAfter(twice.first(), twice.first().plus(YEARS)))
                .containsExactly(
                        Instant.parse("2026-11-01T05:30:00Z"),
                        Instant.parse("2026-11-02T06:30:00Z"));
        Recurrence gap = of("FREQ=DAILY;COUNT=4", NEW_YORK, "2027-03-12T02:30");
        assertThat(gap.startsAfter(Instant.parse("2027-03-14T07:30:00Z"), gap.first().plus(YEARS)))
                .as("what came late is not told again")
                .containsExactly(Instant.parse("2027-03-15T06:30:00Z"));
    }

    @Test
    void the_next_one_is_known_though_it_is_far_away() {
        assertThat(startsAfterFirst("FREQ=YEARLY", SEOUL, FIRST, Duration.ofDays(90)))
                .isEqualTo("2027-11-23T10:00");
        assertThat(startsAfterFirst("FREQ=WEEKLY", SEOUL, FIRST, Duration.ofDays(15)))
                .isEqualTo("2026-11-30T10:00 2026-12-07T10:00");
        assertThat(
                        startsAfterFirst(
                                "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
                                SEOUL,
                                "2096-02-29T10:00",
                                YEARS))
                .as("1900 and 2100 are no leap years")
                .isEqualTo("2104-02-29T10:00");
    }

    @ParameterizedTest
    @CsvSource({
        "FREQ=DAILY,1970-01-01T10:00",
        "FREQ=DAILY;COUNT=9999,2010-01-01T10:00",
        "FREQ=WEEKLY;BYDAY=MO,2001-01-01T10:00",
        "FREQ=MONTHLY;BYMONTHDAY=31,1980-01-31T10:00"
    })
    void a_rule_that_began_long_ago_goes_on(String rule, String first) {
        Recurrence old = of(rule, SEOUL, first);
        assertThat(old.startsAfter(at(FIRST), at(FIRST).plus(Duration.ofDays(40)))).isNotEmpty();
    }

    @Test
    void nothing_happens_beyond_the_last_year_of_calendars() {
        Recurrence late = of("FREQ=DAILY", SEOUL, "9999-12-30T10:00");
        assertThat(late.startsAfter(late.first(), late.first().plus(YEARS)))
                .containsExactly(at("9999-12-31T10:00"));
        Recurrence rare = of("FREQ=YEARLY;INTERVAL=9999", SEOUL, FIRST);
        assertThat(rare.startsAfter(rare.first(), rare.first())).isEmpty();
    }

    @Test
    void a_rule_moves_with_one_of_its_starts() {
        Recurrence ten = of("FREQ=WEEKLY;UNTIL=20261207T100000", SEOUL, FIRST);
        Recurrence evening = ten.moved(at("2026-11-30T10:00"), at("2026-12-01T19:30"));
        assertThat(evening.first()).isEqualTo(at("2026-11-24T19:30"));
        assertThat(evening.startsAfter(evening.first(), evening.first().plus(YEARS)))
                .containsExactly(at("2026-12-01T19:30"), at("2026-12-08T19:30"));
        Recurrence mondays = of("FREQ=WEEKLY;BYDAY=MO", SEOUL, FIRST);
        assertThatThrownBy(() -> mondays.moved(at(FIRST), at("2026-11-24T10:00")))
                .isInstanceOf(Failure.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "매주",
                "FREQ=HOURLY",
                "FREQ=SECONDLY;COUNT=3",
                "FREQ=WEEKLY;FREQ=DAILY",
                "FREQ=WEEKLY;",
                "RRULE:FREQ=WEEKLY",
                "INTERVAL=2",
                "FREQ=WEEKLY;INTERVAL=0",
                "FREQ=WEEKLY;INTERVAL=-1",
                "FREQ=WEEKLY;INTERVAL=99999",
                "FREQ=WEEKLY;COUNT=0",
                "FREQ=WEEKLY;COUNT=ten",
                "FREQ=WEEKLY;COUNT=2;UNTIL=20270101",
                "FREQ=WEEKLY;UNTIL=20270230",
                "FREQ=WEEKLY;UNTIL=tomorrow",
                "FREQ=WEEKLY;BYHOUR=3",
                "FREQ=WEEKLY;BYDAY=XX",
                "FREQ=WEEKLY;BYDAY=2MO",
                "FREQ=WEEKLY;BYMONTHDAY=23",
                "FREQ=MONTHLY;BYMONTHDAY=99",
                "FREQ=MONTHLY;BYWEEKNO=3",
                "FREQ=WEEKLY;BYSETPOS=1",
                "FREQ=WEEKLY;BYDAY=",
                "FREQ=WEEKLY;WKST=1",
                "FREQ=WEEKLY;BYDAY=TU",
                "FREQ=WEEKLY;UNTIL=20261101",
                "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
            })
    void what_is_no_rule_or_does_not_fit_is_refused(String rule) {
        assertThatThrownBy(() -> of(rule, SEOUL, FIRST))
                .isInstanceOfSatisfying(
                        Failure.class,
                        refused -> assertThat(refused.details()).containsOnlyKeys("rule"));
    }

    private static String startsAfterFirst(
            String rule, ZoneId zone, String first, Duration horizon) {
        Recurrence recurrence = of(rule, zone, first);
        List<Instant> starts =
                recurrence.startsAfter(recurrence.first(), recurrence.first().plus(horizon));
        return String.join(
                " ",
                starts.stream()
                        .map(start -> LocalDateTime.ofInstant(start, zone).toString())
                        .toList());
    }

    private static Recurrence of(String rule, ZoneId zone, String first) {
        return Recurrence.of(rule, zone, LocalDateTime.parse(first).atZone(zone).toInstant());
    }

    private static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(SEOUL).toInstant();
    }
}
