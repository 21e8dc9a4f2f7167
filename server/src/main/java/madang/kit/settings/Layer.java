package madang.kit.settings;

import java.util.Map;
import java.util.TreeMap;

/// One place where names are set. In the environment and `.env` we share the space with others, so
/// only `MADANG_*` names must be ours; a layer that is `ours` holds nothing else.
record Layer(String name, Map<String, String> values, boolean ours) {

    /// An empty value counts as not set.
    Layer {
        values = new TreeMap<>(values);
        values.values().removeIf(String::isBlank);
    }

    boolean mustKnow(String name) {
        return ours || name.startsWith("MADANG_");
    }
}
