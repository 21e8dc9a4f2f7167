package madang.kit.settings;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a record says about one of its keys.
record KeySpec(Key key, Form form, boolean isOptional) {

    /// The keys of these records, in their order.
    static List<KeySpec> of(List<Class<? extends Record>> types) {
        return types.stream().flatMap(KeySpec::of).toList();
    }

    static Stream<KeySpec> of(Class<? extends Record> owner) {
        return Arrays.stream(owner.getRecordComponents())
                .filter(component -> component.isAnnotationPresent(Key.class))
                .map(KeySpec::of);
    }

    static KeySpec of(RecordComponent component) {
        Form form = Form.of(component.getGenericType());
        boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        return new KeySpec(component.getAnnotation(Key.class), form, nullable || form.isList());
    }

    String name() {
        return key.name();
    }

    boolean isMade() {
        return key.made() != Made.NEVER;
    }

    /// The value of this text, within its bounds. Throws with what was expected.
    Object read(String text) {
        Object value = form.read().apply(text);
        if (isBeyond(key.min(), value, -1) || isBeyond(key.max(), value, 1)) {
            throw new IllegalArgumentException(bounds());
        }
        return value;
    }

    /// The bounds in words, empty where there are none.
    String bounds() {
        if (key.max().isEmpty()) {
            return key.min().isEmpty() ? "" : key.min() + " or more";
        }
        return key.min().isEmpty() ? key.max() + " or less" : key.min() + " to " + key.max();
    }

    @SuppressWarnings("unchecked") // a type with bounds is comparable with itself
    private boolean isBeyond(String bound, Object value, int direction) {
        return !bound.isEmpty()
                && Integer.signum(((Comparable<Object>) value).compareTo(form.read().apply(bound)))
                        == direction;
    }
}
