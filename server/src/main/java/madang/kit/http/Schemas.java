package madang.kit.http;

import io.swagger.v3.oas.models.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import madang.kit.Id;
import madang.kit.Language;
import madang.kit.json.CodePoints;
import madang.kit.json.JsonNames;
import madang.kit.json.Patch;
import madang.kit.json.Written;
import org.jspecify.annotations.Nullable;

/// JSON Schemas (2020-12) of the records that go over the wire, with the limits that their
/// annotations set. Null is allowed exactly where JSpecify says so.
public final class Schemas {
    private static final String REF = "#/components/schemas/";
    private static final String PROBLEM = "Problem";
    private final Map<String, Schema<?>> named = new TreeMap<>();

    /// Every record that was asked for so far, by its name.
    @SuppressWarnings({"rawtypes", "unchecked"}) // as swagger's Components wants them
    public Map<String, Schema> all() {
        return (Map) named;
    }

    /// Of a record a reference to its schema in `all`.
    public Schema<?> of(Class<?> type) {
        if (!type.isRecord() || type == Id.class) {
            return scalar(type);
        }
        String name = type.getSimpleName();
        if (!named.containsKey(name)) {
            Schema<?> schema = plain("object");
            named.put(name, schema);
            fill(schema, type);
        }
        return new Schema<>().$ref(REF + name);
    }

    /// A form of these fields and a file.
    Schema<?> form(@Nullable Class<? extends Record> fields) {
        Schema<?> schema = plain("object");
        if (fields != null) {
            fill(schema, fields);
        }
        Schema<?> file = plain("string");
        file.setFormat("binary");
        return schema.addProperty(Uploads.FILE, file).addRequiredItem(Uploads.FILE);
    }

    public static Schema<?> plain(String type) {
        Schema<?> schema = new Schema<>();
        schema.setTypes(new LinkedHashSet<>(List.of(type)));
        return schema;
    }

    static Schema<?> of(Param<?> param) {
        Schema<?> schema =
                switch (param.type()) {
                    case "uuid" -> scalar(Id.class);
                    case "timestamp" -> timestamp();
                    default -> plain(param.type());
                };
        if (!param.choices().isEmpty()) {
            texts(schema, param.choices());
        }
        if (param.min() != null && param.max() != null && param.max() < Long.MAX_VALUE) {
            schema.setMinimum(BigDecimal.valueOf(param.min()));
            schema.setMaximum(BigDecimal.valueOf(param.max()));
        }
        if (param.fallback() != null) {
            Object fallback = param.fallback();
            schema.setDefault(
                    fallback instanceof Enum<?> word
                            ? word.name().toLowerCase(Locale.ROOT)
                            : fallback);
        }
        return schema;
    }

    /// What stands around an answer of this type; generated clients get a name for it too.
    Schema<?> envelope(Schema<?> data) {
        return named(data, "Answer", enveloping(data));
    }

    Schema<?> page(Schema<?> item) {
        return named(item, "Page", paging(item));
    }

    /// `whole` under the name of its part, where that has one.
    private Schema<?> named(Schema<?> part, String suffix, Schema<?> whole) {
        if (part.get$ref() == null) {
            return whole;
        }
        String name = part.get$ref().substring(REF.length()) + suffix;
        named.putIfAbsent(name, whole);
        return new Schema<>().$ref(REF + name);
    }

    private static Schema<?> enveloping(Schema<?> data) {
        return plain("object")
                .addProperty("success", plain("boolean"))
                .addProperty("data", data)
                .addProperty("message", plain("string"))
                .addProperty("timestamp", timestamp());
    }

    private static Schema<?> paging(Schema<?> item) {
        Schema<?> cursor = plain("string");
        cursor.setTypes(new LinkedHashSet<>(List.of("string", "null")));
        return plain("object")
                .addProperty("items", plain("array").items(item))
                .addProperty("next_cursor", cursor);
    }

    Schema<?> problem() {
        named.computeIfAbsent(
                PROBLEM,
                _ ->
                        plain("object")
                                .addProperty("success", plain("boolean"))
                                .addProperty(
                                        "error",
                                        plain("object")
                                                .addProperty("code", plain("string"))
                                                .addProperty("message", plain("string"))
                                                .addProperty("details", plain("object")))
                                .addProperty("timestamp", timestamp()));
        return new Schema<>().$ref(REF + PROBLEM);
    }

    private void fill(Schema<?> schema, Class<?> type) {
        List<String> required = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            String name = JsonNames.snakeCase(component.getName());
            AnnotatedType wanted = component.getAnnotatedType();
            schema.addProperty(name, property(wanted));
            if (raw(wanted.getType()) != Patch.class && !isNullable(wanted)) {
                required.add(name);
            }
        }
        if (!required.isEmpty()) {
            schema.setRequired(required);
        }
    }

    private Schema<?> property(AnnotatedType wanted) {
        Class<?> type = raw(wanted.getType());
        if (type == Patch.class) {
            return property(argument(wanted));
        }
        Schema<?> schema =
                wanted.getAnnotation(Written.class) instanceof Written written
                        ? written(written)
                        : List.class.isAssignableFrom(type)
                                ? plain("array").items(property(argument(wanted)))
                                : of(type);
        limit(schema, wanted);
        return isNullable(wanted) ? orNull(schema) : schema;
    }

    private Schema<?> written(Written written) {
        return written.isList() ? plain("array").items(of(written.as())) : of(written.as());
    }

    private static Schema<?> orNull(Schema<?> schema) {
        if (schema.getTypes() == null) {
            Schema<?> either = new Schema<>();
            either.setAnyOf(List.of(schema, plain("null")));
            return either;
        }
        Set<String> types = new LinkedHashSet<>(schema.getTypes());
        types.add("null");
        schema.setTypes(types);
        return schema;
    }

    private static void limit(Schema<?> schema, AnnotatedType type) {
        if (type.getAnnotation(CodePoints.class) instanceof CodePoints length) {
            lengths(schema, length.min(), length.max());
        }
        if (type.getAnnotation(Size.class) instanceof Size size) {
            if (schema.getTypes() != null && schema.getTypes().contains("array")) {
                schema.setMinItems(size.min());
                schema.setMaxItems(size.max());
            } else {
                lengths(schema, size.min(), size.max());
            }
        }
        if (type.getAnnotation(Min.class) instanceof Min min) {
            schema.setMinimum(BigDecimal.valueOf(min.value()));
        }
        if (type.getAnnotation(Max.class) instanceof Max max) {
            schema.setMaximum(BigDecimal.valueOf(max.value()));
        }
        if (type.getAnnotation(Pattern.class) instanceof Pattern pattern) {
            schema.setPattern(pattern.regexp());
        }
    }

    private static void lengths(Schema<?> schema, int min, int max) {
        schema.setMinLength(min);
        if (max < Integer.MAX_VALUE) {
            schema.setMaxLength(max);
        }
    }

    private static Schema<?> scalar(Class<?> type) {
        if (type == Id.class) {
            Schema<?> id = plain("string");
            id.setFormat("uuid");
            return id;
        }
        if (type == Instant.class) {
            return timestamp();
        }
        if (type == boolean.class || type == Boolean.class) {
            return plain("boolean");
        }
        if (type == int.class
                || type == Integer.class
                || type == long.class
                || type == Long.class) {
            return plain("integer");
        }
        if (type == Language.class) {
            return texts(
                    plain("string"), Arrays.stream(Language.values()).map(Language::tag).toList());
        }
        if (type.isEnum()) {
            return texts(
                    plain("string"),
                    Arrays.stream(type.getEnumConstants()).map(Object::toString).toList());
        }
        return plain(type == String.class ? "string" : "object");
    }

    @SuppressWarnings("unchecked") // the schema of a text has texts to choose from
    private static Schema<?> texts(Schema<?> schema, List<String> choices) {
        ((Schema<Object>) schema).setEnum(List.copyOf(choices));
        return schema;
    }

    private static Schema<?> timestamp() {
        Schema<?> timestamp = plain("string");
        timestamp.setFormat("date-time");
        return timestamp;
    }

    private static boolean isNullable(AnnotatedType type) {
        return type.isAnnotationPresent(Nullable.class);
    }

    private static Class<?> raw(Type type) {
        return type instanceof ParameterizedType generic
                ? (Class<?>) generic.getRawType()
                : type instanceof Class<?> plain ? plain : Object.class;
    }

    private static AnnotatedType argument(AnnotatedType type) {
        return ((AnnotatedParameterizedType) type).getAnnotatedActualTypeArguments()[0];
    }
}
