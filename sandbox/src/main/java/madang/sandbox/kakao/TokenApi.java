package madang.sandbox.kakao;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.sandbox.kakao.KakaoAccounts.Code;
import madang.sandbox.kakao.KakaoAccounts.Pass;
import madang.sandbox.kakao.KakaoAccounts.Refreshed;
import madang.sandbox.kakao.KakaoAccounts.Tokens;
import madang.sandbox.stand.Fields;
import madang.sandbox.stand.Stall;
import org.jspecify.annotations.Nullable;

/// `/oauth/token`: a code or a refresh token in, tokens out. Everything stands in the form, the
/// client's secret too.
final class TokenApi {
    private final KakaoApp app;
    private final KakaoAccounts accounts;
    private final KakaoClaims claims;

    TokenApi(KakaoApp app, KakaoAccounts accounts, KakaoClaims claims) {
        this.app = app;
        this.accounts = accounts;
        this.claims = claims;
    }

    void rows(Stall stall) {
        stall.post("/oauth/token", this::token);
    }

    private ApiResponse token(ApiRequest request) {
        Fields fields = Fields.of(request);
        String grantType = Objects.requireNonNullElse(fields.inForm("grant_type"), "");
        return switch (grantType) {
            case "authorization_code" -> changed(fields);
            case "refresh_token" -> refreshed(fields);
            default -> throw KakaoErrors.unknownGrantType(grantType);
        };
    }

    private ApiResponse changed(Fields fields) {
        String clientId = client(fields);
        @Nullable Code code = accounts.useCode(fields.inForm("code"));
        if (code == null || !code.signIn().clientKey().equals(clientId)) {
            throw KakaoErrors.unknownCode();
        }
        if (!code.redirectUri().equals(fields.inForm("redirect_uri"))) {
            throw KakaoErrors.redirectDiffers();
        }
        Pass pass = new Pass(code.user(), code.signIn());
        return ApiResponse.ok(body(pass, accounts.issue(pass)));
    }

    private ApiResponse refreshed(Fields fields) {
        client(fields);
        @Nullable String refreshToken = fields.inForm("refresh_token");
        if (refreshToken == null) {
            throw KakaoErrors.noRefreshToken();
        }
        @Nullable Refreshed refreshed = accounts.refresh(refreshToken);
        if (refreshed == null) {
            throw KakaoErrors.unknownRefreshToken();
        }
        return ApiResponse.ok(body(refreshed.pass(), refreshed.tokens()));
    }

    /// A phone holds no secret, so the native key asks for none.
    private String client(Fields fields) {
        String clientId = Objects.requireNonNullElse(fields.inForm("client_id"), "");
        if (!app.hasKey(clientId)) {
            throw KakaoErrors.unknownClient(clientId);
        }
        String secret = Objects.requireNonNullElse(fields.inForm("client_secret"), "");
        boolean isRight =
                MessageDigest.isEqual(secret.getBytes(UTF_8), app.clientSecret().getBytes(UTF_8));
        if (clientId.equals(app.restKey()) && !isRight) {
            throw KakaoErrors.badSecret();
        }
        return clientId;
    }

    /// As Kakao answers: no `refresh_token` where the old one stays, `id_token` only for who asked
    /// for `openid`.
    Map<String, Object> body(Pass pass, Tokens tokens) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("access_token", tokens.access());
        body.put("token_type", "bearer");
        if (tokens.refresh() != null) {
            body.put("refresh_token", tokens.refresh());
            body.put("refresh_token_expires_in", tokens.refreshSeconds());
        }
        if (pass.signIn().isOpenid()) {
            body.put("id_token", claims.idToken(pass));
        }
        body.put("expires_in", KakaoAccounts.ACCESS_LIFE.toSeconds());
        body.put("scope", claims.scope(pass));
        return body;
    }
}
