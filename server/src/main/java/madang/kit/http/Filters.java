package madang.kit.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.List;
import madang.kit.Caller;
import madang.kit.Failure;
import madang.kit.Secret;
import madang.kit.json.Json;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/// What every request passes, in this order, before its route answers. The order decides which
/// refusal wins where several would be right: size, limit, token, role, media type, body.
final class Filters {
    /// Larger bodies are refused with 413; files have routes of their own.
    static final int MAX_BODY_BYTES = 1 << 20;

    /// A body that comes slower than this (bytes a second, after some grace) is an attack or as
    /// good as none.
    private static final int MIN_BODY_RATE = 256;

    private static final int GRACE_SECONDS = 10;

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
                List.of(this::size, this::limit, this::access, idempotency::pass, this::body);
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

    /// Reads the body, so that later steps know it as a whole. A body whose length is announced is
    /// refused before a byte of it is read.
    private Reply size(ApiRequest request, Route route, Next next) {
        if (request.jettyRequest().getLength() > MAX_BODY_BYTES) {
            throw tooLarge();
        }
        if (route.isUnsafe()) {
            request.bytes(read(request));
        }
        return next.go();
    }

    /// A verified token keys the limit by its user, anything else falls to the address.
    private Reply limit(ApiRequest request, Route route, Next next) {
        @Nullable Failure badToken = readToken(request);
        Limits.@Nullable Left left = limits.take(route.limit(), key(request, route));
        Reply reply;
        try {
            if (left != null && left.retryAfterSeconds() != null) {
                throw Limits.tooMany(left.retryAfterSeconds());
            }
            if (badToken != null && route.access() != Access.PUBLIC) {
                throw badToken;
            }
            reply = next.go();
        } catch (Failure refused) {
            reply = renderer.problem(refused, request.language());
        }
        return left == null
                ? reply
                : reply.with("RateLimit-Policy", left.policy()).with("RateLimit", left.state());
    }

    private Reply access(ApiRequest request, Route route, Next next) {
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

    private Reply body(ApiRequest request, Route route, Next next) {
        if (route.body() != null) {
            request.body(checked(request, route, route.body()));
        }
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
        if (token == null || isOperator(token)) {
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
                : request.address();
    }

    private static Caller.Member member(ApiRequest request) {
        if (request.caller() instanceof Caller.Member member) {
            return member;
        }
        throw Failure.unauthenticated("AUTH_TOKEN_MISSING");
    }

    private void operator(ApiRequest request) {
        @Nullable String token = request.bearer();
        if (token == null) {
            throw Failure.unauthenticated("AUTH_TOKEN_MISSING");
        }
        if (!isOperator(token)) {
            throw Failure.forbidden();
        }
    }

    boolean isOperator(String token) {
        return operatorToken != null
                && MessageDigest.isEqual(
                        token.getBytes(UTF_8), operatorToken.value().getBytes(UTF_8));
    }

    /// The whole body, within its bounds of size and of patience.
    private static byte[] read(ApiRequest request) {
        if (request.jettyRequest().getLength() == 0) {
            return new byte[0];
        }
        long started = System.nanoTime();
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        byte[] part = new byte[8192];
        try (InputStream in = Content.Source.asInputStream(request.jettyRequest())) {
            for (int count = in.read(part); count >= 0; count = in.read(part)) {
                whole.write(part, 0, count);
                if (whole.size() > MAX_BODY_BYTES) {
                    throw tooLarge();
                }
                if (isTooSlow(whole.size(), System.nanoTime() - started)) {
                    throw Failure.of(Failure.Kind.TIMEOUT, "BODY_TOO_SLOW");
                }
            }
            return whole.toByteArray();
        } catch (IOException cut) {
            throw Failure.of(Failure.Kind.MALFORMED, "BODY_INCOMPLETE");
        }
    }

    private static boolean isTooSlow(int bytes, long nanos) {
        long seconds = nanos / 1_000_000_000L;
        return seconds > GRACE_SECONDS && bytes / seconds < MIN_BODY_RATE;
    }

    private static Failure tooLarge() {
        return Failure.of(Failure.Kind.TOO_LARGE, "PAYLOAD_TOO_LARGE", MAX_BODY_BYTES);
    }
}
