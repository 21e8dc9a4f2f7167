package madang.events;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import madang.kit.Failure;
import madang.kit.Text;

/// When an event may be: it may take no time at all, be long over or far away, within the years
/// that everybody's calendar knows.
final class EventTime {
    static final Instant FIRST = Instant.EPOCH;
    static final Instant END = LocalDate.of(10_000, 1, 1).atStartOfDay().toInstant(ZoneOffset.UTC);

    static void require(Instant startTime, Instant endTime) {
        Map<String, Text> faults = new LinkedHashMap<>();
        if (!isKnown(startTime)) {
            faults.put("start_time", Text.of("invalid.event_year"));
        }
        if (!isKnown(endTime)) {
            faults.put("end_time", Text.of("invalid.event_year"));
        } else if (endTime.isBefore(startTime)) {
            faults.put("end_time", Text.of("invalid.event_end"));
        }
        if (!faults.isEmpty()) {
            throw Failure.invalid(faults);
        }
    }

    private static boolean isKnown(Instant time) {
        return !time.isBefore(FIRST) && time.isBefore(END);
    }

    private EventTime() {}
}
