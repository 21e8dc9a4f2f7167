package madang.kit.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/// RFC 3339 in UTC with six digits, `2026-11-21T02:33:22.000123Z`, as PostgreSQL keeps them.
/// Written by hand because a page of history holds a hundred of them and the general formatter took
/// most of its time.
public final class Timestamps {

    public static String format(Instant instant) {
        LocalDateTime time =
                LocalDateTime.ofEpochSecond(
                        instant.getEpochSecond(), instant.getNano(), ZoneOffset.UTC);
        if (time.getYear() < 0 || time.getYear() > 9999) {
            return instant.toString();
        }
        byte[] out = "0000-00-00T00:00:00.000000Z".getBytes(ISO_8859_1);
        digits(out, 0, 4, time.getYear());
        digits(out, 5, 2, time.getMonthValue());
        digits(out, 8, 2, time.getDayOfMonth());
        digits(out, 11, 2, time.getHour());
        digits(out, 14, 2, time.getMinute());
        digits(out, 17, 2, time.getSecond());
        digits(out, 20, 6, time.getNano() / 1_000);
        return new String(out, ISO_8859_1);
    }

    /// What RFC 3339 calls a timestamp, with any offset, in years of four digits; else null.
    public static @Nullable Instant parse(String text) {
        try {
            OffsetDateTime time = OffsetDateTime.parse(text);
            return time.getYear() < 0 || time.getYear() > 9999 ? null : time.toInstant();
        } catch (DateTimeParseException notATimestamp) {
            return null;
        }
    }

    private static void digits(byte[] out, int at, int count, int value) {
        int rest = value;
        for (int i = at + count - 1; i >= at; i--) {
            out[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    private Timestamps() {}
}
