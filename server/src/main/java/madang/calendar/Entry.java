package madang.calendar;

import java.nio.ByteBuffer;
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
    private static final String SIGNS = "0123456789abcdefghijklmnopqrstuv";
    private static final int LENGTH = 26;

    boolean says(Draft draft) {
        return etag != null && draft.content().equals(agreed) && draft.isTentative() == isTentative;
    }

    /// The id of an event there: the 128 bits of ours in base32hex (RFC 4648 §7), lower case, which
    /// Google takes. So an event that is inserted twice is one.
    static String remoteId(Id<Event> event) {
        StringBuilder id = new StringBuilder(LENGTH);
        long high = event.value().getMostSignificantBits();
        long low = event.value().getLeastSignificantBits();
        for (int bit = 0; bit < 2 * Long.SIZE; bit += 5) {
            id.append(SIGNS.charAt(fiveBits(high, low, bit)));
        }
        return id.toString();
    }

    /// The event of ours that an id there would mean; null where it means none.
    static @Nullable Id<Event> eventOf(String remoteId) {
        if (remoteId.length() != LENGTH) {
            return null;
        }
        ByteBuffer bits = ByteBuffer.allocate(2 * Long.BYTES);
        int waiting = 0;
        int count = 0;
        for (char sign : remoteId.toCharArray()) {
            int value = SIGNS.indexOf(sign);
            if (value < 0) {
                return null;
            }
            waiting = (waiting << 5 | value) & 0xfff;
            count += 5;
            if (count >= 8) {
                count -= 8;
                bits.put((byte) (waiting >> count));
            }
        }
        Id<Event> event = new Id<>(new UUID(bits.getLong(0), bits.getLong(Long.BYTES)));
        return remoteId(event).equals(remoteId) ? event : null;
    }

    /// From this bit on, of 128; behind the last one come zeros.
    private static int fiveBits(long high, long low, int bit) {
        int value = 0;
        for (int i = bit; i < bit + 5; i++) {
            long word = i < Long.SIZE ? high : low;
            long one = i < 2 * Long.SIZE ? word >>> (Long.SIZE - 1 - i % Long.SIZE) & 1 : 0;
            value = value << 1 | (int) one;
        }
        return value;
    }
}
