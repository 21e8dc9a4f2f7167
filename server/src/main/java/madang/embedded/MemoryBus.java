package madang.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import madang.port.Bus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The bus of a single node. A topic always travels on the same of a few lanes, each with a bounded
/// queue and one thread, which keeps its order; a full lane drops what comes and counts it.
public final class MemoryBus implements Bus, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MemoryBus.class);
    private static final int LANES = 4;
    private static final int LANE_HINTS = 16_384;

    private final Map<String, List<Listener>> listeners = new ConcurrentHashMap<>();
    private final List<BlockingQueue<Runnable>> lanes = new ArrayList<>(LANES);
    private final List<Thread> threads = new ArrayList<>(LANES);
    private final LongAdder dropped = new LongAdder();

    public MemoryBus() {
        this(LANE_HINTS);
    }

    MemoryBus(int laneHints) {
        for (int i = 0; i < LANES; i++) {
            BlockingQueue<Runnable> lane = new ArrayBlockingQueue<>(laneHints);
            lanes.add(lane);
            threads.add(Thread.ofVirtual().name("bus-" + i).start(() -> carry(lane)));
        }
    }

    @Override
    public void publish(String topic, byte[] payload) {
        if (listeners.containsKey(topic) && !lane(topic).offer(() -> deliver(topic, payload))) {
            dropped.increment();
        }
    }

    @Override
    public Subscription subscribe(String topic, Consumer<byte[]> hears) {
        Listener listener = new Listener(hears);
        listeners.merge(topic, List.of(listener), MemoryBus::with);
        return () -> listeners.computeIfPresent(topic, (_, all) -> without(all, listener));
    }

    /// How many hints found their lane full.
    public long dropped() {
        return dropped.sum();
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }

    private BlockingQueue<Runnable> lane(String topic) {
        return lanes.get(Math.floorMod(topic.hashCode(), LANES));
    }

    private void carry(BlockingQueue<Runnable> lane) {
        try {
            while (true) {
                lane.take().run();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void deliver(String topic, byte[] payload) {
        for (Listener listener : listeners.getOrDefault(topic, List.of())) {
            try {
                listener.hears.accept(payload);
            } catch (RuntimeException failed) {
                LOG.error("a listener of the bus failed", failed);
            }
        }
    }

    private static List<Listener> with(List<Listener> all, List<Listener> more) {
        List<Listener> together = new ArrayList<>(all);
        together.addAll(more);
        return List.copyOf(together);
    }

    private static @Nullable List<Listener> without(List<Listener> all, Listener one) {
        List<Listener> rest = all.stream().filter(other -> other != one).toList();
        return rest.isEmpty() ? null : rest;
    }

    /// A class and no record: two subscriptions of one consumer are two listeners.
    private static final class Listener {
        private final Consumer<byte[]> hears;

        private Listener(Consumer<byte[]> hears) {
            this.hears = hears;
        }
    }
}
