package madang.kit.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.List;
import madang.kit.Caller;
import madang.kit.Failure;
import madang.kit.Secret;
import madang.kit.json.Json;
import org.jspecify.annotations.Nullable;

/// What every request passes, in this order, before its route answers. The order decides which
/// refusal wins where several would be right: size, limit, token, role, media type, JSON, fields
/// and parameters, key.
final class Filters {
    /// One step. It refuses by a `Failure`, or lets the next one answer.
    interface Filter {
        Reply pass(ApiRequest request, Route route, Next next);
    }

    interface Next {
        Reply go();
    }

    private final Json json;
    private final Limits limits;
    private final TokenReader tokens;
    private final @Nullable Secret operatorToken;
    private final Renderer renderer;
    private final List<Filter> inOrder;

    Filters(
            Json json,
            Limits limits,
            TokenReader tokens,
            @Nullable Secret operatorToken,
            Idempotency idempotency,
            Renderer renderer) {
        this.json = json;
        this.limits = limits;
        this.tokens = tokens;
        this.operatorToken = operatorToken;
        this.renderer = renderer;
        this.inOrder =
                List.of(
                        this::count,
                        this::size,
                        this::limit,
                        this::access,
                        this::input,
                        idempotency::pass);
    }

    /// The answer of a route to a request, or a refusal in its place.
    Reply answer(ApiRequest request, Route route) {
        return after(0, request, route);
    }

    private Reply after(int index, ApiRequest request, Route route) {
        try {
            return index == inOrder.size()
                    ? renderer.answer(route.answer(request), request.language())
                    : inOrder.get(index)
                            .pass(request, route, () -> after(index + 1, request, route));
        } catch (Failure failure) {
            return renderer.problem(failure, request.language());
        }
    }

    /// Takes the request off its limit before anything else, so that every answer of a limited
    /// class can tell what is left. A verified token keys the limit by its user, anything else
    /// falls to the address.
    private Reply count(ApiRequest request, Route route, Next next) {
        request.badToken(readToken(request));
        Limits.@Nullable Left left = limits.take(route.limit(), key(request, route));
        if (left != null) {
            request.left(left);
        }
        return next.go();
    }

    /// Reads the body, so that later steps know it as a whole. A body whose length is announced is
    /// refused before a byte of it is read.
    private Reply size(ApiRequest request, Route route, Next next) {
        if (Body.isAnnouncedTooLarge(request.jettyRequest())) {
            throw Body.tooLarge();
        }
        if (route.isUnsafe()) {
            request.bytes(Body.read(request.jettyRequest()));
        }
        return next.go();
    }

    private Reply limit(ApiRequest request, Route route, Next next) {
        Limits.@Nullable Left left = request.left();
        if (left != null && left.retryAfterSeconds() != null) {
            throw Limits.tooMany(left.retryAfterSeconds());
        }
        return next.go();
    }

    private Reply access(ApiRequest request, Route route, Next next) {
        @Nullable Failure badToken = request.badToken();
        if (badToken != null && route.access() != Access.PUBLIC) {
            throw badToken;
        }
        switch (route.access()) {
            case PUBLIC -> {}
            case USER -> member(request);
            case ADMIN -> {
                if (!tokens.isAdmin(member(request))) {
                    throw Failure.forbidden();
                }
            }
            case OPERATOR -> operator(request);
        }
        return next.go();
    }

    /// The body, then the query: every wrong field of the one, every wrong parameter of the other.
    private Reply input(ApiRequest request, Route route, Next next) {
        if (route.body() != null) {
            request.body(checked(request, route, route.body()));
        }
        request.check(route.params());
        return next.go();
    }

    private Record checked(ApiRequest request, Route route, Class<? extends Record> type) {
        if (request.bytes().length == 0 && route.isBodyOptional()) {
            return json.read("{}".getBytes(UTF_8), type);
        }
        @Nullable String contentType = request.header("Content-Type");
        if (contentType == null || !isJson(contentType)) {
            throw Failure.of(Failure.Kind.UNSUPPORTED_MEDIA_TYPE, "UNSUPPORTED_MEDIA_TYPE");
        }
        return json.read(request.bytes(), type);
    }

    private static boolean isJson(String contentType) {
        return contentType.split(";", 2)[0].trim().equalsIgnoreCase("application/json");
    }

    private @Nullable Failure readToken(ApiRequest request) {
        @Nullable String token = request.bearer();
        if (token == null) {
            return null;
        }
        if (isOperator(token)) {
            request.admitOperator();
            return null;
        }
        try {
            request.caller(tokens.read(token));
            return null;
        } catch (Failure bad) {
            return bad;
        }
    }

    private static String key(ApiRequest request, Route route) {
        return route.limit() != Limit.SIGN_UP && request.caller() instanceof Caller.Member member
                ? member.user().toString()
                : request.neighbourhood();
    }

    private static Caller.Member member(ApiRequest request) {
        if (request.caller() instanceof Caller.Member member) {
            return member;
        }
        throw Failure.unauthenticated("AUTH_TOKEN_MISSING");
    }

    private static void operator(ApiRequest request) {
        if (request.isOperator()) {
            return;
        }
        throw request.bearer() == null
                ? Failure.unauthenticated("AUTH_TOKEN_MISSING")
                : Failure.forbidden();
    }

    private boolean isOperator(String token) {
        return operatorToken != null
                && MessageDigest.isEqual(
                        token.getBytes(UTF_8), operatorToken.value().getBytes(UTF_8));
    }
}
