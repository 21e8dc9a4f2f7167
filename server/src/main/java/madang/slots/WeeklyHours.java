package madang.slots;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import madang.slots.PublishSeries.Hours;

/// The slots that fit into the hours of somebody's weeks.
final class WeeklyHours {

    /// From when to when.
    record Span(Instant startTime, Instant endTime) {}

    /// In the order of time, each once. Every slot has its full length on the watch: on the day on
    /// which the clock is put forward there are fewer, on the other more.
    static List<Span> spans(PublishSeries series) {
        List<Span> spans = new ArrayList<>();
        for (LocalDate day = series.first(); !day.isAfter(series.last()); day = day.plusDays(1)) {
            for (Hours hours : series.hours()) {
                if (hours.weekday().day() == day.getDayOfWeek()) {
                    fill(spans, series, day, hours);
                }
            }
        }
        return spans.stream().distinct().sorted(Comparator.comparing(Span::startTime)).toList();
    }

    private static void fill(List<Span> spans, PublishSeries series, LocalDate day, Hours hours) {
        Duration length = Duration.ofMinutes(series.durationMinutes());
        Duration step = length.plusMinutes(series.offer().buffer());
        Instant end = end(series, day, hours);
        Instant start = ZonedDateTime.of(day, hours.begin(), series.zone()).toInstant();
        for (; !start.plus(length).isAfter(end); start = start.plus(step)) {
            spans.add(new Span(start, start.plus(length)));
        }
    }

    private static Instant end(PublishSeries series, LocalDate day, Hours hours) {
        LocalDate last = hours.endsAtMidnight() ? day.plusDays(1) : day;
        return ZonedDateTime.of(last, hours.end(), series.zone()).toInstant();
    }

    private WeeklyHours() {}
}
