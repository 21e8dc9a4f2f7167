package madang.live;

import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;

/// The way to one peer, whatever it runs over: a WebSocket, or where those are blocked an event
/// stream. Writes come one at a time, the next when the last is done.
interface Link {
    /// Hands the frame over in one write.
    void write(Frame frame, Callback done);

    /// A write failed: the peer is gone.
    void broken(Throwable why);

    /// Tells the peer why it ends, and ends. `LiveSocket.gone` follows.
    void close(CloseStatus status);

    /// Wishes for what the peer says next; there is one wish at a time.
    void demand();

    /// Asks a silent peer for a sign of life.
    void ping();

    /// A peer is asked after this much silence, again and again.
    long pingAfterNanos();

    /// Cuts the peer off. `LiveSocket.gone` follows.
    void abort();
}
