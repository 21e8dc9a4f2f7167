package madang.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A keep-alive HTTP/1.1 connection with one request under way at a time.
final class HttpPeer extends Peer {
    private static final String LENGTH = "\r\ncontent-length: ";
    private static final String CHUNKED = "\r\ntransfer-encoding: chunked\r\n";

    /// Hears the answer. `body` is only good until it returns.
    interface Answered {
        void answered(int status, ByteBuffer body);
    }

    private @Nullable Answered waiting;

    HttpPeer(Loop loop, InetSocketAddress address) {
        super(loop, address);
    }

    void ask(byte[] request, Answered then) {
        if (waiting != null) {
            throw new IllegalStateException("one request at a time");
        }
        waiting = then;
        send(request);
    }

    @Override
    void take(ByteBuffer in) {
        int headEnd = endOfHead(in);
        if (headEnd < 0) {
            return;
        }
        String head = text(in, in.position(), headEnd).toLowerCase(Locale.ROOT);
        @Nullable ByteBuffer body =
                head.contains(CHUNKED)
                        ? chunks(in, headEnd)
                        : bytes(in, headEnd, contentLength(head));
        if (body != null) {
            answered(Integer.parseInt(head.substring(9, 12)), body);
        }
    }

    @Override
    void ended() {
        if (waiting != null) {
            throw new IllegalStateException("the server closed a connection instead of answering");
        }
    }

    private void answered(int status, ByteBuffer body) {
        if (waiting == null) {
            throw new IllegalStateException("an answer that nobody asked for");
        }
        Answered then = waiting;
        waiting = null;
        then.answered(status, body);
    }

    private static int contentLength(String head) {
        int at = head.indexOf(LENGTH);
        if (at < 0) {
            return 0;
        }
        int from = at + LENGTH.length();
        return Integer.parseInt(head, from, head.indexOf('\r', from), 10);
    }

    private static @Nullable ByteBuffer bytes(ByteBuffer in, int from, int length) {
        if (in.limit() - from < length) {
            return null;
        }
        in.position(from + length);
        return in.slice(from, length);
    }

    private static @Nullable ByteBuffer chunks(ByteBuffer in, int from) {
        var whole = new ByteArrayOutputStream();
        int at = from;
        while (true) {
            int sizeEnd = lineEnd(in, at);
            if (sizeEnd < 0) {
                return null;
            }
            int size = Integer.parseInt(text(in, at, sizeEnd - 2), 16);
            int next = sizeEnd + size + 2;
            if (in.limit() < next) {
                return null;
            }
            if (size == 0) {
                in.position(next);
                return ByteBuffer.wrap(whole.toByteArray());
            }
            byte[] chunk = new byte[size];
            in.get(sizeEnd, chunk);
            whole.writeBytes(chunk);
            at = next;
        }
    }

    private static int endOfHead(ByteBuffer in) {
        int at = in.position();
        while (true) {
            int end = lineEnd(in, at);
            if (end < 0 || end - at == 2) {
                return end;
            }
            at = end;
        }
    }

    private static int lineEnd(ByteBuffer in, int from) {
        for (int at = from + 1; at < in.limit(); at++) {
            if (in.get(at) == '\n' && in.get(at - 1) == '\r') {
                return at + 1;
            }
        }
        return -1;
    }

    private static String text(ByteBuffer in, int from, int to) {
        return ISO_8859_1.decode(in.slice(from, to - from)).toString();
    }
}
