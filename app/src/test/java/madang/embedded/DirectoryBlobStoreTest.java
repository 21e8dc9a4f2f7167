package madang.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import madang.kit.Failure;
import madang.kit.Id;
import madang.port.BlobStore;
import madang.port.BlobStoreContract;
import madang.testing.MovedClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryBlobStoreTest extends BlobStoreContract {
    private static final String NAME = "01939f6e-7c3b-7aaa-8bbb-0123456789ab";
    private final MovedClock clock = new MovedClock();
    @TempDir Path folder;
    private DirectoryBlobStore store;

    @BeforeEach
    void open() {
        store = new DirectoryBlobStore(folder.resolve("blobs"), 0, clock);
    }

    @Override
    protected BlobStore store() {
        return store;
    }

    @Test
    void a_blob_lies_where_its_name_ends() throws IOException {
        put(Id.parse(NAME), "tea".getBytes(UTF_8));
        assertThat(folder.resolve("blobs/ab/89/" + NAME)).hasContent("tea");
    }

    @Test
    void nothing_half_written_is_left() throws IOException {
        put(Id.parse(NAME), "tea".getBytes(UTF_8));
        assertThat(drafts()).isEmpty();
    }

    @Test
    void what_a_dead_process_left_is_swept_and_nothing_else() throws IOException {
        put(Id.parse(NAME), "tea".getBytes(UTF_8));
        Path left = Files.createFile(folder.resolve("blobs/drafts/left"));
        Path fresh = Files.createFile(folder.resolve("blobs/drafts/fresh"));
        Files.setLastModifiedTime(
                left, FileTime.from(clock.instant().minus(Duration.ofMinutes(61))));
        Files.setLastModifiedTime(fresh, FileTime.from(clock.instant()));
        store.sweep();
        assertThat(drafts()).containsExactly(fresh);
        assertThat(store.exists(Id.parse(NAME))).isTrue();
    }

    @Test
    void the_reserve_stays_free() {
        var greedy = new DirectoryBlobStore(folder, Long.MAX_VALUE / 2, clock);
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(
                        () -> greedy.put(Id.parse(NAME), new ByteArrayInputStream(new byte[1]), 1))
                .matches(full -> full.status() == 507);
        assertThat(greedy.exists(Id.parse(NAME))).isFalse();
    }

    @Test
    void a_full_disk_and_a_broken_one_are_told_apart() {
        assertThat(Failure.storage(new IOException("No space left on device")).status())
                .isEqualTo(507);
        assertThat(Failure.storage(new IOException("Disk quota exceeded")).status()).isEqualTo(507);
        assertThat(Failure.storage(new IOException("Input/output error")).status()).isEqualTo(503);
        assertThat(Failure.storage(new IOException()).status()).isEqualTo(503);
    }

    @Test
    void a_store_that_is_no_folder_says_so() throws IOException {
        Path file = Files.createFile(folder.resolve("a file"));
        var broken = new DirectoryBlobStore(file, 0, clock);
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(
                        () -> broken.put(Id.parse(NAME), new ByteArrayInputStream(new byte[1]), 1))
                .matches(away -> away.status() == 503);
    }

    private List<Path> drafts() throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve("blobs/drafts"))) {
            return all.toList();
        }
    }
}
