package madang.kit.json;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One field of a change: absent (it stays as it is) or given, perhaps as null (it is emptied,
/// where the type argument allows null).
public record Patch<T extends @Nullable Object>(boolean given, @Nullable T value) {

    public static <T extends @Nullable Object> Patch<T> absent() {
        return new Patch<>(false, null);
    }

    public static <T extends @Nullable Object> Patch<T> of(T value) {
        return new Patch<>(true, value);
    }

    /// What the field is after the change.
    @SuppressWarnings("NullAway") // a given value is null only where T allows it
    public T or(T unchanged) {
        return given ? value : unchanged;
    }

    @SuppressWarnings("NullAway") // as above
    public <U extends @Nullable Object> Patch<U> map(Function<T, U> change) {
        return given ? of(change.apply(value)) : absent();
    }
}
