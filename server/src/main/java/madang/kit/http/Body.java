package madang.kit.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import madang.kit.Failure;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/// The bytes of a request's body, within bounds of size and of patience.
final class Body {
    /// Larger bodies are refused with 413; files have routes of their own.
    static final int MAX_BYTES = 1 << 20;

    /// A body that comes slower than this (bytes a second, after some grace) is an attack or as
    /// good as none.
    private static final int MIN_RATE = 256;

    private static final int GRACE_SECONDS = 10;

    /// How much of a body that nobody wants is read all the same: who is answered before he has
    /// finished speaking would take it for a broken connection, and over HTTP/2 each such stream is
    /// reset, of which only so many a second are let pass (CVE-2025-5115).
    private static final int MAX_DISCARDED_BYTES = 16 * MAX_BYTES;

    static boolean isAnnouncedTooLarge(Request request) {
        return request.getLength() > MAX_BYTES;
    }

    static byte[] read(Request request) {
        if (request.getLength() == 0) {
            return new byte[0];
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        read(
                request,
                (part, count) -> {
                    whole.write(part, 0, count);
                    if (whole.size() > MAX_BYTES) {
                        throw tooLarge();
                    }
                });
        return whole.toByteArray();
    }

    /// Reads what is left and throws it away, as far as that is bearable.
    static void discard(Request request) {
        if (isMissing(request) || request.getLength() > MAX_DISCARDED_BYTES) {
            return;
        }
        long[] discarded = new long[1];
        try {
            read(
                    request,
                    (_, count) -> {
                        discarded[0] += count;
                        if (discarded[0] > MAX_DISCARDED_BYTES) {
                            throw tooLarge();
                        }
                    });
        } catch (Failure enough) {
            // the connection is closed after the answer
        }
    }

    /// RFC 9112 §6.3: without a length and without chunks there is none.
    private static boolean isMissing(Request request) {
        return request.getLength() == 0
                || (request.getLength() < 0
                        && request.getConnectionMetaData().getHttpVersion().getVersion() < 20
                        && !request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING));
    }

    static Failure tooLarge() {
        return Failure.of(Failure.Kind.TOO_LARGE, "PAYLOAD_TOO_LARGE", MAX_BYTES);
    }

    private interface Part {
        void take(byte[] bytes, int count);
    }

    private static void read(Request request, Part taker) {
        long started = System.nanoTime();
        long size = 0;
        byte[] part = new byte[8192];
        try (InputStream in = Content.Source.asInputStream(request)) {
            for (int count = in.read(part); count >= 0; count = in.read(part)) {
                size += count;
                taker.take(part, count);
                if (isTooSlow(size, System.nanoTime() - started)) {
                    throw Failure.of(Failure.Kind.TIMEOUT, "BODY_TOO_SLOW");
                }
            }
        } catch (IOException cut) {
            throw Failure.of(Failure.Kind.MALFORMED, "BODY_INCOMPLETE");
        }
    }

    static boolean isTooSlow(long bytes, long nanos) {
        long seconds = nanos / 1_000_000_000L;
        return seconds > GRACE_SECONDS && bytes / seconds < MIN_RATE;
    }

    private Body() {}
}
