package madang.kit;

import java.util.Arrays;
import java.util.Objects;

/// A sentence that waits for its reader's language: a key of the text files and what fills its
/// places.
public record Text(String key, Object... args) {

    @Override
    public boolean equals(Object other) {
        return other instanceof Text text && key.equals(text.key) && Arrays.equals(args, text.args);
    }

    @Override
    public int hashCode() {
        return Objects.hash(key, Arrays.hashCode(args));
    }
}
