package madang.kit.json;

import java.util.Locale;

/// How a Java name reads on the wire.
public final class JsonNames {

    /// `replyTo` → `reply_to`.
    public static String snakeCase(String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }

    private JsonNames() {}
}
