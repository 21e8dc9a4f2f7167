package madang.kit.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import madang.kit.json.JsonNames;
import madang.testing.Form;
import madang.testing.Furnished;

/// Says almost what a route or a method wants to hear: the right names with what may stand there
/// and real ids, and somewhere in it something that nobody should say.
final class Nonsense {
    private static final String[] VALUES = {
        "null",
        "true",
        "0",
        "-1",
        "1.5",
        "1e400",
        "99999999999999999999",
        "\"\"",
        "\" \"",
        "\"\\u0000\"",
        "\"\\ud800\"",
        "\"\\udfff\\ud800\"",
        "\"💥\"",
        "\"'; drop table x; --\"",
        "\"00000000-0000-0000-0000-000000000000\"",
        "[]",
        "[[[[]]]]",
        "{}",
        "[null]",
        "[1,\"a\",{}]",
        "{\"a\":{\"b\":[]}}",
        "\"2026-99-99T99:99:99Z\"",
        "\"-999999999-01-01T00:00:00Z\"",
        "\"+999999999-12-31T23:59:59.999999999Z\"",
        "\"text\"",
        "\"private\"",
        "\"public\"",
        "\"owner\"",
        "\"KO\"",
        "\"a@b.c\"",
        "\"+821012345678\"",
        "\"Asia/Seoul\"",
        "\"No/Where\"",
        "\"FREQ=SECONDLY;COUNT=999999999\"",
        "NaN",
        "\"%s\"",
        "\"{0}\"",
        "\"\\u202e\\u200b\""
    };
    private static final String[] PLACES = {
        "00000000-0000-7000-8000-000000000000",
        "x",
        "general",
        "%F0%9F%92%A5",
        "%00",
        "%FF",
        "..",
        "%2e%2e",
        "a%2Fb",
        ";a=b",
        "%25",
        "1'or'1",
        "null",
        "%20"
    };
    private static final String[] QUERY_VALUES = {
        "",
        "0",
        "5",
        "-1",
        "x",
        "AAAA",
        "%00",
        "%FF",
        "9223372036854775807",
        "1e9",
        "2026-13-01",
        "a=%zz"
    };
    private static final int DEEP = 3;

    private final Random random;
    private final Furnished house;

    Nonsense(Random random, Furnished house) {
        this.random = random;
        this.house = house;
    }

    /// The route's path, mostly with the real things in it.
    String target(Route route) {
        StringBuilder path = new StringBuilder();
        boolean isReal = random.nextBoolean();
        for (String segment :
                (isReal ? house.real(route.path()) : route.path()).substring(1).split("/", -1)) {
            boolean isOdd = segment.startsWith("{") || random.nextInt(60) == 0;
            path.append('/').append(isOdd ? oneOf(random.nextBoolean() ? PLACES : ids()) : segment);
        }
        String[] names = route.params().stream().map(Param::name).toArray(String[]::new);
        if (names.length > 0 && random.nextInt(3) > 0) {
            return path + "?" + query(names) + "&" + query(names);
        }
        return random.nextInt(20) == 0 ? path + oneOf("?%00=%00", "?&&==&", "?=") : path.toString();
    }

    private String query(String... names) {
        return oneOf(names) + "=" + oneOf(random.nextInt(3) == 0 ? ids() : QUERY_VALUES);
    }

    /// A body for this record, sometimes broken as JSON too.
    byte[] body(Class<? extends Record> wanted) {
        byte[] bytes = json(wanted).getBytes(UTF_8);
        return switch (random.nextInt(14)) {
            case 0 -> oneOf(VALUES).getBytes(UTF_8);
            case 1 -> flipped(bytes);
            case 2 -> new byte[0];
            case 3 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
            default -> bytes;
        };
    }

    /// As much as fits, and in the place of one or two fields anything.
    String json(Class<? extends Record> wanted) {
        return object(wanted, 1 + random.nextInt(2), 0);
    }

    /// A form for these fields with some file, sometimes broken as a form too.
    byte[] form(Class<? extends Record> fields) {
        byte[] content = new byte[random.nextInt(2_000)];
        random.nextBytes(content);
        Form form =
                Form.of(
                        oneOf("tea.txt", "", "a\"b.png", "../../x.jpg", "🍵.gif", "x.svg"),
                        content);
        for (RecordComponent field : fields.getRecordComponents()) {
            if (random.nextBoolean()) {
                String name = JsonNames.snakeCase(field.getName());
                form.field(
                        name,
                        random.nextBoolean()
                                ? unquoted(fit(field.getGenericType(), name, 0))
                                : unquoted(oneOf(VALUES)));
            }
        }
        if (random.nextInt(8) == 0) {
            form.file("second.txt", content);
        }
        byte[] bytes = form.bytes();
        return switch (random.nextInt(8)) {
            case 0 -> flipped(bytes);
            case 1 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 2 -> new byte[0];
            default -> bytes;
        };
    }

    byte[] flipped(byte[] bytes) {
        for (int i = 0; i < 3; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    String oneOf(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private String object(Class<?> wanted, int odd, int depth) {
        RecordComponent[] fields = wanted.getRecordComponents();
        int left = odd;
        StringBuilder json = new StringBuilder("{");
        for (RecordComponent field : fields) {
            String name = JsonNames.snakeCase(field.getName());
            boolean isOdd = left > 0 && random.nextInt(Math.max(1, fields.length)) < odd;
            left -= isOdd ? 1 : 0;
            if (!isOdd && random.nextInt(4) == 0) {
                continue;
            }
            json.append(json.length() > 1 ? "," : "")
                    .append('"')
                    .append(name)
                    .append("\":")
                    .append(isOdd ? oneOf(VALUES) : fit(field.getGenericType(), name, depth));
        }
        return json.append('}').toString();
    }

    /// What may stand there, as far as its type and its name say.
    private String fit(Type type, String name, int depth) {
        if (type instanceof ParameterizedType of) {
            Type last = of.getActualTypeArguments()[of.getActualTypeArguments().length - 1];
            return switch (((Class<?>) of.getRawType()).getSimpleName()) {
                case "List", "Set" -> "[" + fit(last, name, depth + 1) + "]";
                case "Map" -> "{\"tea\":" + fit(last, name, depth + 1) + "}";
                case "Id" -> '"' + id(name) + '"';
                default -> fit(last, name, depth);
            };
        }
        Class<?> raw = type instanceof Class<?> known ? known : String.class;
        if (raw.isRecord() && raw.getPackageName().startsWith("madang") && depth < DEEP) {
            return object(raw, 0, depth + 1);
        }
        if (raw.isEnum()) {
            String constant =
                    String.valueOf(
                            raw.getEnumConstants()[random.nextInt(raw.getEnumConstants().length)]);
            return '"'
                    + (random.nextBoolean() ? constant : constant.toLowerCase(Locale.ROOT))
                    + '"';
        }
        return switch (raw.getSimpleName()) {
            case "boolean", "Boolean" -> oneOf("true", "false");
            case "int", "Integer", "long", "Long" -> oneOf("1", "2", "30");
            case "Instant", "OffsetDateTime" ->
                    '"' + oneOf(house.named("soon"), house.named("later")) + '"';
            default -> '"' + text(name) + '"';
        };
    }

    private String text(String name) {
        return house.has(name) ? house.named(name) : random.nextBoolean() ? "tea 🍵" : id(name);
    }

    private String id(String name) {
        return house.has(name) && random.nextInt(4) > 0 ? house.named(name) : oneOf(ids());
    }

    private String[] ids() {
        return house.ids();
    }

    private static String unquoted(String json) {
        return json.startsWith("\"") ? json.substring(1, json.length() - 1) : json;
    }
}
