package madang.live;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;

/// What waits to be written to one peer, within bounds. Whoever offers a frame never waits: one
/// virtual thread at a time hands Jetty as many frames as fit into one write, and the end of that
/// write hands it the next ones. An idle queue holds no memory and no thread.
///
/// Frames come with their headers, so many of them are one piece of bytes to Jetty, which then
/// costs a delivery no more than its copy (docs/decisions/fan-out.md).
final class OutQueue implements Callback {
    static final int MAX_FRAMES = 256;
    static final int MAX_BYTES = 512 * 1024;

    /// What one write gathers.
    static final int BATCH_BYTES = 64 * 1024;

    private final CoreSession session;
    private @Nullable ArrayDeque<Frame> waiting;
    private int waitingBytes;
    private boolean writing;
    private boolean sealed;
    private @Nullable CloseStatus goodbye;
    private @Nullable Runnable whenRoomy;

    OutQueue(CoreSession session) {
        this.session = session;
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
            session.sendFrame(new Batch(batch), this, false);
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
            session.close(status, NOOP);
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

    /// Several frames in one: Jetty writes the first one's header, and then, as its text, that text
    /// and all the other frames, headers included.
    private static final class Batch extends org.eclipse.jetty.websocket.core.Frame {
        private final int lengthOfFirst;

        Batch(List<Frame> frames) {
            super(OpCode.TEXT, joined(frames));
            lengthOfFirst = frames.getFirst().size();
        }

        /// What stands in the header.
        @Override
        public int getPayloadLength() {
            return lengthOfFirst;
        }

        private static ByteBuffer joined(List<Frame> frames) {
            ByteBuffer first = frames.getFirst().text();
            if (frames.size() == 1) {
                return first;
            }
            int bytes = first.remaining();
            for (Frame frame : frames.subList(1, frames.size())) {
                bytes += frame.wire().length;
            }
            ByteBuffer all = ByteBuffer.allocate(bytes).put(first);
            for (Frame frame : frames.subList(1, frames.size())) {
                all.put(frame.wire());
            }
            return all.flip();
        }
    }
}
