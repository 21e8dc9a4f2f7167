package madang.kit.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// Every foreign name that Madang accepts.
record Aliases(List<Alias> rows) {
    private static final String FILE = "/madang/settings/aliases.tsv";

    /// The table of this build.
    static Aliases ofHouse() {
        try (InputStream bytes = Aliases.class.getResourceAsStream(FILE)) {
            return parse(
                    new String(
                            Objects.requireNonNull(bytes, FILE).readAllBytes(),
                            StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(FILE, unreadable);
        }
    }

    /// Rows of six columns with tabs between them: name, system, means, ours, how, note. A line
    /// that begins with `#` is for readers.
    static Aliases parse(String table) {
        return new Aliases(
                table.lines()
                        .filter(line -> !line.isBlank() && !line.startsWith("#"))
                        .map(Aliases::row)
                        .toList());
    }

    Set<String> names() {
        return rows.stream().map(Alias::name).collect(Collectors.toSet());
    }

    /// Names that set this key, in the order of the table.
    List<String> namesOf(String key) {
        return rows.stream()
                .filter(alias -> alias.hasEffect() && alias.key().equals(key))
                .map(Alias::name)
                .distinct()
                .toList();
    }

    private static Alias row(String line) {
        String[] columns = line.split("\t", -1);
        if (columns.length != 6) {
            throw new IllegalStateException("aliases.tsv: not six columns: " + line);
        }
        return new Alias(columns[0], columns[3], columns[4], columns[5]);
    }
}
