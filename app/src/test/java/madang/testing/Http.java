package madang.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// An HTTP client of one house and one caller. It tells `CalledRoutes` what it called.
public final class Http {
    private final House house;
    private final List<String> headers;
    private final String url;
    private final String dialect;
    private final HttpClient client;

    Http(House house, List<String> headers) {
        this(house, headers, house.url(), null, house.client());
    }

    private Http(House house, List<String> headers, String url, String dialect, HttpClient client) {
        this.client = client;
        this.house = house;
        this.headers = headers;
        this.url = url;
        this.dialect = dialect;
    }

    /// The same client that calls the house by another name.
    public Http atUrl(String other) {
        return new Http(house, headers, other, dialect, client);
    }

    /// The same client at the own address of a dialect.
    public Http at(int port, String dialect) {
        return new Http(house, headers, "http://127.0.0.1:" + port, dialect, client);
    }

    /// The same client with one more header on every request.
    public Http with(String name, String value) {
        List<String> more = new ArrayList<>(headers);
        more.add(name);
        more.add(value);
        return new Http(house, more, url, dialect, client);
    }

    /// The same client by this one's connections.
    public Http by(HttpClient other) {
        return new Http(house, headers, url, dialect, other);
    }

    public Answer get(String path) {
        return send("GET", path, (byte[]) null);
    }

    public Answer delete(String path) {
        return send("DELETE", path, (byte[]) null);
    }

    public Answer post(String path) {
        return send("POST", path, (byte[]) null);
    }

    public Answer post(String path, String json) {
        return send("POST", path, json);
    }

    public Answer put(String path, String json) {
        return send("PUT", path, json);
    }

    public Answer patch(String path, String json) {
        return send("PATCH", path, json);
    }

    /// A form with fields and a file.
    public Answer upload(String path, Form form) {
        return with("Content-Type", Form.CONTENT_TYPE).send("POST", path, form.bytes());
    }

    /// Any method, any bytes; without a `Content-Type` of its own a body is JSON.
    public Answer send(String method, String path, String json) {
        return send(method, path, json.getBytes(StandardCharsets.UTF_8));
    }

    public Answer send(String method, String path, byte[] body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + path))
                        .timeout(Duration.ofSeconds(30))
                        .method(
                                method,
                                body == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofByteArray(body));
        if (body != null && !headers.contains("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        if (!headers.isEmpty()) {
            request.headers(headers.toArray(String[]::new));
        }
        CalledRoutes.called(house, dialect, method, path);
        try {
            return new Answer(
                    client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
        } catch (IOException cut) {
            throw new UncheckedIOException(cut);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
