package madang.sandbox.kakao;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import madang.kit.Failure;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.json.Json;
import madang.sandbox.kakao.KakaoAccounts.Pass;
import madang.sandbox.stand.Fields;
import madang.sandbox.stand.Kept;
import madang.sandbox.stand.Stall;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// kapi: what a token, or the admin key with a user's id, may ask and do.
final class UserApi {
    private static final String ADMIN = "KakaoAK ";

    private final KakaoApp app;
    private final KakaoUsers users;
    private final KakaoAccounts accounts;
    private final KakaoClaims claims;
    private final Json json;

    UserApi(KakaoApp app, KakaoUsers users, KakaoAccounts accounts, KakaoClaims claims, Json json) {
        this.app = app;
        this.users = users;
        this.accounts = accounts;
        this.claims = claims;
        this.json = json;
    }

    void rows(Stall stall) {
        stall.both("/v2/user/me", this::me)
                .get("/v1/oidc/userinfo", this::userInfo)
                .post("/v1/oidc/userinfo", this::userInfo)
                .get("/v1/user/access_token_info", this::tokenInfo)
                .post("/v1/user/logout", this::logOut)
                .post("/v1/user/unlink", this::unlink)
                .get("/v2/user/scopes", this::scopes)
                .post("/v2/user/revoke/scopes", this::revokeScopes);
    }

    private ApiResponse me(ApiRequest request) {
        return ApiResponse.ok(claims.me(adult(linked(request))));
    }

    private ApiResponse userInfo(ApiRequest request) {
        Pass pass = bearer(request).thing();
        if (!pass.signIn().isOpenid()) {
            throw KakaoErrors.scopeMissing(List.of(KakaoScopes.OPENID));
        }
        return ApiResponse.ok(claims.userInfo(adult(pass.user())));
    }

    private ApiResponse tokenInfo(ApiRequest request) {
        Kept.Held<Pass> held = bearer(request);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", held.thing().user());
        body.put("expires_in", held.secondsLeft(claims.now()));
        body.put("app_id", held.thing().signIn().isForeign() ? KakaoStand.OTHER_APP : app.appId());
        return ApiResponse.ok(body);
    }

    private ApiResponse logOut(ApiRequest request) {
        long user = asked(request);
        if (request.bearer() == null) {
            accounts.endTokens(user);
        } else {
            accounts.endAccess(request.bearer());
        }
        return ApiResponse.ok(Map.of("id", user));
    }

    private ApiResponse unlink(ApiRequest request) {
        long user = asked(request);
        if (!accounts.unlink(user)) {
            throw KakaoErrors.notLinked();
        }
        return ApiResponse.ok(Map.of("id", user));
    }

    private ApiResponse scopes(ApiRequest request) {
        return ApiResponse.ok(scopes(linked(request)));
    }

    private ApiResponse revokeScopes(ApiRequest request) {
        long user = linked(request);
        accounts.withdraw(user, listed(Fields.of(request).text("scopes")));
        return ApiResponse.ok(scopes(user));
    }

    private Map<String, Object> scopes(long user) {
        Set<String> agreed = accounts.scopes(user);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", user);
        body.put(
                "scopes",
                KakaoScopes.all().map(scope -> scope(scope, agreed.contains(scope))).toList());
        return body;
    }

    private static Map<String, Object> scope(String id, boolean isAgreed) {
        boolean isRequired = KakaoScopes.REQUIRED.contains(id);
        Map<String, Object> scope = new LinkedHashMap<>();
        scope.put("id", id);
        scope.put("display_name", id);
        scope.put("type", "PRIVACY");
        scope.put("using", true);
        scope.put("agreed", isAgreed);
        if (isAgreed) {
            scope.put("revocable", !isRequired);
        }
        return scope;
    }

    /// A JSON list in a form field, as kapi takes its lists.
    private List<String> listed(String text) {
        try {
            return json.tree(text.getBytes(UTF_8)).valueStream().map(JsonNode::asString).toList();
        } catch (Failure malformed) {
            throw KakaoErrors.badParameters("scopes must be a JSON list");
        }
    }

    private long adult(long user) {
        if (claims.user(user).isUnder14(claims.today())) {
            throw KakaoErrors.under14();
        }
        return user;
    }

    /// Of whom it is asked, and he is linked with the app.
    private long linked(ApiRequest request) {
        long user = asked(request);
        if (accounts.link(user) == null) {
            throw KakaoErrors.notLinked();
        }
        return user;
    }

    /// Of whom it is asked: who holds the token, or whom the holder of the admin key names.
    private long asked(ApiRequest request) {
        @Nullable String header = request.header("Authorization");
        return header != null && header.startsWith(ADMIN)
                ? named(header.substring(ADMIN.length()), Fields.of(request))
                : bearer(request).thing().user();
    }

    private long named(String adminKey, Fields fields) {
        if (!MessageDigest.isEqual(adminKey.getBytes(UTF_8), app.adminKey().getBytes(UTF_8))) {
            throw KakaoErrors.badAdminKey();
        }
        String id = fields.text("target_id");
        if (!fields.text("target_id_type").equals("user_id") || !id.matches("\\d{1,18}")) {
            throw KakaoErrors.badParameters("target_id_type and target_id are required");
        }
        if (users.find(Long.parseLong(id)) == null) {
            throw KakaoErrors.notLinked();
        }
        return Long.parseLong(id);
    }

    private Kept.Held<Pass> bearer(ApiRequest request) {
        Kept.@Nullable Held<Pass> held = accounts.access(request.bearer());
        if (held == null) {
            throw KakaoErrors.unknownToken();
        }
        return held;
    }
}
