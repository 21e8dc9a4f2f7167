package madang.sandbox.kakao;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import madang.sandbox.stand.Courier;
import madang.sandbox.stand.Courier.Received;
import madang.sandbox.stand.Randoms;
import madang.sandbox.stand.SigningKeys;

/// What Kakao tells a product by itself: that somebody unlinked the app in his own settings (a form
/// with the admin key), and that an account changed (a signed Security Event Token, RFC 8417).
final class KakaoNews {
    static final List<String> REFERRERS =
            List.of(
                    "UNLINK_FROM_APPS",
                    "UNLINK_FROM_ADMIN",
                    "ACCOUNT_DELETE",
                    "FORCED_ACCOUNT_DELETE",
                    "INCOMPLETE_SIGN_UP");

    private static final String OAUTH = "https://schemas.openid.net/secevent/oauth/event-type/";
    private static final String RISC = "https://schemas.openid.net/secevent/risc/event-type/";
    private static final String CAEP = "https://schemas.openid.net/secevent/caep/event-type/";
    private static final String OWN = "https://schemas.kakao.com/platevent/kakao/event-type/";

    /// By their last words.
    static final Map<String, String> EVENTS = new LinkedHashMap<>();

    static {
        add(
                OAUTH,
                "user-linked",
                "user-unlinked",
                "user-scope-consent",
                "user-scope-withdraw",
                "tokens-revoked",
                "token-issued",
                "token-revoked");
        add(
                RISC,
                "account-disabled",
                "account-enabled",
                "account-purged",
                "account-credential-change-required",
                "credential-compromise",
                "identifier-changed",
                "identifier-recycled",
                "sessions-revoked");
        add(CAEP, "assurance-level-change", "credential-change");
        add(OWN, "user-profile-changed");
    }

    private static final String UNLINK_ROUTE = "/api/v1/webhooks/kakao/unlink";
    private static final String ACCOUNT_ROUTE = "/api/v1/webhooks/kakao/account";

    private final KakaoApp app;
    private final SigningKeys keys;
    private final Courier courier;
    private final InstantSource clock;

    KakaoNews(KakaoApp app, SigningKeys keys, Courier courier, InstantSource clock) {
        this.app = app;
        this.keys = keys;
        this.courier = courier;
        this.clock = clock;
    }

    Received unlinked(long user, String referrer, boolean byGet) {
        String fields =
                "app_id=%d&user_id=%d&referrer_type=%s"
                        .formatted(app.appId(), user, URLEncoder.encode(referrer, UTF_8));
        Map<String, String> key = Map.of("Authorization", "KakaoAK " + app.adminKey());
        return byGet
                ? courier.get(UNLINK_ROUTE + "?" + fields, key)
                : courier.post(
                        UNLINK_ROUTE,
                        "application/x-www-form-urlencoded;charset=utf-8",
                        fields,
                        key);
    }

    /// @param event the last word of an event, or a whole address
    /// @param jti empty for a new one; a product that has seen it does nothing
    Received changed(long user, String event, String jti) {
        Instant now = clock.instant();
        Map<String, Object> subject = new LinkedHashMap<>();
        subject.put("subject_type", "iss-sub");
        subject.put("iss", KakaoClaims.ISSUER);
        subject.put("sub", Long.toString(user));
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", KakaoClaims.ISSUER);
        claims.put("aud", app.restKey());
        claims.put("iat", now.getEpochSecond());
        claims.put("toe", now.getEpochSecond());
        claims.put("txn", Randoms.word());
        claims.put("jti", jti.isEmpty() ? Randoms.word() : jti);
        claims.put("sub", Long.toString(user));
        claims.put("events", Map.of(EVENTS.getOrDefault(event, event), Map.of("subject", subject)));
        return courier.post(
                ACCOUNT_ROUTE,
                "application/secevent+jwt",
                keys.sign("secevent+jwt", claims),
                Map.of("Accept", "application/json"));
    }

    private static void add(String root, String... words) {
        for (String word : words) {
            EVENTS.put(word, root + word);
        }
    }
}
