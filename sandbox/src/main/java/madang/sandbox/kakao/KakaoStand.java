package madang.sandbox.kakao;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.http.Routes;
import madang.kit.json.Json;
import madang.sandbox.stand.Courier;
import madang.sandbox.stand.Faults;
import madang.sandbox.stand.Pages;
import madang.sandbox.stand.SigningKeys;
import madang.sandbox.stand.Stall;

/// Builds the stand-in of Kakao and hangs up its rows below `/sandbox/kakao`.
public final class KakaoStand {
    /// The number of an app that is not ours: whose token it bears must not be let in.
    static final long OTHER_APP = 666_666;

    private static final long KEYS_MAX_AGE_SECONDS = 86_400;

    private final AuthorizeApi authorize;
    private final TokenApi tokens;
    private final UserApi users;
    private final KakaoPage page;
    private final PhoneApi phone;
    private final Faults.OfVendor faults;
    private final SigningKeys keys = new SigningKeys(2);

    /// What a stand-in asks of the sandbox.
    public record Needs(
            KakaoApp app,
            Pages pages,
            Faults faults,
            Courier courier,
            Json json,
            InstantSource clock) {}

    public KakaoStand(Needs needs) {
        KakaoApp app = needs.app();
        Json json = needs.json();
        InstantSource clock = needs.clock();
        KakaoUsers cast = new KakaoUsers();
        KakaoAccounts accounts = new KakaoAccounts(clock);
        KakaoClaims claims = new KakaoClaims(cast, accounts, keys, clock);
        authorize = new AuthorizeApi(app, cast, accounts, needs.pages(), clock);
        tokens = new TokenApi(app, accounts, claims);
        users = new UserApi(app, cast, accounts, claims, json);
        page =
                new KakaoPage(
                        cast,
                        accounts,
                        new KakaoNews(app, keys, needs.courier(), clock),
                        needs.pages(),
                        json);
        phone = new PhoneApi(app, cast, accounts, tokens, keys, json, clock);
        faults = needs.faults().of("kakao", KakaoErrors::ordered);
    }

    public void routes(Routes routes) {
        Stall stall = Stall.of(routes, "kakao", faults);
        authorize.rows(stall);
        tokens.rows(stall);
        users.rows(stall);
        page.rows(stall);
        phone.rows(stall);
        stall.get("/.well-known/openid-configuration", KakaoStand::discovery)
                .get("/.well-known/jwks.json", _ -> keys.answer(KEYS_MAX_AGE_SECONDS));
    }

    private static ApiResponse discovery(ApiRequest request) {
        String here = request.ownOrigin() + Stall.ROOT + "/kakao";
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("issuer", KakaoClaims.ISSUER);
        body.put("authorization_endpoint", here + "/oauth/authorize");
        body.put("token_endpoint", here + "/oauth/token");
        body.put("userinfo_endpoint", here + "/v1/oidc/userinfo");
        body.put("jwks_uri", here + "/.well-known/jwks.json");
        body.put("token_endpoint_auth_methods_supported", List.of("client_secret_post"));
        body.put("subject_types_supported", List.of("public"));
        body.put("id_token_signing_alg_values_supported", List.of("RS256"));
        body.put("request_uri_parameter_supported", false);
        body.put("response_types_supported", List.of("code"));
        body.put("response_modes_supported", List.of("query"));
        body.put("grant_types_supported", List.of("authorization_code", "refresh_token"));
        body.put("code_challenge_methods_supported", List.of("S256"));
        body.put(
                "claims_supported",
                List.of(
                        "iss",
                        "aud",
                        "sub",
                        "auth_time",
                        "exp",
                        "iat",
                        "nonce",
                        "nickname",
                        "picture",
                        "email"));
        return ApiResponse.ok(body);
    }
}
