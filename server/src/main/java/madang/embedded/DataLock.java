package madang.embedded;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The right to be the one Madang of a data folder. The kernel keeps it and gives it back when its
/// holder dies, however it dies.
final class DataLock implements AutoCloseable {
    /// What this process holds. Asking the kernel would not only hide it: closing a second channel
    /// of a file drops the first one's lock (fcntl(2)).
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    /// A process that was just killed may need this long to let go.
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Path file;
    private final FileChannel channel;

    private DataLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    static DataLock take(Path folder) throws IOException {
        Path file = folder.resolve("lock");
        if (!OURS.add(file)) {
            throw new CannotStartPostgres(
                    "another Madang runs on " + folder + ": this very process");
        }
        FileChannel channel = FileChannel.open(file, CREATE, READ, WRITE);
        if (!Wait.atMost(PATIENCE, () -> locks(channel))) {
            String holder = read(channel);
            channel.close();
            OURS.remove(file);
            throw new CannotStartPostgres(
                    "another Madang runs on %s (process %s): stop it, or give this one a folder of its own by MADANG_DATA"
                            .formatted(folder, holder));
        }
        channel.truncate(0);
        channel.write(
                ByteBuffer.wrap(
                        Long.toString(ProcessHandle.current().pid())
                                .getBytes(StandardCharsets.US_ASCII)));
        return new DataLock(file, channel);
    }

    static boolean isTaken(Path folder) throws IOException {
        Path file = folder.resolve("lock");
        if (OURS.contains(file)) {
            return true;
        }
        if (!Files.exists(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, WRITE)) {
            return channel.tryLock() == null;
        }
    }

    private static boolean locks(FileChannel channel) {
        try {
            return channel.tryLock() != null;
        } catch (IOException unlockable) {
            throw new UncheckedIOException(unlockable);
        }
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer pid = ByteBuffer.allocate(20);
        channel.read(pid, 0);
        return new String(pid.array(), 0, pid.position(), StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        channel.close();
        OURS.remove(file);
    }
}
