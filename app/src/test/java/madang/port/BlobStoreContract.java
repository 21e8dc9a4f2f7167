package madang.port;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import madang.kit.Id;
import madang.kit.Ids;
import madang.port.BlobStore.Blob;
import org.junit.jupiter.api.Test;

/// What every store of blobs promises.
public abstract class BlobStoreContract {
    private static final byte[] TEA = "차 한 잔 🍵".getBytes(UTF_8);
    private final Ids ids = new Ids(InstantSource.system());
    private final Id<Blob> name = ids.next();

    protected abstract BlobStore store();

    @Test
    void what_is_put_is_there() throws IOException {
        put(name, TEA);
        assertThat(store().exists(name)).isTrue();
        assertThat(whole(name)).isEqualTo(TEA);
    }

    @Test
    void what_was_never_put_is_not_there() {
        assertThat(store().exists(name)).isFalse();
        assertThat(store().open(name)).isEmpty();
        assertThat(store().open(name, 3, 4)).isEmpty();
    }

    @Test
    void a_large_blob_comes_back_whole() throws IOException {
        byte[] large = new byte[3_000_001];
        IntStream.range(0, large.length).forEach(i -> large[i] = (byte) (i * 31));
        put(name, large);
        assertThat(whole(name)).isEqualTo(large);
        assertThat(part(name, 2_999_990, 100)).hasSize(11);
    }

    @Test
    void an_empty_blob_is_one() throws IOException {
        put(name, new byte[0]);
        assertThat(whole(name)).isEmpty();
    }

    @Test
    void a_part_is_what_was_asked_for() throws IOException {
        put(name, "0123456789".getBytes(UTF_8));
        assertThat(part(name, 0, 1)).isEqualTo("0".getBytes(UTF_8));
        assertThat(part(name, 3, 4)).isEqualTo("3456".getBytes(UTF_8));
        assertThat(part(name, 8, 100)).isEqualTo("89".getBytes(UTF_8));
        assertThat(part(name, 10, 1)).isEmpty();
    }

    @Test
    void to_put_it_again_does_no_harm() throws IOException {
        put(name, TEA);
        put(name, TEA);
        assertThat(whole(name)).isEqualTo(TEA);
    }

    @Test
    void a_stream_of_another_length_leaves_nothing() {
        assertThatThrownBy(() -> store().put(name, stream(TEA), TEA.length - 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store().put(name, stream(TEA), TEA.length + 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(store().exists(name)).isFalse();
    }

    @Test
    void a_stream_that_breaks_leaves_nothing() throws IOException {
        InputStream closed = InputStream.nullInputStream();
        closed.close();
        InputStream broken = new SequenceInputStream(stream(new byte[100_000]), closed);
        assertThatThrownBy(() -> store().put(name, broken, 200_000))
                .isInstanceOf(IOException.class);
        assertThat(store().exists(name)).isFalse();
    }

    @Test
    void what_is_deleted_is_gone_and_may_be_deleted_again() throws IOException {
        put(name, TEA);
        store().delete(name);
        store().delete(name);
        assertThat(store().exists(name)).isFalse();
        assertThat(store().open(name)).isEmpty();
    }

    @Test
    void who_reads_already_reads_to_the_end() throws IOException {
        put(name, TEA);
        try (InputStream reader = store().open(name).orElseThrow()) {
            store().delete(name);
            assertThat(reader.readAllBytes()).isEqualTo(TEA);
        }
    }

    @Test
    void many_at_once_do_not_mix() throws Exception {
        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            var all =
                    IntStream.range(0, 50)
                            .mapToObj(i -> people.submit(() -> putsAndReads(i)))
                            .toList();
            for (Future<Boolean> one : all) {
                assertThat(one.get()).isTrue();
            }
        }
    }

    private boolean putsAndReads(int number) throws IOException {
        Id<Blob> mine = ids.next();
        byte[] bytes = ("blob " + number + " ").repeat(1_000).getBytes(UTF_8);
        put(mine, bytes);
        return java.util.Arrays.equals(whole(mine), bytes);
    }

    protected final void put(Id<Blob> as, byte[] bytes) throws IOException {
        store().put(as, stream(bytes), bytes.length);
    }

    protected final byte[] whole(Id<Blob> of) throws IOException {
        return read(store().open(of));
    }

    private byte[] part(Id<Blob> of, long from, long length) throws IOException {
        return read(store().open(of, from, length));
    }

    private static byte[] read(Optional<InputStream> found) throws IOException {
        try (InputStream in = found.orElseThrow()) {
            return in.readAllBytes();
        }
    }

    private static InputStream stream(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }
}
