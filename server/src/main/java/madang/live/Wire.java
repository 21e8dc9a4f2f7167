package madang.live;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.exception.BadPayloadException;
import org.eclipse.jetty.websocket.core.exception.CloseException;
import org.jspecify.annotations.Nullable;

/// The side of a socket that speaks RFC 6455. Jetty's parser sees to masks, lengths, reserved bits
/// and the order of fragments (1002); this makes whole messages of frames, bounded (1009), text
/// (1003) and UTF-8 (1007), answers pings, and asks Jetty for the next frame only when this one is
/// done with: a peer that floods us is slowed down by TCP.
final class Wire implements FrameHandler, Link {
    static final int MAX_MESSAGE_BYTES = 64 * 1024;
    private static final long PING_AFTER_NANOS = Duration.ofSeconds(25).toNanos();

    private final Function<Link, LiveSocket> entrance;
    private @Nullable CoreSession session;
    private @Nullable LiveSocket socket;
    private @Nullable ByteArrayOutputStream fragments;

    Wire(Function<Link, LiveSocket> entrance) {
        this.entrance = entrance;
    }

    @Override
    public void onOpen(CoreSession opened, Callback callback) {
        session = opened;
        socket = entrance.apply(this);
        callback.succeeded();
        socket.open();
    }

    @Override
    public void onFrame(Frame frame, Callback callback) {
        LiveSocket to = Objects.requireNonNull(socket);
        to.heard();
        switch (frame.getOpCode()) {
            case OpCode.TEXT, OpCode.CONTINUATION -> text(to, frame, callback);
            case OpCode.BINARY ->
                    callback.failed(new CloseException(CloseStatus.BAD_DATA, "text only"));
            case OpCode.PING -> pong(to, frame, callback);
            case OpCode.CLOSE -> {
                to.end();
                callback.succeeded();
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
    public void write(List<madang.live.Frame> frames, Callback done) {
        session().sendFrame(new Batch(frames), done, false);
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
        session().sendFrame(new Frame(OpCode.PING), Callback.NOOP, false);
    }

    @Override
    public long pingAfterNanos() {
        return PING_AFTER_NANOS;
    }

    @Override
    public void abort() {
        session().abort();
    }

    private CoreSession session() {
        return Objects.requireNonNull(session);
    }

    private void text(LiveSocket to, Frame frame, Callback callback) {
        byte[] message;
        try {
            message = frame.isFin() ? whole(frame) : null;
            if (message == null) {
                keep(frame);
            }
        } catch (CloseException refused) {
            callback.failed(refused);
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

    /// Hears on only when the answer is written, else pings could fill our memory.
    private void pong(LiveSocket to, Frame ping, Callback callback) {
        Frame pong = new Frame(OpCode.PONG, BufferUtil.copy(ping.getPayload()));
        callback.succeeded();
        session().sendFrame(pong, Callback.from(to::hearOn, _ -> {}), false);
    }
}
