package madang.chat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
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
        rows(reaches, Long.MAX_VALUE, limit).stream()
                .filter(row -> query.matches(row.text()))
                .forEach(row -> spots.add(new Spot(row.room(), row.seq())));
        return matching(query, spots.stream().distinct().toList());
    }

    /// Files what was said or changed since last time; true where there is more to do. Where
    /// another node files the room just now, there is nothing to do.
    boolean advance(Id<Room> room) {
        return db.tx(tx -> {
            @Nullable Long indexed = lock(tx, room);
            List<Changed> changed = indexed == null ? List.of() : changed(tx, room, indexed);
            if (changed.isEmpty()) {
                return false;
            }
            file(tx, room, changed);
            tx.sql("update chat.search_log set indexed_seq = :seq where room_id = :room")
                    .with("seq", changed.getLast().changedSeq())
                    .with("room", room)
                    .count();
            return true;
        });
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

    /// The newest that match among those that the index has not reached.
    private List<Message> behind(SearchQuery query, Reach reach, long before, int limit) {
        List<Spot> spots = new ArrayList<>();
        long bound = before;
        List<Row> rows;
        do {
            rows = rows(List.of(reach), bound, MAX_SCAN);
            rows.stream()
                    .filter(row -> query.matches(row.text()))
                    .limit(limit - spots.size())
                    .forEach(row -> spots.add(new Spot(row.room(), row.seq())));
            bound = rows.isEmpty() ? 0 : rows.getLast().seq();
        } while (rows.size() == MAX_SCAN && spots.size() < limit);
        return matching(query, spots);
    }

    /// What the index has not reached, newest first: of each room so many. Materialized, so that
    /// PostgreSQL goes by the number of the change and not through the whole room by its places.
    private List<Row> rows(List<Reach> reaches, long before, int each) {
        return db.read(tx ->
                tx.sql(
                                """
                                select asked.room_id, newest.seq, newest.text
                                from unnest(:rooms, :indexed) as asked(room_id, indexed)
                                cross join lateral (
                                    with later as materialized (
                                        select m.seq, m.text from chat.message m
                                        where m.room_id = asked.room_id
                                          and m.changed_seq > asked.indexed and m.seq < :before
                                          and m.text is not null and m.encrypted_keys is null)
                                    select seq, text from later
                                    order by seq desc limit :each) newest
                                """)
                        .withIds("rooms", reaches.stream().map(Reach::room).toList())
                        .withLongs("indexed", reaches.stream().map(Reach::indexed).toList())
                        .with("before", before)
                        .with("each", each)
                        .list(Row.class));
    }

    /// How far the room is indexed, locked for whoever goes on with it; null while another does.
    private static @Nullable Long lock(Tx tx, Id<Room> room) {
        tx.sql("insert into chat.search_log (room_id) values (:room) on conflict do nothing")
                .with("room", room)
                .count();
        return tx.sql(
                        """
                        select indexed_seq from chat.search_log
                        where room_id = :room for update skip locked
                        """)
                .with("room", room)
                .first(Long.class)
                .orElse(null);
    }

    private record Changed(long seq, long changedSeq, @Nullable String text) {
        int letters() {
            return text == null ? 0 : text.length();
        }

        /// As PostgreSQL writes an array.
        String grams(Id<Room> room) {
            long[] grams = text == null ? new long[0] : Grams.of(text);
            return Arrays.stream(Grams.keys(room, block(seq), grams))
                    .mapToObj(Long::toString)
                    .collect(Collectors.joining(",", "{", "}"));
        }
    }

    private static List<Changed> changed(Tx tx, Id<Room> room, long indexed) {
        List<Changed> next =
                tx.sql(
                                """
                                select seq, changed_seq, case when encrypted_keys is null then text end
                                from chat.message
                                where room_id = :room and changed_seq > :indexed
                                order by changed_seq limit :limit
                                """)
                        .with("room", room)
                        .with("indexed", indexed)
                        .with("limit", MAX_BATCH)
                        .list(Changed.class);
        int letters = 0;
        int count = 0;
        while (count < next.size() && (count == 0 || letters < MAX_LETTERS)) {
            letters += next.get(count++).letters();
        }
        return next.subList(0, count);
    }

    private static void file(Tx tx, Id<Room> room, List<Changed> changed) {
        List<Changed> there = changed.stream().filter(each -> each.text() != null).toList();
        List<Changed> gone = changed.stream().filter(each -> each.text() == null).toList();
        tx.sql("delete from chat.search where room_id = :room and seq = any(:seqs)")
                .with("room", room)
                .withLongs("seqs", gone.stream().map(Changed::seq).toList())
                .count();
        tx.sql(
                        """
                        insert into chat.search as filed (room_id, seq, grams)
                        select :room, made.seq, made.grams::bigint[]
                        from unnest(:seqs, :grams) as made(seq, grams)
                        on conflict (room_id, seq) do update set grams = excluded.grams
                        where filed.grams <> excluded.grams
                        """)
                .with("room", room)
                .withLongs("seqs", there.stream().map(Changed::seq).toList())
                .withTexts("grams", there.stream().map(each -> each.grams(room)).toList())
                .count();
    }
}
