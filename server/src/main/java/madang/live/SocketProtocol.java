package madang.live;

import java.util.function.Consumer;

/// What is spoken on a socket: the native methods, or a dialect. Calls about one socket come one at
/// a time, in order, each on a virtual thread that may block: `opened`, then `said` for each
/// message, then `closed`, which comes exactly once for every socket, also for one that ended while
/// it was being opened.
public interface SocketProtocol {
    /// The service restarts: come back soon.
    int RESTART = 1012;

    /// The peer is let in; what is sent to it here, it hears first.
    default void opened(LiveSocket socket) {}

    /// A whole message, valid UTF-8. The next one is read when this one is done with.
    void said(LiveSocket socket, byte[] text);

    /// The socket is over, for whatever reason. It is out of all topics, but still tells what it
    /// heard: `socket.topics()`.
    default void closed(LiveSocket socket) {}

    /// A last word: a close code (RFC 6455 §7.4) and its reason.
    record Goodbye(int code, String reason) {}

    /// What a peer is told when this node stops.
    default Goodbye whenStopping() {
        return new Goodbye(RESTART, "server restarts");
    }

    /// What a peer is told when the session behind it ended.
    default Goodbye whenSignedOut() {
        return new Goodbye(LiveHub.SESSION_ENDED, "session ended");
    }

    /// Whether it hears what a user is told on all his sockets. A dialect hears its topics alone.
    default boolean hearsWhatUsersAreTold() {
        return true;
    }

    /// This protocol, with a greeting of its own when the socket opens.
    default SocketProtocol greeting(Consumer<LiveSocket> greet) {
        SocketProtocol plain = this;
        return new SocketProtocol() {
            @Override
            public void opened(LiveSocket socket) {
                plain.opened(socket);
                greet.accept(socket);
            }

            @Override
            public void said(LiveSocket socket, byte[] text) {
                plain.said(socket, text);
            }

            @Override
            public void closed(LiveSocket socket) {
                plain.closed(socket);
            }

            @Override
            public Goodbye whenStopping() {
                return plain.whenStopping();
            }

            @Override
            public Goodbye whenSignedOut() {
                return plain.whenSignedOut();
            }

            @Override
            public boolean hearsWhatUsersAreTold() {
                return plain.hearsWhatUsersAreTold();
            }
        };
    }
}
