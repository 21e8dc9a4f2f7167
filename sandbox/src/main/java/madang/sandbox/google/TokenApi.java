package madang.sandbox.google;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.sandbox.google.GoogleAccounts.Code;
import madang.sandbox.google.GoogleAccounts.Pass;
import madang.sandbox.stand.Fields;
import madang.sandbox.stand.Kept;
import madang.sandbox.stand.SigningKeys;
import madang.sandbox.stand.Stall;
import org.jspecify.annotations.Nullable;

/// `/token`, `/revoke`, `/tokeninfo` and `/v1/userinfo`.
final class TokenApi {
    static final String ISSUER = "https://accounts.google.com";
    private static final long ID_TOKEN_SECONDS = 3_600;

    private final GoogleApp app;
    private final GoogleUsers users;
    private final GoogleAccounts accounts;
    private final SigningKeys keys;
    private final InstantSource clock;

    TokenApi(
            GoogleApp app,
            GoogleUsers users,
            GoogleAccounts accounts,
            SigningKeys keys,
            InstantSource clock) {
        this.app = app;
        this.users = users;
        this.accounts = accounts;
        this.keys = keys;
        this.clock = clock;
    }

    void rows(Stall stall) {
        stall.post("/token", this::token)
                .post("/revoke", this::revoke)
                .both("/tokeninfo", this::tokenInfo)
                .both("/v1/userinfo", this::userInfo);
    }

    private ApiResponse token(ApiRequest request) {
        Fields fields = Fields.of(request);
        String grantType = Objects.requireNonNullElse(fields.inForm("grant_type"), "");
        return switch (grantType) {
            case "authorization_code" -> changed(request, fields);
            case "refresh_token" -> refreshed(request, fields);
            default ->
                    throw GoogleErrors.of(
                            400, "unsupported_grant_type", "Invalid grant_type: " + grantType);
        };
    }

    private ApiResponse changed(ApiRequest request, Fields fields) {
        String client = client(request, fields);
        String text = Objects.requireNonNullElse(fields.inForm("code"), "");
        if (!GoogleAccounts.isCode(text)) {
            throw GoogleErrors.badGrant("Malformed auth code.");
        }
        @Nullable Code code = accounts.useCode(text);
        if (code == null || !code.pass().client().equals(client)) {
            throw GoogleErrors.badGrant("Bad Request");
        }
        if (!code.redirectUri().equals(fields.inForm("redirect_uri"))) {
            throw GoogleErrors.of(400, "redirect_uri_mismatch", "Bad Request");
        }
        prove(code, fields.inForm("code_verifier"));
        Map<String, Object> body = body(code.pass(), Map.of());
        if (code.givesRefresh()) {
            body.put("refresh_token", accounts.refresh(code.pass()));
        }
        return ApiResponse.ok(body);
    }

    private static void prove(Code code, @Nullable String verifier) {
        if (code.challenge() == null) {
            return;
        }
        if (verifier == null) {
            throw GoogleErrors.badGrant("Missing code verifier.");
        }
        String proof = code.isPlain() ? verifier : encoded(sha256(verifier));
        if (!proof.equals(code.challenge())) {
            throw GoogleErrors.badGrant("Invalid code verifier.");
        }
    }

    private ApiResponse refreshed(ApiRequest request, Fields fields) {
        String client = client(request, fields);
        @Nullable Pass pass = accounts.findRefresh(fields.inForm("refresh_token"));
        if (pass == null || !pass.client().equals(client)) {
            throw GoogleErrors.badGrant("Token has been expired or revoked.");
        }
        Pass without = new Pass(pass.user(), pass.client(), pass.scopes(), null);
        return ApiResponse.ok(body(without, Map.of()));
    }

    /// The secret comes in the form or in a Basic header; a phone's client has none.
    private String client(ApiRequest request, Fields fields) {
        @Nullable String header = request.header("Authorization");
        String[] pair =
                header != null && header.startsWith("Basic ")
                        ? basic(header.substring(6)).split(":", 2)
                        : new String[] {
                            Objects.requireNonNullElse(fields.inForm("client_id"), ""),
                            Objects.requireNonNullElse(fields.inForm("client_secret"), "")
                        };
        boolean isOurs =
                pair.length == 2
                        && app.clients().contains(pair[0])
                        && (!pair[0].equals(app.webClient())
                                || MessageDigest.isEqual(
                                        pair[1].getBytes(UTF_8), app.secret().getBytes(UTF_8)));
        if (!isOurs) {
            throw GoogleErrors.badClient();
        }
        return pair[0];
    }

    private static String basic(String text) {
        try {
            return new String(Base64.getDecoder().decode(text), UTF_8);
        } catch (IllegalArgumentException malformed) {
            return "";
        }
    }

    /// @param changed claims of the id_token in other words than usual
    Map<String, Object> body(Pass pass, Map<String, Object> changed) {
        String access = accounts.access(pass);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("access_token", access);
        body.put("expires_in", GoogleAccounts.ACCESS_LIFE.toSeconds());
        body.put("scope", GoogleScopes.line(pass.scopes()));
        body.put("token_type", "Bearer");
        if (pass.scopes().contains(GoogleScopes.OPENID)) {
            Map<String, Object> claims = claims(pass, access);
            claims.putAll(changed);
            body.put("id_token", keys.sign("JWT", claims));
        }
        return body;
    }

    private Map<String, Object> claims(Pass pass, String access) {
        GoogleUser user = user(pass);
        Instant now = clock.instant();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", ISSUER);
        claims.put("azp", pass.client());
        claims.put("aud", pass.client());
        claims.put("sub", user.sub());
        if (user.domain() != null) {
            claims.put("hd", user.domain());
        }
        putPersonal(claims, user, pass);
        claims.put("at_hash", encoded(Arrays.copyOf(sha256(access), 16)));
        if (pass.nonce() != null) {
            claims.put("nonce", pass.nonce());
        }
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.getEpochSecond() + ID_TOKEN_SECONDS);
        return claims;
    }

    private static void putPersonal(Map<String, Object> claims, GoogleUser user, Pass pass) {
        if (pass.scopes().contains(GoogleScopes.EMAIL)) {
            claims.put("email", user.email());
            claims.put("email_verified", user.isEmailVerified());
        }
        if (pass.scopes().contains(GoogleScopes.PROFILE)) {
            claims.put("name", user.name());
            claims.put("given_name", user.name());
            claims.put("picture", user.picture());
        }
    }

    private ApiResponse revoke(ApiRequest request) {
        if (accounts.revoke(Fields.of(request).text("token")) == null) {
            throw GoogleErrors.of(400, "invalid_token", "Token expired or revoked");
        }
        return ApiResponse.ok(Map.of());
    }

    /// Of an access token; its numbers and truths are texts.
    private ApiResponse tokenInfo(ApiRequest request) {
        Kept.@Nullable Held<Pass> held =
                accounts.findAccess(Fields.of(request).text("access_token"));
        if (held == null) {
            throw GoogleErrors.of(400, "invalid_token", "Invalid Value");
        }
        Pass pass = held.thing();
        GoogleUser user = user(pass);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("azp", pass.client());
        body.put("aud", pass.client());
        body.put("sub", user.sub());
        body.put("scope", GoogleScopes.line(pass.scopes()));
        body.put("exp", Long.toString(held.until().getEpochSecond()));
        body.put("expires_in", Long.toString(held.secondsLeft(clock.instant())));
        if (pass.scopes().contains(GoogleScopes.EMAIL)) {
            body.put("email", user.email());
            body.put("email_verified", Boolean.toString(user.isEmailVerified()));
        }
        return ApiResponse.ok(body);
    }

    private ApiResponse userInfo(ApiRequest request) {
        Kept.@Nullable Held<Pass> held = accounts.findAccess(request.bearer());
        if (held == null) {
            throw GoogleErrors.badToken();
        }
        GoogleUser user = user(held.thing());
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("sub", user.sub());
        putPersonal(body, user, held.thing());
        return ApiResponse.ok(body);
    }

    private GoogleUser user(Pass pass) {
        return Objects.requireNonNull(users.find(pass.user()));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(US_ASCII));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
