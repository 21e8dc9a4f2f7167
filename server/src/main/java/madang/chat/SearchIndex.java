package madang.chat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import madang.kit.Id;
import madang.kit.db.Db;
import madang.kit.db.Tx;
import org.jspecify.annotations.Nullable;

/// Under which letters messages are found. The index runs behind the log: a room's changes are
/// filed in their order, and how far that has come is written down in the same transaction, so that
/// a search knows what it has to look through itself.
final class SearchIndex {
    /// So many messages are filed in one transaction, and not more letters than this, so that it
    /// stays far from the time that a statement may take.
    private static final int MAX_BATCH = 1_000;

    private static final int MAX_LETTERS = 100_000;

    /// From so many on, sorting them into the index at once is cheaper than letting them wait.
    private static final int MANY = 100;

    private final Db db;

    SearchIndex(Db db) {
        this.db = db;
    }

    /// How far a room is indexed.
    record Reach(Id<Room> room, long indexed) {}

    /// What one step of filing did: how many messages it filed, and where there is more to do.
    record Step(int filed, Set<Id<Room>> more) {}

    /// Files what was said or changed in these rooms since last time, as much as one step takes.
    /// Rooms that another node files just now are left to it.
    Step advance(List<Id<Room>> rooms) {
        return db.tx(tx -> {
            List<Reach> reaches = lock(tx, rooms);
            List<Changed> next = changed(tx, reaches);
            List<Changed> changed = inOneStep(next);
            if (!changed.isEmpty()) {
                file(tx, changed);
                moveOn(tx, changed);
            }
            return new Step(changed.size(), unfinished(reaches, next, changed));
        });
    }

    /// Takes away all that was filed of a room whose log was emptied. First the room counts as
    /// filed to its end, which waits for whoever files it just now: nobody looks at it again.
    void erase(Id<Room> room) {
        db.run(tx ->
                tx.sql(
                                """
                                insert into chat.search_log (room_id, indexed_seq)
                                select room_id, last_seq from chat.room_log where room_id = :room
                                on conflict (room_id) do update set indexed_seq = excluded.indexed_seq
                                """)
                        .with("room", room)
                        .count());
        int gone;
        do {
            gone = db.tx(tx -> eraseSome(tx, room));
        } while (gone > 0);
    }

    private static int eraseSome(Tx tx, Id<Room> room) {
        return tx.sql(
                        """
                        delete from chat.search where room_id = :room and seq in (
                            select seq from chat.search where room_id = :room
                            order by seq limit :limit)
                        """)
                .with("room", room)
                .with("limit", MAX_BATCH)
                .count();
    }

    /// Rooms that are not indexed up to their end.
    List<Id<Room>> rest(int limit) {
        return db.read(tx ->
                tx.sql(
                                """
                                select log.room_id from chat.room_log log
                                left join chat.search_log done on done.room_id = log.room_id
                                where log.last_seq > coalesce(done.indexed_seq, 0) limit :limit
                                """)
                        .with("limit", limit)
                        .ids());
    }

    /// How far these rooms are indexed, locked for whoever goes on with them; without those that
    /// another has locked. Filing can be done again, so it need not wait for the disk.
    private static List<Reach> lock(Tx tx, List<Id<Room>> rooms) {
        List<Id<Room>> inOrder = rooms.stream().sorted().toList();
        tx.sql("select set_config('synchronous_commit', 'off', true)").one(String.class);
        tx.sql(
                        """
                        insert into chat.search_log (room_id) select unnest(:rooms)
                        on conflict do nothing
                        """)
                .withIds("rooms", inOrder)
                .count();
        return tx.sql(
                        """
                        select room_id, indexed_seq from chat.search_log
                        where room_id = any(:rooms) order by room_id for update skip locked
                        """)
                .withIds("rooms", inOrder)
                .list(Reach.class);
    }

    /// The present text of a message that changed; null where there is none to be found.
    private record Changed(Id<Room> room, long seq, long changedSeq, @Nullable String text) {
        int letters() {
            return text == null ? 0 : text.length();
        }

        long[] grams() {
            return text == null ? new long[0] : Grams.keys(room, Grams.block(seq), Grams.of(text));
        }
    }

    /// Of each of these rooms what changed next, room by room in the order of the changes.
    private static List<Changed> changed(Tx tx, List<Reach> reaches) {
        return tx.sql(
                        """
                        select asked.room_id, next.seq, next.changed_seq, next.text
                        from unnest(:rooms, :indexed)
                             with ordinality as asked(room_id, indexed, position)
                        cross join lateral (
                            select seq, changed_seq,
                                   case when encrypted_keys is null then text end as text
                            from chat.message m
                            where m.room_id = asked.room_id and m.changed_seq > asked.indexed
                            order by m.changed_seq limit :limit) next
                        order by asked.position, next.changed_seq
                        """)
                .withIds("rooms", reaches.stream().map(Reach::room).toList())
                .withLongs("indexed", reaches.stream().map(Reach::indexed).toList())
                .with("limit", each(reaches))
                .list(Changed.class);
    }

    private static int each(List<Reach> reaches) {
        return Math.ceilDiv(MAX_BATCH, Math.max(reaches.size(), 1));
    }

    private static List<Changed> inOneStep(List<Changed> next) {
        int letters = 0;
        int count = 0;
        while (count < next.size() && letters < MAX_LETTERS) {
            letters += next.get(count++).letters();
        }
        return next.subList(0, count);
    }

    /// Rooms of which as much was found as was asked for, or not all of it was filed.
    private static Set<Id<Room>> unfinished(
            List<Reach> reaches, List<Changed> next, List<Changed> filed) {
        Map<Id<Room>, Integer> found = new HashMap<>();
        next.forEach(changed -> found.merge(changed.room(), 1, Integer::sum));
        Set<Id<Room>> unfinished = new HashSet<>();
        found.forEach((room, count) -> {
            if (count == each(reaches)) {
                unfinished.add(room);
            }
        });
        next.subList(filed.size(), next.size()).forEach(left -> unfinished.add(left.room()));
        return unfinished;
    }

    /// Many at once are sorted into the index once, together; a few wait in its list of pending
    /// ones, which every lookup goes through, until they are 64 KB.
    private static void file(Tx tx, List<Changed> changed) {
        boolean areMany = changed.size() >= MANY;
        tx.sql("select set_config('gin_pending_list_limit', :kilobytes, true)")
                .with("kilobytes", areMany ? "65536" : "64")
                .one(String.class);
        List<Changed> gone = changed.stream().filter(each -> each.text() == null).toList();
        if (!gone.isEmpty()) {
            remove(tx, gone);
        }
        add(tx, changed.stream().filter(each -> each.text() != null).toList());
        if (areMany) {
            tx.sql("select gin_clean_pending_list('chat.search_grams')").one(Long.class);
        }
    }

    private static void remove(Tx tx, List<Changed> gone) {
        tx.sql(
                        """
                        delete from chat.search filed
                        using unnest(:rooms, :seqs) as gone(room_id, seq)
                        where filed.room_id = gone.room_id and filed.seq = gone.seq
                        """)
                .withIds("rooms", gone.stream().map(Changed::room).toList())
                .withLongs("seqs", gone.stream().map(Changed::seq).toList())
                .count();
    }

    /// The grams of all come as one array, each message with its part of it.
    private static void add(Tx tx, List<Changed> there) {
        List<Long> grams = new ArrayList<>();
        List<Long> firsts = new ArrayList<>(there.size());
        List<Long> lasts = new ArrayList<>(there.size());
        for (Changed each : there) {
            firsts.add(grams.size() + 1L);
            for (long gram : each.grams()) {
                grams.add(gram);
            }
            lasts.add((long) grams.size());
        }
        tx.sql(
                        """
                        insert into chat.search as filed (room_id, seq, grams)
                        select made.room_id, made.seq,
                               (:grams::bigint[])[made.first : made.last]
                        from unnest(:rooms, :seqs, :firsts, :lasts) as made(room_id, seq, first, last)
                        on conflict (room_id, seq) do update set grams = excluded.grams
                        where filed.grams <> excluded.grams
                        """)
                .withIds("rooms", there.stream().map(Changed::room).toList())
                .withLongs("seqs", there.stream().map(Changed::seq).toList())
                .withLongs("firsts", firsts)
                .withLongs("lasts", lasts)
                .withLongs("grams", grams)
                .count();
    }

    private static void moveOn(Tx tx, List<Changed> changed) {
        Map<Id<Room>, Long> reached = new HashMap<>();
        changed.forEach(each -> reached.merge(each.room(), each.changedSeq(), Math::max));
        tx.sql(
                        """
                        update chat.search_log log set indexed_seq = moved.indexed_seq
                        from unnest(:rooms, :seqs) as moved(room_id, indexed_seq)
                        where log.room_id = moved.room_id
                        """)
                .withIds("rooms", reached.keySet())
                .withLongs("seqs", reached.values())
                .count();
    }
}
