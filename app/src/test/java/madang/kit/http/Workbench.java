package madang.kit.http;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import madang.kit.Caller;
import madang.kit.ErrorReporter;
import madang.kit.Fact;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.Ids;
import madang.kit.Language;
import madang.kit.Role;
import madang.kit.Secret;
import madang.kit.Texts;
import madang.kit.db.DatabaseAddress;
import madang.kit.db.Db;
import madang.kit.db.Migrations;
import madang.kit.db.Outbox;
import madang.kit.json.CodePoints;
import madang.kit.json.Json;
import madang.kit.settings.AddressRange;
import madang.kit.settings.Rate;
import madang.testing.Answer;
import madang.testing.MovedClock;
import madang.testing.TestPostgres;
import org.jspecify.annotations.Nullable;

/// The web layer alone, with a few routes that can do everything a route may do: each stores a row
/// and tells a fact, so that tests can count effects. Tokens are the names of their holders.
final class Workbench implements AutoCloseable {
    static final String OPERATOR = "operator-token";
    private static final Json JSON = new Json();
    private static final Map<String, Id<madang.kit.User>> PEOPLE =
            Map.of("mina", id(1), "joon", id(2), "admin", id(3), "english", id(4));

    record Item(@NotBlank @CodePoints(max = 5) String name) {}

    record Thing(
            @NotBlank @CodePoints(max = 20) String name,
            @Min(1) @Max(9) int count,
            @Nullable @Size(max = 3) List<Item> items) {}

    record Made(String id, long number) {}

    record ThingMade(Id<Thing> aggregate, String name) implements Fact {}

    final MovedClock clock = new MovedClock();
    final DatabaseAddress database = template().fresh();
    final Outbox outbox = new Outbox(JSON, clock);
    final Db db = new Db(database, Db.Pool.named("bench", 8, 4, Duration.ofMinutes(10)), outbox);
    final Idempotency idempotency = new Idempotency(db, clock);
    final Ids ids = new Ids(clock);
    final AtomicInteger calls = new AtomicInteger();
    final List<String> reported = new ArrayList<>();
    volatile CountDownLatch gate = new CountDownLatch(0);
    volatile CountDownLatch entered = new CountDownLatch(1);
    final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    static Workbench open() {
        return new Workbench(settings(null, false), Map.of());
    }

    static Workbench limited(Rate api) {
        return new Workbench(settings(null, false), Map.of(Limit.API, api));
    }

    static HttpServer.Settings settings(HttpServer.@Nullable Tls tls, boolean requiresHttps) {
        return new HttpServer.Settings(
                "127.0.0.1",
                0,
                Duration.ofSeconds(30),
                tls,
                requiresHttps,
                null,
                List.of(),
                List.of(AddressRange.parse("127.0.0.1")),
                new Secret(OPERATOR),
                null);
    }

    Workbench(HttpServer.Settings settings, Map<Limit, Rate> limits) {
        outbox.listen("test", ThingMade.class, _ -> {});
        Routes routes = new Routes();
        routes(routes);
        server =
                new HttpServer(
                        settings,
                        new HttpServer.Needs(
                                routes,
                                JSON,
                                new Texts(),
                                new Limits(limits, clock),
                                new Names(),
                                idempotency,
                                new SimpleMeterRegistry(),
                                reporter(),
                                ids,
                                clock));
        server.start();
    }

    private ErrorReporter reporter() {
        return (fault, where, requestId) -> reported.add(where);
    }

    private static TestPostgres.Template template() {
        return TestPostgres.template(
                "workbench",
                address -> {
                    try (Db db =
                            new Db(
                                    address,
                                    Db.Pool.named("bench", 2, 0, Duration.ofMinutes(5)),
                                    new Outbox(JSON, java.time.InstantSource.system()))) {
                        Migrations.migrate(db.dataSource());
                        db.run(tx ->
                                tx.sql(
                                                "create table kit.thing (number bigint generated always as identity, id uuid primary key, name text not null)")
                                        .count());
                    }
                });
    }

    private void routes(Routes routes) {
        routes.get("/t/open", Access.PUBLIC, Limit.API, _ -> ApiResponse.ok("open"));
        routes.get("/t/unlimited", Access.PUBLIC, Limit.NONE, _ -> ApiResponse.ok("open"));
        routes.get("/t/broken", Access.PUBLIC, Limit.API, _ -> broken());
        routes.get("/t/mine", Access.USER, Limit.API, _ -> ApiResponse.ok("mine"));
        routes.get("/t/admin", Access.ADMIN, Limit.API, _ -> ApiResponse.ok("admin"));
        routes.get("/t/operator", Access.OPERATOR, Limit.NONE, _ -> ApiResponse.ok("operator"));
        routes.get("/t/probe", Access.PUBLIC, Limit.NONE, _ -> ApiResponse.ok("up")).probe();
        routes.get(
                        "/t/list",
                        Access.PUBLIC,
                        Limit.API,
                        request -> {
                            madang.kit.Cursor cursor =
                                    madang.kit.Cursor.of(request.get(Param.CURSOR));
                            return ApiResponse.ok(
                                    List.of(
                                            request.require(Param.LIMIT),
                                            cursor == null ? "" : cursor.id(0).toString()));
                        })
                .takes(
                        Param.LIMIT,
                        Param.CURSOR,
                        Param.position("after"),
                        Param.id("user"),
                        Param.text("word"),
                        Param.choice("role", Role.class, Role.USER));
        routes.post("/t/things", Access.USER, Limit.API, Thing.class, this::make)
                .answers(201, Made.class);
        routes.post("/t/admin/things", Access.ADMIN, Limit.API, Thing.class, this::make)
                .answers(201, Made.class);
        routes.put("/t/things/{thing}", Access.USER, Limit.API, Thing.class, this::known);
        routes.post("/t/public", Access.PUBLIC, Limit.API, Thing.class, this::make);
        routes.post("/t/secret", Access.USER, Limit.API, Thing.class, this::make).answersSecrets();
        routes.post("/t/refused", Access.USER, Limit.API, Thing.class, this::refuse);
        routes.post("/t/broken", Access.USER, Limit.API, Thing.class, this::makeAndBreak);
        routes.post("/t/unavailable", Access.USER, Limit.API, Thing.class, this::makeAndGo);
        routes.post("/t/ended", Access.USER, Limit.API, Thing.class, this::makeAndSignOut);
        routes.post("/t/slow", Access.USER, Limit.API, Thing.class, this::makeSlowly);
        routes.post("/t/outside", Access.USER, Limit.API, Thing.class, this::callOutside).outside();
    }

    private ApiResponse make(ApiRequest request, Thing thing) {
        calls.incrementAndGet();
        return db.tx(tx -> {
            Id<Thing> id = ids.next();
            long number =
                    tx.sql("insert into kit.thing (id, name) values (:id, :name) returning number")
                            .with("id", id)
                            .with("name", thing.name())
                            .one(Long.class);
            tx.publish(new ThingMade(id, thing.name()));
            return ApiResponse.created(new Made(id.toString(), number))
                    .header("ETag", "\"" + number + "\"");
        });
    }

    private ApiResponse known(ApiRequest request, Thing thing) {
        Id<Thing> id = request.id("thing", "THING_NOT_FOUND");
        if (!id.equals(id(7))) {
            throw Failure.notFound("THING_NOT_FOUND");
        }
        throw Failure.conflict("THING_TAKEN");
    }

    private ApiResponse refuse(ApiRequest request, Thing thing) {
        make(request, thing);
        throw Failure.conflict("THING_TAKEN");
    }

    private ApiResponse makeAndBreak(ApiRequest request, Thing thing) {
        make(request, thing);
        return broken();
    }

    private ApiResponse makeAndGo(ApiRequest request, Thing thing) {
        make(request, thing);
        throw Failure.unavailable();
    }

    private ApiResponse makeAndSignOut(ApiRequest request, Thing thing) {
        make(request, thing);
        throw Failure.unauthenticated("AUTH_TOKEN_MISSING");
    }

    private ApiResponse makeSlowly(ApiRequest request, Thing thing) {
        entered.countDown();
        await(gate);
        return make(request, thing);
    }

    private ApiResponse callOutside(ApiRequest request, Thing thing) {
        entered.countDown();
        await(gate);
        if (thing.name().equals("breaks")) {
            calls.incrementAndGet();
            return broken();
        }
        return make(request, thing);
    }

    private static ApiResponse broken() {
        throw new IllegalStateException("canary in an exception");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private static <T> Id<T> id(long number) {
        return new Id<>(new UUID(0x7000, 0x8000_0000_0000_0000L | number));
    }

    private static final class Names implements TokenReader {
        @Override
        public Caller.Member read(String token) {
            Id<madang.kit.User> user = PEOPLE.get(token);
            if (user == null) {
                throw Failure.unauthenticated("AUTH_TOKEN_MISSING");
            }
            return new Caller.Member(
                    user,
                    id(99),
                    token.equals("admin") ? Role.ADMIN : Role.USER,
                    token.equals("english") ? Language.EN : Language.KO);
        }

        @Override
        public boolean isAdmin(Caller.Member caller) {
            return caller.role().isAdmin();
        }
    }

    long things() {
        return db.read(tx -> tx.sql("select count(*) from kit.thing").one(Long.class));
    }

    long facts() {
        return db.read(tx -> tx.sql("select count(*) from kit.fact").one(Long.class));
    }

    long keys() {
        return db.read(tx -> tx.sql("select count(*) from kit.idempotency").one(Long.class));
    }

    /// Headers come in pairs.
    Answer ask(String method, String target, String body, String... headers) {
        return ask(method, target, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    Answer ask(String method, String target, byte[] body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + target))
                        .timeout(Duration.ofSeconds(30))
                        .method(
                                method,
                                body.length == 0
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofByteArray(body));
        Map<String, String> all = new HashMap<>();
        all.put("Content-Type", "application/json");
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        all.values().removeIf(String::isEmpty);
        all.forEach(request::header);
        try {
            return new Answer(
                    client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
        } catch (IOException cut) {
            throw new UncheckedIOException(cut);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    Answer get(String target, String... headers) {
        return ask("GET", target, "", headers);
    }

    Answer post(String who, String target, String body, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.add("Authorization");
        all.add("Bearer " + who);
        return ask("POST", target, body, all.toArray(String[]::new));
    }

    /// What comes back for these bytes, until the server hangs up.
    String raw(String bytes) {
        return RawHttp.ask(server.port(), bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public void close() {
        gate.countDown();
        client.shutdown(); // For connections that say nothing the server would wait a second.
        server.stop(Duration.ofSeconds(2));
        db.close();
        TestPostgres.drop(database);
    }
}
