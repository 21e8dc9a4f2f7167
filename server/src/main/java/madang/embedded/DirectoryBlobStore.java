package madang.embedded;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Stream;
import madang.kit.Failure;
import madang.kit.Id;
import madang.port.BlobStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Blobs as files of a directory. One is written as a draft, forced to the disk and only then given
/// its name, so that neither kill -9 nor a power cut leaves half of one under it. Its name is its
/// id, its folder the last letters of it, which are random: 65,536 folders share them evenly.
public final class DirectoryBlobStore implements BlobStore {
    private static final Logger log = LoggerFactory.getLogger(DirectoryBlobStore.class);
    private static final String PRIVATE = "rwx------";
    private static final int BUFFER_BYTES = 64 * 1024;

    /// No upload takes so long: an older draft is what a dead process left.
    private static final Duration OLDEST_DRAFT = Duration.ofHours(1);

    private final Path folder;
    private final Path drafts;
    private final long reserve;
    private final InstantSource clock;

    /// `reserve` bytes of the disk stay free for what else lives there, the database above all:
    /// before they are touched, blobs are refused.
    public DirectoryBlobStore(Path folder, long reserve, InstantSource clock) {
        this.folder = folder.toAbsolutePath();
        this.drafts = this.folder.resolve("drafts");
        this.reserve = reserve;
        this.clock = clock;
    }

    @Override
    public void put(Id<Blob> name, InputStream bytes, long size) throws IOException {
        Path draft = draft(name, size);
        try {
            if (!write(draft, bytes, size)) {
                throw new IllegalArgumentException("a blob has as many bytes as was said");
            }
            publish(draft, path(name));
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    @Override
    public Optional<InputStream> open(Id<Blob> name) {
        return open(name, 0, Long.MAX_VALUE);
    }

    @Override
    public Optional<InputStream> open(Id<Blob> name, long from, long length) {
        try {
            FileChannel channel = FileChannel.open(path(name), READ);
            channel.position(from);
            return Optional.of(new Part(Channels.newInputStream(channel), length));
        } catch (NoSuchFileException notThere) {
            return Optional.empty();
        } catch (IOException broken) {
            throw Failure.storage(broken);
        }
    }

    @Override
    public boolean exists(Id<Blob> name) {
        return Files.exists(path(name));
    }

    @Override
    public void delete(Id<Blob> name) {
        Path path = path(name);
        try {
            if (Files.deleteIfExists(path)) {
                Folders.force(Folders.parent(path));
            }
        } catch (IOException broken) {
            throw Failure.storage(broken);
        }
    }

    /// Drops what processes that died have left half written.
    public void sweep() {
        if (!Files.isDirectory(drafts)) {
            return;
        }
        Instant oldest = clock.instant().minus(OLDEST_DRAFT);
        try (Stream<Path> all = Files.list(drafts)) {
            for (Path draft : all.toList()) {
                if (Files.getLastModifiedTime(draft).toInstant().isBefore(oldest)) {
                    Files.deleteIfExists(draft);
                }
            }
        } catch (IOException | UncheckedIOException later) {
            log.warn("old drafts in {} are swept the next time", drafts, later);
        }
    }

    private Path draft(Id<Blob> name, long size) {
        try {
            Folders.create(drafts, PRIVATE);
            if (Files.getFileStore(drafts).getUsableSpace() - size < reserve) {
                throw Failure.storageFull();
            }
            return Files.createTempFile(drafts, name + ".", ".draft");
        } catch (IOException broken) {
            throw Failure.storage(broken);
        }
    }

    /// False where the stream holds fewer or more bytes than was said.
    private static boolean write(Path draft, InputStream bytes, long size) throws IOException {
        try (FileChannel channel = open(draft)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            long written = 0;
            for (int count = bytes.read(buffer); count >= 0; count = bytes.read(buffer)) {
                written += count;
                if (written > size) {
                    return false;
                }
                append(channel, ByteBuffer.wrap(buffer, 0, count));
            }
            force(channel);
            return written == size;
        }
    }

    private static FileChannel open(Path draft) {
        try {
            return FileChannel.open(draft, WRITE);
        } catch (IOException broken) {
            throw Failure.storage(broken);
        }
    }

    private static void append(FileChannel channel, ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException broken) {
            throw Failure.storage(broken);
        }
    }

    private static void force(FileChannel channel) {
        try {
            channel.force(true);
        } catch (IOException broken) {
            throw Failure.storage(broken);
        }
    }

    private void publish(Path draft, Path path) {
        try {
            Folders.create(Folders.parent(path), PRIVATE);
            Files.move(draft, path, ATOMIC_MOVE);
            forceNames(path);
        } catch (IOException broken) {
            throw Failure.storage(broken);
        }
    }

    /// The name of the blob, and those of the folders that it may have opened.
    private void forceNames(Path path) throws IOException {
        for (Path above = Folders.parent(path);
                above.startsWith(folder);
                above = Folders.parent(above)) {
            Folders.force(above);
        }
    }

    private Path path(Id<Blob> name) {
        String text = name.toString();
        int end = text.length();
        return folder.resolve(text.substring(end - 2))
                .resolve(text.substring(end - 4, end - 2))
                .resolve(text);
    }

    /// At most so many bytes of a stream.
    private static final class Part extends FilterInputStream {
        private long left;

        Part(InputStream whole, long length) {
            super(whole);
            left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int count = super.read(bytes, offset, (int) Math.min(length, left));
            left -= Math.max(count, 0);
            return count;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = super.skip(Math.min(count, left));
            left -= skipped;
            return skipped;
        }

        @Override
        public int available() throws IOException {
            return (int) Math.min(super.available(), left);
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
