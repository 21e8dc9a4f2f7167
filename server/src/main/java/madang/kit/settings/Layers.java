package madang.kit.settings;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What every place holds, nearest first, and the data directory that the nearer ones point to.
record Layers(List<Layer> all, Path data) {

    /// Each name where it stands nearest: it hides only the same name below.
    Map<String, Entry> entries() {
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (Layer layer : all) {
            layer.values()
                    .forEach((name, value) ->
                            entries.putIfAbsent(name, new Entry(name, value, layer.name())));
        }
        return entries;
    }

    /// A sentence for each name that must be ours and is not, with the one that was meant.
    List<String> unknownNames(Set<String> known) {
        return all.stream()
                .flatMap(layer ->
                        layer.values().keySet().stream()
                                .filter(name -> layer.mustKnow(name) && !known.contains(name))
                                .map(name ->
                                        "%s (%s) is no setting of Madang: did you mean %s? Rename or remove it."
                                                .formatted(
                                                        name,
                                                        layer.name(),
                                                        Nearest.to(name, known))))
                .toList();
    }
}
