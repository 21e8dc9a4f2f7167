package madang.sandbox.stand;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/// Brings a vendor's news to the product's webhook routes, over HTTP, as the vendor would.
public final class Courier {
    private static final Duration CONNECT = Duration.ofSeconds(2);

    /// Who takes longer has not answered, say the vendors.
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final int MOST_SHOWN = 2_000;

    private final Supplier<String> ownAddress;
    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();

    /// @param ownAddress where the product is, known once its port is bound
    public Courier(Supplier<String> ownAddress) {
        this.ownAddress = ownAddress;
    }

    /// What the product said; status 0 where it said nothing in time.
    public record Received(int status, String body) {}

    public Received post(
            String path, String contentType, String body, Map<String, String> headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(ownAddress.get() + path))
                        .timeout(PATIENCE)
                        .header("Content-Type", contentType)
                        .POST(HttpRequest.BodyPublishers.ofString(body));
        return sent(request, headers);
    }

    public Received get(String pathAndQuery, Map<String, String> headers) {
        return sent(
                HttpRequest.newBuilder(URI.create(ownAddress.get() + pathAndQuery))
                        .timeout(PATIENCE)
                        .GET(),
                headers);
    }

    private Received sent(HttpRequest.Builder request, Map<String, String> headers) {
        headers.forEach(request::header);
        try {
            var answer = client.send(request.build(), BodyHandlers.ofString());
            String body = answer.body();
            return new Received(
                    answer.statusCode(), body.substring(0, Math.min(body.length(), MOST_SHOWN)));
        } catch (IOException unheard) {
            return new Received(0, String.valueOf(unheard.getMessage()));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new Received(0, "interrupted");
        }
    }
}
