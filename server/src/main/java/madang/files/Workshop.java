package madang.files;

import static java.nio.file.StandardOpenOption.WRITE;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.imageio.IIOException;
import madang.kit.Failure;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Prepares uploads for being stored. Decoding is done by few threads of its own, one picture each,
/// so that any number of uploads leaves the cores to chat and the memory bounded; who would have to
/// wait too long is told to come back.
final class Workshop implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Workshop.class);
    private static final String FIELD = "file";
    private static final int CORES_PER_THREAD = 4;
    private static final int MAX_WAITING = 32;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// More is a bomb (a few kilobytes can unfold to gigabytes) or nothing that a chat shows.
    private static final long MOST_PIXELS = 50_000_000;

    /// Of a picture that is turned: its own and the turned one's four each, half of the heap being
    /// left to everybody else.
    private static final long HEAP_BYTES_PER_PIXEL = 16;

    /// A picture that is small in every way is its own thumbnail.
    private static final long SMALL_BYTES = 64 << 10;

    private final ThreadPoolExecutor threads;
    private final long mostPixels;

    Workshop() {
        this(
                Math.max(1, Runtime.getRuntime().availableProcessors() / CORES_PER_THREAD),
                Runtime.getRuntime().maxMemory());
    }

    Workshop(int threads, long heapBytes) {
        this.threads =
                new ThreadPoolExecutor(
                        threads,
                        threads,
                        1,
                        TimeUnit.MINUTES,
                        new ArrayBlockingQueue<>(MAX_WAITING),
                        Thread.ofPlatform().daemon().name("pictures-", 0).factory());
        this.threads.allowCoreThreadTimeOut(true);
        this.mostPixels = Math.min(MOST_PIXELS, heapBytes / threads / HEAP_BYTES_PER_PIXEL);
    }

    Prepared prepare(Path upload, FileType type) {
        try {
            return type.isPicture()
                    ? picture(upload, type)
                    : new Prepared(upload, Files.size(upload), null, null, null, List.of());
        } catch (IOException broken) {
            throw Failure.storage(broken);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private Prepared picture(Path upload, FileType type) throws IOException {
        List<Path> made = new ArrayList<>();
        try {
            Anatomy anatomy = cleaned(upload, type, made);
            Path clean = made.getLast();
            boolean isTurned = !anatomy.orientation().isUpright() && Picture.canTurn(type, anatomy);
            if (isTurned) {
                turn(clean, type, anatomy.orientation(), made);
            }
            Path file = made.getLast();
            return new Prepared(
                    file,
                    Files.size(file),
                    anatomy.seenWidth(),
                    anatomy.seenHeight(),
                    thumbnail(file, type, anatomy, isTurned),
                    made);
        } catch (IOException | RuntimeException refused) {
            made.forEach(Prepared::drop);
            throw refused;
        }
    }

    /// The picture without what it should not tell, in a file of its own.
    private Anatomy cleaned(Path upload, FileType type, List<Path> made) throws IOException {
        try (Mapped mapped = Mapped.of(upload)) {
            Anatomy anatomy = anatomy(type, mapped.bytes());
            if (anatomy.pixels() > mostPixels) {
                throw Failure.invalid(FIELD, "too_many_pixels", mostPixels / 1_000_000);
            }
            Path clean = sibling(upload, made);
            try (FileChannel out = FileChannel.open(clean, WRITE)) {
                for (Anatomy.Piece piece : anatomy.kept()) {
                    write(out, bytes(piece, mapped.bytes()));
                }
            }
            return anatomy;
        }
    }

    private static Anatomy anatomy(FileType type, ByteBuffer bytes) {
        try {
            return Anatomy.of(type, bytes);
        } catch (Anatomy.Broken broken) {
            throw brokenPicture();
        }
    }

    private static ByteBuffer bytes(Anatomy.Piece piece, ByteBuffer file) {
        return switch (piece) {
            case Anatomy.Piece.Kept kept -> file.slice(kept.from(), kept.length());
            case Anatomy.Piece.Written written -> ByteBuffer.wrap(written.bytes());
        };
    }

    private static void write(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    private void turn(Path clean, FileType type, Orientation orientation, List<Path> made)
            throws IOException {
        Path turned = sibling(clean, made);
        Boolean isTurned =
                decoding(() -> {
                    BufferedImage upright = Picture.read(clean, type, 1).turned(orientation);
                    return written(new Picture(upright), type, turned);
                });
        if (!Objects.requireNonNullElse(isTurned, false)) {
            throw brokenPicture();
        }
    }

    /// What the disk refuses is no fault of the picture, also where its encoder says so in words of
    /// its own.
    private static boolean written(Picture picture, FileType type, Path file) throws IOException {
        try {
            return picture.write(type, file);
        } catch (IIOException unencodable) {
            if (unencodable.getCause() instanceof IOException disk) {
                throw Failure.storage(disk);
            }
            throw unencodable;
        } catch (IOException disk) {
            throw Failure.storage(disk);
        }
    }

    /// Null where none is needed, or where nobody here can decode it: some pictures that browsers
    /// show (CMYK) have none.
    private Prepared.@Nullable Thumbnail thumbnail(
            Path file, FileType type, Anatomy anatomy, boolean isTurned) throws IOException {
        boolean isSmall =
                Math.max(anatomy.width(), anatomy.height()) <= Picture.THUMBNAIL
                        && Files.size(file) <= SMALL_BYTES;
        if (isSmall) {
            return null;
        }
        Orientation left = isTurned ? Orientation.UPRIGHT : anatomy.orientation();
        int longest = Math.max(anatomy.width(), anatomy.height());
        return decoding(() ->
                Picture.read(file, type, Math.max(1, longest / (2 * Picture.THUMBNAIL)))
                        .small(left));
    }

    /// Null where the picture cannot be decoded.
    private <T> @Nullable T decoding(Callable<T> work) {
        try {
            Future<T> done = threads.submit(work);
            return done.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException undecodable) {
            if (undecodable.getCause() instanceof Failure refusal) {
                throw refusal;
            }
            log.info("a picture cannot be decoded: {}", String.valueOf(undecodable.getCause()));
            return null;
        } catch (RejectedExecutionException | TimeoutException busy) {
            throw Failure.unavailable(busy);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw Failure.unavailable();
        }
    }

    private static Path sibling(Path file, List<Path> made) throws IOException {
        Path sibling = Files.createTempFile(file.toAbsolutePath().getParent(), "picture", "");
        made.add(sibling);
        return sibling;
    }

    private static Failure brokenPicture() {
        return Failure.invalid(FIELD, "broken_picture");
    }
}
