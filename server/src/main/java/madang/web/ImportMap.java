package madang.web;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the pages mean when they import `lit` or ask for `bootstrap-icons/send.svg`: names that
/// stay, for addresses that change with every version of a library.
final class ImportMap {
    private final SortedMap<String, String> addresses = new TreeMap<>();

    ImportMap(WebJars jars) {
        addresses.put("lit", jars.path("lit", "index.js"));
        addresses.put("lit/", jars.folder("lit", "index.js"));
        addresses.put("lit-html", jars.path("lit-html", "lit-html.js"));
        addresses.put("lit-html/", jars.folder("lit-html", "lit-html.js"));
        addresses.put("lit-element/lit-element.js", jars.path("lit-element", "lit-element.js"));
        addresses.put(
                "@lit/reactive-element", jars.path("lit__reactive-element", "reactive-element.js"));
        addresses.put(
                "@lit/reactive-element/",
                jars.folder("lit__reactive-element", "reactive-element.js"));
        addresses.put("bootstrap-icons/", jars.folder("bootstrap-icons", "icons/send.svg"));
    }

    Map<String, String> addresses() {
        return addresses;
    }

    /// The address that a bare name stands for, as a browser finds it; null for a name of nobody.
    @Nullable String resolve(String name) {
        @Nullable String whole = addresses.get(name);
        int slash = name.lastIndexOf('/');
        if (whole != null || slash < 0) {
            return whole;
        }
        for (int end = slash; end > 0; end = name.lastIndexOf('/', end - 1)) {
            @Nullable String folder = addresses.get(name.substring(0, end + 1));
            if (folder != null) {
                return folder + name.substring(end + 1);
            }
        }
        return null;
    }

    /// Names and addresses are plain ASCII without quotes, so nothing needs escaping.
    String json() {
        return addresses.entrySet().stream()
                .map(entry -> "\"%s\":\"%s\"".formatted(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(",", "{\"imports\":{", "}}"));
    }
}
