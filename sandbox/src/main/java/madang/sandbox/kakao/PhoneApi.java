package madang.sandbox.kakao;

import java.time.InstantSource;
import java.util.List;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.json.Json;
import madang.sandbox.kakao.KakaoAccounts.Pass;
import madang.sandbox.kakao.KakaoAccounts.SignIn;
import madang.sandbox.stand.Fields;
import madang.sandbox.stand.SigningKeys;
import madang.sandbox.stand.Stall;
import madang.sandbox.stand.Told;
import org.jspecify.annotations.Nullable;

/// What a test needs in the place of a phone with Kakao's SDK: tokens of a user without a page, and
/// any claims under Kakao's own signature.
final class PhoneApi {
    private static final String FOREIGN_KEY = "sandbox-kakao-other-app";

    private final KakaoApp app;
    private final KakaoUsers users;
    private final KakaoAccounts accounts;
    private final TokenApi tokens;
    private final SigningKeys keys;
    private final Json json;
    private final InstantSource clock;

    PhoneApi(
            KakaoApp app,
            KakaoUsers users,
            KakaoAccounts accounts,
            TokenApi tokens,
            SigningKeys keys,
            Json json,
            InstantSource clock) {
        this.app = app;
        this.users = users;
        this.accounts = accounts;
        this.tokens = tokens;
        this.keys = keys;
        this.json = json;
        this.clock = clock;
    }

    void rows(Stall stall) {
        stall.pressed("/token-for", this::tokenFor)
                .pressed("/sign", request -> keys.signed(request, json))
                .pressed("/rotate-keys", _ -> keys.rotated());
    }

    /// `user`, and as one likes `scopes`, `nonce`, `audience` (the key that signs in; the native
    /// one by default) and `app=other`: tokens that are good, and were given to somebody else's
    /// app.
    private ApiResponse tokenFor(ApiRequest request) {
        Told told = Told.of(request, json);
        @Nullable KakaoUser user = users.find(told.text("user"));
        if (user == null) {
            throw Told.wrong("nobody has this key");
        }
        boolean isForeign = told.text("app").equals("other");
        List<String> scopes = Fields.split(told.textOr("scopes", usual(user)));
        accounts.agree(
                user.id(),
                scopes.stream().filter(scope -> !scope.equals(KakaoScopes.OPENID)).toList());
        Pass pass =
                new Pass(
                        user.id(),
                        new SignIn(
                                told.textOr("audience", isForeign ? FOREIGN_KEY : app.nativeKey()),
                                scopes.contains(KakaoScopes.OPENID),
                                told.text("nonce").isEmpty() ? null : told.text("nonce"),
                                clock.instant(),
                                isForeign));
        return ApiResponse.ok(tokens.body(pass, accounts.issue(pass)));
    }

    private static String usual(KakaoUser user) {
        return KakaoScopes.OPENID
                + " "
                + String.join(
                        " ",
                        KakaoScopes.ASKED_BY_DEFAULT.stream()
                                .filter(scope -> !user.refuses().contains(scope))
                                .toList());
    }
}
