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
    private final Https https;
    private final boolean hasManagement;

    Front(
            Routes routes,
            Filters filters,
            Renderer renderer,
            ClientAddress addresses,
            Observer observer,
            ErrorReporter errors,
            Ids ids,
            Https https,
            boolean hasManagement) {
        this.routes = routes;
        this.filters = filters;
        this.renderer = renderer;
        this.addresses = addresses;
        this.observer = observer;
        this.errors = errors;
        this.ids = ids;
        this.https = https;
        this.hasManagement = hasManagement;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        long started = System.nanoTime();
        boolean isManagement = Door.isManagement(request);
        Routes.@Nullable Match match = find(request, isManagement);
        @Nullable Route route = match == null ? null : match.routes().get(routed(request));
        ApiRequest asked =
                new ApiRequest(
                        request,
                        response,
                        callback,
                        RequestId.of(request, ids),
                        addresses.of(request),
                        route,
                        match == null ? Map.of() : match.places());
        if (isManagement) {
            asked.admitOperator();
        }
        Reply reply = answer(asked, match, route);
        observer.saw(asked, reply.status(), System.nanoTime() - started);
        if (!reply.isUpgrade()) {
            if (reply.status() >= 400) {
                Body.discard(request);
            }
            write(asked, reply);
        }
        return true;
    }

    /// Where there is a management address, what is for operators is found there and nowhere else.
    private Routes.@Nullable Match find(Request request, boolean isManagement) {
        @Nullable String path = Request.getPathInContext(request);
        Routes.@Nullable Match match =
                path == null || !path.startsWith("/") ? null : routes.find(path);
        if (match == null || !hasManagement) {
            return match;
        }
        boolean isHere =
                match.routes().values().stream()
                        .anyMatch(route ->
                                isManagement
                                        ? route.isForOperators()
                                        : route.access() != Access.OPERATOR);
        return isHere ? match : null;
    }

    private Reply answer(ApiRequest asked, Routes.@Nullable Match match, @Nullable Route route) {
        try {
            if (match == null) {
                throw Failure.notFound("NOT_FOUND");
            }
            if (https.mustRefuse(asked)) {
                return https.refuse(asked);
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

    private static void write(ApiRequest asked, Reply reply) {
        Response response = asked.jettyResponse();
        response.setStatus(reply.status());
        HttpFields.Mutable headers = response.getHeaders();
        SecurityHeaders.put(headers, asked.isSecure());
        headers.put("X-Request-Id", asked.requestId());
        Limits.@Nullable Left left = asked.left();
        if (left != null) {
            headers.put("RateLimit-Policy", left.policy());
            headers.put("RateLimit", left.state());
        }
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
