package madang.social;

import jakarta.validation.constraints.Size;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import madang.identity.Agreed;
import madang.identity.SignInAnswer;
import madang.identity.SignedIn;
import madang.kit.Caller;
import madang.kit.Failure;
import madang.kit.Page;
import madang.kit.http.Access;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.http.Limit;
import madang.kit.http.Param;
import madang.kit.http.Route;
import madang.kit.http.Routes;
import org.jspecify.annotations.Nullable;

/// Signing in by a provider over HTTP, and the links of one's own account.
///
/// A browser is sent away and comes back to `…/callback`, where it gets its page's cookie and goes
/// on to a page of ours; nothing that opens a door ever stands in an address of ours. A program
/// asks for the address as JSON and brings back the code itself. Who returns must be who set out: a
/// browser shows its cookie, and every request with an `Origin` is a browser's.
final class SocialApi {
    private static final String AUTH = "/api/v1/auth/";
    private static final String LINKS = "/api/v1/users/me/links";
    private static final String BROWSER_COOKIE = "madang_social";
    private static final Duration COOKIE_LIFE = Duration.ofMinutes(10);
    private static final int MAX_ADDRESS = 500;

    private static final Param<String> REDIRECT = Param.text("redirect");
    private static final Param<Integer> LINK = Param.integer("link", 0, 1, 0);
    private static final Param<String> CONSENTS = Param.text("consents");
    private static final Param<Integer> WITH_CALENDAR = Param.integer("calendar", 0, 1, 0);
    private static final Param<String> CODE = Param.text("code");
    private static final Param<String> STATE = Param.text("state");
    private static final Param<String> ERROR = Param.text("error");

    record Offer(Provider provider) {}

    record Authorization(String authorizationUrl, String state) {}

    record CodeAndState(
            @Size(min = 1, max = 2_000) String code, @Size(min = 1, max = 200) String state) {}

    record GoogleToken(
            @Size(min = 1, max = 8_192) String idToken,
            @Size(min = 1, max = 255) @Nullable String nonce,
            @Nullable Map<String, String> consents) {}

    record GoogleCalendarTokens(
            @Size(min = 1, max = 8_192) String idToken,
            @Size(min = 1, max = 4_096) String accessToken,
            @Size(min = 1, max = 4_096) @Nullable String refreshToken,
            @Nullable Map<String, String> consents) {}

    record KakaoTokens(
            @Size(min = 1, max = 8_192) @Nullable String idToken,
            @Size(min = 1, max = 4_096) @Nullable String accessToken,
            @Size(min = 1, max = 255) @Nullable String nonce,
            @Nullable Map<String, String> consents) {
        KakaoTokens {
            if (idToken == null && accessToken == null) {
                throw Failure.invalid("id_token", "required");
            }
        }
    }

    record LinkView(
            Provider provider,
            @Nullable String nickname,
            @Nullable String email,
            List<String> scopes,
            Instant linkedAt,
            Instant lastUsedAt) {}

    private final Social social;
    private final SignInAnswer answers;
    private final Map<Provider, URI> redirectUris;
    private final @Nullable URI publicUrl;

    /// Redirect addresses where the settings name them; else they are our own.
    SocialApi(
            Social social,
            SignInAnswer answers,
            Map<Provider, URI> redirectUris,
            @Nullable URI publicUrl) {
        this.social = social;
        this.answers = answers;
        this.redirectUris = redirectUris;
        this.publicUrl = publicUrl;
    }

    void routes(Routes routes) {
        routes.get(AUTH + "providers", Access.PUBLIC, Limit.API, this::offers)
                .summary("With whose accounts one can sign in here")
                .answersListOf(Offer.class);
        Stream.of(Provider.values()).forEach(provider -> routes(routes, provider));
        routes.post(
                        AUTH + "google",
                        Access.PUBLIC,
                        Limit.SOCIAL,
                        GoogleToken.class,
                        this::withGoogle)
                .summary("Sign in with an ID token of Google that an app of ours got")
                .answers(200, SignInAnswer.Tokens.class)
                .answersSecrets();
        routes.post(
                        AUTH + "google/calendar",
                        Access.PUBLIC,
                        Limit.SOCIAL,
                        GoogleCalendarTokens.class,
                        this::withGoogleCalendar)
                .summary("The same, and let us use the calendar as far as it was allowed")
                .answers(200, SignInAnswer.Tokens.class)
                .answersSecrets();
        routes.post(AUTH + "kakao", Access.PUBLIC, Limit.SOCIAL, KakaoTokens.class, this::withKakao)
                .summary("Sign in with tokens of Kakao that an app of ours got")
                .answers(200, SignInAnswer.Tokens.class)
                .answersSecrets();
        routes.get(LINKS, Access.USER, Limit.API, this::links)
                .summary("The accounts at providers by which I come in")
                .answersListOf(LinkView.class);
        for (Provider provider : Provider.values()) {
            routes.delete(
                            LINKS + "/" + provider,
                            Access.USER,
                            Limit.API,
                            request -> unlink(request, provider))
                    .summary("Come in by this account no more; never the last way in");
        }
    }

    private void routes(Routes routes, Provider provider) {
        String path = AUTH + provider;
        Route begins =
                routes.get(path, Access.PUBLIC, Limit.SOCIAL, request -> begin(request, provider))
                        .summary(
                                "Sign in there, or add that account to mine: a redirect, or its"
                                        + " address")
                        .takes(REDIRECT, LINK, CONSENTS)
                        .answers(200, Authorization.class);
        if (provider == Provider.GOOGLE) {
            begins.takes(WITH_CALENDAR);
        }
        routes.get(
                        path + "/callback",
                        Access.PUBLIC,
                        Limit.SOCIAL,
                        request -> browserIsBack(request, provider))
                .summary("Where the provider sends browsers back to")
                .takes(CODE, STATE, ERROR)
                .answers(200, SignInAnswer.Tokens.class);
        routes.post(
                        path + "/callback",
                        Access.PUBLIC,
                        Limit.SOCIAL,
                        CodeAndState.class,
                        (request, back) -> programIsBack(request, provider, back))
                .summary("Swap the provider's code for our tokens")
                .answers(200, SignInAnswer.Tokens.class)
                .answersSecrets();
    }

    private ApiResponse offers(ApiRequest request) {
        return ApiResponse.ok(
                new Page<>(social.providers().stream().map(Offer::new).toList(), null));
    }

    private ApiResponse begin(ApiRequest request, Provider provider) {
        boolean isBrowser = readsPages(request);
        Social.Begun begun =
                social.begin(
                        new Social.Wish(
                                provider,
                                request.cookie(BROWSER_COOKIE),
                                !isBrowser,
                                redirectUri(request, provider),
                                goesTo(request),
                                request.require(LINK) == 1 ? member(request) : null,
                                provider == Provider.GOOGLE && request.require(WITH_CALENDAR) == 1,
                                Agreed.parse(request.get(CONSENTS))));
        String address =
                begun.address().startsWith("/")
                        ? ownAddress(request) + begun.address()
                        : begun.address();
        ApiResponse answer =
                isBrowser
                        ? redirect(address)
                        : ApiResponse.ok(new Authorization(address, begun.state()));
        return answer.header("Set-Cookie", cookie(request, begun.browser()))
                .header("Cache-Control", "no-store");
    }

    /// A person stands before this answer: what went wrong is told by a page. Who is not in yet is
    /// told at the door, who wanted an account added, where he set out.
    private ApiResponse browserIsBack(ApiRequest request, Provider provider) {
        if (!readsPages(request)) {
            return answer(request, finish(request, back(request, provider)));
        }
        try {
            return switch (finish(request, back(request, provider))) {
                case Social.End.In(String goesTo, SignedIn signedIn) ->
                        answers.onto(redirect(goesTo), request, signedIn);
                case Social.End.Linked(String goesTo) -> redirect(goesTo);
                case Social.End.NotLinked(String goesTo, Failure why) ->
                        redirect(telling(goesTo, why, provider));
            };
        } catch (Failure refused) {
            return redirect(telling("/welcome", refused, provider));
        }
    }

    private ApiResponse programIsBack(ApiRequest request, Provider provider, CodeAndState brought) {
        return answer(
                request,
                finish(
                        request,
                        new Social.Return(
                                provider,
                                brought.state(),
                                brought.code(),
                                false,
                                request.cookie(BROWSER_COOKIE),
                                request.header("Origin") == null)));
    }

    private Social.End finish(ApiRequest request, Social.Return back) {
        return social.finish(SignInAnswer.visitor(request), request.language(), back);
    }

    private ApiResponse answer(ApiRequest request, Social.End end) {
        return switch (end) {
            case Social.End.In(_, SignedIn signedIn) -> answers.of(200, request, signedIn);
            case Social.End.Linked _ -> ApiResponse.done("ok.social_linked");
            case Social.End.NotLinked(_, Failure why) -> throw why;
        };
    }

    private ApiResponse withGoogle(ApiRequest request, GoogleToken brought) {
        return arrive(
                request,
                Provider.GOOGLE,
                brought.consents(),
                new OidcLogin.NativeTokens(brought.idToken(), brought.nonce(), null, null));
    }

    private ApiResponse withGoogleCalendar(ApiRequest request, GoogleCalendarTokens brought) {
        return arrive(
                request,
                Provider.GOOGLE,
                brought.consents(),
                new OidcLogin.NativeTokens(
                        brought.idToken(), null, brought.accessToken(), brought.refreshToken()));
    }

    private ApiResponse withKakao(ApiRequest request, KakaoTokens brought) {
        return arrive(
                request,
                Provider.KAKAO,
                brought.consents(),
                new OidcLogin.NativeTokens(
                        brought.idToken(), brought.nonce(), brought.accessToken(), null));
    }

    private ApiResponse arrive(
            ApiRequest request,
            Provider provider,
            @Nullable Map<String, String> consents,
            OidcLogin.NativeTokens tokens) {
        Arrivals.Coming coming =
                new Arrivals.Coming(
                        SignInAnswer.visitor(request), request.language(), Agreed.to(consents));
        return answers.of(200, request, social.arrive(coming, provider, tokens));
    }

    private ApiResponse links(ApiRequest request) {
        return ApiResponse.ok(
                new Page<>(
                        social.links(request.caller()).stream().map(SocialApi::view).toList(),
                        null));
    }

    private ApiResponse unlink(ApiRequest request, Provider provider) {
        social.unlink(request.caller(), provider);
        return ApiResponse.done("ok.social_unlinked");
    }

    private static LinkView view(Link link) {
        return new LinkView(
                link.provider(),
                link.nickname(),
                link.email(),
                link.scopes(),
                link.linkedAt(),
                link.lastUsedAt());
    }

    /// A provider who says no may bring a code all the same: it counts for nothing.
    private static Social.Return back(ApiRequest request, Provider provider) {
        @Nullable String error = request.get(ERROR);
        return new Social.Return(
                provider,
                Objects.requireNonNullElse(request.get(STATE), ""),
                error == null ? Objects.requireNonNullElse(request.get(CODE), "") : "",
                "access_denied".equals(error),
                request.cookie(BROWSER_COOKIE),
                false);
    }

    private String redirectUri(ApiRequest request, Provider provider) {
        @Nullable URI named = redirectUris.get(provider);
        return named == null
                ? ownAddress(request) + AUTH + provider + "/callback"
                : named.toString();
    }

    private String ownAddress(ApiRequest request) {
        return publicUrl == null
                ? request.ownOrigin()
                : publicUrl.toString().replaceFirst("/+$", "");
    }

    /// A page of ours and nothing that a browser could take for another host.
    private static String goesTo(ApiRequest request) {
        @Nullable String wished = request.get(REDIRECT);
        if (wished == null) {
            return "/";
        }
        if (wished.length() > MAX_ADDRESS || !wished.matches("/(?![/\\\\])[\\x21-\\x7e]*")) {
            throw Failure.invalid("redirect", "own_page");
        }
        return wished;
    }

    private static Caller.Member member(ApiRequest request) {
        if (request.caller() instanceof Caller.Member member) {
            return member;
        }
        throw Failure.unauthenticated("AUTH_TOKEN_MISSING");
    }

    private static boolean readsPages(ApiRequest request) {
        @Nullable String accept = request.header("Accept");
        return accept != null && accept.contains("text/html");
    }

    private static ApiResponse redirect(String address) {
        return ApiResponse.raw(302, "text/html; charset=utf-8", new byte[0])
                .header("Location", address);
    }

    /// Lax, because the way back begins on the provider's page.
    private static String cookie(ApiRequest request, String browser) {
        return "%s=%s; Path=%s; Max-Age=%d; HttpOnly; SameSite=Lax%s"
                .formatted(
                        BROWSER_COOKIE,
                        browser,
                        "/api/v1/auth",
                        COOKIE_LIFE.toSeconds(),
                        request.isSecure() ? "; Secure" : "");
    }

    /// The same page, told what went wrong; what stands behind a `#` stays there.
    private static String telling(String page, Failure why, Provider provider) {
        int fragment = page.indexOf('#');
        String path = fragment < 0 ? page : page.substring(0, fragment);
        return "%s%serror=%s&provider=%s%s"
                .formatted(
                        path,
                        path.contains("?") ? "&" : "?",
                        encoded(why.code()),
                        provider,
                        page.substring(path.length()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
