package madang.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A web socket that speaks the native protocol: it asks under running numbers, hears pushes and
/// answers pings. Frames go out under a mask of zeroes, which costs nothing and is within RFC 6455.
final class SocketPeer extends Peer {
    private static final byte[] HANDSHAKE_END = "\r\n\r\n".getBytes(UTF_8);
    private static final byte[] SWITCHING = "HTTP/1.1 101 ".getBytes(UTF_8);
    private static final int FIN = 0x80;
    private static final int MASKED = 0x80;
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    /// Hears whether the server did what it was asked.
    interface Answered {
        void answered(Frame frame);
    }

    /// Hears what the server pushes. The frame is only good until it returns.
    interface Pushed {
        void pushed(Frame frame);
    }

    private final Frame frame = new Frame();
    private final Map<Long, Answered> waiting = new HashMap<>(2);
    private Pushed pushed = _ -> {};
    private Runnable opened = () -> {};
    private @Nullable Runnable ended;
    private boolean isOpen;
    private long asked;

    SocketPeer(Loop loop, InetSocketAddress address, String path, String token) {
        super(loop, address);
        send(handshake(path, token));
    }

    /// Whether the server has agreed to speak frames.
    boolean isOpen() {
        return isOpen;
    }

    /// Runs once the server speaks frames.
    void onOpen(Runnable then) {
        opened = then;
    }

    /// Runs when the server ends it; where nobody is told, an end fails the run.
    void onEnd(Runnable then) {
        ended = then;
    }

    void onPush(Pushed hears) {
        pushed = hears;
    }

    /// `params` is a JSON object.
    void ask(String method, String params, Answered then) {
        long id = ++asked;
        waiting.put(id, then);
        send(
                clientFrame(
                        TEXT,
                        ("{\"id\":"
                                        + id
                                        + ",\"method\":\""
                                        + method
                                        + "\",\"params\":"
                                        + params
                                        + "}")
                                .getBytes(UTF_8)));
    }

    /// Says something that needs no answer.
    void tell(String method, String params) {
        send(
                clientFrame(
                        TEXT,
                        ("{\"method\":\"" + method + "\",\"params\":" + params + "}")
                                .getBytes(UTF_8)));
    }

    @Override
    void take(ByteBuffer in) {
        if (!isOpen && !upgraded(in)) {
            return;
        }
        while (frame.begin(in)) {
            heard();
            frame.end(in);
        }
    }

    @Override
    void ended() {
        over("a socket ended without a close frame");
    }

    private void over(String how) {
        if (ended == null) {
            throw new IllegalStateException(how);
        }
        ended.run();
    }

    private void heard() {
        switch (frame.opcode()) {
            case TEXT -> told();
            case PING -> send(clientFrame(PONG, frame.bytes()));
            case CLOSE -> {
                close();
                over("the server closed a socket: " + frame.closeCode());
            }
            default -> throw new IllegalStateException("unexpected opcode " + frame.opcode());
        }
    }

    private void told() {
        if (!frame.isAnswer()) {
            pushed.pushed(frame);
            return;
        }
        Answered then = waiting.remove(frame.id());
        if (then == null) {
            throw new IllegalStateException("an answer that nobody asked for: " + frame);
        }
        then.answered(frame);
    }

    private boolean upgraded(ByteBuffer in) {
        int end = indexOf(in, HANDSHAKE_END);
        if (end < 0) {
            return false;
        }
        if (in.mismatch(ByteBuffer.wrap(SWITCHING)) < SWITCHING.length) {
            throw new IllegalStateException("no upgrade: " + UTF_8.decode(in));
        }
        in.position(end + HANDSHAKE_END.length);
        isOpen = true;
        opened.run();
        return true;
    }

    private static int indexOf(ByteBuffer in, byte[] wanted) {
        var pattern = ByteBuffer.wrap(wanted);
        for (int at = in.position(); at <= in.limit() - wanted.length; at++) {
            if (in.slice(at, wanted.length).equals(pattern)) {
                return at;
            }
        }
        return -1;
    }

    private static byte[] handshake(String path, String token) {
        return ("GET "
                        + path
                        + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
                        + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: bWFkYW5nIGlzIGEgeWFyZA==\r\n"
                        + "Authorization: Bearer "
                        + token
                        + "\r\n\r\n")
                .getBytes(UTF_8);
    }

    static byte[] clientFrame(int opcode, byte[] payload) {
        boolean isShort = payload.length < 126;
        if (payload.length > 0xFFFF) {
            throw new IllegalArgumentException("a frame of at most 65535 bytes");
        }
        ByteBuffer bytes = ByteBuffer.allocate((isShort ? 6 : 8) + payload.length);
        bytes.put((byte) (FIN | opcode));
        if (isShort) {
            bytes.put((byte) (MASKED | payload.length));
        } else {
            bytes.put((byte) (MASKED | 126)).putShort((short) payload.length);
        }
        return bytes.putInt(0).put(payload).array();
    }
}
