package madang.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// A real disk of a few megabytes, in memory, that a test can fill to the last byte. Only who may
/// mount has one.
public final class SmallDisk implements AutoCloseable {
    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /// At this folder, or none where nobody lets us.
    public static Optional<SmallDisk> at(Path folder, int mebibytes) {
        String size = "size=" + mebibytes + "m";
        return Program.ran("mount", "-t", "tmpfs", "-o", size, "madang-test", folder.toString())
                ? Optional.of(new SmallDisk(folder))
                : Optional.empty();
    }

    public Path data() {
        return folder.resolve("data");
    }

    /// Fills it, but for so many bytes.
    public void leaves(long bytes) {
        try (FileChannel ballast =
                FileChannel.open(ballast(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            fill(ballast);
            ballast.truncate(Math.max(0, ballast.size() - bytes));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    public void empties() {
        try {
            Files.deleteIfExists(ballast());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public void close() {
        Program.ran("umount", "--lazy", folder.toString());
    }

    private Path ballast() {
        return folder.resolve("ballast");
    }

    private void fill(FileChannel ballast) throws IOException {
        ByteBuffer page = ByteBuffer.allocate(4_096);
        while (Files.getFileStore(folder).getUsableSpace() > 0) {
            ballast.write(page.clear());
        }
    }
}
