package madang.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/// One thread that watches many connections and a clock. Everything the driver does happens on it,
/// so nothing here needs a lock. What a callback throws ends the run.
final class Loop implements AutoCloseable {
    /// Large enough for any answer of the server as a whole.
    private static final int INPUT_BYTES = 1 << 20;

    private static final long MILLI = 1_000_000;

    /// What a wait is over for may be a time that has passed, not only something that came.
    private static final long MAX_NAP = 50 * MILLI;

    private final Selector selector;
    private final ByteBuffer input = ByteBuffer.allocateDirect(INPUT_BYTES);
    private final PriorityQueue<Due> due = new PriorityQueue<>();

    private record Due(long atNanos, Runnable what) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return Long.signum(atNanos - other.atNanos);
        }
    }

    Loop() {
        try {
            selector = Selector.open();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /// Runs `what` at that time of `System.nanoTime()`, at most a millisecond late while the loop
    /// is idle.
    void at(long nanos, Runnable what) {
        due.add(new Due(nanos, what));
    }

    void turnFor(Duration time) {
        turn(() -> false, System.nanoTime() + time.toNanos());
    }

    /// Turns until it is done. Nobody waits for ever: past `atMost` the run fails and says what it
    /// waited for.
    void turnUntil(String what, BooleanSupplier isDone, Duration atMost) {
        if (!turn(isDone, System.nanoTime() + atMost.toNanos())) {
            throw new IllegalStateException(
                    "no end after " + atMost.toSeconds() + " s of waiting for " + what);
        }
    }

    private boolean turn(BooleanSupplier isDone, long deadline) {
        while (!isDone.getAsBoolean()) {
            long now = System.nanoTime();
            if (now - deadline >= 0) {
                return false;
            }
            runDue(now);
            select(Math.min(MAX_NAP, Math.min(deadline - now, untilNextDue(now))));
        }
        return true;
    }

    private void runDue(long now) {
        while (!due.isEmpty() && due.peek().atNanos - now <= 0) {
            due.remove().what.run();
        }
    }

    private long untilNextDue(long now) {
        return due.isEmpty() ? Long.MAX_VALUE : due.peek().atNanos - now;
    }

    private void select(long atMostNanos) {
        try {
            selector.select(
                    key -> ((Peer) key.attachment()).ready(input),
                    Math.max(1, Math.ceilDiv(atMostNanos, MILLI)));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    SelectionKey watch(SelectableChannel channel, Peer peer) throws IOException {
        channel.configureBlocking(false);
        return channel.register(selector, SelectionKey.OP_READ, peer);
    }

    /// Ends every connection with the loop.
    @Override
    public void close() {
        try {
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException tooLate) {
            throw new UncheckedIOException(tooLate);
        }
    }
}
