package madang.chat;

import static java.time.temporal.ChronoUnit.MICROS;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import madang.chat.MessageStore.End;
import madang.kit.Id;
import madang.kit.db.Tx;

/// Where logs end, in SQL: who holds the row of a log's end appends to it, and nobody else.
final class LogEnds {
    private LogEnds() {}

    /// Where the next thing in a log goes, and when.
    record Place(long seq, Instant at) {
        Place next(Instant now) {
            return new Place(seq + 1, now.isAfter(at) ? now : at.plus(1, MICROS));
        }
    }

    /// The ends of these logs, locked in the order of their ids, so that two writers never wait for
    /// each other.
    static Map<Id<Room>, Place> lock(Tx tx, List<Id<Room>> rooms) {
        Map<Id<Room>, Place> ends = ends(tx, rooms);
        if (ends.size() < rooms.size()) {
            tx.sql(
                            """
                            insert into chat.room_log (room_id) select unnest(:rooms)
                            on conflict do nothing
                            """)
                    .withIds("rooms", rooms.stream().sorted().toList())
                    .count();
            ends = ends(tx, rooms);
        }
        return ends;
    }

    private static Map<Id<Room>, Place> ends(Tx tx, List<Id<Room>> rooms) {
        Map<Id<Room>, Place> ends = new TreeMap<>();
        tx.sql(
                        """
                        select room_id, last_seq,
                               case when isfinite(last_at) then last_at else 'epoch' end
                        from chat.room_log where room_id = any(:rooms) order by room_id for update
                        """)
                .withIds("rooms", rooms)
                .list(End.class)
                .forEach(end -> ends.put(end.room(), new Place(end.lastSeq(), end.lastAt())));
        return ends;
    }

    static void move(Tx tx, Map<Id<Room>, Place> ends) {
        Collection<Place> places = ends.values();
        tx.sql(
                        """
                        update chat.room_log log set last_seq = moved.last_seq, last_at = moved.last_at
                        from unnest(:rooms, :seqs, :times) as moved(room_id, last_seq, last_at)
                        where log.room_id = moved.room_id
                        """)
                .withIds("rooms", ends.keySet())
                .withLongs("seqs", places.stream().map(Place::seq).toList())
                .withInstants("times", places.stream().map(Place::at).toList())
                .count();
    }
}
