package madang.identity;

import java.time.Duration;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import org.jspecify.annotations.Nullable;

/// What every way in answers, in the same words: the tokens, and the marks by which the device is
/// known again.
///
/// A page keeps its refresh token in a cookie that scripts cannot read: it sends `X-Madang-Page: 1`
/// and never sees the token.
public final class SignInAnswer {
    static final String REFRESH_COOKIE = "madang_refresh";
    static final String DEVICE_HEADER = "X-Device-Token";
    private static final String DEVICE_COOKIE = "madang_device";
    private static final String PAGE_HEADER = "X-Madang-Page";
    private static final String COOKIE_PATH = "/api/v1/auth";

    /// As long as browsers keep a cookie (RFC 6265bis §5.5).
    private static final Duration DEVICE_LIFE = Duration.ofDays(400);

    /// The body of a sign-in; a page's refresh token stands in its cookie alone.
    public record Tokens(
            Me user, String accessToken, @Nullable String refreshToken, long expiresIn) {}

    private final Identity identity;

    SignInAnswer(Identity identity) {
        this.identity = identity;
    }

    /// Who knocks with this request.
    public static Visitor visitor(ApiRequest request) {
        @Nullable String device = request.header(DEVICE_HEADER);
        return new Visitor(
                request.address(),
                device == null ? request.cookie(DEVICE_COOKIE) : device,
                request.userAgent());
    }

    public ApiResponse of(int status, ApiRequest request, SignedIn signedIn) {
        return knowing(tokens(status, request, signedIn, isPage(request)), request, signedIn);
    }

    /// The same for a browser that came by a redirect and goes on to a page of ours: the page finds
    /// its refresh token in the cookie, so no address ever carries one.
    public ApiResponse onto(ApiResponse redirect, ApiRequest request, SignedIn signedIn) {
        ApiResponse withToken = withRefreshToken(redirect, request, signedIn);
        return knowing(withToken.header("Cache-Control", "no-store"), request, signedIn);
    }

    /// New tokens of a session that lives already.
    static ApiResponse tokens(
            int status, ApiRequest request, SignedIn signedIn, boolean isForPage) {
        Tokens tokens =
                new Tokens(
                        signedIn.me(),
                        signedIn.accessToken(),
                        isForPage ? null : signedIn.refreshToken(),
                        signedIn.accessTokenLife().toSeconds());
        ApiResponse response = ApiResponse.of(status, tokens).header("Cache-Control", "no-store");
        return isForPage ? withRefreshToken(response, request, signedIn) : response;
    }

    static boolean isPage(ApiRequest request) {
        return "1".equals(request.header(PAGE_HEADER));
    }

    static ApiResponse withoutRefreshToken(ApiResponse response, ApiRequest request) {
        return cookie(response, request, REFRESH_COOKIE, "", Duration.ZERO);
    }

    private ApiResponse knowing(ApiResponse response, ApiRequest request, SignedIn signedIn) {
        String device = identity.deviceToken(visitor(request), signedIn.caller().user());
        return cookie(
                response.header(DEVICE_HEADER, device),
                request,
                DEVICE_COOKIE,
                device,
                DEVICE_LIFE);
    }

    private static ApiResponse withRefreshToken(
            ApiResponse response, ApiRequest request, SignedIn signedIn) {
        return cookie(
                response,
                request,
                REFRESH_COOKIE,
                signedIn.refreshToken(),
                signedIn.refreshTokenLife());
    }

    private static ApiResponse cookie(
            ApiResponse response, ApiRequest request, String name, String value, Duration life) {
        return response.header(
                "Set-Cookie",
                "%s=%s; Path=%s; Max-Age=%d; HttpOnly; SameSite=Strict%s"
                        .formatted(
                                name,
                                value,
                                COOKIE_PATH,
                                life.toSeconds(),
                                request.isSecure() ? "; Secure" : ""));
    }
}
