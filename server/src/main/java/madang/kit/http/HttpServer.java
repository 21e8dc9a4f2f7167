package madang.kit.http;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import madang.kit.ErrorReporter;
import madang.kit.Failure;
import madang.kit.Ids;
import madang.kit.Language;
import madang.kit.Secret;
import madang.kit.Texts;
import madang.kit.json.Json;
import madang.kit.settings.AddressRange;
import org.eclipse.jetty.compression.gzip.GzipCompression;
import org.eclipse.jetty.compression.server.CompressionConfig;
import org.eclipse.jetty.compression.server.CompressionHandler;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.CrossOriginHandler;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.jspecify.annotations.Nullable;

/// The web server: listeners, bounds on what a peer may take, and the front behind them.
public final class HttpServer {
    private static final int MAX_HEADER_BYTES = 16 << 10;
    private static final int MAX_AT_ONCE = 4096;
    private static final int MIN_COMPRESSED_BYTES = 1024;

    public record Settings(
            String host,
            int port,
            Duration idleTimeout,
            @Nullable Tls tls,
            boolean requiresHttps,
            List<String> corsOrigins,
            List<AddressRange> trustedProxies,
            @Nullable Secret operatorToken) {}

    /// PEM files of a certificate chain and its key, and the port that only redirects to HTTPS.
    public record Tls(Path certificate, Path key, @Nullable Integer redirectPort) {}

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

    private final Server server;
    private final ServerConnector connector;

    public HttpServer(Settings settings, Needs needs) {
        server = new Server(new VirtualThreadPool(MAX_AT_ONCE));
        Renderer renderer = new Renderer(needs.json(), needs.texts(), needs.clock());
        server.setErrorHandler(new Refusals(renderer));
        connector = listener(settings);
        server.addConnector(connector);
        server.setHandler(
                new GracefulHandler(
                        crossOrigin(
                                settings.corsOrigins(),
                                compressed(front(settings, needs, renderer)))));
    }

    public void start() {
        try {
            server.start();
        } catch (Exception refused) {
            throw new IllegalStateException(
                    "cannot listen on port " + connector.getPort() + ": " + refused.getMessage(),
                    refused);
        }
    }

    /// The port that was bound, also where any free one was asked for.
    public int port() {
        return connector.getLocalPort();
    }

    public Server jetty() {
        return server;
    }

    /// Takes no new connections, lets requests that are under way finish, then stops.
    public void stop(Duration patience) {
        try {
            server.setStopTimeout(patience.toMillis());
            server.stop();
        } catch (Exception late) {
            throw new IllegalStateException("the web server did not stop cleanly", late);
        }
    }

    private static Front front(Settings settings, Needs needs, Renderer renderer) {
        return new Front(
                needs.routes(),
                new Filters(
                        needs.json(),
                        needs.limits(),
                        needs.tokens(),
                        settings.operatorToken(),
                        needs.idempotency(),
                        renderer),
                renderer,
                new ClientAddress(settings.trustedProxies()),
                new Observer(needs.metrics()),
                needs.errors(),
                needs.ids(),
                settings.requiresHttps());
    }

    private ServerConnector listener(Settings settings) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(MAX_HEADER_BYTES);
        http.setHeaderCacheSize(
                0); // looking a token up letter by letter costs more than reading it
        ServerConnector listener =
                settings.tls() == null
                        ? new ServerConnector(
                                server,
                                new HttpConnectionFactory(http),
                                new HTTP2CServerConnectionFactory(http))
                        : TlsListener.listener(server, http, settings.tls());
        listener.setHost(settings.host());
        listener.setPort(settings.port());
        listener.setIdleTimeout(settings.idleTimeout().toMillis());
        listener.setAcceptQueueSize(4096);
        return listener;
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
        private final Renderer renderer;

        Refusals(Renderer renderer) {
            this.renderer = renderer;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            int status = response.getStatus();
            Reply reply = renderer.problem(failure(status), Language.KO);
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, Reply.JSON);
            SecurityHeaders.put(response.getHeaders(), request.isSecure());
            response.write(true, ByteBuffer.wrap(reply.bytes()), callback);
            return true;
        }

        private static Failure failure(int status) {
            return switch (status) {
                case 404 -> Failure.notFound("NOT_FOUND");
                case 413, 414, 431 -> Failure.of(Failure.Kind.TOO_LARGE, "HEADERS_TOO_LARGE");
                case 503 -> Failure.unavailable();
                default ->
                        status >= 500
                                ? Failure.of(Failure.Kind.BROKEN, "SERVER_ERROR")
                                : Failure.of(Failure.Kind.MALFORMED, "MALFORMED_REQUEST");
            };
        }
    }
}
