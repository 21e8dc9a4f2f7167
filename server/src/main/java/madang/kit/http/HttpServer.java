package madang.kit.http;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.BindException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;
import madang.kit.Caller;
import madang.kit.CannotStart;
import madang.kit.ErrorReporter;
import madang.kit.Failure;
import madang.kit.Ids;
import madang.kit.Language;
import madang.kit.Secret;
import madang.kit.Texts;
import madang.kit.json.Json;
import madang.kit.settings.AddressRange;
import madang.kit.settings.HostPort;
import madang.kit.settings.OwnAddress;
import org.eclipse.jetty.compression.gzip.GzipCompression;
import org.eclipse.jetty.compression.server.CompressionConfig;
import org.eclipse.jetty.compression.server.CompressionHandler;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.CrossOriginHandler;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The web server: listeners, bounds on what a peer may take, and the front behind them.
public final class HttpServer {
    private static final Logger log = LoggerFactory.getLogger(HttpServer.class);

    private static final int MAX_HEADER_BYTES = 16 << 10;
    private static final int MAX_AT_ONCE = 4096;
    private static final int MIN_COMPRESSED_BYTES = 1024;
    private static final Duration HEADER_PATIENCE = Duration.ofSeconds(10);

    public record Settings(
            String host,
            int port,
            Duration idleTimeout,
            @Nullable Tls tls,
            boolean requiresHttps,
            @Nullable URI publicUrl,
            List<String> corsOrigins,
            List<AddressRange> trustedProxies,
            @Nullable Secret operatorToken,
            @Nullable HostPort management) {}

    /// PEM files of a certificate chain and its key, how often to look whether they were renewed,
    /// and the port that only sends plain HTTP on to HTTPS.
    public record Tls(Path certificate, Path key, Duration lookAgain, @Nullable Integer plainPort) {
        private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

        /// The plain port by custom: 80 beside 443, 8080 beside 8443, else none.
        public static Tls of(Path certificate, Path key, int port) {
            return new Tls(certificate, key, LOOK_AGAIN, plainPort(port));
        }

        private static @Nullable Integer plainPort(int tlsPort) {
            return switch (tlsPort) {
                case 443 -> 80;
                case 8443 -> 8080;
                default -> null;
            };
        }
    }

    /// What the web layer asks of the rest of the house.
    public record Needs(
            Routes routes,
            Json json,
            Texts texts,
            Limits limits,
            TokenReader tokens,
            Idempotency idempotency,
            MeterRegistry metrics,
            ErrorReporter errors,
            Ids ids,
            InstantSource clock) {}

    private final Settings settings;
    private final SlowHeaders slowHeaders = new SlowHeaders(HEADER_PATIENCE, System::nanoTime);
    private final Addresses dialects = new Addresses();
    private final Server server;
    private final Door main;
    private final @Nullable Door plain;
    private final @Nullable Door management;

    public HttpServer(Settings settings, Needs needs) {
        this.settings = settings;
        server = new Server(new VirtualThreadPool(MAX_AT_ONCE));
        Face ours = ours(settings, needs);
        server.setErrorHandler(new Refusals(ours, dialects, needs.ids()));
        main = main(settings);
        plain = plain(settings);
        management = management(settings);
        server.addEventListener(slowHeaders);
        for (@Nullable Door door : new @Nullable Door[] {main, plain, management}) {
            if (door != null) {
                hang(door);
            }
        }
        server.setHandler(
                new GracefulHandler(
                        crossOrigin(
                                settings.corsOrigins(), compressed(front(settings, needs, ours)))));
    }

    private void hang(Door door) {
        door.setIdleTimeout(settings.idleTimeout().toMillis());
        door.addBean(slowHeaders);
        server.addConnector(door);
    }

    /// Gives a dialect an address where it alone is spoken, before the start. The answer tells the
    /// port once that is bound.
    public IntSupplier alsoAt(OwnAddress address, Face dialect) {
        @Nullable Integer port = address.port();
        if (port == null) {
            dialects.give(String.valueOf(address.host()), dialect);
            return this::port;
        }
        String host = address.host() == null ? settings.host() : address.host();
        Door door = Door.of(dialect, server, host, port, protocols(settings));
        dialects.give(door, dialect);
        hang(door);
        return door::getLocalPort;
    }

    /// One more door, before the start, of any free port and open to this machine alone: by it the
    /// house asks itself in plain HTTP, whatever certificate it shows to others. The answer tells
    /// the port once that is bound.
    public IntSupplier innerDoor() {
        Door door =
                new Door(
                        server,
                        Door.Kind.INNER,
                        "127.0.0.1",
                        0,
                        new HttpConnectionFactory(configuration()));
        hang(door);
        return door::getLocalPort;
    }

    public void start() {
        try {
            server.start();
        } catch (Exception refused) {
            stop(Duration.ZERO);
            throw refused.getCause() instanceof BindException taken
                    ? new CannotStart(refused.getMessage() + ": " + taken.getMessage(), refused)
                    : new IllegalStateException("the web server does not start", refused);
        }
    }

    /// The port that was bound, also where any free one was asked for.
    public int port() {
        return main.getLocalPort();
    }

    /// The port that only sends on to HTTPS; -1 where there is none.
    public int plainPort() {
        return plain == null ? -1 : plain.getLocalPort();
    }

    /// The port for operators; -1 where they use the main one.
    public int managementPort() {
        return management == null ? -1 : management.getLocalPort();
    }

    public Server jetty() {
        return server;
    }

    /// Takes no new connections, lets requests that are under way finish, cuts off those that take
    /// longer than this, and stops.
    public void stop(Duration patience) {
        try {
            server.setStopTimeout(patience.toMillis());
            server.stop();
        } catch (TimeoutException late) {
            log.warn(
                    "what was under way {} ms after the stop began was cut off",
                    patience.toMillis());
        } catch (Exception unclean) {
            throw new IllegalStateException("the web server did not stop cleanly", unclean);
        }
    }

    private static Face ours(Settings settings, Needs needs) {
        return new NativeFace(
                new Renderer(needs.json(), needs.texts(), needs.clock()),
                new Filters(
                        new Steps(needs.json(), needs.limits()),
                        needs.limits(),
                        needs.tokens(),
                        settings.operatorToken(),
                        needs.idempotency()));
    }

    private Front front(Settings settings, Needs needs, Face ours) {
        return new Front(
                needs.routes(),
                ours,
                dialects,
                new ClientAddress(settings.trustedProxies()),
                new Observer(needs.metrics()),
                needs.errors(),
                needs.ids(),
                new Https(
                        settings.requiresHttps(),
                        settings.publicUrl(),
                        settings.tls() == null ? null : settings.port()),
                settings.management() != null);
    }

    private Door main(Settings settings) {
        return new Door(
                server, Door.Kind.MAIN, settings.host(), settings.port(), protocols(settings));
    }

    private ConnectionFactory[] protocols(Settings settings) {
        HttpConfiguration http = configuration();
        return settings.tls() == null
                ? new ConnectionFactory[] {
                    new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(http)
                }
                : TlsProtocols.of(server, http, settings.tls());
    }

    private @Nullable Door plain(Settings settings) {
        return settings.tls() == null || settings.tls().plainPort() == null
                ? null
                : new Door(
                        server,
                        Door.Kind.REDIRECT,
                        settings.host(),
                        settings.tls().plainPort(),
                        new HttpConnectionFactory(configuration()));
    }

    /// No token is asked for there; so a port alone means this machine alone.
    private @Nullable Door management(Settings settings) {
        @Nullable HostPort address = settings.management();
        return address == null
                ? null
                : new Door(
                        server,
                        Door.Kind.MANAGEMENT,
                        address.host() == null ? "127.0.0.1" : address.host(),
                        address.port(),
                        new HttpConnectionFactory(configuration()));
    }

    private static HttpConfiguration configuration() {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(MAX_HEADER_BYTES);
        // Looking a token up letter by letter costs more than reading it.
        http.setHeaderCacheSize(0);
        return http;
    }

    /// Answers are compressed where it pays; bodies are never unpacked (no bombs).
    private static Handler compressed(Handler inner) {
        GzipCompression gzip = new GzipCompression();
        gzip.setMinCompressSize(MIN_COMPRESSED_BYTES);
        CompressionHandler compression = new CompressionHandler(inner);
        compression.putCompression(gzip);
        compression.putConfiguration(
                "/*",
                CompressionConfig.builder()
                        .compressIncludeMimeType("application/json")
                        .compressIncludeMimeType("application/yaml")
                        .decompressExcludePath("/*")
                        .build());
        return compression;
    }

    private static Handler crossOrigin(List<String> origins, Handler inner) {
        if (origins.isEmpty()) {
            return inner;
        }
        CrossOriginHandler cors = new CrossOriginHandler();
        cors.setAllowedOriginPatterns(
                Set.copyOf(origins.stream().map(HttpServer::pattern).toList()));
        // Which pages may open sockets is the door's matter: our own may, and are not in this list.
        cors.setDeliverNonAllowedOriginWebSocketUpgradeRequests(true);
        cors.setAllowCredentials(!origins.contains("*"));
        cors.setAllowedMethods(Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));
        cors.setAllowedHeaders(
                Set.of(
                        "Authorization",
                        "Content-Type",
                        "Accept-Language",
                        "Idempotency-Key",
                        "If-Match",
                        "X-Device-Token",
                        "X-Madang-Page",
                        "X-Request-Id",
                        "X-Requested-With"));
        cors.setExposedHeaders(
                Set.of(
                        "ETag",
                        "Idempotent-Replayed",
                        "RateLimit",
                        "RateLimit-Policy",
                        "Retry-After",
                        "X-Device-Token",
                        "X-Request-Id"));
        cors.setDeliverPreflightRequests(false);
        cors.setDeliverNonAllowedOriginRequests(true);
        cors.setHandler(inner);
        return cors;
    }

    private static String pattern(String origin) {
        return origin.equals("*") ? "*" : Pattern.quote(origin);
    }

    /// What the web server refuses by itself (a request line that is none, headers without end), in
    /// our envelope instead of HTML.
    private static final class Refusals extends ErrorHandler {
        private final Face ours;
        private final Addresses dialects;
        private final Ids ids;

        Refusals(Face ours, Addresses dialects, Ids ids) {
            this.ours = ours;
            this.dialects = dialects;
            this.ids = ids;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            Failure failure = failure(response.getStatus());
            @Nullable Face dialect = dialects.dialect(request);
            Face face = dialect == null ? ours : dialect;
            Reply reply = face.problem(failure, language(request));
            if (response.getStatus() >= 500) {
                response.setStatus(failure.status());
            }
            HttpFields.Mutable headers = response.getHeaders();
            face.headers().put(headers, request.isSecure());
            headers.put(HttpHeader.CONTENT_TYPE, Reply.JSON);
            if (isLast(request)) {
                headers.put(HttpHeader.CONNECTION, "close");
            }
            headers.put(RequestId.HEADER, RequestId.of(request, ids));
            response.write(true, ByteBuffer.wrap(reply.bytes()), callback);
            return true;
        }

        /// After what was no request nobody knows where the next one begins: the connection ends,
        /// and who would use it again must hear so.
        private static boolean isLast(Request request) {
            return request.getConnectionMetaData().getHttpVersion().getVersion() < 20;
        }

        private static Language language(Request request) {
            return Caller.stranger(
                            Language.accepted(request.getHeaders().get(HttpHeader.ACCEPT_LANGUAGE)))
                    .language();
        }

        private static Failure failure(int status) {
            return switch (status) {
                case 404 -> Failure.notFound("NOT_FOUND");
                case 413, 414, 431 -> Failure.of(Failure.Kind.TOO_LARGE, "HEADERS_TOO_LARGE");
                case 501, 505 -> Failure.of(Failure.Kind.MALFORMED, "MALFORMED_REQUEST");
                case 503 -> Failure.unavailable();
                default ->
                        status >= 500
                                ? Failure.of(Failure.Kind.BROKEN, "SERVER_ERROR")
                                : Failure.of(Failure.Kind.MALFORMED, "MALFORMED_REQUEST");
            };
        }
    }
}
