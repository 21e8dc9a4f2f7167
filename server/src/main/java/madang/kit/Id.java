package madang.kit;

import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The name of one thing of kind `T`: a UUIDv7 (RFC 9562), plain lower-case UUID text on the wire.
/// The type parameter only keeps the id of a room from being taken for the id of a user.
@SuppressWarnings("UnusedTypeParameter") // that is its whole point
public record Id<T>(UUID value) implements Comparable<Id<?>> {

    /// Reads the 36 characters of a UUID, or says null: a malformed id is an unknown id, not a
    /// fault.
    public static <T> @Nullable Id<T> parse(@Nullable String text) {
        if (text == null || text.length() != 36) {
            return null;
        }
        try {
            UUID value = UUID.fromString(text);
            return value.toString().equals(text.toLowerCase(Locale.ROOT)) ? new Id<>(value) : null;
        } catch (IllegalArgumentException notAnId) {
            return null;
        }
    }

    /// In the order that PostgreSQL sorts UUIDs, which for UUIDv7 is the order of birth.
    @Override
    public int compareTo(Id<?> other) {
        int high =
                Long.compareUnsigned(
                        value.getMostSignificantBits(), other.value.getMostSignificantBits());
        return high != 0
                ? high
                : Long.compareUnsigned(
                        value.getLeastSignificantBits(), other.value.getLeastSignificantBits());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
