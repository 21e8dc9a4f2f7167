package madang.kit.http;

import java.io.IOException;
import madang.kit.Failure;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/// A body on its way to somebody who reads it in pieces: ended where it grows too large or comes
/// too slowly to be meant.
final class Arriving implements Content.Source {
    private final Content.Source source;
    private final long maxBytes;
    private final Failure tooLarge;
    private final long started = System.nanoTime();
    private long bytes;
    private @Nullable Failure refusal;

    Arriving(Content.Source source, long maxBytes, Failure tooLarge) {
        this.source = source;
        this.maxBytes = maxBytes;
        this.tooLarge = tooLarge;
    }

    @Override
    public Content.@Nullable Chunk read() {
        if (refusal != null) {
            return Content.Chunk.from(refusal, true);
        }
        Content.@Nullable Chunk chunk = source.read();
        if (chunk == null) {
            return null;
        }
        refusal = refusal(chunk);
        if (refusal == null) {
            return chunk;
        }
        chunk.release();
        return Content.Chunk.from(refusal, true);
    }

    @Override
    public long getLength() {
        return source.getLength();
    }

    @Override
    public void demand(Runnable reader) {
        source.demand(reader);
    }

    /// Whoever gives up reading does not break the connection: his refusal must still reach the
    /// client.
    @Override
    public void fail(Throwable failure) {}

    /// What became of it, for the client: what this found wrong, else what its reader did.
    Failure refusal(@Nullable Throwable failed) {
        if (refusal != null) {
            return refusal;
        }
        return failed instanceof IOException disk && !(disk instanceof java.io.EOFException)
                ? Failure.storage(disk)
                : Uploads.malformed();
    }

    private @Nullable Failure refusal(Content.Chunk chunk) {
        if (Content.Chunk.isFailure(chunk)) {
            return Failure.of(Failure.Kind.MALFORMED, "BODY_INCOMPLETE");
        }
        bytes += chunk.remaining();
        if (bytes > maxBytes) {
            return tooLarge;
        }
        return Body.isTooSlow(bytes, System.nanoTime() - started)
                ? Failure.of(Failure.Kind.TIMEOUT, "BODY_TOO_SLOW")
                : null;
    }
}
