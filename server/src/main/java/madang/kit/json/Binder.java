package madang.kit.json;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Path;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.valueextraction.ExtractedValue;
import jakarta.validation.valueextraction.ValueExtractor;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.Language;
import madang.kit.Text;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Makes a record out of a JSON tree and gathers every fault on the way, each under the path of its
/// field (`items[2].name`). Nothing is coerced: `"5"` is no number and `1.0` no integer. A
/// component that is not `@Nullable` must be there. Unknown fields are ignored, so that newer
/// clients may talk to older servers. (Jackson's own binding stops at the first wrong type; see
/// docs/decisions/reading-bodies.md.)
final class Binder {
    private final Validator validator =
            Validation.byDefaultProvider()
                    .configure()
                    .messageInterpolator(new ParameterMessageInterpolator())
                    .addValueExtractor(new PatchExtractor())
                    .buildValidatorFactory()
                    .getValidator();
    private final ClassValue<RecordShape> shapes =
            new ClassValue<>() {
                @Override
                protected RecordShape computeValue(Class<?> type) {
                    return RecordShape.of(type);
                }
            };

    <T extends Record> T bind(JsonNode tree, Class<T> type) {
        Map<String, Text> faults = new LinkedHashMap<>();
        @Nullable Object bound = record(tree, type, "", faults);
        if (bound == null || !faults.isEmpty()) {
            throw Failure.invalid(faults);
        }
        return type.cast(bound);
    }

    private @Nullable Object record(
            JsonNode node, Class<?> type, String path, Map<String, Text> faults) {
        if (!node.isObject()) {
            return fault(faults, path.isEmpty() ? "body" : path, "object");
        }
        RecordShape shape = shapes.get(type);
        int before = faults.size();
        @Nullable Object[] values = new Object[shape.fields.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = field(node, shape, shape.fields.get(i), path, faults);
        }
        return faults.size() > before ? null : shape.make(values);
    }

    private @Nullable Object field(
            JsonNode node,
            RecordShape shape,
            RecordShape.Field field,
            String path,
            Map<String, Text> faults) {
        String at = path.isEmpty() ? field.jsonName : path + "." + field.jsonName;
        int before = faults.size();
        @Nullable Object value = value(node.get(field.jsonName), field.type, at, faults);
        if (value != null && faults.size() == before && field.isConstrained) {
            for (ConstraintViolation<?> violation :
                    validator.validateValue(shape.type, field.name, value)) {
                faults.putIfAbsent(at + index(violation), sentence(violation));
            }
        }
        return value;
    }

    private @Nullable Object value(
            @Nullable JsonNode node, AnnotatedType wanted, String at, Map<String, Text> faults) {
        Class<?> type = raw(wanted.getType());
        if (type == Patch.class) {
            return node == null
                    ? Patch.absent()
                    : Patch.<@Nullable Object>of(value(node, argument(wanted), at, faults));
        }
        if (node == null || node.isNull()) {
            return wanted.isAnnotationPresent(Nullable.class)
                    ? null
                    : fault(faults, at, "required");
        }
        if (type == JsonNode.class) {
            return node;
        }
        if (type == List.class) {
            return list(node, argument(wanted), at, faults);
        }
        if (type == Map.class) {
            return map(node, arguments(wanted)[1], at, faults);
        }
        return type.isRecord() && type != Id.class
                ? record(node, type, at, faults)
                : scalar(node, type, at, faults);
    }

    private @Nullable Object list(
            JsonNode node, AnnotatedType item, String at, Map<String, Text> faults) {
        if (!node.isArray()) {
            return fault(faults, at, "list");
        }
        List<@Nullable Object> items = new ArrayList<>(node.size());
        for (int i = 0; i < node.size(); i++) {
            items.add(value(node.get(i), item, at + "[" + i + "]", faults));
        }
        return items;
    }

    /// An object whose members' names are the client's own.
    private @Nullable Object map(
            JsonNode node, AnnotatedType item, String at, Map<String, Text> faults) {
        if (!node.isObject()) {
            return fault(faults, at, "object");
        }
        Map<String, @Nullable Object> items = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            if (!Storable.is(member.getKey())) {
                return fault(faults, at, "characters");
            }
            String name = at + "." + member.getKey();
            items.put(member.getKey(), value(member.getValue(), item, name, faults));
        }
        return items;
    }

    private static @Nullable Object scalar(
            JsonNode node, Class<?> type, String at, Map<String, Text> faults) {
        if (type == String.class) {
            return !node.isString()
                    ? fault(faults, at, "text")
                    : Storable.is(node.stringValue())
                            ? node.stringValue()
                            : fault(faults, at, "characters");
        }
        if (type == boolean.class || type == Boolean.class) {
            return node.isBoolean() ? node.booleanValue() : fault(faults, at, "boolean");
        }
        if (type == int.class || type == Integer.class) {
            return node.isIntegralNumber() && node.canConvertToInt()
                    ? node.intValue()
                    : fault(faults, at, "integer");
        }
        if (type == long.class || type == Long.class) {
            return node.isIntegralNumber() && node.canConvertToLong()
                    ? node.longValue()
                    : fault(faults, at, "integer");
        }
        @Nullable Object parsed = node.isString() ? parse(node.stringValue(), type) : null;
        return parsed != null ? parsed : fault(faults, at, reason(type));
    }

    private static @Nullable Object parse(String text, Class<?> type) {
        if (type == Id.class) {
            return Id.parse(text);
        }
        if (type == Instant.class) {
            return Timestamps.parse(text);
        }
        if (type == Language.class) {
            return Language.parse(text);
        }
        for (Object constant : enumConstants(type)) {
            if (constant.toString().equals(text)) {
                return constant;
            }
        }
        return null;
    }

    private static Object[] enumConstants(Class<?> type) {
        @Nullable Object @Nullable [] constants = type.getEnumConstants();
        if (constants == null) {
            throw new IllegalStateException("a body cannot hold a " + type.getName());
        }
        return Arrays.stream(constants).toArray();
    }

    private static String reason(Class<?> type) {
        if (type == Id.class) {
            return "id";
        }
        return type == Instant.class ? "timestamp" : "choice";
    }

    private static @Nullable Object fault(Map<String, Text> faults, String at, String reason) {
        faults.putIfAbsent(at, Text.of("invalid." + reason));
        return null;
    }

    private static String index(ConstraintViolation<?> violation) {
        @Nullable Integer index = null;
        for (Path.Node node : violation.getPropertyPath()) {
            index = node.getIndex() == null ? index : node.getIndex();
        }
        return index == null ? "" : "[" + index + "]";
    }

    /// `invalid.<Constraint>` with its bounds; where its value is a constant, `invalid.<constant>`.
    private static Text sentence(ConstraintViolation<?> violation) {
        var constraint = violation.getConstraintDescriptor();
        Map<String, Object> bounds = constraint.getAttributes();
        return bounds.get("value") instanceof Enum<?> kind
                ? Text.of("invalid." + kind.name().toLowerCase(Locale.ROOT))
                : Text.of(
                        "invalid." + constraint.getAnnotation().annotationType().getSimpleName(),
                        bounds.getOrDefault("min", bounds.getOrDefault("value", "")),
                        bounds.getOrDefault("max", ""));
    }

    private static Class<?> raw(Type type) {
        return type instanceof ParameterizedType generic
                ? (Class<?>) generic.getRawType()
                : (Class<?>) type;
    }

    private static AnnotatedType argument(AnnotatedType type) {
        return arguments(type)[0];
    }

    private static AnnotatedType[] arguments(AnnotatedType type) {
        return ((AnnotatedParameterizedType) type).getAnnotatedActualTypeArguments();
    }

    /// Lets Bean Validation look into a `Patch`.
    static final class PatchExtractor implements ValueExtractor<Patch<@ExtractedValue ?>> {
        @Override
        public void extractValues(Patch<?> patch, ValueReceiver receiver) {
            if (patch.given()) {
                receiver.value(null, patch.value());
            }
        }
    }

    /// What is known of a record type, looked up once.
    private record RecordShape(Class<?> type, List<Field> fields, Constructor<?> constructor) {
        private record Field(
                String name, String jsonName, AnnotatedType type, boolean isConstrained) {}

        static RecordShape of(Class<?> type) {
            RecordComponent[] components = type.getRecordComponents();
            try {
                Class<?>[] types =
                        Arrays.stream(components)
                                .map(RecordComponent::getType)
                                .toArray(Class<?>[]::new);
                Constructor<?> constructor = type.getDeclaredConstructor(types);
                constructor.setAccessible(true);
                return new RecordShape(
                        type,
                        Arrays.stream(components).map(RecordShape::field).toList(),
                        constructor);
            } catch (NoSuchMethodException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        private static Field field(RecordComponent component) {
            return new Field(
                    component.getName(),
                    JsonNames.snakeCase(component.getName()),
                    component.getAnnotatedType(),
                    isConstrained(component.getAnnotatedType()));
        }

        private static boolean isConstrained(AnnotatedType type) {
            boolean isBounded =
                    Arrays.stream(type.getAnnotations())
                            .anyMatch(a -> a.annotationType() != Nullable.class);
            return isBounded
                    || (type instanceof AnnotatedParameterizedType generic
                            && Arrays.stream(generic.getAnnotatedActualTypeArguments())
                                    .anyMatch(RecordShape::isConstrained));
        }

        Object make(@Nullable Object[] values) {
            try {
                return constructor.newInstance(values);
            } catch (InvocationTargetException refused) {
                if (refused.getCause() instanceof Failure failure) {
                    throw failure;
                }
                throw new IllegalStateException(refused.getCause());
            } catch (ReflectiveOperationException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }
}
