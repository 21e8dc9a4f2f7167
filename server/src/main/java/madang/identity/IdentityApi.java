package madang.identity;

import java.util.List;
import madang.kit.Failure;
import madang.kit.Page;
import madang.kit.http.Access;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.http.Limit;
import madang.kit.http.Param;
import madang.kit.http.Routes;
import madang.live.Origins;
import org.jspecify.annotations.Nullable;

/// Signing up, in and out, and one's own account, over HTTP.
///
/// A refresh token that came by the page's cookie goes back by the cookie, whatever else the
/// request says, so that a foreign script in the page cannot talk it out of us.
final class IdentityApi {
    private static final String AUTH = "/api/v1/auth";
    private static final Param<String> HANDLE = Param.text("handle");

    record RenewSession(@Nullable String refreshToken) {}

    record LogOut(@Nullable Boolean all) {}

    record SocketTicket(String ticket, long expiresIn) {}

    private final Identity identity;
    private final SignInAnswer answer;
    private final Origins origins;

    IdentityApi(Identity identity, SignInAnswer answer, Origins origins) {
        this.identity = identity;
        this.answer = answer;
        this.origins = origins;
    }

    void routes(Routes routes) {
        routes.post(
                        AUTH + "/register",
                        Access.PUBLIC,
                        Limit.SIGN_UP,
                        Register.class,
                        this::register)
                .summary("Make an account and sign in")
                .answers(201, SignInAnswer.Tokens.class)
                .answersSecrets();
        routes.post(AUTH + "/login", Access.PUBLIC, Limit.API, LogIn.class, this::logIn)
                .summary("Sign in")
                .answers(200, SignInAnswer.Tokens.class)
                .answersSecrets();
        routes.post(AUTH + "/anonymous", Access.PUBLIC, Limit.SIGN_UP, this::enterAsGuest)
                .summary("Come in as a guest, without a name")
                .answers(201, SignInAnswer.Tokens.class)
                .answersSecrets();
        routes.post(
                        AUTH + "/convert-anonymous",
                        Access.USER,
                        Limit.SIGN_UP,
                        Register.class,
                        this::settle)
                .summary("Make an account of my guest's one; ends its sessions, opens a new one")
                .answers(200, SignInAnswer.Tokens.class)
                .answersSecrets();
        routes.post(AUTH + "/refresh", Access.PUBLIC, Limit.API, RenewSession.class, this::renew)
                .summary("Swap the refresh token for new tokens")
                .answers(200, SignInAnswer.Tokens.class)
                .bodyOptional()
                .answersSecrets();
        routes.post(AUTH + "/logout", Access.USER, Limit.API, LogOut.class, this::logOut)
                .summary("End this session, or all of mine")
                .bodyOptional();
        routes.post(AUTH + "/ws-ticket", Access.USER, Limit.API, this::socketTicket)
                .summary("A ticket that opens one socket within 30 seconds")
                .answers(201, SocketTicket.class)
                .answersSecrets();
        for (String path :
                new String[] {AUTH + "/me", "/api/v1/users/me", "/api/v1/users/profile"}) {
            routes.get(path, Access.USER, Limit.API, this::me)
                    .summary("My account")
                    .answers(200, Me.class);
        }
        routes.get("/api/v1/users/search", Access.USER, Limit.USER_SEARCH, this::search)
                .summary("The user with exactly this username, or nobody")
                .takes(HANDLE)
                .answersListOf(UserView.class);
        routes.patch("/api/v1/users/me", Access.USER, Limit.API, ChangeProfile.class, this::change)
                .summary("Change my profile")
                .answers(200, Me.class);
        routes.put(
                        "/api/v1/users/profile",
                        Access.USER,
                        Limit.API,
                        ChangeProfile.class,
                        this::change)
                .summary("Change my profile; absent fields stay")
                .answers(200, Me.class);
        // Its body holds secrets: not even a hash of it is kept for an Idempotency-Key.
        routes.patch(
                        "/api/v1/users/me/password",
                        Access.USER,
                        Limit.API,
                        ChangePassword.class,
                        this::changePassword)
                .summary("Change my password, or choose the first; ends my other sessions")
                .answersSecrets();
    }

    private ApiResponse register(ApiRequest request, Register command) {
        SignedIn signedIn =
                identity.register(request.caller(), SignInAnswer.visitor(request), command);
        return answer.of(201, request, signedIn);
    }

    private ApiResponse logIn(ApiRequest request, LogIn command) {
        SignedIn signedIn = identity.signIn(SignInAnswer.visitor(request), command);
        return answer.of(200, request, signedIn);
    }

    private ApiResponse enterAsGuest(ApiRequest request) {
        SignedIn signedIn = identity.enterAsGuest(request.caller(), SignInAnswer.visitor(request));
        return answer.of(201, request, signedIn);
    }

    private ApiResponse settle(ApiRequest request, Register command) {
        SignedIn signedIn =
                identity.settle(request.member(), SignInAnswer.visitor(request), command);
        return answer.of(200, request, signedIn);
    }

    private ApiResponse renew(ApiRequest request, RenewSession command) {
        @Nullable String cookie = command.refreshToken() == null ? cookie(request) : null;
        @Nullable String token = cookie == null ? command.refreshToken() : cookie;
        if (token == null) {
            throw Failure.unauthenticated("AUTH_TOKEN_MISSING");
        }
        return SignInAnswer.tokens(
                200,
                request,
                identity.renew(token),
                cookie != null || SignInAnswer.isPage(request));
    }

    /// Whole names only, so that nobody can leaf through the users.
    private ApiResponse search(ApiRequest request) {
        List<UserView> found = identity.byUsername(request.require(HANDLE)).stream().toList();
        return ApiResponse.ok(new Page<>(found, null));
    }

    private ApiResponse logOut(ApiRequest request, LogOut command) {
        @Nullable String cookie = cookie(request);
        identity.signOut(request.member(), Boolean.TRUE.equals(command.all()));
        ApiResponse done = ApiResponse.done("ok.signed_out");
        return cookie == null ? done : SignInAnswer.withoutRefreshToken(done, request);
    }

    private ApiResponse socketTicket(ApiRequest request) {
        return ApiResponse.created(
                new SocketTicket(
                        identity.socketTicket(request.member()), Sessions.TICKET_LIFE.toSeconds()));
    }

    private ApiResponse me(ApiRequest request) {
        return ApiResponse.ok(identity.me(request.caller()));
    }

    private ApiResponse change(ApiRequest request, ChangeProfile command) {
        return ApiResponse.ok(identity.change(request.caller(), command));
    }

    private ApiResponse changePassword(ApiRequest request, ChangePassword command) {
        identity.changePassword(request.member(), command);
        return ApiResponse.done("ok.password_changed");
    }

    /// The page's refresh token, if this request may bring it: a request of a foreign page may not.
    private @Nullable String cookie(ApiRequest request) {
        @Nullable String cookie = request.cookie(SignInAnswer.REFRESH_COOKIE);
        if (cookie != null
                && !origins.allowsCookies(request.header("Origin"), request.ownOrigin())) {
            throw Failure.of(Failure.Kind.FORBIDDEN, "ORIGIN_REFUSED");
        }
        return cookie;
    }
}
