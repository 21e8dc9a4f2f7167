package madang.chat;

import static java.time.temporal.ChronoUnit.MICROS;

import java.time.Instant;
import java.util.Comparator;
import madang.kit.Cursor;
import madang.kit.Id;
import org.jspecify.annotations.Nullable;

/// When and where something was said: one order over all rooms. Within a room times increase with
/// places, so a page that ended at a moment goes on there in every room.
record Moment(Instant at, Id<Room> room, long seq) implements Comparable<Moment> {
    private static final Comparator<Moment> ORDER =
            Comparator.comparing(Moment::at)
                    .thenComparing(Moment::room)
                    .thenComparingLong(Moment::seq);

    static Moment of(Message message) {
        return new Moment(message.createdAt(), message.room(), message.seq());
    }

    /// Where the last page ended, or null where there was none.
    static @Nullable Moment of(@Nullable Cursor cursor) {
        return cursor == null
                ? null
                : new Moment(cursor.instant(0), cursor.id(1), cursor.number(2));
    }

    String cursor() {
        return Cursor.encode(at, room, seq);
    }

    @Override
    public int compareTo(Moment other) {
        return ORDER.compare(this, other);
    }

    /// The moment that everything up to this one is older than.
    Moment justAfter() {
        return new Moment(at, room, seq + 1);
    }

    /// What was said in another room before this time is older than the moment: of two rooms at the
    /// same time, the one with the smaller id.
    Instant endIn(Id<Room> other) {
        return other.compareTo(room) < 0 ? at.plus(1, MICROS) : at;
    }
}
