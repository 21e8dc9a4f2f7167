package madang.kit.http;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import madang.kit.Id;
import madang.kit.Text;
import madang.kit.json.Storable;
import madang.kit.json.Timestamps;
import org.jspecify.annotations.Nullable;

/// A query parameter, declared once: what the route takes, what the document shows, what is
/// refused. Nothing is clamped: a value that cannot be read is 422 and names the parameter.
public record Param<T>(
        String name,
        String type,
        List<String> choices,
        @Nullable Long min,
        @Nullable Long max,
        @Nullable T fallback,
        Function<String, @Nullable T> reader,
        Text fault) {

    public static final Param<Integer> LIMIT = integer("limit", 1, 100, 20);
    public static final Param<String> CURSOR = text("cursor");

    public static Param<Integer> integer(
            String name, int min, int max, @Nullable Integer fallback) {
        return new Param<>(
                name,
                "integer",
                List.of(),
                (long) min,
                (long) max,
                fallback,
                text -> number(text, min, max) instanceof Long n ? n.intValue() : null,
                Text.of("invalid.between", min, max));
    }

    /// A position in a log.
    public static Param<Long> position(String name) {
        return new Param<>(
                name,
                "integer",
                List.of(),
                0L,
                Long.MAX_VALUE,
                null,
                text -> number(text, 0, Long.MAX_VALUE),
                Text.of("invalid.position"));
    }

    public static Param<String> text(String name) {
        return new Param<>(
                name, "string", List.of(), null, null, null, t -> t, Text.of("invalid.text"));
    }

    public static <I> Param<Id<I>> id(String name) {
        return new Param<>(
                name, "uuid", List.of(), null, null, null, Id::parse, Text.of("invalid.id"));
    }

    /// A moment, RFC 3339 with any offset.
    public static Param<Instant> time(String name) {
        return new Param<>(
                name,
                "timestamp",
                List.of(),
                null,
                null,
                null,
                Timestamps::parse,
                Text.of("invalid.timestamp"));
    }

    public static <E extends Enum<E>> Param<E> choice(String name, Class<E> type) {
        return choice(name, type, null);
    }

    public static <E extends Enum<E>> Param<E> choice(
            String name, Class<E> type, @Nullable E fallback) {
        return choice(name, type, fallback, Param::word);
    }

    /// A choice that is spelled as answers spell it: `PROPOSED`.
    public static <E extends Enum<E>> Param<E> constant(String name, Class<E> type) {
        return choice(name, type, null, Enum::toString);
    }

    private static <E extends Enum<E>> Param<E> choice(
            String name, Class<E> type, @Nullable E fallback, Function<E, String> spelled) {
        List<E> all = List.of(type.getEnumConstants());
        List<String> words = all.stream().map(spelled).toList();
        return new Param<>(
                name,
                "string",
                words,
                null,
                null,
                fallback,
                text -> words.contains(text) ? all.get(words.indexOf(text)) : null,
                Text.of("invalid.choice_of", String.join(", ", words)));
    }

    /// What the text says, or null where it says nothing that can be taken.
    @Nullable T read(String text) {
        return Storable.is(text) ? reader.apply(text) : null;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable Long number(String text, long min, long max) {
        if (!text.matches("-?[0-9]{1,19}")) {
            return null;
        }
        BigInteger number = new BigInteger(text);
        return number.bitLength() < Long.SIZE
                        && number.longValue() >= min
                        && number.longValue() <= max
                ? number.longValue()
                : null;
    }
}
