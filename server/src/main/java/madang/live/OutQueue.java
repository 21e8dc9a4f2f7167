package madang.live;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.jspecify.annotations.Nullable;

/// What waits to be written to one peer, within bounds. Whoever offers a frame never waits: one
/// virtual thread at a time hands the link as many frames as fit into one write, and the end of
/// that write hands it the next ones. An idle queue holds no memory and no thread.
final class OutQueue implements Callback {
    static final int MAX_FRAMES = 256;
    static final int MAX_BYTES = 512 * 1024;

    /// What one write gathers.
    static final int BATCH_BYTES = 64 * 1024;

    private final Link link;
    private @Nullable ArrayDeque<Frame> waiting;
    private int waitingBytes;
    private boolean writing;
    private boolean sealed;
    private @Nullable CloseStatus goodbye;
    private @Nullable Runnable whenRoomy;

    OutQueue(Link link) {
        this.link = link;
    }

    /// Takes the frame, or says false: the peer reads too slowly. A sealed queue swallows it.
    synchronized boolean offer(Frame frame) {
        if (sealed) {
            return true;
        }
        if (waiting == null) {
            waiting = new ArrayDeque<>(4);
        }
        if (waiting.size() == MAX_FRAMES || waitingBytes + weight(frame) > MAX_BYTES) {
            return false;
        }
        waiting.add(frame);
        waitingBytes += weight(frame);
        if (!writing) {
            writing = true;
            Thread.startVirtualThread(this::write);
        }
        return true;
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

    /// Writes what waits, then says goodbye; from now on nothing more is taken.
    void finish(CloseStatus status) {
        synchronized (this) {
            sealed = true;
            goodbye = status;
            if (writing) {
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
        waitingBytes = 0;
        whenRoomy = null;
    }

    @Override
    public void succeeded() {
        write();
    }

    @Override
    public void failed(Throwable gone) {
        abandon();
    }

    private void write() {
        List<Frame> batch = nextBatch();
        if (batch.isEmpty()) {
            sayGoodbye();
        } else {
            link.write(batch, this);
        }
        resumeReading();
    }

    private synchronized List<Frame> nextBatch() {
        List<Frame> batch = new ArrayList<>();
        int bytes = 0;
        while (waiting != null && bytes < BATCH_BYTES) {
            Frame frame = waiting.remove();
            waitingBytes -= weight(frame);
            bytes += frame.size();
            batch.add(frame);
            waiting = waiting.isEmpty() ? null : waiting;
        }
        writing = !batch.isEmpty() || goodbye != null;
        return batch;
    }

    private void sayGoodbye() {
        @Nullable CloseStatus status;
        synchronized (this) {
            status = goodbye;
            goodbye = null;
        }
        if (status != null) {
            link.close(status);
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
                || (waiting.size() <= MAX_FRAMES / 2 && waitingBytes <= MAX_BYTES / 2);
    }

    /// Frames larger than a batch are rare answers to this very peer; they count as one batch, so
    /// that a large answer alone makes nobody slow.
    private static int weight(Frame frame) {
        return Math.min(frame.size(), BATCH_BYTES);
    }
}
