package madang.kit.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.List;
import madang.kit.Caller;
import madang.kit.Failure;
import madang.kit.Secret;
import org.jspecify.annotations.Nullable;

/// What every native request passes, in this order, before its route answers. The order decides
/// which refusal wins where several would be right: size, limit, token, role, media type, JSON,
/// fields and parameters, key.
final class Filters {
    private final Limits limits;
    private final TokenReader tokens;
    private final @Nullable Secret operatorToken;
    private final List<Filter> inOrder;

    Filters(
            Steps steps,
            Limits limits,
            TokenReader tokens,
            @Nullable Secret operatorToken,
            Idempotency idempotency) {
        this.limits = limits;
        this.tokens = tokens;
        this.operatorToken = operatorToken;
        this.inOrder =
                List.of(
                        this::count,
                        steps::size,
                        this::limit,
                        this::access,
                        steps::input,
                        idempotency::pass);
    }

    List<Filter> inOrder() {
        return inOrder;
    }

    /// Takes the request off its limit before anything else, so that every answer of a limited
    /// class can tell what is left. A verified token keys the limit by its user, anything else
    /// falls to the address.
    private Reply count(ApiRequest request, Route route, Filter.Next next) {
        request.badToken(readToken(request));
        Limits.@Nullable Left left = limits.take(route.limit(), key(request, route));
        if (left != null) {
            request.left(left);
        }
        return next.go();
    }

    private Reply limit(ApiRequest request, Route route, Filter.Next next) {
        Limits.@Nullable Left left = request.left();
        if (left != null && left.retryAfterSeconds() != null) {
            throw Limits.tooMany(left.retryAfterSeconds());
        }
        return next.go();
    }

    private Reply access(ApiRequest request, Route route, Filter.Next next) {
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
        return !route.limit().isOfAddresses() && request.caller() instanceof Caller.Member member
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
