package madang.live;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritePendingException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.WebSocketCoreSession;
import org.eclipse.jetty.websocket.core.exception.BadPayloadException;
import org.eclipse.jetty.websocket.core.exception.CloseException;
import org.jspecify.annotations.Nullable;

/// The side of a socket that speaks RFC 6455. Jetty's parser sees to masks, lengths, reserved bits
/// and the order of fragments (1002); this makes whole messages of frames, bounded (1009), text
/// (1003) and UTF-8 (1007), answers pings, and asks Jetty for the next frame only when this one is
/// done with: a peer that floods us is slowed down by TCP.
///
/// Frames go to Jetty's connection past its own queues, already in their bytes
/// (docs/decisions/fan-out.md). Jetty itself says nothing but goodbyes, and those wait for the end
/// of the write that is under way; where they cannot, because a peer broke the protocol in the
/// middle of one, the connection ends without.
final class Wire implements FrameHandler, Link {
    static final int MAX_MESSAGE_BYTES = 64 * 1024;
    private static final long PING_AFTER_NANOS = Duration.ofSeconds(25).toNanos();
    private static final madang.live.Frame PING = madang.live.Frame.ping();

    private final Function<Link, LiveSocket> entrance;
    private @Nullable WebSocketCoreSession session;
    private @Nullable EndPoint connection;
    private @Nullable LiveSocket socket;
    private @Nullable ByteArrayOutputStream fragments;

    Wire(Function<Link, LiveSocket> entrance) {
        this.entrance = entrance;
    }

    @Override
    public void onOpen(CoreSession opened, Callback callback) {
        session = (WebSocketCoreSession) opened;
        connection = session.getConnection().getEndPoint();
        socket = entrance.apply(this);
        callback.succeeded();
        socket.open();
    }

    @Override
    public void onFrame(Frame frame, Callback callback) {
        LiveSocket to = socket();
        to.heard();
        switch (frame.getOpCode()) {
            case OpCode.TEXT, OpCode.CONTINUATION -> text(to, frame, callback);
            case OpCode.BINARY ->
                    refuse(to, new CloseException(CloseStatus.BAD_DATA, "text only"), callback);
            case OpCode.PING -> pong(to, frame, callback);
            case OpCode.CLOSE -> {
                to.end();
                to.finish(callback::succeeded);
            }
            default -> {
                callback.succeeded();
                to.hearOn();
            }
        }
    }

    /// What went wrong shows in the close status that follows.
    @Override
    public void onError(Throwable cause, Callback callback) {
        callback.succeeded();
    }

    @Override
    public void onClosed(CloseStatus status, Callback callback) {
        if (socket != null) {
            socket.gone(status.getCode());
        }
        callback.succeeded();
    }

    @Override
    public void write(madang.live.Frame frame, Callback done) {
        try {
            Objects.requireNonNull(connection).write(done, ByteBuffer.wrap(frame.wire()));
        } catch (WritePendingException goodbye) {
            done.failed(goodbye);
        }
    }

    @Override
    public void broken(Throwable why) {
        session().processConnectionError(why, Callback.NOOP);
    }

    @Override
    public void close(CloseStatus status) {
        session().close(status, Callback.NOOP);
    }

    @Override
    public void demand() {
        session().demand();
    }

    @Override
    public void ping() {
        socket().send(PING);
    }

    @Override
    public long pingAfterNanos() {
        return PING_AFTER_NANOS;
    }

    @Override
    public void abort() {
        session().abort();
    }

    private WebSocketCoreSession session() {
        return Objects.requireNonNull(session);
    }

    private LiveSocket socket() {
        return Objects.requireNonNull(socket);
    }

    private static void refuse(LiveSocket to, CloseException why, Callback callback) {
        to.end();
        to.finish(() -> callback.failed(why));
    }

    private void text(LiveSocket to, Frame frame, Callback callback) {
        byte[] message;
        try {
            message = frame.isFin() ? whole(frame) : null;
            if (message == null) {
                keep(frame);
            }
        } catch (CloseException refused) {
            refuse(to, refused, callback);
            return;
        }
        callback.succeeded();
        if (message == null) {
            to.hearOn();
        } else {
            to.said(message);
        }
    }

    private byte[] whole(Frame last) {
        byte[] message;
        if (fragments == null) {
            checkSize(last.getPayloadLength());
            message = BufferUtil.toArray(last.getPayload());
        } else {
            keep(last);
            message = fragments.toByteArray();
            fragments = null;
        }
        if (!isUtf8(message)) {
            throw new BadPayloadException("not UTF-8");
        }
        return message;
    }

    private void keep(Frame fragment) {
        if (fragments == null) {
            fragments = new ByteArrayOutputStream();
        }
        checkSize(fragments.size() + fragment.getPayloadLength());
        fragments.writeBytes(BufferUtil.toArray(fragment.getPayload()));
    }

    private static void checkSize(int bytes) {
        if (bytes > MAX_MESSAGE_BYTES) {
            throw new CloseException(CloseStatus.MESSAGE_TOO_LARGE, "at most 64 KiB");
        }
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException broken) {
            return false;
        }
    }

    private static void pong(LiveSocket to, Frame ping, Callback callback) {
        to.send(madang.live.Frame.pong(BufferUtil.toArray(ping.getPayload())));
        callback.succeeded();
        to.hearOnWhenRoomy();
    }
}
