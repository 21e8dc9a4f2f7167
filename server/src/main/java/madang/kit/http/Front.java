package madang.kit.http;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
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
    private final Face ours;
    private final Addresses dialects;
    private final ClientAddress addresses;
    private final Observer observer;
    private final ErrorReporter errors;
    private final Ids ids;
    private final Https https;
    private final boolean hasManagement;

    Front(
            Routes routes,
            Face ours,
            Addresses dialects,
            ClientAddress addresses,
            Observer observer,
            ErrorReporter errors,
            Ids ids,
            Https https,
            boolean hasManagement) {
        this.routes = routes;
        this.ours = ours;
        this.dialects = dialects;
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
        @Nullable Face dialect = dialects.dialect(request);
        Routes.@Nullable Match match = find(request, dialect, isManagement);
        @Nullable Route route = match == null ? null : match.route(ApiRequest.method(request));
        ApiRequest asked =
                new ApiRequest(
                        request,
                        response,
                        callback,
                        RequestId.of(request, ids),
                        addresses.of(request),
                        route,
                        route == null || match == null ? Map.of() : match.places(route));
        if (isManagement) {
            asked.admitOperator();
        }
        Face face = face(dialect, match);
        Reply reply = answer(asked, face, match, route);
        observer.saw(asked, reply.status(), System.nanoTime() - started);
        if (!reply.isUpgrade()) {
            Body.discard(request);
            write(asked, face, reply);
        }
        return true;
    }

    /// Who rules the path speaks there, also where he refuses a method; on other paths who rules
    /// the address.
    private Face face(@Nullable Face dialect, Routes.@Nullable Match match) {
        @Nullable Face ofPath =
                match == null ? dialect : match.routes().values().iterator().next().face();
        return ofPath == null ? ours : ofPath;
    }

    /// Where there is a management address, what is for operators is found there and nowhere else.
    private Routes.@Nullable Match find(
            Request request, @Nullable Face dialect, boolean isManagement) {
        @Nullable String path = Request.getPathInContext(request);
        Routes.@Nullable Match match =
                path == null || !path.startsWith("/")
                        ? null
                        : routes.find(path, dialect == null ? null : dialect.name());
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

    private Reply answer(
            ApiRequest asked, Face face, Routes.@Nullable Match match, @Nullable Route route) {
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
            return after(0, face, asked, route);
        } catch (Failure failure) {
            Reply reply = face.problem(failure, asked.language());
            return match != null && route == null ? reply.with("Allow", allowed(match)) : reply;
        } catch (RuntimeException | StackOverflowError bug) {
            return broken(asked, face, bug);
        }
    }

    /// The answer of the route once the filters that are left let the request pass, or the refusal
    /// of one of them in its place.
    private static Reply after(int index, Face face, ApiRequest asked, Route route) {
        List<Filter> filters = face.filters();
        try {
            return index == filters.size()
                    ? face.answer(route.answer(asked), asked.language())
                    : filters.get(index)
                            .pass(asked, route, () -> after(index + 1, face, asked, route));
        } catch (Failure failure) {
            return face.problem(failure, asked.language());
        }
    }

    /// A fault of ours: told to the log and the error reporter, never to the client.
    private Reply broken(ApiRequest asked, Face face, Throwable bug) {
        String where = asked.route() == null ? asked.method() : asked.route().toString();
        log.error("{} failed, request {}", where, asked.requestId(), bug);
        errors.report(bug, where, asked.requestId());
        return face.problem(Failure.of(Failure.Kind.BROKEN, "SERVER_ERROR"), asked.language());
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

    private static void write(ApiRequest asked, Face face, Reply reply) {
        Response response = asked.jettyResponse();
        @Nullable Runnable stream = reply.stream();
        response.setStatus(reply.status());
        HttpFields.Mutable headers = response.getHeaders();
        face.headers().put(headers, asked.isSecure());
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
            if (!headers.contains(HttpHeader.CONTENT_LENGTH)) {
                headers.put(HttpHeader.CONTENT_LENGTH, reply.bytes().length);
            }
            response.write(true, null, asked.jettyCallback());
        } else if (stream != null) {
            stream.run();
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
