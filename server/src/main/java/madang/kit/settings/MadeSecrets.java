package madang.kit.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Collectors;

/// Secrets that the house made for itself in development. They are kept in the settings file, so
/// that tokens and sealed values outlive a restart.
final class MadeSecrets {
    private MadeSecrets() {}

    /// Writes the file anew, readable by its owner only, in one step: a crash leaves the old file
    /// or the new one.
    static void keep(Map<String, String> secrets, Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path next =
                Files.createTempFile(
                        file.toAbsolutePath().getParent(),
                        "madang",
                        ".properties",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
        String before = Files.exists(file) ? Files.readString(file).stripTrailing() + "\n" : "";
        Files.writeString(next, before + lines(secrets));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String lines(Map<String, String> secrets) {
        return secrets.entrySet().stream()
                .map(secret -> secret.getKey() + "=" + secret.getValue() + "\n")
                .collect(
                        Collectors.joining(
                                "", "# Made for development at the first start. Keep it.\n", ""));
    }
}
