package madang.dialect.woongkie;

import java.util.List;
import madang.identity.DialectTokens;
import madang.kit.Caller;
import madang.kit.Failure;
import madang.kit.Language;
import madang.kit.http.Access;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.http.Face;
import madang.kit.http.Filter;
import madang.kit.http.Limit;
import madang.kit.http.Reply;
import madang.kit.http.Route;
import madang.kit.http.SecurityHeaders;
import madang.kit.http.Steps;
import madang.kit.json.Json;
import org.jspecify.annotations.Nullable;

/// How woongkie-talkie speaks HTTP: bare bodies, refusals in Korean under both of the names that
/// its clients read, a token in a header or in its cookie.
final class WoongkieFace implements Face {
    static final String NAME = "woongkie";
    static final String COOKIE = "auth_token";
    static final Limit GENERAL = Limit.ofAddresses("woongkie-general");
    static final Limit AUTH = Limit.ofAddresses("woongkie-auth");
    static final Limit ROOMS = Limit.ofAddresses("woongkie-rooms");
    static final Limit UPLOAD = Limit.ofAddresses("woongkie-upload");

    /// Its legacy pages fetch jQuery and Bootstrap from these two, and hold scripts inline.
    private static final String POLICY =
            "default-src 'self';"
                    + " script-src 'self' 'unsafe-inline' https://code.jquery.com"
                    + " https://cdn.jsdelivr.net;"
                    + " style-src 'self' 'unsafe-inline' https://cdn.jsdelivr.net;"
                    + " img-src 'self' data:; connect-src 'self' ws: wss:;"
                    + " font-src 'self' https://cdn.jsdelivr.net";

    private record Refusal(String error, String message) {}

    private final Json json;
    private final Words words;
    private final DialectTokens tokens;
    private final Allowed allowed;
    private final List<Filter> filters;
    private final SecurityHeaders headers =
            new SecurityHeaders()
                    .and("X-Content-Type-Options", "nosniff")
                    .and("X-Frame-Options", "DENY")
                    .and("X-XSS-Protection", "1; mode=block")
                    .and("Referrer-Policy", "strict-origin-when-cross-origin")
                    .and("Content-Security-Policy", POLICY)
                    .and("Cache-Control", "no-store");

    WoongkieFace(Json json, Words words, DialectTokens tokens, Allowed allowed, Steps steps) {
        this.json = json;
        this.words = words;
        this.tokens = tokens;
        this.allowed = allowed;
        this.filters =
                List.of(
                        steps.bounded(GENERAL),
                        (request, route, next) ->
                                route.limit().equals(GENERAL)
                                        ? next.go()
                                        : steps.boundedRoute(request, route, next),
                        this::sameSite,
                        this::access,
                        steps::size,
                        steps::input,
                        AuditLines::pass);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Filter> filters() {
        return filters;
    }

    @Override
    public Reply answer(ApiResponse response, Language language) {
        return Reply.of(response, () -> json.write(response.data()));
    }

    @Override
    public Reply problem(Failure failure, Language language) {
        Words.Said said = words.of(failure);
        Reply reply =
                Reply.json(
                        said.status(), json.write(new Refusal(said.sentence(), said.sentence())));
        @Nullable Long retryAfter = failure.retryAfterSeconds();
        return retryAfter == null ? reply : reply.with("Retry-After", retryAfter.toString());
    }

    @Override
    public SecurityHeaders headers() {
        return headers;
    }

    /// The token that a request brings: in its header, else in the cookie.
    static @Nullable String token(ApiRequest request) {
        @Nullable String bearer = request.bearer();
        return bearer == null ? request.cookie(COOKIE) : bearer;
    }

    /// What changes something must not come from a foreign page. A cookie that comes along by
    /// itself needs the header that a foreign page cannot set; without it nobody is harmed unless
    /// he is signed in as somebody else, so there the browser's word for it is enough.
    private Reply sameSite(ApiRequest request, Route route, Filter.Next next) {
        if (route.method().equals("GET") || request.bearer() != null) {
            return next.go();
        }
        if (request.cookie(COOKIE) != null) {
            if (!"XMLHttpRequest".equals(request.header("X-Requested-With"))) {
                throw Words.no("csrf");
            }
        } else if (isFromForeignPage(request)) {
            throw Words.no("foreign_origin");
        }
        return next.go();
    }

    private boolean isFromForeignPage(ApiRequest request) {
        return "cross-site".equals(request.header("Sec-Fetch-Site"))
                || !allowed.page(request.header("Origin"), request.ownOrigin());
    }

    private Reply access(ApiRequest request, Route route, Filter.Next next) {
        if (route.access() != Access.PUBLIC) {
            @Nullable String token = token(request);
            if (token == null || token.isEmpty()) {
                throw Failure.unauthenticated("AUTH_TOKEN_MISSING");
            }
            Caller.Member member = tokens.read(token);
            if (route.access() == Access.ADMIN && !tokens.isAdmin(member)) {
                throw Words.no("admin_only");
            }
            request.caller(member);
        }
        return next.go();
    }
}
