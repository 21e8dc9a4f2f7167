package madang.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import madang.kit.http.ApiRequest;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.jspecify.annotations.Nullable;

/// The side of a socket that speaks server-sent events (WHATWG HTML §9.2): every frame is an event
/// without a name, `open` names the stream, `close` brings the code that a WebSocket would close
/// with. What the peer says comes by requests of their own, and waits here for its turn.
final class EventStream implements Link {
    static final int MAX_UNHEARD = 64;

    /// A peer that goes without a word is only noticed when something is written to it.
    private static final Duration PING_AFTER = Duration.ofSeconds(10);

    /// Written as a comment.
    private static final Frame HEARTBEAT = Frame.of("");

    private static final byte[] DATA = "data: ".getBytes(UTF_8);
    private static final byte[] COMMENT = ":".getBytes(UTF_8);
    private static final byte[] END = "\n\n".getBytes(UTF_8);

    private final Request request;
    private final org.eclipse.jetty.server.Response response;
    private final Callback callback;
    private final Consumer<LiveSocket> forget;
    private final LiveSocket socket;
    private final AtomicBoolean isOver = new AtomicBoolean();
    private final Queue<byte[]> unheard = new ArrayDeque<>(0);
    private boolean isListening;

    /// `forget` is called when nothing more can be said to it.
    EventStream(
            ApiRequest asked, Function<Link, LiveSocket> entrance, Consumer<LiveSocket> forget) {
        this.request = asked.jettyRequest();
        this.response = asked.jettyResponse();
        this.callback = asked.jettyCallback();
        this.forget = forget;
        this.socket = entrance.apply(this);
    }

    LiveSocket socket() {
        return socket;
    }

    /// Lets the peer in once it knows the stream's name. Silence is the hub's matter.
    void begin() {
        request.addIdleTimeoutListener(_ -> false);
        request.addFailureListener(_ -> over(CloseStatus.NO_CLOSE));
        String open = "event: open\ndata: {\"stream\":\"" + socket.id() + "\"}\n\n";
        response.write(false, bytes(open), Callback.from(socket::open, this::broken));
    }

    /// Takes what the peer said, in order; false when too much of it waits already.
    boolean hear(byte[] text) {
        socket.heard();
        synchronized (this) {
            if (!isListening) {
                return unheard.size() < MAX_UNHEARD && unheard.add(text);
            }
            isListening = false;
        }
        socket.said(text);
        return true;
    }

    @Override
    public void demand() {
        byte @Nullable [] next;
        synchronized (this) {
            next = unheard.poll();
            isListening = next == null;
        }
        if (next != null) {
            socket.said(next);
        }
    }

    @Override
    public void write(Frame frame, Callback done) {
        var events = new ByteArrayOutputStream();
        frame.parts().forEach(part -> append(events, part));
        response.write(false, ByteBuffer.wrap(events.toByteArray()), done);
    }

    @Override
    public void close(CloseStatus status) {
        if (isOver.get()) {
            return;
        }
        String close =
                "event: close\ndata: {\"code\":%d,\"reason\":\"%s\"}\n\n"
                        .formatted(
                                status.getCode(),
                                Objects.requireNonNullElse(status.getReason(), ""));
        response.write(
                true,
                bytes(close),
                Callback.from(
                        () -> {
                            callback.succeeded();
                            over(status.getCode());
                        },
                        this::broken));
    }

    @Override
    public void ping() {
        socket.send(HEARTBEAT);
    }

    @Override
    public long pingAfterNanos() {
        return PING_AFTER.toNanos();
    }

    /// A write that waits for a peer that does not read ends with its connection, which over HTTP/2
    /// others share: there it waits until the connection is done with it.
    @Override
    public void abort() {
        if (request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_2) {
            request.getConnectionMetaData().getConnection().getEndPoint().close();
        }
        broken(new IOException("cut off"));
    }

    @Override
    public void broken(Throwable why) {
        callback.failed(why);
        over(CloseStatus.NO_CLOSE);
    }

    private void over(int code) {
        if (isOver.compareAndSet(false, true)) {
            forget.accept(socket);
            socket.gone(code);
        }
    }

    private static void append(ByteArrayOutputStream events, Frame frame) {
        if (frame == HEARTBEAT) {
            events.writeBytes(COMMENT);
        } else {
            events.writeBytes(DATA);
            ByteBuffer text = frame.text();
            events.write(text.array(), text.arrayOffset() + text.position(), text.remaining());
        }
        events.writeBytes(END);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }
}
