package madang.embedded;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import madang.port.Bus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The bus of a single node. A topic always travels on the same of a few lanes, each with a bounded
/// queue and one thread, which keeps its order; a full lane drops what comes, counts it, and tells
/// its listeners when it has room again.
public final class MemoryBus implements Bus, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MemoryBus.class);
    private static final int LANES = 4;
    private static final int LANE_HINTS = 16_384;
    private static final int CARRIED_AT_ONCE = 64;

    private final Map<String, List<Place>> places = new ConcurrentHashMap<>();
    private final List<Lane> lanes;
    private final LongAdder dropped = new LongAdder();

    public MemoryBus() {
        this(LANE_HINTS);
    }

    MemoryBus(int laneHints) {
        lanes = IntStream.range(0, LANES).mapToObj(number -> new Lane(number, laneHints)).toList();
    }

    @Override
    public void publish(String topic, byte[] payload) {
        if (isHeard(topic) && !lane(topic).takes(new Hint(topic, payload))) {
            dropped.increment();
        }
    }

    @Override
    public Subscription subscribe(String topic, Listener listener) {
        Place place = new Place(listener);
        places.merge(
                topic,
                List.of(place),
                (all, more) -> Stream.concat(all.stream(), more.stream()).toList());
        return () -> places.computeIfPresent(topic, (_, all) -> without(all, place));
    }

    /// Whether anybody listens here.
    public boolean isHeard(String topic) {
        return places.containsKey(topic);
    }

    /// Hints were lost on their way to this node: every listener is told, each in its turn.
    public void missed() {
        lanes.forEach(Lane::missed);
    }

    /// How many hints found their lane full.
    public long dropped() {
        return dropped.sum();
    }

    @Override
    public void close() {
        lanes.forEach(lane -> lane.thread.interrupt());
    }

    private Lane lane(String topic) {
        return lanes.get(Math.floorMod(topic.hashCode(), LANES));
    }

    private void tell(String topic, Consumer<Listener> what) {
        for (Place place : places.getOrDefault(topic, List.of())) {
            try {
                what.accept(place.listener);
            } catch (RuntimeException failed) {
                LOG.error("a listener of the bus failed", failed);
            }
        }
    }

    private static @Nullable List<Place> without(List<Place> all, Place one) {
        List<Place> rest = all.stream().filter(other -> other != one).toList();
        return rest.isEmpty() ? null : rest;
    }

    private record Hint(String topic, byte[] payload) {}

    private static Map<String, List<byte[]>> byTopic(List<Hint> hints) {
        Map<String, List<byte[]>> byTopic = new LinkedHashMap<>();
        for (Hint hint : hints) {
            byTopic.computeIfAbsent(hint.topic(), _ -> new ArrayList<>()).add(hint.payload());
        }
        return byTopic;
    }

    /// A class and no record: two subscriptions of one listener are two places.
    private static final class Place {
        private final Listener listener;

        private Place(Listener listener) {
            this.listener = listener;
        }
    }

    private final class Lane {
        /// Wakes a lane that has nothing to carry.
        private static final Hint NOTHING = new Hint("", new byte[0]);

        private final int room;
        private final BlockingQueue<Hint> queue;
        private final Thread thread;
        private volatile boolean hasMissed;

        private Lane(int number, int room) {
            this.room = room;
            queue = new ArrayBlockingQueue<>(room);
            thread = Thread.ofVirtual().name("bus-" + number).start(this::carry);
        }

        private boolean takes(Hint hint) {
            boolean isTaken = queue.offer(hint);
            if (!isTaken) {
                hasMissed = true;
            }
            return isTaken;
        }

        private void missed() {
            hasMissed = true;
            takes(NOTHING);
        }

        private void carry() {
            List<Hint> waiting = new ArrayList<>();
            try {
                while (true) {
                    waiting.add(queue.take());
                    queue.drainTo(waiting, CARRIED_AT_ONCE - 1);
                    byTopic(waiting)
                            .forEach((topic, payloads) ->
                                    tell(topic, listener -> listener.hearsAll(payloads)));
                    waiting.clear();
                    if (hasMissed && queue.size() <= room / 2) {
                        hasMissed = false;
                        tellMissed();
                    }
                }
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
            }
        }

        private void tellMissed() {
            for (String topic : places.keySet()) {
                if (lane(topic) == this) {
                    tell(topic, Listener::missed);
                }
            }
        }
    }
}
