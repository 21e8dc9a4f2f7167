package madang.kit;

import java.util.List;

/// A sentence that waits for its reader's language: a key of the text files and what fills its
/// places.
public record Text(String key, List<Object> args) {

    public static Text of(String key, Object... args) {
        return new Text(key, List.of(args));
    }
}
