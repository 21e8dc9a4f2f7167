package madang.nodes;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import madang.embedded.MemoryBus;
import madang.kit.Id;
import madang.kit.db.DatabaseAddress;
import madang.kit.db.Line;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the other nodes say. The bell says that there is something to read; where it cannot be
/// heard (a pooler in between, a cut line) the table is looked at all the same. A place is kept in
/// each node's numbers: a gap, or a pause in which a node could have spoken and died, is told to
/// every listener.
final class Incoming {
    private static final Duration LOOK = Duration.ofMillis(250);

    /// Shorter than the time after which a silent node is forgotten with what it said.
    private static final Duration HARMLESS_PAUSE = Duration.ofSeconds(5);

    private static final int MOST_AT_ONCE = 32;
    private static final int MOST_REMEMBERED = 256;
    private static final Logger log = LoggerFactory.getLogger(Incoming.class);

    private final DatabaseAddress address;
    private final Id<Nodes> me;
    private final MemoryBus here;
    private final Map<Id<Nodes>, Long> places = new Places();
    private final Thread thread = Thread.ofVirtual().name("bus-in").unstarted(this::hear);
    private volatile boolean isOpen = true;
    private @Nullable Line line;
    private long readAt;

    Incoming(DatabaseAddress address, Id<Nodes> me, MemoryBus here) {
        this.address = address;
        this.me = me;
        this.here = here;
    }

    private static final class Places extends LinkedHashMap<Id<Nodes>, Long> {
        private static final long serialVersionUID = 1;

        Places() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Id<Nodes>, Long> eldest) {
            return size() > MOST_REMEMBERED;
        }
    }

    private record Place(Id<Nodes> node, long number) {}

    /// What is said when this has returned is heard; what was said before is not.
    void start() {
        Line first = open();
        line = first;
        first.sql("select node, max(number) from kit.bus_batch group by node")
                .list(Place.class)
                .forEach(place -> places.put(place.node(), place.number()));
        readAt = System.nanoTime();
        thread.start();
    }

    void stop() throws InterruptedException {
        isOpen = false;
        thread.interrupt();
        thread.join();
    }

    private void hear() {
        BackOff backOff = new BackOff();
        try {
            while (isOpen) {
                try (Line current = line == null ? open() : line) {
                    line = current;
                    read(current);
                    backOff.ends();
                    while (isOpen) {
                        if (isWorthALook(current.heard(LOOK))) {
                            read(current);
                        }
                    }
                } catch (RuntimeException cut) {
                    if (isOpen) {
                        log.warn("the other nodes are not heard: {}", BackOff.why(cut));
                        backOff.rest();
                    }
                } finally {
                    line = null;
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private Line open() {
        Line fresh = Line.open(address, "madang-bus-in", " -c enable_seqscan=off");
        fresh.listen(Outgoing.BELL);
        return fresh;
    }

    /// Our own bell is no news; silence may be a bell that was not heard.
    private boolean isWorthALook(List<String> bells) {
        String own = me.toString();
        return bells.isEmpty() || !bells.stream().allMatch(own::equals);
    }

    private void read(Line from) {
        boolean hasMissed = System.nanoTime() - readAt > HARMLESS_PAUSE.toNanos();
        List<Batch> batches;
        do {
            batches = next(from);
            for (Batch batch : batches) {
                hasMissed |= batch.number() != places.getOrDefault(batch.node(), 0L) + 1;
                places.put(batch.node(), batch.number());
                batch.hints().forEach(hint -> here.publish(hint.topic(), hint.payload()));
            }
        } while (!batches.isEmpty());
        readAt = System.nanoTime();
        if (hasMissed) {
            log.warn("hints of other nodes were lost; their listeners look for themselves");
            here.missed();
        }
    }

    private List<Batch> next(Line from) {
        List<Map.Entry<Id<Nodes>, Long>> known = List.copyOf(places.entrySet());
        return from.sql(
                        """
                        select said.node, said.number, said.hints
                        from kit.node n
                        left join unnest(:nodes, :numbers) as known(node, number) on known.node = n.id
                        cross join lateral (
                            select node, number, hints from kit.bus_batch
                            where node = n.id and number > coalesce(known.number, 0)
                            order by number limit :most) said
                        where n.id <> :me
                        order by said.node, said.number
                        """)
                .withIds("nodes", known.stream().map(Map.Entry::getKey).toList())
                .withLongs("numbers", known.stream().map(Map.Entry::getValue).toList())
                .with("me", me)
                .with("most", MOST_AT_ONCE)
                .list(Batch.class);
    }
}
