package madang.kit.settings;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import madang.kit.Secret;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// How a type is written in a setting; a type of our own brings a static `parse(String)`. Reading
/// throws an IllegalArgumentException whose message tells what was expected, and never the text
/// itself, which may be a secret.
record Form(Class<?> type, boolean isList, Function<String, Object> read) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern SPAN = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
    private static final Map<String, ChronoUnit> UNITS =
            Map.of(
                    "ms", ChronoUnit.MILLIS,
                    "s", ChronoUnit.SECONDS,
                    "m", ChronoUnit.MINUTES,
                    "h", ChronoUnit.HOURS,
                    "d", ChronoUnit.DAYS);

    private static final Map<Class<?>, Function<String, Object>> PLAIN =
            Map.ofEntries(
                    Map.entry(String.class, text -> text),
                    Map.entry(Secret.class, Secret::new),
                    Map.entry(Path.class, Path::of),
                    Map.entry(URI.class, Form::uri),
                    Map.entry(Duration.class, Form::duration),
                    Map.entry(int.class, Form::integer),
                    Map.entry(Integer.class, Form::integer),
                    Map.entry(long.class, Form::wholeNumber),
                    Map.entry(boolean.class, Form::onOrOff),
                    Map.entry(Boolean.class, Form::onOrOff));

    static Form of(Type type) {
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            Form item = of(list.getActualTypeArguments()[0]);
            return new Form(item.type, true, text -> items(text).map(item.read).toList());
        }
        Class<?> plain = (Class<?>) type;
        @Nullable Function<String, Object> known = PLAIN.get(plain);
        if (known != null) {
            return new Form(plain, false, known);
        }
        return new Form(plain, false, plain.isEnum() ? words(plain) : parser(plain));
    }

    /// Whether its values must not be shown as they are written: a secret is in them.
    boolean isSecret() {
        return type == Secret.class || hasSecret(type.getRecordComponents());
    }

    private static boolean hasSecret(RecordComponent @Nullable [] components) {
        return components != null
                && Arrays.stream(components).anyMatch(one -> one.getType() == Secret.class);
    }

    static boolean onOrOff(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "on", "true", "yes", "1" -> true;
            case "off", "false", "no", "0" -> false;
            default -> throw new IllegalArgumentException("on or off");
        };
    }

    private static Object integer(String text) {
        return number(text, Integer::valueOf);
    }

    private static Object wholeNumber(String text) {
        return number(text, Long::valueOf);
    }

    private static Object number(String text, Function<String, Object> read) {
        try {
            return read.apply(text);
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException("a whole number", notANumber);
        }
    }

    private static Object duration(String text) {
        if (!text.matches("(" + SPAN + ")+")) {
            throw new IllegalArgumentException(
                    "a duration with its unit, such as 30s, 15m, 24h or 7d");
        }
        return SPAN.matcher(text).results().map(Form::span).reduce(Duration.ZERO, Duration::plus);
    }

    private static Duration span(MatchResult span) {
        return Duration.of(Long.parseLong(span.group(1)), UNITS.get(span.group(2)));
    }

    private static Object uri(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException("an address such as https://example.org", malformed);
        }
    }

    private static Stream<String> items(String text) {
        boolean isJson = text.startsWith("[") && text.endsWith("]");
        return Arrays.stream(isJson ? jsonItems(text) : text.split(","))
                .map(String::strip)
                .filter(item -> !item.isEmpty());
    }

    private static String[] jsonItems(String text) {
        try {
            return JSON.readValue(text, String[].class);
        } catch (JacksonException malformed) {
            throw new IllegalArgumentException("a comma list or a JSON list of texts", malformed);
        }
    }

    private static Function<String, Object> words(Class<?> type) {
        Map<String, Object> words =
                Arrays.stream(type.getEnumConstants())
                        .collect(
                                Collectors.toMap(
                                        constant -> constant.toString().toLowerCase(Locale.ROOT),
                                        constant -> constant));
        return text -> {
            @Nullable Object word = words.get(text.toLowerCase(Locale.ROOT));
            if (word == null) {
                throw new IllegalArgumentException(
                        "one of "
                                + words.keySet().stream()
                                        .sorted()
                                        .collect(Collectors.joining(", ")));
            }
            return word;
        };
    }

    private static Function<String, Object> parser(Class<?> type) {
        try {
            Method parse = type.getMethod("parse", String.class);
            return text -> parse(parse, text);
        } catch (NoSuchMethodException unreadable) {
            throw new IllegalStateException(type + " is no type of a setting", unreadable);
        }
    }

    private static Object parse(Method parse, String text) {
        try {
            return parse.invoke(null, text);
        } catch (InvocationTargetException refused) {
            if (refused.getCause() instanceof IllegalArgumentException expected) {
                throw expected;
            }
            throw new IllegalStateException(parse + " failed", refused.getCause());
        } catch (IllegalAccessException hidden) {
            throw new IllegalStateException(parse + " must be public", hidden);
        }
    }
}
