package madang.kit;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Where a page ended: the sort key of its last item, opaque to clients (base64url).
public record Cursor(List<String> parts) {
    private static final String SEPARATOR = "\u001f";

    /// Every time that we ever wrote lies between these, and a database can hold it.
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    public static String encode(Object... key) {
        String joined =
                Arrays.stream(key).map(Object::toString).collect(Collectors.joining(SEPARATOR));
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(joined.getBytes(StandardCharsets.UTF_8));
    }

    /// The cursor a client sent, or null where it sent none.
    public static @Nullable Cursor of(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            return new Cursor(
                    List.of(new String(bytes, StandardCharsets.UTF_8).split(SEPARATOR, -1)));
        } catch (IllegalArgumentException garbage) {
            throw invalid();
        }
    }

    public String text(int at) {
        if (at >= parts.size() || parts.get(at).indexOf('\0') >= 0) {
            throw invalid();
        }
        return parts.get(at);
    }

    public long number(int at) {
        try {
            return Long.parseLong(text(at));
        } catch (NumberFormatException garbage) {
            throw invalid();
        }
    }

    public <T> Id<T> id(int at) {
        Id<T> id = Id.parse(text(at));
        if (id == null) {
            throw invalid();
        }
        return id;
    }

    public Instant instant(int at) {
        Instant time = time(text(at));
        if (time.isBefore(FIRST) || time.isAfter(LAST)) {
            throw invalid();
        }
        return time;
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException garbage) {
            throw invalid();
        }
    }

    private static Failure invalid() {
        return Failure.invalid("cursor", "cursor");
    }
}
