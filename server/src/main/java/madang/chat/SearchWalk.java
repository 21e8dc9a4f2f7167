package madang.chat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import madang.chat.SearchIndex.Reach;
import madang.chat.SearchStore.Bound;
import madang.chat.SearchStore.Drawer;
import madang.chat.SearchStore.Pulled;
import madang.chat.SearchStore.Spot;
import madang.chat.SearchStore.Unfiled;
import madang.kit.Id;
import madang.kit.db.Db;
import org.jspecify.annotations.Nullable;

/// One page of a search: down through what was said in all of these rooms at once, always on from
/// where the newest lies that was not seen yet. What the index has not reached is looked through,
/// so that nothing is missed that was acknowledged; what the index names is checked against the
/// text as it stands now, so that nothing is shown that is not there. A message is on the page once
/// nothing newer is left unseen.
///
/// A room's log is filed in blocks, and a lookup asks one block. A frequent word is found in the
/// newest blocks; a rare one is asked for in ever more blocks at once.
///
/// What a page costs: to begin with, three lookups for each room (from the second page on some
/// twenty more where something was said since the moment that it starts before), and the edits that
/// wait to be filed. From there on effort is counted: a lookup in a block is 1, some 40 µs; a
/// message that is checked is 1; 32 short messages that are looked through are 1. Who has spent it
/// ends the page, however little was found, and says where to go on. The step that spends it is
/// ended: 64 lookups, or 2,048 messages looked through, and what was found there to check.
final class SearchWalk {
    private static final int MOST_AT_ONCE = 64;

    /// So many of those that the index names are checked at once.
    private static final int MOST_NAMED = 100;

    private static final int UNFILED_PER_LOOKUP = 32;

    /// A message counts once more for each so many letters of it.
    private static final int LETTERS_PER_UNFILED = 128;

    private final Db db;
    private final SearchStore store;
    private final MessageStore messages;
    private final SearchQuery query;
    private final int limit;

    /// The one that leads on from the newest is the first.
    private final List<Trail> trails = new ArrayList<>();

    private final NavigableMap<Moment, Message> hits = new TreeMap<>(Comparator.reverseOrder());
    private int atOnce = 1;
    private int asked;
    private int named;
    private int checked;
    private long lookedThrough;

    /// Where a walk looks, by one short read after the other: messages are fetched by connections
    /// that are not ours, so none of ours is held meanwhile.
    record Sources(Db db, SearchStore store, MessageStore messages) {}

    /// What a page holds: messages, newest first; what to go on before, null where all was seen;
    /// how many messages the index named on the way, and in how many blocks it was asked.
    record Found(List<Message> messages, @Nullable Moment next, int named, int lookups) {}

    /// The newest messages of these rooms before this moment that the query finds.
    static Found page(
            Sources sources,
            List<Id<Room>> rooms,
            SearchQuery query,
            @Nullable Moment before,
            int limit,
            int mostEffort) {
        SearchWalk walk = new SearchWalk(sources, query, limit);
        walk.begin(rooms, before);
        do {
            walk.on();
        } while (!walk.isEnough() && walk.effort() < mostEffort);
        return walk.found();
    }

    private SearchWalk(Sources sources, SearchQuery query, int limit) {
        this.db = sources.db();
        this.store = sources.store();
        this.messages = sources.messages();
        this.query = query;
        this.limit = limit;
    }

    /// A way through a room, from the newest down: everything from `bound` on has been seen, and
    /// `top` is the newest message below. Of what is filed, some was edited since and matches now.
    private static final class Trail {
        private final Reach reach;
        private final NavigableSet<Long> edited;
        private long bound;
        private Moment top;

        Trail(Reach reach, NavigableSet<Long> edited, long bound, Moment top) {
            this.reach = reach;
            this.edited = edited;
            this.bound = bound;
            this.top = top;
        }

        Id<Room> room() {
            return reach.room();
        }

        Moment top() {
            return top;
        }

        Bound bound() {
            return new Bound(room(), bound);
        }

        boolean isFiled() {
            return top.seq() <= reach.indexed();
        }

        /// The blocks that come next, the newest first.
        List<Drawer> drawers(int most) {
            long newest = Grams.block(top.seq());
            return LongStream.range(0, Math.min(most, newest + 1))
                    .mapToObj(i -> new Drawer(room(), newest - i, top.seq() + 1))
                    .toList();
        }

        /// Everything from this place on has been seen now; which edited ones were passed.
        List<Spot> comeTo(long place) {
            NavigableSet<Long> passed = edited.tailSet(place, true);
            List<Spot> spots = passed.stream().map(seq -> new Spot(room(), seq)).toList();
            passed.clear();
            bound = place;
            return spots;
        }
    }

    private void begin(List<Id<Room>> rooms, @Nullable Moment before) {
        // Asked first: what is filed meanwhile is looked through all the same.
        List<Reach> reaches = db.read(tx -> store.reaches(tx, rooms));
        Map<Id<Room>, NavigableSet<Long>> edited =
                db.read(tx -> store.editedSince(tx, reaches, query));
        Map<Id<Room>, Long> ends = before == null ? Map.of() : ends(rooms, before);
        List<Bound> bounds =
                rooms.stream()
                        .map(room -> new Bound(room, ends.getOrDefault(room, Long.MAX_VALUE)))
                        .toList();
        Map<Id<Room>, Moment> tops = db.read(tx -> store.tops(tx, bounds));
        for (Reach reach : reaches) {
            @Nullable Moment top = tops.get(reach.room());
            if (top != null) {
                NavigableSet<Long> there = edited.getOrDefault(reach.room(), new TreeSet<>());
                trails.add(new Trail(reach, there.headSet(top.seq(), true), top.seq() + 1, top));
            }
        }
        sort();
    }

    /// The places in these rooms from which on everything is newer than the moment, or as new.
    private Map<Id<Room>, Long> ends(List<Id<Room>> rooms, Moment moment) {
        List<Id<Room>> others = rooms.stream().filter(room -> !room.equals(moment.room())).toList();
        List<Long> lasts =
                others.isEmpty()
                        ? List.of()
                        : messages.lastBefore(others, others.stream().map(moment::endIn).toList());
        Map<Id<Room>, Long> ends = new HashMap<>();
        for (int i = 0; i < others.size(); i++) {
            ends.put(others.get(i), lasts.get(i) + 1);
        }
        ends.put(moment.room(), moment.seq());
        return ends;
    }

    private void sort() {
        trails.sort(Comparator.comparing(Trail::top).reversed());
    }

    /// One step on those trails that lead on from the newest.
    private void on() {
        List<Trail> newest = List.copyOf(trails.subList(0, Math.min(atOnce, trails.size())));
        if (newest.isEmpty()) {
            return;
        }
        int each = atOnce / newest.size();
        List<Trail> filed = newest.stream().filter(Trail::isFiled).toList();
        List<Trail> unfiled = newest.stream().filter(trail -> !trail.isFiled()).toList();
        Set<Spot> candidates = new LinkedHashSet<>();
        candidates.addAll(lookThrough(unfiled, each * UNFILED_PER_LOOKUP));
        candidates.addAll(lookUp(filed, each));
        check(List.copyOf(candidates));
        findTops(newest);
        atOnce = Math.min(atOnce * 4, MOST_AT_ONCE);
    }

    private List<Spot> lookThrough(List<Trail> unfiled, int each) {
        if (unfiled.isEmpty()) {
            return List.of();
        }
        Map<Id<Room>, List<Unfiled>> born =
                db.read(tx ->
                        store.unfiled(
                                tx,
                                unfiled.stream().map(trail -> trail.reach).toList(),
                                unfiled.stream().map(Trail::bound).toList(),
                                each));
        List<Spot> candidates = new ArrayList<>();
        for (Trail trail : unfiled) {
            List<Unfiled> seen = born.getOrDefault(trail.room(), List.of());
            candidates.addAll(lookThrough(trail, seen, seen.size() == each));
        }
        return candidates;
    }

    /// Where more match than the page takes, the others are left for later.
    private List<Spot> lookThrough(Trail trail, List<Unfiled> seen, boolean isMoreBelow) {
        seen.forEach(born -> lookedThrough += 1 + born.letters() / LETTERS_PER_UNFILED);
        List<Spot> matching =
                seen.stream()
                        .filter(born -> born.isMatchedBy(query))
                        .limit(limit + 1L)
                        .map(born -> new Spot(born.room(), born.seq()))
                        .toList();
        boolean isLeft = matching.size() > limit;
        long last = isMoreBelow ? seen.getLast().seq() : trail.reach.indexed() + 1;
        trail.comeTo(isLeft ? matching.getLast().seq() : last);
        return matching;
    }

    private List<Spot> lookUp(List<Trail> filed, int blocks) {
        if (filed.isEmpty()) {
            return List.of();
        }
        List<Drawer> drawers =
                filed.stream().flatMap(trail -> trail.drawers(blocks).stream()).toList();
        int each = Math.max(limit + 1, MOST_NAMED / filed.size());
        List<Pulled> pulled = db.read(tx -> store.pull(tx, query, drawers, each, MOST_NAMED));
        asked += pulled.size();
        Map<Id<Room>, List<Pulled>> byRoom =
                pulled.stream().collect(Collectors.groupingBy(one -> one.drawer().room()));
        List<Spot> candidates = new ArrayList<>();
        for (Trail trail : filed) {
            candidates.addAll(lookUp(trail, byRoom.getOrDefault(trail.room(), List.of())));
        }
        return candidates;
    }

    /// Behind a drawer that holds more, nothing counts as seen.
    private List<Spot> lookUp(Trail trail, List<Pulled> pulled) {
        List<Spot> candidates = new ArrayList<>();
        for (Pulled one : pulled) {
            candidates.addAll(one.spots());
            named += one.spots().size();
            candidates.addAll(trail.comeTo(one.end()));
            if (one.isMoreBelow()) {
                break;
            }
        }
        return candidates;
    }

    private void check(List<Spot> candidates) {
        checked += candidates.size();
        matching(candidates).forEach(hit -> hits.put(Moment.of(hit), hit));
    }

    /// Those of these messages that match as they stand now.
    private List<Message> matching(List<Spot> spots) {
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

    /// Those that came on go to their places among the others; who came to the end goes away.
    private void findTops(List<Trail> moved) {
        List<Bound> bounds = moved.stream().map(Trail::bound).toList();
        Map<Id<Room>, Moment> tops = db.read(tx -> store.tops(tx, bounds));
        for (Trail trail : moved) {
            @Nullable Moment top = tops.get(trail.room());
            if (top == null) {
                trails.remove(trail);
            } else {
                trail.top = top;
            }
        }
        sort();
    }

    private boolean isEnough() {
        return trails.isEmpty() || settled().size() > limit;
    }

    private long effort() {
        return asked + checked + lookedThrough / UNFILED_PER_LOOKUP;
    }

    /// What was found that is newer than everything unseen.
    private Collection<Message> settled() {
        return trails.isEmpty() ? hits.values() : hits.headMap(trails.getFirst().top()).values();
    }

    private Found found() {
        List<Message> newest = List.copyOf(settled());
        if (newest.size() > limit) {
            List<Message> page = newest.subList(0, limit);
            return new Found(page, Moment.of(page.getLast()), named, asked);
        }
        @Nullable Moment next = trails.isEmpty() ? null : trails.getFirst().top().justAfter();
        return new Found(newest, next, named, asked);
    }
}
