package madang.kit.http;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import madang.kit.Failure;
import org.jspecify.annotations.Nullable;

/// What operators, probes and programmers ask of the server itself.
public final class SystemApi {
    /// The state of one part of the house, as the public may see it.
    public enum State {
        UP,
        DOWN
    }

    private static final String DOCS =
            """
            <!doctype html>
            <html lang="ko">
            <head>
              <meta charset="utf-8">
              <title>Madang API</title>
              <link rel="stylesheet" href="/webjars/swagger-ui/5.34.1/swagger-ui.css">
            </head>
            <body>
              <p><a href="/docs/sockets">The socket: methods and pushes</a></p>
              <div id="swagger-ui"></div>
              <script src="/webjars/swagger-ui/5.34.1/swagger-ui-bundle.js"></script>
              <script src="/docs/start.js"></script>
            </body>
            </html>
            """;
    private static final String START =
            "SwaggerUIBundle({ url: '/docs/openapi.yaml', dom_id: '#swagger-ui' });\n";

    /// Swagger UI writes inline styles and draws its icons from data URLs; no other page may.
    private static final String DOCS_POLICY =
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
                    + " frame-ancestors 'none'";

    /// A page to read has its styles with it and nothing else.
    private static final String READING_POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

    private record Health(Map<String, State> parts) {}

    private record Document(
            String path, String contentType, String summary, Supplier<String> text) {}

    private record FullHealth(Map<String, State> parts, Map<String, Object> figures) {}

    /// A text that costs much to make and then stays as it is: made when it is first asked for.
    private static final class Once implements Supplier<String> {
        private final Supplier<String> text;
        private @Nullable String made;

        Once(Supplier<String> text) {
            this.text = text;
        }

        @Override
        public synchronized String get() {
            if (made == null) {
                made = text.get();
            }
            return made;
        }
    }

    private final Map<String, BooleanSupplier> parts = new LinkedHashMap<>();
    private final Map<String, Supplier<Object>> figures = new LinkedHashMap<>();
    private final List<Document> documents = new ArrayList<>();
    private final BooleanSupplier isOpen;
    private final Supplier<String> yaml;
    private final Supplier<String> json;
    private @Nullable Supplier<String> metrics;
    private @Nullable FlightRecorder recorder;

    /// `isOpen` turns false when a stop begins, so that nobody sends new work.
    public SystemApi(BooleanSupplier isOpen, Supplier<OpenApi> document) {
        this.isOpen = isOpen;
        yaml = new Once(() -> document.get().yaml());
        json = new Once(() -> document.get().json());
    }

    /// A part that must be up for the server to be ready.
    public SystemApi watches(String part, BooleanSupplier isUp) {
        parts.put(part, isUp);
        return this;
    }

    /// A figure that the detailed health shows to operators.
    public SystemApi shows(String figure, Supplier<Object> now) {
        figures.put(figure, now);
        return this;
    }

    /// One more document beside that of the routes.
    public SystemApi tells(
            String path, String contentType, String summary, Supplier<String> document) {
        documents.add(new Document(path, contentType, summary, new Once(document)));
        return this;
    }

    /// Metrics as Prometheus reads them.
    public SystemApi measures(Supplier<String> scraped) {
        metrics = scraped;
        return this;
    }

    /// Recordings of the running process, into this directory while they are made.
    public SystemApi records(Path folder) {
        recorder = new FlightRecorder(folder);
        return this;
    }

    public void routes(Routes routes) {
        routes.get("/health", Access.PUBLIC, Limit.NONE, _ -> status(200, "ok"))
                .summary("Is the process alive?")
                .everywhere()
                .probe();
        routes.get("/ready", Access.PUBLIC, Limit.NONE, _ -> ready())
                .summary("Should it get requests?")
                .everywhere()
                .probe();
        routes.get("/api/v1/health/detailed", Access.PUBLIC, Limit.API, this::detailed)
                .summary("The state of each part; figures too for operators")
                .answers(200, Health.class)
                .forOperators();
        routes.get("/docs", Access.PUBLIC, Limit.NONE, _ -> docs())
                .summary("Swagger UI")
                .everywhere();
        routes.get("/docs/start.js", Access.PUBLIC, Limit.NONE, _ -> script())
                .hidden()
                .everywhere();
        routes.get(
                        "/docs/openapi.yaml",
                        Access.PUBLIC,
                        Limit.NONE,
                        _ -> ApiResponse.raw("application/yaml", yaml.get()))
                .summary("This document")
                .everywhere();
        routes.get(
                        "/docs/openapi.json",
                        Access.PUBLIC,
                        Limit.NONE,
                        _ -> ApiResponse.raw("application/json", json.get()))
                .summary("This document as JSON")
                .everywhere();
        for (Document document : documents) {
            routes.get(document.path, Access.PUBLIC, Limit.NONE, _ -> told(document))
                    .summary(document.summary)
                    .everywhere();
        }
        if (metrics != null) {
            Supplier<String> scraped = metrics;
            routes.get("/metrics", Access.OPERATOR, Limit.NONE, _ -> metrics(scraped))
                    .summary("Prometheus metrics, for operators");
        }
        if (recorder != null) {
            routes.get("/debug/jfr", Access.OPERATOR, Limit.NONE, recorder::record)
                    .summary("A recording of the next seconds (JDK Flight Recorder), for operators")
                    .takes(FlightRecorder.SECONDS);
        }
    }

    private static ApiResponse metrics(Supplier<String> scraped) {
        return ApiResponse.raw("text/plain; version=0.0.4; charset=utf-8", scraped.get());
    }

    private ApiResponse ready() {
        return isOpen.getAsBoolean() && states().values().stream().allMatch(s -> s == State.UP)
                ? status(200, "ok")
                : status(503, "not ready");
    }

    private ApiResponse detailed(ApiRequest request) {
        Map<String, State> states = states();
        if (states.containsValue(State.DOWN)) {
            throw Failure.of(Failure.Kind.UNAVAILABLE, "UNHEALTHY").with(states);
        }
        return ApiResponse.ok(
                request.isOperator() ? new FullHealth(states, figures()) : new Health(states));
    }

    private Map<String, Object> figures() {
        Map<String, Object> now = new LinkedHashMap<>();
        figures.forEach((figure, value) -> now.put(figure, value.get()));
        return now;
    }

    private Map<String, State> states() {
        Map<String, State> states = new LinkedHashMap<>();
        parts.forEach(
                (part, isUp) -> states.put(part, isUp.getAsBoolean() ? State.UP : State.DOWN));
        return states;
    }

    private static ApiResponse docs() {
        return ApiResponse.raw("text/html; charset=utf-8", DOCS)
                .header("Content-Security-Policy", DOCS_POLICY)
                .header("Cache-Control", "no-cache");
    }

    private static ApiResponse told(Document document) {
        return ApiResponse.raw(document.contentType, document.text.get())
                .header("Content-Security-Policy", READING_POLICY)
                .header("Cache-Control", "no-cache");
    }

    private static ApiResponse script() {
        return ApiResponse.raw("text/javascript; charset=utf-8", START)
                .header("Cache-Control", "no-cache");
    }

    private static ApiResponse status(int status, String word) {
        byte[] body = ("{\"status\":\"" + word + "\"}").getBytes(StandardCharsets.UTF_8);
        return ApiResponse.raw(status, Reply.JSON, body);
    }
}
