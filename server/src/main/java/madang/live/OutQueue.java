package madang.live;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// What waits to be written to one peer, within bounds. Whoever offers a frame never waits: another
/// thread, one at a time, hands the link as many frames as fit into one write, and the end of that
/// write hands it the next ones. An idle queue holds no memory and no thread.
final class OutQueue implements Callback {
    static final int MAX_FRAMES = 256;
    static final int MAX_BYTES = 512 * 1024;

    /// What one write gathers.
    static final int BATCH_BYTES = 64 * 1024;

    private final Link link;
    private @Nullable ArrayDeque<Frame> waiting;
    private int waitingFrames;
    private int waitingBytes;
    private boolean writing;
    private boolean isHandingOver;
    private boolean hasEnded;
    private boolean sealed;
    private boolean isOver;
    private @Nullable Runnable goodbye;
    private @Nullable Runnable whenRoomy;

    OutQueue(Link link) {
        this.link = link;
    }

    /// What became of a frame that was offered.
    enum Offered {
        /// It will be written; nothing more is to be done.
        WAITS,
        /// Nobody writes: whoever offered it sees to it that somebody calls `write`.
        BEGINS,
        /// The peer reads too slowly.
        TOO_MUCH
    }

    /// Takes the frame. A sealed queue swallows it.
    synchronized Offered offer(Frame frame) {
        if (sealed) {
            return Offered.WAITS;
        }
        if (waiting == null) {
            waiting = new ArrayDeque<>(4);
        }
        if (waitingFrames + frame.count() > MAX_FRAMES
                || waitingBytes + weight(frame) > MAX_BYTES) {
            return Offered.TOO_MUCH;
        }
        waiting.add(frame);
        waitingFrames += frame.count();
        waitingBytes += weight(frame);
        if (writing) {
            return Offered.WAITS;
        }
        writing = true;
        return Offered.BEGINS;
    }

    /// Runs this now, or as soon as half of the queue is free again: a peer that asks faster than
    /// it reads is read more slowly, not closed.
    void whenRoomy(Runnable then) {
        synchronized (this) {
            if (!sealed && !isRoomy()) {
                whenRoomy = then;
                return;
            }
        }
        then.run();
    }

    /// Writes what waits, then runs this, once no write is under way; from now on nothing more is
    /// taken. Of several, each runs, in their order.
    void finish(Runnable last) {
        synchronized (this) {
            sealed = true;
            @Nullable Runnable before = goodbye;
            goodbye =
                    before == null
                            ? last
                            : () -> {
                                before.run();
                                last.run();
                            };
            if (writing && !isOver) {
                return;
            }
            writing = true;
        }
        write();
    }

    /// Forgets what waits, so that a goodbye comes next.
    synchronized void abandon() {
        sealed = true;
        waiting = null;
        waitingFrames = 0;
        waitingBytes = 0;
        whenRoomy = null;
    }

    @Override
    public void succeeded() {
        if (!endsWhileHandingOver()) {
            write();
        }
    }

    @Override
    public void failed(Throwable gone) {
        abandon();
        succeeded();
    }

    /// Hands the link what waits; only for whom `offer` told to begin. A write that ends at once,
    /// as most do, is followed by the next one here, and not from within its own end.
    void write() {
        boolean isDone = true;
        while (isDone) {
            List<Frame> batch = nextBatch();
            if (batch.isEmpty()) {
                sayGoodbye();
                isDone = false;
            } else {
                link.write(batch, this);
                isDone = isDoneAfterHandingOver();
            }
            resumeReading();
        }
    }

    private synchronized List<Frame> nextBatch() {
        List<Frame> batch = new ArrayList<>();
        int bytes = 0;
        while (waiting != null && bytes < BATCH_BYTES) {
            Frame frame = waiting.remove();
            waitingFrames -= frame.count();
            waitingBytes -= weight(frame);
            bytes += frame.size();
            batch.add(frame);
            waiting = waiting.isEmpty() ? null : waiting;
        }
        writing = !batch.isEmpty() || goodbye != null;
        isHandingOver = !batch.isEmpty();
        return batch;
    }

    private synchronized boolean endsWhileHandingOver() {
        hasEnded = isHandingOver;
        return isHandingOver;
    }

    /// Whether the write has ended already: if not, its end goes on from here.
    private synchronized boolean isDoneAfterHandingOver() {
        boolean isDone = hasEnded;
        isHandingOver = false;
        hasEnded = false;
        return isDone;
    }

    private void sayGoodbye() {
        @Nullable Runnable last;
        synchronized (this) {
            last = goodbye;
            goodbye = null;
            isOver = last != null || isOver;
        }
        if (last != null) {
            last.run();
        }
    }

    private void resumeReading() {
        @Nullable Runnable then;
        synchronized (this) {
            if (!isRoomy()) {
                return;
            }
            then = whenRoomy;
            whenRoomy = null;
        }
        if (then != null) {
            then.run();
        }
    }

    private boolean isRoomy() {
        return waiting == null
                || (waitingFrames <= MAX_FRAMES / 2 && waitingBytes <= MAX_BYTES / 2);
    }

    /// Frames larger than a batch are rare answers to this very peer; they count as one batch, so
    /// that a large answer alone makes nobody slow.
    private static int weight(Frame frame) {
        return Math.min(frame.size(), BATCH_BYTES);
    }
}
