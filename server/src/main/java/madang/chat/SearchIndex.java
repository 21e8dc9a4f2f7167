package madang.chat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import madang.kit.Id;
import madang.kit.db.Db;
import madang.kit.db.Tx;
import org.jspecify.annotations.Nullable;

/// Finds messages by parts of their words. The index runs behind the log; what it has not reached
/// is looked through, so that nothing is missed that was acknowledged. What it names is checked
/// against the text as it stands now, so that nothing is shown that is not there.
///
/// A room's log is filed in blocks, and a lookup asks one block. A frequent word is found in the
/// newest block; a rare one is asked for in ever more blocks at once, at some 40 µs each.
final class SearchIndex {
    /// So many messages are filed in one transaction, and not more letters than this, so that it
    /// stays far from the time that a statement may take.
    private static final int MAX_BATCH = 1_000;

    private static final int MAX_LETTERS = 100_000;

    /// From so many on, sorting them into the index at once is cheaper than letting them wait.
    private static final int MANY = 100;

    /// So many messages behind the index are looked through at once.
    private static final int MAX_SCAN = 5_000;

    private static final int MAX_PROBES_AT_ONCE = 64;

    /// So many of those that the index names are checked at once.
    private static final int MAX_NAMED = 100;

    private final Db db;
    private final MessageStore messages;

    SearchIndex(Db db, MessageStore messages) {
        this.db = db;
        this.messages = messages;
    }

    /// What a search came upon: messages, newest first; where to go on, null where all was seen;
    /// how many messages the index named on the way, and in how many blocks it was asked.
    record Found(List<Message> messages, @Nullable Long next, int named, int probes) {}

    /// A message's place.
    private record Spot(Id<Room> room, long seq) {}

    /// A part of the index: a room's block.
    private record Drawer(Id<Room> room, long block) {}

    /// How far a room is indexed.
    private record Reach(Id<Room> room, long indexed) {}

    private record Row(Id<Room> room, long seq, String text) {}

    /// The newest messages of a room before this place that the query finds. It gives up after
    /// `mostProbes` blocks, and says where to go on.
    Found search(Id<Room> room, SearchQuery query, long before, int limit, int mostProbes) {
        // Asked first: what is indexed meanwhile is found twice and shown once.
        Reach reach = reaches(List.of(room)).getFirst();
        Walk walk = new Walk(query, reach, before);
        while (!walk.isOver() && walk.hits.size() <= limit && walk.probes < mostProbes) {
            walk.on(mostProbes);
        }
        TreeMap<Long, Message> found = new TreeMap<>();
        walk.hits.forEach(hit -> found.put(hit.seq(), hit));
        behind(query, reach, before, limit + 1).forEach(hit -> found.put(hit.seq(), hit));
        boolean isCutShort = !walk.isOver() && walk.hits.size() <= limit;
        List<Message> newest =
                found.descendingMap().values().stream()
                        .filter(hit -> !isCutShort || hit.seq() >= walk.bound)
                        .toList();
        if (newest.size() > limit) {
            List<Message> page = newest.subList(0, limit);
            return new Found(page, page.getLast().seq(), walk.named, walk.probes);
        }
        return new Found(newest, isCutShort ? walk.bound : null, walk.named, walk.probes);
    }

    /// Finds in the newest block of each of these rooms, in the order of the rooms.
    List<Message> searchNewest(List<Id<Room>> rooms, SearchQuery query, int limit) {
        List<Reach> reaches = reaches(rooms);
        List<Drawer> newest =
                reaches.stream().map(r -> new Drawer(r.room(), block(r.indexed()))).toList();
        List<Spot> spots = new ArrayList<>(named(query, newest, Long.MAX_VALUE, limit, MAX_SCAN));
        rows(reaches, limit).stream()
                .filter(row -> query.matches(row.text()))
                .forEach(row -> spots.add(new Spot(row.room(), row.seq())));
        return matching(query, spots.stream().distinct().toList());
    }

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

    /// A way through a room's blocks, from the newest down.
    private final class Walk {
        private final SearchQuery query;
        private final Id<Room> room;
        private final List<Message> hits = new ArrayList<>();
        private long bound;
        private int atOnce = 1;
        private int probes;
        private int named;

        Walk(SearchQuery query, Reach reach, long before) {
            this.query = query;
            this.room = reach.room();
            this.bound = Math.min(before, reach.indexed() + 1);
        }

        /// Places begin with 1.
        boolean isOver() {
            return bound <= 1;
        }

        /// One step: either the next of those that these blocks name, or on to the next blocks.
        void on(int mostProbes) {
            long top = block(bound - 1);
            int count = (int) Math.min(Math.min(atOnce, mostProbes - probes), top + 1);
            List<Drawer> drawers =
                    LongStream.range(0, count).mapToObj(i -> new Drawer(room, top - i)).toList();
            List<Spot> spots = named(query, drawers, bound, MAX_NAMED, MAX_NAMED);
            hits.addAll(matching(query, spots));
            named += spots.size();
            if (spots.size() == MAX_NAMED) {
                bound = spots.stream().mapToLong(Spot::seq).min().orElseThrow();
                return;
            }
            probes += count;
            bound = (top - count + 1) << Grams.BLOCK_BITS;
            atOnce = Math.min(atOnce * 4, MAX_PROBES_AT_ONCE);
        }
    }

    private static long block(long seq) {
        return seq >> Grams.BLOCK_BITS;
    }

    private List<Reach> reaches(List<Id<Room>> rooms) {
        return db.read(tx ->
                tx.sql(
                                """
                                select asked.room_id, coalesce(log.indexed_seq, 0)
                                from unnest(:rooms) as asked(room_id)
                                left join chat.search_log log on log.room_id = asked.room_id
                                """)
                        .withIds("rooms", rooms)
                        .list(Reach.class));
    }

    /// A drawer and a place that it names.
    private record Named(int drawer, long seq) {}

    /// What the index names in these drawers, the newest of each first. The name of a gram holds
    /// its room; where two rooms should ever share one, the check of the text tells.
    private List<Spot> named(
            SearchQuery query, List<Drawer> drawers, long before, int each, int most) {
        long[] grams = query.grams();
        List<Long> keys =
                drawers.stream()
                        .flatMap(drawer ->
                                Arrays.stream(Grams.keys(drawer.room(), drawer.block(), grams))
                                        .boxed())
                        .toList();
        List<Named> found =
                db.read(tx ->
                        tx.sql(
                                        """
                                        select probe.drawer, hit.seq
                                        from generate_series(0, :drawers - 1) as probe(drawer)
                                        cross join lateral (
                                            select filed.seq from chat.search filed
                                            where filed.grams @> (:keys::bigint[])
                                                      [probe.drawer * :width + 1
                                                       : (probe.drawer + 1) * :width]
                                              and filed.seq < :before
                                            order by filed.seq desc limit :each) hit
                                        limit :most
                                        """)
                                .withLongs("keys", keys)
                                .with("width", grams.length)
                                .with("drawers", drawers.size())
                                .with("before", before)
                                .with("each", each)
                                .with("most", most)
                                .list(Named.class));
        return found.stream()
                .map(hit -> new Spot(drawers.get(hit.drawer()).room(), hit.seq()))
                .toList();
    }

    private List<Message> matching(SearchQuery query, List<Spot> spots) {
        return spots.isEmpty()
                ? List.of()
                : messages
                        .at(
                                spots.stream().map(Spot::room).toList(),
                                spots.stream().map(Spot::seq).toList())
                        .stream()
                        .filter(message -> message.isMatchedBy(query))
                        .toList();
    }

    /// The newest that match among those that the index has not reached. They are walked by the
    /// places of their last changes, which lie behind those of their births: whoever was born
    /// behind the bound has been seen.
    private List<Message> behind(SearchQuery query, Reach reach, long before, int limit) {
        TreeSet<Long> found = new TreeSet<>();
        long bound = Long.MAX_VALUE;
        List<Changed> seen;
        do {
            seen = changedBefore(reach, bound);
            seen.stream()
                    .filter(row -> row.seq() < before && row.isMatchedBy(query))
                    .forEach(row -> found.add(row.seq()));
            bound = seen.isEmpty() ? 0 : seen.getLast().changedSeq();
        } while (seen.size() == MAX_SCAN && found.tailSet(bound).size() < limit);
        return matching(
                query,
                found.descendingSet().stream()
                        .limit(limit)
                        .map(seq -> new Spot(reach.room(), seq))
                        .toList());
    }

    private List<Changed> changedBefore(Reach reach, long bound) {
        return db.read(tx ->
                tx.sql(
                                """
                                select room_id, seq, changed_seq,
                                       case when encrypted_keys is null then text end
                                from chat.message
                                where room_id = :room
                                  and changed_seq > :indexed and changed_seq < :bound
                                order by changed_seq desc limit :limit
                                """)
                        .with("room", reach.room())
                        .with("indexed", reach.indexed())
                        .with("bound", bound)
                        .with("limit", MAX_SCAN)
                        .list(Changed.class));
    }

    /// What the index has not reached, of each room the newest. Materialized, so that PostgreSQL
    /// goes by the number of the change and not through the whole room by its places.
    private List<Row> rows(List<Reach> reaches, int each) {
        return db.read(tx ->
                tx.sql(
                                """
                                select asked.room_id, newest.seq, newest.text
                                from unnest(:rooms, :indexed) as asked(room_id, indexed)
                                cross join lateral (
                                    with later as materialized (
                                        select m.seq, m.text from chat.message m
                                        where m.room_id = asked.room_id
                                          and m.changed_seq > asked.indexed
                                          and m.text is not null and m.encrypted_keys is null
                                        order by m.changed_seq desc limit :scanned)
                                    select seq, text from later
                                    order by seq desc limit :each) newest
                                """)
                        .withIds("rooms", reaches.stream().map(Reach::room).toList())
                        .withLongs("indexed", reaches.stream().map(Reach::indexed).toList())
                        .with("scanned", MAX_SCAN)
                        .with("each", each)
                        .list(Row.class));
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

        boolean isMatchedBy(SearchQuery query) {
            return text != null && query.matches(text);
        }

        long[] grams() {
            return text == null ? new long[0] : Grams.keys(room, block(seq), Grams.of(text));
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
