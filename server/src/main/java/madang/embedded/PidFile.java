package madang.embedded;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// `postmaster.pid`, line by line as miscadmin.h of PostgreSQL tells: 1 pid, 4 port, 8 state.
record PidFile(long pid, int port, boolean ready) {

    /// Empty, too, where the file was cut or spoilt.
    static Optional<PidFile> read(Path dataFolder) throws IOException {
        try {
            List<String> lines = Files.readAllLines(path(dataFolder), ISO_8859_1);
            return Optional.of(
                    new PidFile(
                            Long.parseLong(lines.get(0).strip()),
                            lines.size() > 3 ? Integer.parseInt(lines.get(3).strip()) : 0,
                            lines.size() > 7 && lines.get(7).strip().equals("ready")));
        } catch (NoSuchFileException | IndexOutOfBoundsException | NumberFormatException none) {
            return Optional.empty();
        }
    }

    static Path path(Path dataFolder) {
        return dataFolder.resolve("postmaster.pid");
    }
}
