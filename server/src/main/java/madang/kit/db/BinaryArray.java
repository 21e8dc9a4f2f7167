package madang.kit.db;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.UUID;
import madang.kit.Id;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGBinaryObject;
import org.postgresql.util.PGobject;

/// A parameter of an array type as PostgreSQL itself sends one (`array_recv`): neither side writes
/// its elements as text and reads them again, which for a batch of messages was a third of the
/// work.
final class BinaryArray extends PGobject implements PGBinaryObject {
    private static final long serialVersionUID = 1L;

    /// The object ids of `uuid[]` and `timestamptz[]`, which the driver sends in binary only where
    /// it is told to.
    static final String TOLD_TO_THE_DRIVER = "2951,1185";

    /// PostgreSQL counts its time from here.
    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

    private static final int NULL = -1;

    private final transient byte[] bytes;

    private interface Element<T> {
        void write(DataOutputStream out, T element) throws IOException;
    }

    private BinaryArray(String type, byte[] bytes) {
        setType(type);
        this.bytes = bytes;
    }

    static BinaryArray ofIds(Collection<? extends @Nullable Id<?>> ids) {
        return of(
                "_uuid",
                2950,
                ids,
                (out, id) -> {
                    UUID value = id.value();
                    out.writeInt(16);
                    out.writeLong(value.getMostSignificantBits());
                    out.writeLong(value.getLeastSignificantBits());
                });
    }

    static BinaryArray ofTexts(Collection<? extends @Nullable String> texts) {
        return of(
                "_text",
                25,
                texts,
                (out, text) -> {
                    byte[] written = text.getBytes(UTF_8);
                    out.writeInt(written.length);
                    out.write(written);
                });
    }

    static BinaryArray ofLongs(Collection<? extends @Nullable Long> numbers) {
        return of(
                "_int8",
                20,
                numbers,
                (out, number) -> {
                    out.writeInt(Long.BYTES);
                    out.writeLong(number);
                });
    }

    static BinaryArray ofInstants(Collection<? extends @Nullable Instant> instants) {
        return of(
                "_timestamptz",
                1184,
                instants,
                (out, instant) -> {
                    out.writeInt(Long.BYTES);
                    out.writeLong(ChronoUnit.MICROS.between(EPOCH, instant));
                });
    }

    private static <T> BinaryArray of(
            String type,
            int elementType,
            Collection<? extends @Nullable T> elements,
            Element<T> element) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(20 + 20 * elements.size());
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(elements.isEmpty() ? 0 : 1);
            out.writeInt(hasNull(elements) ? 1 : 0);
            out.writeInt(elementType);
            if (!elements.isEmpty()) {
                out.writeInt(elements.size());
                out.writeInt(1);
            }
            for (@Nullable T each : elements) {
                if (each == null) {
                    out.writeInt(NULL);
                } else {
                    element.write(out, each);
                }
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return new BinaryArray(type, bytes.toByteArray());
    }

    /// Collections that hold no null may refuse to be asked for one.
    private static boolean hasNull(Collection<?> elements) {
        for (@Nullable Object element : elements) {
            if (element == null) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void setByteValue(byte[] value, int offset) {
        throw new UnsupportedOperationException("a parameter is not read");
    }

    @Override
    public int lengthInBytes() {
        return bytes.length;
    }

    @Override
    public void toBytes(byte[] target, int offset) {
        System.arraycopy(bytes, 0, target, offset, bytes.length);
    }
}
