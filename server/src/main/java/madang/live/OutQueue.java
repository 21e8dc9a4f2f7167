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
    private @Nullable Frame next;
    private @Nullable ArrayDeque<Frame> behind;
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
        if (waitingFrames + frame.count() > MAX_FRAMES
                || waitingBytes + weight(frame) > MAX_BYTES) {
            return Offered.TOO_MUCH;
        }
        add(frame);
        waitingFrames += frame.count();
        waitingBytes += weight(frame);
        if (writing) {
            return Offered.WAITS;
        }
        writing = true;
        return Offered.BEGINS;
    }

    private void add(Frame frame) {
        if (next == null) {
            next = frame;
            return;
        }
        if (behind == null) {
            behind = new ArrayDeque<>(4);
        }
        behind.add(frame);
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
        next = null;
        behind = null;
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
        link.broken(gone);
        succeeded();
    }

    /// Hands the link what waits; only for whom `offer` told to begin. A write that ends at once,
    /// as most do, is followed by the next one here, and not from within its own end.
    void write() {
        boolean isDone = true;
        while (isDone) {
            @Nullable Frame batch = nextBatch();
            if (batch == null) {
                sayGoodbye();
                isDone = false;
            } else {
                link.write(batch, this);
                isDone = isDoneAfterHandingOver();
            }
            resumeReading();
        }
    }

    private synchronized @Nullable Frame nextBatch() {
        writing = next != null || goodbye != null;
        isHandingOver = next != null;
        if (next == null) {
            return null;
        }
        Frame first = take(next);
        return next == null ? first : Frame.together(batchOf(first));
    }

    private List<Frame> batchOf(Frame first) {
        List<Frame> batch = new ArrayList<>();
        batch.add(first);
        int bytes = first.size();
        while (next != null && bytes < BATCH_BYTES) {
            bytes += next.size();
            batch.add(take(next));
        }
        return batch;
    }

    private Frame take(Frame first) {
        next = behind == null ? null : behind.poll();
        behind = next == null ? null : behind;
        waitingFrames -= first.count();
        waitingBytes -= weight(first);
        return first;
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
        return next == null || (waitingFrames <= MAX_FRAMES / 2 && waitingBytes <= MAX_BYTES / 2);
    }

    /// Frames larger than a batch are rare answers to this very peer; they count as one batch, so
    /// that a large answer alone makes nobody slow.
    private static int weight(Frame frame) {
        return Math.min(frame.size(), BATCH_BYTES);
    }
}
