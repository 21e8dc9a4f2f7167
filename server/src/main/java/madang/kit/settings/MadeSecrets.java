package madang.kit.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Secrets that the house made for itself in development, kept so that tokens and sealed values
/// outlive a restart. They have a file of their own: what an operator gives always wins over them,
/// and a guarded stage does not take them for given.
record MadeSecrets(Path file) {

    static MadeSecrets in(Path data) {
        return new MadeSecrets(data.resolve("made-secrets.properties"));
    }

    Map<String, String> kept(Problems problems) {
        return Sources.properties(file, problems);
    }

    /// Adds these, in one step and for the eyes of its owner only: a crash leaves the old file or
    /// the new one.
    void keep(Map<String, String> more) throws IOException {
        Map<String, String> all = new TreeMap<>(kept(new Problems()));
        all.putAll(more);
        Path directory = file.toAbsolutePath().getParent();
        Files.createDirectories(directory);
        Path next = Files.createTempFile(directory, "made", ".new", ownersOnly());
        Files.writeString(next, text(all));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static FileAttribute<?> ownersOnly() {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    }

    /// Made values need no escapes: see [Made].
    private static String text(Map<String, String> secrets) {
        return secrets.entrySet().stream()
                .map(secret -> secret.getKey() + "=" + secret.getValue() + "\n")
                .collect(
                        Collectors.joining(
                                "",
                                "# Made by Madang for development. Without it, what was sealed stays sealed.\n",
                                ""));
    }
}
