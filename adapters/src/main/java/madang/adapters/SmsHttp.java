package madang.adapters;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import madang.port.Undeliverable;

/// One call to a service of short messages: bounded in time and in what is read of the answer.
final class SmsHttp {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final long WHOLE_MILLIS = 8_000;
    private static final long MAX_BODY_BYTES = 64 << 10;

    private final HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build();

    /// The body of a good answer. A refusal of this very message is final; whatever tells of us, of
    /// a crowd or of an illness over there may pass.
    byte[] send(HttpRequest request) {
        HttpResponse<byte[]> answer = answer(request);
        return switch (answer.statusCode()) {
            case 200, 201, 202 -> answer.body();
            case 400, 404, 422 -> throw new Undeliverable("HTTP " + answer.statusCode());
            default -> throw new IllegalStateException("HTTP " + answer.statusCode());
        };
    }

    private HttpResponse<byte[]> answer(HttpRequest request) {
        CompletableFuture<HttpResponse<byte[]>> coming =
                client.sendAsync(
                        request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BODY_BYTES));
        try {
            return coming.get(WHOLE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException slow) {
            coming.cancel(true);
            throw new IllegalStateException("no answer in time");
        } catch (InterruptedException stopped) {
            coming.cancel(true);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped");
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            throw new IllegalStateException(
                    cause instanceof IOException
                            ? cause.getClass().getSimpleName()
                            : cause.toString());
        }
    }
}
