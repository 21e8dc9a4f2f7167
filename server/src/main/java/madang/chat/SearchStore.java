package madang.chat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import madang.chat.SearchIndex.Reach;
import madang.kit.Id;
import madang.kit.db.Tx;
import org.jspecify.annotations.Nullable;

/// What a search asks the database: what the index names, and what it has not reached.
final class SearchStore {
    /// A message's place.
    record Spot(Id<Room> room, long seq) {}

    /// A room and a place in it, before which is looked.
    record Bound(Id<Room> room, long before) {}

    /// A part of the index: a room's block, of which the places before this one are wanted.
    record Drawer(Id<Room> room, long block, long before) {}

    /// A drawer, by its number from 0, and a place that it names.
    private record Named(int drawer, long seq) {}

    /// What a drawer names, the newest first; whether it may name more below.
    record Pulled(Drawer drawer, List<Long> seqs, boolean isMoreBelow) {
        List<Spot> spots() {
            return seqs.stream().map(seq -> new Spot(drawer.room(), seq)).toList();
        }

        /// From here on the drawer has told everything.
        long end() {
            return isMoreBelow ? seqs.getLast() : Grams.firstOf(drawer.block());
        }
    }

    /// A message that the index does not know as it stands; the text is null where there is none to
    /// be found.
    record Unfiled(Id<Room> room, long seq, @Nullable String text) {
        int letters() {
            return text == null ? 0 : text.length();
        }

        boolean isMatchedBy(SearchQuery query) {
            return text != null && query.matches(text);
        }
    }

    /// How far these rooms are indexed.
    List<Reach> reaches(Tx tx, List<Id<Room>> rooms) {
        return tx.sql(
                        """
                        select asked.room_id, coalesce(log.indexed_seq, 0)
                        from unnest(:rooms) as asked(room_id)
                        left join chat.search_log log on log.room_id = asked.room_id
                        """)
                .withIds("rooms", rooms)
                .list(Reach.class);
    }

    /// The newest messages before these places, of each room that has one.
    Map<Id<Room>, Moment> tops(Tx tx, List<Bound> bounds) {
        Map<Id<Room>, Moment> tops = new HashMap<>();
        tx.sql(
                        """
                        select top.created_at, asked.room_id, top.seq
                        from unnest(:rooms, :befores) as asked(room_id, before)
                        cross join lateral (
                            select m.seq, m.created_at from chat.message m
                            where m.room_id = asked.room_id and m.seq < asked.before
                            order by m.seq desc limit 1) top
                        """)
                .withIds("rooms", bounds.stream().map(Bound::room).toList())
                .withLongs("befores", bounds.stream().map(Bound::before).toList())
                .list(Moment.class)
                .forEach(top -> tops.put(top.room(), top));
        return tops;
    }

    /// Where messages stand that were filed and edited since, and match now. Everything else that
    /// changes leaves the text as it is, or takes it away.
    Map<Id<Room>, NavigableSet<Long>> editedSince(Tx tx, List<Reach> reaches, SearchQuery query) {
        List<Reach> filed = reaches.stream().filter(reach -> reach.indexed() > 0).toList();
        Map<Id<Room>, NavigableSet<Long>> matching = new HashMap<>();
        tx
                .sql(
                        """
                        select asked.room_id, edited.seq, edited.text
                        from unnest(:rooms, :indexed) as asked(room_id, indexed)
                        cross join lateral (
                            select m.seq, m.text from chat.message m
                            where m.room_id = asked.room_id
                              and m.changed_seq > asked.indexed
                              and m.edited_at is not null
                              and m.seq <= asked.indexed
                              and m.encrypted_keys is null
                            order by m.changed_seq) edited
                        """)
                .withIds("rooms", filed.stream().map(Reach::room).toList())
                .withLongs("indexed", filed.stream().map(Reach::indexed).toList())
                .list(Unfiled.class)
                .stream()
                .filter(edited -> edited.isMatchedBy(query))
                .forEach(edited ->
                        matching.computeIfAbsent(edited.room(), _ -> new TreeSet<>())
                                .add(edited.seq()));
        return matching;
    }

    /// The newest before these places of what was born behind the index's reach, room by room.
    Map<Id<Room>, List<Unfiled>> unfiled(Tx tx, List<Reach> reaches, List<Bound> bounds, int each) {
        Map<Id<Room>, List<Unfiled>> unfiled = new HashMap<>();
        tx.sql(
                        """
                        select asked.room_id, born.seq, born.text
                        from unnest(:rooms, :indexed, :befores)
                             as asked(room_id, indexed, before)
                        cross join lateral (
                            select m.seq,
                                   case when m.encrypted_keys is null then m.text end as text
                            from chat.message m
                            where m.room_id = asked.room_id
                              and m.seq > asked.indexed and m.seq < asked.before
                            order by m.seq desc limit :each) born
                        """)
                .withIds("rooms", reaches.stream().map(Reach::room).toList())
                .withLongs("indexed", reaches.stream().map(Reach::indexed).toList())
                .withLongs("befores", bounds.stream().map(Bound::before).toList())
                .with("each", each)
                .list(Unfiled.class)
                .forEach(born ->
                        unfiled.computeIfAbsent(born.room(), _ -> new ArrayList<>()).add(born));
        return unfiled;
    }

    /// What the index names in these drawers, one after the other: `each` of a drawer and `most` of
    /// all. Drawers that it did not come to are not among the answers.
    List<Pulled> pull(Tx tx, SearchQuery query, List<Drawer> drawers, int each, int most) {
        List<Named> named = named(tx, query, drawers, each, most);
        Map<Integer, List<Long>> seqs =
                named.stream()
                        .collect(
                                Collectors.groupingBy(
                                        Named::drawer,
                                        Collectors.mapping(Named::seq, Collectors.toList())));
        boolean isCutShort = named.size() == most;
        int pulled = isCutShort ? named.getLast().drawer() + 1 : drawers.size();
        return IntStream.range(0, pulled)
                .mapToObj(i -> {
                    List<Long> there = seqs.getOrDefault(i, List.of());
                    boolean isLast = isCutShort && i == pulled - 1;
                    return new Pulled(drawers.get(i), there, isLast || there.size() == each);
                })
                .toList();
    }

    /// Drawer by drawer, the newest of each first. The name of a gram holds its room; where two
    /// rooms should ever share one, the check of the text tells.
    private List<Named> named(Tx tx, SearchQuery query, List<Drawer> drawers, int each, int most) {
        long[] grams = query.grams();
        List<Long> keys =
                drawers.stream()
                        .flatMap(drawer ->
                                Arrays.stream(Grams.keys(drawer.room(), drawer.block(), grams))
                                        .boxed())
                        .toList();
        return tx.sql(
                        """
                        select probe.drawer, hit.seq
                        from generate_series(0, :drawers - 1) as probe(drawer)
                        cross join lateral (
                            select filed.seq from chat.search filed
                            where filed.grams @> (:keys::bigint[])
                                      [probe.drawer * :width + 1
                                       : (probe.drawer + 1) * :width]
                              and filed.seq < (:befores::bigint[])[probe.drawer + 1]
                            order by filed.seq desc limit :each) hit
                        limit :most
                        """)
                .withLongs("keys", keys)
                .withLongs("befores", drawers.stream().map(Drawer::before).toList())
                .with("width", grams.length)
                .with("drawers", drawers.size())
                .with("each", each)
                .with("most", most)
                .list(Named.class);
    }
}
