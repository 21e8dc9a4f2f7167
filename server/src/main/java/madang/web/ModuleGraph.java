package madang.web;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Who imports whom, read out of the modules themselves. A browser that is told all modules in the
/// first answer fetches them at once; left alone it finds each import only after the file that
/// names it, one round trip a step.
final class ModuleGraph {
    /// `import … from 'x'`, `export … from 'x'` and `import 'x'`, but not the `import('x')` that
    /// waits. No name that ends so, as a text's (`'slots.from'`) does.
    private static final Pattern IMPORT =
            Pattern.compile("(?<![.'\"])(?:\\bfrom|\\bimport)\\s*[\"']([^\"']+)[\"']");

    private final Function<String, Optional<Asset>> files;
    private final ImportMap names;

    ModuleGraph(Function<String, Optional<Asset>> files, ImportMap names) {
        this.files = files;
        this.names = names;
    }

    /// The addresses of all modules that `entry` needs before it runs, nearest first, itself left
    /// out.
    List<String> neededBy(String entry) {
        SequencedSet<String> found = new LinkedHashSet<>(List.of(entry));
        Deque<String> unread = new ArrayDeque<>(found);
        while (!unread.isEmpty()) {
            for (String imported : imports(unread.remove())) {
                if (found.add(imported)) {
                    unread.add(imported);
                }
            }
        }
        found.removeFirst();
        return List.copyOf(found);
    }

    /// What a module imports. A name that leads nowhere is a mistake of ours and stops the start.
    List<String> imports(String module) {
        List<String> imported = new ArrayList<>();
        Matcher matcher = IMPORT.matcher(source(module));
        while (matcher.find()) {
            imported.add(address(matcher.group(1), module));
        }
        return imported;
    }

    private String source(String module) {
        Asset asset =
                files.apply(module)
                        .orElseThrow(() -> new IllegalStateException("no module " + module));
        return new String(asset.bytes(), StandardCharsets.UTF_8);
    }

    private String address(String name, String from) {
        @Nullable String address =
                name.startsWith(".")
                        ? URI.create(from).resolve(name).toString()
                        : names.resolve(name);
        if (address == null) {
            throw new IllegalStateException(from + " imports " + name + ", which nobody serves");
        }
        return address;
    }
}
