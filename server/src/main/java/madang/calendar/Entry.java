package madang.calendar;

import java.math.BigInteger;
import java.time.Instant;
import java.util.UUID;
import madang.calendar.CalendarClient.Draft;
import madang.events.Event;
import madang.kit.Id;
import madang.kit.User;
import org.jspecify.annotations.Nullable;

/// An event of ours in somebody's calendar elsewhere, and what both sides agreed on last.
///
/// @param etag of the version there that is agreed on; null where it is not written yet
/// @param agreed null where it is not written yet
/// @param dueAt since when ours may say something else
record Entry(
        Id<User> user,
        Id<Event> event,
        @Nullable String etag,
        boolean isTentative,
        @Nullable Content agreed,
        @Nullable Instant dueAt) {
    private static final int BASE = 32;
    private static final int LENGTH = 26;

    boolean says(Draft draft) {
        return etag != null && draft.content().equals(agreed) && draft.isTentative() == isTentative;
    }

    /// The id of an event there: the 128 bits of ours as a number in base 32, whose digits are the
    /// signs that Google takes. So an event that is inserted twice is one.
    static String remoteId(Id<Event> event) {
        BigInteger high = unsigned(event.value().getMostSignificantBits());
        BigInteger low = unsigned(event.value().getLeastSignificantBits());
        String digits = high.shiftLeft(Long.SIZE).or(low).toString(BASE);
        return "0".repeat(LENGTH - digits.length()) + digits;
    }

    /// The event of ours that an id there would mean; null where it means none.
    static @Nullable Id<Event> eventOf(String remoteId) {
        if (!remoteId.matches("[0-9a-v]{" + LENGTH + "}")) {
            return null;
        }
        BigInteger bits = new BigInteger(remoteId, BASE);
        return bits.bitLength() > 2 * Long.SIZE
                ? null
                : new Id<>(new UUID(bits.shiftRight(Long.SIZE).longValue(), bits.longValue()));
    }

    private static BigInteger unsigned(long word) {
        return new BigInteger(Long.toUnsignedString(word));
    }
}
