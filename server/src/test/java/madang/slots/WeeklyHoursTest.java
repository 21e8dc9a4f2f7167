package madang.slots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import madang.kit.Failure;
import madang.slots.PublishSeries.Hours;
import madang.slots.PublishSeries.Weekday;
import madang.slots.WeeklyHours.Span;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeeklyHoursTest {

    @Test
    void a_morning_holds_as_many_as_fit_with_their_buffer_between_them() {
        List<Span> spans =
                spans(
                        "Asia/Seoul",
                        "2026-11-23",
                        "2026-11-29",
                        50,
                        10,
                        on(Weekday.MONDAY, "09:00", "12:00"));
        assertThat(spans)
                .extracting(Span::startTime)
                .containsExactly(
                        Instant.parse("2026-11-23T00:00:00Z"),
                        Instant.parse("2026-11-23T01:00:00Z"),
                        Instant.parse("2026-11-23T02:00:00Z"));
        assertThat(spans.getLast().endTime()).isEqualTo(Instant.parse("2026-11-23T02:50:00Z"));
    }

    /// The clock is put forward at 2, back at 3.
    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin,    2027-03-28, 01:00, 04:00, 4, 2027-03-28T00:00:00Z, 2027-03-28T02:00:00Z",
        "Europe/Berlin,    2026-10-25, 01:00, 04:00, 8, 2026-10-24T23:00:00Z, 2026-10-25T03:00:00Z",
        "Europe/Berlin,    2027-03-28, 02:00, 04:00, 2, 2027-03-28T01:00:00Z, 2027-03-28T02:00:00Z",
        "Asia/Seoul,       2027-03-28, 01:00, 04:00, 6, 2027-03-27T16:00:00Z, 2027-03-27T19:00:00Z",
        "Asia/Seoul,       2027-03-28, 23:00, 24:00, 2, 2027-03-28T14:00:00Z, 2027-03-28T15:00:00Z",
        "Africa/Cairo,     2027-04-30, 00:00, 02:00, 2, 2027-04-29T22:00:00Z, 2027-04-29T23:00:00Z"
    })
    void on_the_days_of_the_changed_clock_every_slot_has_its_full_length(
            String zone,
            String day,
            String from,
            String to,
            int count,
            Instant begin,
            Instant end) {
        List<Hours> always =
                List.of(Weekday.values()).stream().map(it -> on(it, from, to)).toList();
        List<Span> spans = spans(zone, day, day, 30, 0, always.toArray(Hours[]::new));
        assertThat(spans).hasSize(count);
        assertThat(spans.getFirst().startTime()).isEqualTo(begin);
        assertThat(spans.getLast().endTime()).isEqualTo(end);
        assertThat(spans)
                .allSatisfy(span ->
                        assertThat(Duration.between(span.startTime(), span.endTime()))
                                .isEqualTo(Duration.ofMinutes(30)));
    }

    @Test
    void hours_that_are_said_twice_are_offered_once() {
        Hours hours = on(Weekday.TUESDAY, "10:00", "11:00");
        assertThat(spans("Asia/Seoul", "2026-11-23", "2026-11-29", 60, 0, hours, hours)).hasSize(1);
    }

    @Test
    void whatever_the_zone_and_the_hours_no_two_of_one_day_lie_in_each_other() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        for (String zone :
                List.of(
                        "Europe/Berlin",
                        "America/Sao_Paulo",
                        "Australia/Lord_Howe",
                        "Asia/Seoul")) {
            for (int i = 0; i < 50; i++) {
                int from = random.nextInt(20);
                List<Span> spans =
                        spans(
                                zone,
                                "2026-01-01",
                                "2026-12-31",
                                5 + random.nextInt(120),
                                random.nextInt(60),
                                on(
                                        Weekday.SUNDAY,
                                        "%02d:15".formatted(from),
                                        "%02d:45".formatted(from + 1 + random.nextInt(3))));
                for (int n = 1; n < spans.size(); n++) {
                    assertThat(spans.get(n).startTime())
                            .as("seed %d", seed)
                            .isAfterOrEqualTo(spans.get(n - 1).endTime());
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"2026-11-23, 2026-11-22", "2026-11-23, 2028-01-01", "2026-02-30, 2026-03-01"})
    void days_that_are_none_are_refused(String first, String last) {
        assertThatThrownBy(() ->
                        spans(
                                "Asia/Seoul",
                                first,
                                last,
                                30,
                                0,
                                on(Weekday.MONDAY, "09:00", "10:00")))
                .isInstanceOf(Failure.class);
    }

    @Test
    void hours_end_after_they_begin() {
        assertThatThrownBy(() -> on(Weekday.MONDAY, "12:00", "12:00")).isInstanceOf(Failure.class);
        assertThatThrownBy(() -> on(Weekday.MONDAY, "22:00", "02:00")).isInstanceOf(Failure.class);
    }

    private static Hours on(Weekday weekday, String from, String to) {
        return new Hours(weekday, from, to);
    }

    private static List<Span> spans(
            String zone, String first, String last, int minutes, int buffer, Hours... hours) {
        Offer offer = new Offer("요가 🧘", null, null, null, null, null, null, null, buffer, null);
        return WeeklyHours.spans(
                new PublishSeries(offer, zone, first, last, minutes, List.of(hours)));
    }
}
