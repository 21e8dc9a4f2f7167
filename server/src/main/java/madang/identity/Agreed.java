package madang.identity;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import madang.kit.Failure;
import org.jspecify.annotations.Nullable;

/// What somebody agrees to as he signs up: of each kind the version that he was shown. Whether
/// there are such kinds and versions is for [Agreements] to say.
public record Agreed(Map<String, String> versions) {
    public static final Agreed NOTHING = new Agreed(Map.of());

    private static final int MAX_KINDS = 16;
    private static final String IN_ADDRESS =
            "[a-z]{1,32}:[A-Za-z0-9._-]{1,32}(,[a-z]{1,32}:[A-Za-z0-9._-]{1,32}){0,15}";

    public Agreed {
        if (versions.size() > MAX_KINDS) {
            throw Failure.invalid("consents", "consents");
        }
        versions = Map.copyOf(versions);
    }

    /// As it stands in a body.
    public static Agreed to(@Nullable Map<String, String> versions) {
        return versions == null ? NOTHING : new Agreed(versions);
    }

    /// As it stands in an address: `terms:1,privacy:1`.
    public static Agreed parse(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return NOTHING;
        }
        if (!text.matches(IN_ADDRESS)) {
            throw Failure.invalid("consents", "consents");
        }
        Map<String, String> versions = new LinkedHashMap<>();
        for (String one : text.split(",", -1)) {
            int colon = one.indexOf(':');
            versions.put(one.substring(0, colon), one.substring(colon + 1));
        }
        return new Agreed(versions);
    }

    /// The text of which [#parse] makes the same again.
    public String inAddress() {
        return versions.entrySet().stream()
                .map(one -> one.getKey() + ":" + one.getValue())
                .sorted()
                .collect(Collectors.joining(","));
    }
}
