package madang.nodes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import madang.kit.Id;
import madang.kit.db.DatabaseAddress;
import madang.kit.db.Line;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What this node says to the others: whoever says it never waits. One thread writes what waits as
/// a batch, at most one every few milliseconds, and rings. Where the line is cut the batch is tried
/// again under its number until it stands there; what finds no place meanwhile is lost, and a
/// number is left out, so that the others know.
final class Outgoing {
    static final String BELL = "madang_bus";
    private static final Duration PACE = Duration.ofMillis(3);

    /// A silent node says that it said nothing: so the end of what it said cannot get lost unseen.
    private static final Duration BEAT = Duration.ofSeconds(5);

    private static final int MAX_WAITING = 16_384;
    private static final int MAX_WAITING_BYTES = 32 * 1024 * 1024;
    private static final int MAX_BATCH_BYTES = 1024 * 1024;
    private static final Duration MAX_GOODBYE = Duration.ofSeconds(2);
    private static final Logger log = LoggerFactory.getLogger(Outgoing.class);

    private final DatabaseAddress address;
    private final Id<Nodes> me;
    private final BlockingQueue<Batch.Hint> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final AtomicLong waitingBytes = new AtomicLong();
    private final LongAdder lost = new LongAdder();
    private final Thread thread = Thread.ofVirtual().name("bus-out").unstarted(this::write);
    private volatile boolean hasLost;
    private volatile boolean isOpen = true;
    private long number;
    private long writtenAt;
    private long sweptAt;

    Outgoing(DatabaseAddress address, Id<Nodes> me) {
        this.address = address;
        this.me = me;
    }

    void start() {
        thread.start();
    }

    /// Says what still waits, if that can be said at once.
    void stop() throws InterruptedException {
        isOpen = false;
        offer(new Batch.Hint("", new byte[0]));
        if (thread.isAlive() && !thread.join(MAX_GOODBYE)) {
            thread.interrupt();
        }
    }

    void offer(Batch.Hint hint) {
        long bytes = waitingBytes.addAndGet(hint.size());
        if (bytes > MAX_WAITING_BYTES || !waiting.offer(hint)) {
            waitingBytes.addAndGet(-hint.size());
            lost.increment();
            hasLost = true;
        }
    }

    /// How many hints found no place.
    long lost() {
        return lost.sum();
    }

    private void write() {
        BackOff backOff = new BackOff();
        @Nullable Batch unwritten = null;
        try {
            while (isOpen || unwritten != null || !waiting.isEmpty()) {
                try (Line line =
                        Line.open(address, "madang-bus-out", " -c synchronous_commit=off")) {
                    while (isOpen || unwritten != null || !waiting.isEmpty()) {
                        unwritten = unwritten == null ? next() : unwritten;
                        put(line, unwritten);
                        unwritten = null;
                        backOff.ends();
                    }
                } catch (RuntimeException cut) {
                    log.warn("the other nodes do not hear this one: {}", BackOff.why(cut));
                    backOff.rest();
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private Batch next() throws InterruptedException {
        Batch.@Nullable Hint first = waiting.poll(BEAT.toMillis(), TimeUnit.MILLISECONDS);
        keepPace();
        number += hasLost ? 2 : 1;
        hasLost = false;
        return Batch.of(me, number, gather(first));
    }

    private void keepPace() throws InterruptedException {
        long nanos = writtenAt + PACE.toNanos() - System.nanoTime();
        if (nanos > 0) {
            TimeUnit.NANOSECONDS.sleep(nanos);
        }
    }

    private List<Batch.Hint> gather(Batch.@Nullable Hint first) {
        List<Batch.Hint> hints = new ArrayList<>();
        int bytes = 0;
        for (Batch.@Nullable Hint hint = first;
                hint != null;
                hint = bytes < MAX_BATCH_BYTES ? waiting.poll() : null) {
            hints.add(hint);
            bytes += hint.size();
        }
        waitingBytes.addAndGet(-bytes);
        return hints;
    }

    private void put(Line line, Batch batch) {
        line.sql(
                        """
                        with put as (
                            insert into kit.bus_batch (node, number, hints)
                            values (:node, :number, :hints)
                            on conflict do nothing)
                        select pg_notify(:bell, :node::text)
                        """)
                .with("node", batch.node())
                .with("number", batch.number())
                .with("hints", batch.bytes())
                .with("bell", BELL)
                .count();
        writtenAt = System.nanoTime();
        if (writtenAt - sweptAt > BEAT.toNanos()) {
            sweptAt = writtenAt;
            line.sql("delete from kit.bus_batch where sent_at < now() - interval '30 seconds'")
                    .count();
        }
    }
}
