package madang.live;

import java.nio.ByteBuffer;
import java.util.List;
import org.eclipse.jetty.websocket.core.OpCode;

/// Several frames in one: Jetty writes the first one's header, and then, as its text, that text and
/// all the other frames, headers included. To Jetty they are one piece of bytes, so that a delivery
/// costs no more than its copy (docs/decisions/fan-out.md).
final class Batch extends org.eclipse.jetty.websocket.core.Frame {
    private final int lengthOfFirst;

    Batch(List<Frame> frames) {
        super(OpCode.TEXT, joined(frames));
        lengthOfFirst = frames.getFirst().sizeOfFirst();
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
