package madang.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/// What PostgreSQL says: kept in `postgres.log` and one file before it, never more than twice
/// `MAX_BYTES`, whatever it says and however fast.
final class ServerLog {
    private static final long MAX_BYTES = 8L << 20;
    private static final int MAX_LINE_CHARS = 4_000;
    private static final int MAX_WORD_CHARS = 300;
    private static final int LAST_LINES = 6;

    private static final Set<StandardOpenOption> TO_ITS_END =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    private static final FileAttribute<?> FOR_US_ALONE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path file;
    private final Deque<String> lastLines = new ArrayDeque<>();

    ServerLog(Path file) {
        this.file = file;
    }

    Path file() {
        return file;
    }

    /// A new life begins: its last words will be its own.
    synchronized void forget() {
        lastLines.clear();
    }

    synchronized String lastWords() {
        return String.join("; ", lastLines);
    }

    synchronized void add(String line) {
        if (lastLines.size() == LAST_LINES) {
            lastLines.removeFirst();
        }
        lastLines.addLast(cut(line, MAX_WORD_CHARS));
        write(cut(line, MAX_LINE_CHARS) + "\n");
    }

    private static String cut(String line, int chars) {
        return line.length() > chars ? line.substring(0, chars) : line;
    }

    /// A full disk costs the line and never stops the reading: a full pipe would stop PostgreSQL.
    private void write(String line) {
        try {
            if (size() > MAX_BYTES) {
                Files.move(
                        file,
                        file.resolveSibling(file.getFileName() + ".1"),
                        StandardCopyOption.REPLACE_EXISTING);
            }
            try (FileChannel out = FileChannel.open(file, TO_ITS_END, FOR_US_ALONE)) {
                out.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
            }
        } catch (IOException lost) {
            // Its last words are still in memory.
        }
    }

    private long size() throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException first) {
            return 0;
        }
    }
}
