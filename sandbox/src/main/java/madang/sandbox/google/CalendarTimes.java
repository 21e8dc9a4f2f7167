package madang.sandbox.google;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads `start` and `end`: a moment with an offset, a local time in a zone, or a day.
final class CalendarTimes {
    static final ZoneId OF_CALENDAR = ZoneId.of("Asia/Seoul");

    static Instant at(JsonNode time, String name) {
        try {
            if (time.path("date").isString()) {
                return LocalDate.parse(time.path("date").stringValue())
                        .atStartOfDay(OF_CALENDAR)
                        .toInstant();
            }
            if (time.path("dateTime").isString()) {
                return moment(time.path("dateTime").stringValue(), zone(time));
            }
        } catch (DateTimeException malformed) {
            throw CalendarErrors.invalid("Invalid value for: " + name);
        }
        throw CalendarErrors.of(400, "required", "Missing " + name + " time.");
    }

    /// As Google tells a moment, however it was sent: with an offset, in the zone that was named.
    static void tell(JsonNode time) {
        if (time instanceof ObjectNode fields && time.has("dateTime")) {
            ZoneId zone = time.path("timeZone").isString() ? zone(time) : OF_CALENDAR;
            fields.put(
                    "dateTime",
                    DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                            at(time, "time").atZone(zone).truncatedTo(ChronoUnit.SECONDS)));
        }
    }

    /// Of a query: the offset is mandatory.
    static Instant bound(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException malformed) {
            throw CalendarErrors.of(400, "badRequest", "Bad Request");
        }
    }

    private static Instant moment(String text, ZoneId zone) {
        return text.matches(".*T.*(Z|[+-]\\d\\d:\\d\\d)")
                ? OffsetDateTime.parse(text).toInstant()
                : LocalDateTime.parse(text).atZone(zone).toInstant();
    }

    private static ZoneId zone(JsonNode time) {
        if (!time.path("timeZone").isString()) {
            return time.path("dateTime").stringValue().matches(".*(Z|[+-]\\d\\d:\\d\\d)")
                    ? ZoneOffset.UTC
                    : missingZone();
        }
        return ZoneId.of(time.path("timeZone").stringValue());
    }

    private static ZoneId missingZone() {
        throw CalendarErrors.of(
                400, "required", "Missing time zone definition for start or end time.");
    }

    private CalendarTimes() {}
}
