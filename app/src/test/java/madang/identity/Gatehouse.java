package madang.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import madang.embedded.MemoryBus;
import madang.kit.ErrorReporter;
import madang.kit.Ids;
import madang.kit.Secret;
import madang.kit.Texts;
import madang.kit.db.DatabaseAddress;
import madang.kit.db.Db;
import madang.kit.db.Migrations;
import madang.kit.db.Outbox;
import madang.kit.http.HttpServer;
import madang.kit.http.Idempotency;
import madang.kit.http.Limit;
import madang.kit.http.Limits;
import madang.kit.http.Routes;
import madang.kit.json.Json;
import madang.kit.settings.AddressRange;
import madang.kit.settings.Rate;
import madang.kit.settings.Stage;
import madang.live.Origins;
import madang.testing.TestPostgres;
import tools.jackson.databind.JsonNode;

/// A house with nothing but its gate: identity over real HTTP on a real PostgreSQL, with a clock
/// that can be moved.
final class Gatehouse implements AutoCloseable {
    static final String SECRET = "a secret of the gatehouse, long enough for anybody";

    final AtomicLong movedMillis;
    final InstantSource clock;
    final Json json = new Json();
    final Ids ids;
    final Db db;
    final IdentityFeature feature;
    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    /// What came back.
    record Answer(int status, JsonNode body, HttpResponse<byte[]> response) {
        JsonNode data() {
            return body.get("data");
        }

        String text(String field) {
            return data().get(field).stringValue();
        }

        String code() {
            return body.get("error").get("code").stringValue();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        /// The value of a cookie that was set.
        String cookie(String name) {
            return response.headers().allValues("Set-Cookie").stream()
                    .filter(cookie -> cookie.startsWith(name + "="))
                    .map(cookie -> cookie.substring(name.length() + 1).split(";", 2)[0])
                    .findFirst()
                    .orElse("");
        }
    }

    /// A gatehouse of its own database.
    static Gatehouse open() {
        return on(template().fresh());
    }

    static TestPostgres.Template template() {
        return TestPostgres.template(
                "identity",
                address -> {
                    try (Db db = db(address)) {
                        Migrations.migrate(db.dataSource());
                    }
                });
    }

    static Gatehouse on(DatabaseAddress address) {
        return new Gatehouse(db(address), new AtomicLong());
    }

    /// One more node on the same database, by the same clock, with a bus of its own: it hears of
    /// nothing but by looking.
    Gatehouse another(DatabaseAddress address) {
        return new Gatehouse(db(address), movedMillis);
    }

    private Gatehouse(Db db, AtomicLong movedMillis) {
        this.db = db;
        this.movedMillis = movedMillis;
        clock = () -> Instant.now().plusMillis(movedMillis.get());
        ids = new Ids(clock);
        feature =
                new IdentityFeature(
                        settings(),
                        new Rate(5, Duration.ofMinutes(15), 5),
                        new Rate(300, Duration.ofHours(1), 300),
                        new Origins(List.of("https://madang.example")),
                        db,
                        new MemoryBus(),
                        json,
                        ids,
                        clock);
        feature.start();
        Routes routes = new Routes();
        feature.routes(routes);
        server =
                new HttpServer(
                        new HttpServer.Settings(
                                "127.0.0.1",
                                0,
                                Duration.ofSeconds(30),
                                null,
                                false,
                                null,
                                List.of(),
                                List.of(AddressRange.parse("127.0.0.1")),
                                null,
                                null),
                        new HttpServer.Needs(
                                routes,
                                json,
                                new Texts("identity"),
                                new Limits(
                                        Map.of(
                                                Limit.SIGN_UP,
                                                new Rate(20, Duration.ofHours(1), 20)),
                                        clock),
                                feature.tokens(),
                                new Idempotency(db, clock),
                                new SimpleMeterRegistry(),
                                ErrorReporter.NONE,
                                ids,
                                clock));
        server.start();
    }

    private static IdentitySettings settings() {
        return new IdentitySettings(
                Stage.DEVELOPMENT,
                List.of(new Secret(SECRET)),
                Duration.ofMinutes(15),
                Duration.ofDays(30),
                Duration.ofDays(90),
                4,
                null,
                null);
    }

    private static Db db(DatabaseAddress address) {
        return new Db(
                address,
                Db.Pool.named("gate", 8, 4, Duration.ofMinutes(10)),
                new Outbox(new Json(), InstantSource.system()));
    }

    void passes(Duration time) {
        movedMillis.addAndGet(time.toMillis());
    }

    /// Headers come in pairs.
    Answer ask(String method, String path, String body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                        .method(
                                method,
                                body.isEmpty()
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body, UTF_8))
                        .header("Content-Type", "application/json")
                        .header("Accept-Language", "en");
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        try {
            HttpResponse<byte[]> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), json.tree(response.body()), response);
        } catch (IOException cut) {
            throw new UncheckedIOException(cut);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    Answer post(String path, String body, String... headers) {
        return ask("POST", "/api/v1/auth/" + path, body, headers);
    }

    Answer me(String accessToken) {
        return ask("GET", "/api/v1/auth/me", "", "Authorization", "Bearer " + accessToken);
    }

    /// Somebody new, from an address of his own.
    Answer joins(String username) {
        return post(
                "register",
                "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(username, password(username)),
                "X-Forwarded-For",
                "10.1." + (username.hashCode() & 0xff) + "." + (username.hashCode() >> 8 & 0xff));
    }

    Answer logsIn(String username, String password, String... headers) {
        return post(
                "login",
                "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(username, password),
                headers);
    }

    Answer refreshes(String token) {
        return post("refresh", "{\"refresh_token\":\"%s\"}".formatted(token));
    }

    static String password(String username) {
        return username + " likes persimmons";
    }

    /// Waits until it is so; the limit is far beyond what it takes.
    static void eventually(BooleanSupplier isSo) {
        long begin = System.nanoTime();
        while (!isSo.getAsBoolean()) {
            if (System.nanoTime() - begin > 20_000_000_000L) {
                throw new AssertionError("never happened");
            }
            try {
                Thread.sleep(5);
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
        }
    }

    @Override
    public void close() {
        client.close();
        server.stop(Duration.ofSeconds(5));
        feature.close();
        db.close();
    }
}
