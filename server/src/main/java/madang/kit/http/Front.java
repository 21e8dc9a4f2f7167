package madang.kit.http;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import madang.kit.ErrorReporter;
import madang.kit.Failure;
import madang.kit.Ids;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where a request comes in and its answer goes out: finds the route, lets it pass the filters,
/// writes the answer, and keeps count. One virtual thread a request, blocking.
final class Front extends Handler.Abstract {
    private static final Logger log = LoggerFactory.getLogger(Front.class);

    private final Routes routes;
    private final Filters filters;
    private final Renderer renderer;
    private final ClientAddress addresses;
    private final Observer observer;
    private final ErrorReporter errors;
    private final Ids ids;
    private final boolean requiresHttps;

    Front(
            Routes routes,
            Filters filters,
            Renderer renderer,
            ClientAddress addresses,
            Observer observer,
            ErrorReporter errors,
            Ids ids,
            boolean requiresHttps) {
        this.routes = routes;
        this.filters = filters;
        this.renderer = renderer;
        this.addresses = addresses;
        this.observer = observer;
        this.errors = errors;
        this.ids = ids;
        this.requiresHttps = requiresHttps;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        long started = System.nanoTime();
        Routes.@Nullable Match match = routes.find(Request.getPathInContext(request));
        @Nullable Route route = match == null ? null : match.routes().get(routed(request));
        ApiRequest asked =
                new ApiRequest(
                        request,
                        response,
                        callback,
                        requestId(request),
                        addresses.of(request),
                        route,
                        match == null ? Map.of() : match.places());
        Reply reply = answer(asked, match, route);
        observer.saw(asked, reply.status(), System.nanoTime() - started);
        if (!reply.isUpgrade()) {
            write(asked, reply);
        }
        return true;
    }

    private Reply answer(ApiRequest asked, Routes.@Nullable Match match, @Nullable Route route) {
        try {
            if (match == null) {
                throw Failure.notFound("NOT_FOUND");
            }
            if (requiresHttps && !asked.isSecure() && !isProbe(asked)) {
                return insecure(asked);
            }
            if (asked.method().equals("OPTIONS")) {
                return options(match);
            }
            if (route == null) {
                throw Failure.of(Failure.Kind.METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED")
                        .with(Map.of("allow", allowed(match)));
            }
            return filters.answer(asked, route);
        } catch (Failure failure) {
            Reply reply = renderer.problem(failure, asked.language());
            return match != null && route == null ? reply.with("Allow", allowed(match)) : reply;
        } catch (RuntimeException | StackOverflowError bug) {
            return broken(asked, bug);
        }
    }

    /// A fault of ours: told to the log and the error reporter, never to the client.
    private Reply broken(ApiRequest asked, Throwable bug) {
        String where = asked.route() == null ? asked.method() : asked.route().toString();
        log.error("{} failed, request {}", where, asked.requestId(), bug);
        errors.report(bug, where, asked.requestId());
        return renderer.problem(Failure.of(Failure.Kind.BROKEN, "SERVER_ERROR"), asked.language());
    }

    /// Plain HTTP where HTTPS is required: a reader is sent on, a writer has already said too much.
    private Reply insecure(ApiRequest asked) {
        if (asked.method().equals("GET") || asked.method().equals("HEAD")) {
            String target =
                    "https://"
                            + Request.getServerName(asked.jettyRequest())
                            + asked.jettyRequest().getHttpURI().getPathQuery();
            return new Reply(308, new ArrayList<>(), new byte[0], "text/plain")
                    .with("Location", target);
        }
        throw Failure.of(Failure.Kind.FORBIDDEN, "HTTPS_REQUIRED");
    }

    private static boolean isProbe(ApiRequest asked) {
        return asked.route() != null
                && (asked.route().path().equals("/health")
                        || asked.route().path().equals("/ready"));
    }

    private static Reply options(Routes.Match match) {
        return new Reply(204, new ArrayList<>(), new byte[0], "text/plain")
                .with("Allow", allowed(match));
    }

    private static String allowed(Routes.Match match) {
        Set<String> methods = new TreeSet<>(match.routes().keySet());
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        methods.add("OPTIONS");
        return String.join(", ", methods);
    }

    private static String routed(Request request) {
        return request.getMethod().equals("HEAD") ? "GET" : request.getMethod();
    }

    private String requestId(Request request) {
        @Nullable String given = request.getHeaders().get("X-Request-Id");
        return given != null && isTame(given) ? given : ids.next().toString();
    }

    private static boolean isTame(String id) {
        if (id.isEmpty() || id.length() > 64) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            boolean isTame =
                    (c >= 'a' && c <= 'z')
                            || (c >= 'A' && c <= 'Z')
                            || (c >= '0' && c <= '9')
                            || c == '.'
                            || c == '_'
                            || c == '-';
            if (!isTame) {
                return false;
            }
        }
        return true;
    }

    private static void write(ApiRequest asked, Reply reply) {
        Response response = asked.jettyResponse();
        response.setStatus(reply.status());
        HttpFields.Mutable headers = response.getHeaders();
        SecurityHeaders.put(headers, asked.isSecure());
        headers.put("X-Request-Id", asked.requestId());
        reply.headers().forEach(header -> put(headers, header));
        if (reply.status() != 204) {
            headers.put(HttpHeader.CONTENT_TYPE, reply.contentType());
        }
        if (reply.status() == 304 || asked.method().equals("HEAD")) {
            headers.put(HttpHeader.CONTENT_LENGTH, reply.bytes().length);
            response.write(true, null, asked.jettyCallback());
        } else {
            response.write(true, ByteBuffer.wrap(reply.bytes()), asked.jettyCallback());
        }
    }

    private static void put(HttpFields.Mutable headers, ApiResponse.Header header) {
        if (header.name().equalsIgnoreCase("Set-Cookie")) {
            headers.add(header.name(), header.value());
        } else {
            headers.put(header.name(), header.value());
        }
    }
}
