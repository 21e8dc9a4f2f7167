package madang.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An upload as it will be stored. The files that were made on the way go when this is closed; the
/// upload itself is its owner's.
record Prepared(
        Path file,
        long size,
        @Nullable Integer width,
        @Nullable Integer height,
        @Nullable Thumbnail thumbnail,
        List<Path> made)
        implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Prepared.class);

    /// A small picture of it; small enough to be held.
    record Thumbnail(FileType type, byte[] bytes) {}

    InputStream open() throws IOException {
        return Files.newInputStream(file);
    }

    @Override
    public void close() {
        made.forEach(Prepared::drop);
    }

    static void drop(Path made) {
        try {
            Files.deleteIfExists(made);
        } catch (IOException later) {
            log.warn("{} is left for the sweep of uploads", made, later);
        }
    }
}
