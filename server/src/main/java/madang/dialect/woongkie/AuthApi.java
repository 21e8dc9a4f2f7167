package madang.dialect.woongkie;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.regex.Pattern;
import madang.dialect.woongkie.Views.DoneJson;
import madang.dialect.woongkie.Views.SignedInJson;
import madang.dialect.woongkie.Views.TokenJson;
import madang.dialect.woongkie.Views.UserJson;
import madang.identity.DialectTokens;
import madang.identity.Identity;
import madang.identity.LogIn;
import madang.identity.Me;
import madang.identity.Register;
import madang.identity.SignedIn;
import madang.identity.Visitor;
import madang.kit.Caller;
import madang.kit.Failure;
import madang.kit.http.Access;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.http.Routes;
import org.jspecify.annotations.Nullable;

/// Signing up, in and out. One token does everything, in the answer and as a cookie; it may be
/// renewed for an hour after it expired.
final class AuthApi {
    /// Letters among it, because a name of digits alone would be taken for a phone number.
    private static final Pattern USERNAME = Pattern.compile("(?=.*[a-zA-Z])[a-zA-Z0-9_-]{3,30}");

    private static final int MIN_PASSWORD_CHARACTERS = 8;
    static final int MAX_PASSWORD_BYTES = 72;
    private static final int MAX_DISPLAY_NAME = 30;
    private static final Duration LATE = Duration.ofHours(1);

    record Credentials(
            @Nullable String username, @Nullable String password, @Nullable String displayName) {}

    private final Identity identity;
    private final DialectTokens tokens;
    private final Translator translator;
    private final Words words;
    private final Duration life;

    AuthApi(
            Identity identity,
            DialectTokens tokens,
            Translator translator,
            Words words,
            Duration life) {
        this.identity = identity;
        this.tokens = tokens;
        this.translator = translator;
        this.words = words;
        this.life = life;
    }

    void routes(Routes everywhere, Routes own) {
        everywhere
                .post(
                        "/auth/register",
                        Access.PUBLIC,
                        WoongkieFace.AUTH,
                        Credentials.class,
                        this::register)
                .summary("Make an account and sign in")
                .answers(201, SignedInJson.class);
        everywhere
                .post(
                        "/auth/login",
                        Access.PUBLIC,
                        WoongkieFace.AUTH,
                        Credentials.class,
                        this::logIn)
                .summary("Sign in")
                .answers(200, SignedInJson.class);
        everywhere
                .get("/auth/me", Access.USER, WoongkieFace.GENERAL, this::me)
                .summary("My account")
                .answers(200, UserJson.class);
        own.post("/auth/logout", Access.USER, WoongkieFace.AUTH, this::logOut)
                .summary("Sign out: the token is good no more")
                .answers(200, DoneJson.class);
        own.post("/auth/refresh", Access.PUBLIC, WoongkieFace.AUTH, this::refresh)
                .summary("A new token for one that expires or did so within the hour")
                .answers(200, TokenJson.class);
    }

    private ApiResponse register(ApiRequest request, Credentials command) {
        String username = orEmpty(command.username());
        String password = orEmpty(command.password());
        String displayName = orEmpty(command.displayName()).strip();
        requireForm(username, password, displayName);
        SignedIn signedIn =
                identity.register(
                        request.caller(),
                        visitor(request),
                        new Register(
                                username,
                                null,
                                null,
                                password,
                                displayName.isEmpty() ? username : displayName,
                                null));
        return letIn(201, request, signedIn);
    }

    /// Its clients keep no mark of their device.
    private static Visitor visitor(ApiRequest request) {
        return new Visitor(request.address(), null, request.userAgent());
    }

    private static void requireForm(String username, String password, String displayName) {
        if (!USERNAME.matcher(username).matches()) {
            throw Words.no("username_form");
        }
        if (password.codePointCount(0, password.length()) < MIN_PASSWORD_CHARACTERS
                || password.getBytes(UTF_8).length > MAX_PASSWORD_BYTES) {
            throw Words.no("password_form");
        }
        requireDisplayName(displayName);
    }

    static void requireDisplayName(String name) {
        if (name.codePointCount(0, name.length()) > MAX_DISPLAY_NAME
                || name.chars().anyMatch(Character::isISOControl)) {
            throw Words.no("display_name_form");
        }
    }

    private ApiResponse logIn(ApiRequest request, Credentials command) {
        SignedIn signedIn =
                identity.signIn(
                        visitor(request),
                        new LogIn(
                                orEmpty(command.username()),
                                null,
                                null,
                                null,
                                orEmpty(command.password())));
        return letIn(200, request, signedIn);
    }

    private ApiResponse letIn(int status, ApiRequest request, SignedIn signedIn) {
        request.caller(signedIn.caller());
        UserJson user = translator.me(signedIn.me());
        String token = tokens.issue(signedIn.caller(), user.username());
        return ApiResponse.of(status, new SignedInJson(token, user))
                .header("Set-Cookie", cookie(request, token, life));
    }

    private ApiResponse me(ApiRequest request) {
        return ApiResponse.ok(translator.me(identity.me(request.caller())));
    }

    private ApiResponse logOut(ApiRequest request) {
        if (request.caller() instanceof Caller.Member member) {
            identity.signOut(member, false);
        }
        return ApiResponse.ok(new DoneJson(words.say("done.logged_out")))
                .header("Set-Cookie", cookie(request, "", Duration.ZERO));
    }

    private ApiResponse refresh(ApiRequest request) {
        @Nullable String token = WoongkieFace.token(request);
        if (token == null || token.isEmpty()) {
            throw Failure.unauthenticated("AUTH_TOKEN_MISSING");
        }
        Caller.Member caller = tokens.renew(token, LATE);
        Me me = identity.me(caller);
        String renewed = tokens.issue(caller, translator.me(me).username());
        return ApiResponse.ok(new TokenJson(renewed))
                .header("Set-Cookie", cookie(request, renewed, life));
    }

    /// Over plain HTTP without `Secure`, or browsers would drop it.
    private static String cookie(ApiRequest request, String value, Duration life) {
        return "%s=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Lax%s"
                .formatted(
                        WoongkieFace.COOKIE,
                        value,
                        life.toSeconds(),
                        request.isSecure() ? "; Secure" : "");
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
