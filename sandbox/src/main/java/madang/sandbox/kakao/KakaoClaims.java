package madang.sandbox.kakao;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import madang.sandbox.kakao.KakaoAccounts.Link;
import madang.sandbox.kakao.KakaoAccounts.Pass;
import madang.sandbox.stand.SigningKeys;
import org.jspecify.annotations.Nullable;

/// What Kakao tells of somebody, by what he agreed to: in an id_token, to the user API, to OIDC's
/// userinfo. A consent that lacks leaves its fields out and says `…_needs_agreement`.
final class KakaoClaims {
    static final String ISSUER = "https://kauth.kakao.com";
    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
    private static final DateTimeFormatter MONTH_DAY = DateTimeFormatter.ofPattern("MMdd");

    private final KakaoUsers users;
    private final KakaoAccounts accounts;
    private final SigningKeys keys;
    private final InstantSource clock;

    KakaoClaims(KakaoUsers users, KakaoAccounts accounts, SigningKeys keys, InstantSource clock) {
        this.users = users;
        this.accounts = accounts;
        this.keys = keys;
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), SEOUL);
    }

    KakaoUser user(long id) {
        return Objects.requireNonNull(users.find(id));
    }

    /// The scopes of a token, as its answer lists them.
    String scope(Pass pass) {
        Set<String> scopes = new TreeSet<>(accounts.scopes(pass.user()));
        if (pass.signIn().isOpenid()) {
            scopes.add(KakaoScopes.OPENID);
        }
        return String.join(" ", scopes);
    }

    String idToken(Pass pass) {
        Instant now = clock.instant();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", ISSUER);
        claims.put("aud", pass.signIn().clientKey());
        claims.put("sub", Long.toString(pass.user()));
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.plus(KakaoAccounts.ACCESS_LIFE).getEpochSecond());
        claims.put("auth_time", pass.signIn().at().getEpochSecond());
        if (pass.signIn().nonce() != null) {
            claims.put("nonce", pass.signIn().nonce());
        }
        putPersonal(claims, pass.user(), false);
        return keys.sign("JWT", claims);
    }

    /// `/v1/oidc/userinfo`.
    Map<String, Object> userInfo(long id) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("sub", Long.toString(id));
        putPersonal(claims, id, true);
        return claims;
    }

    private void putPersonal(Map<String, Object> claims, long id, boolean withVerified) {
        KakaoUser user = user(id);
        Set<String> agreed = accounts.scopes(id);
        if (agreed.contains(KakaoScopes.NICKNAME)) {
            claims.put("nickname", user.nickname());
        }
        if (agreed.contains(KakaoScopes.IMAGE)) {
            claims.put("picture", picture(user, "110x110"));
        }
        if (agreed.contains(KakaoScopes.EMAIL) && user.email() != null) {
            claims.put("email", user.email());
            if (withVerified) {
                claims.put("email_verified", user.isEmailVerified());
            }
        }
    }

    /// `/v2/user/me`.
    Map<String, Object> me(long id) {
        KakaoUser user = user(id);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", id);
        @Nullable Link link = accounts.link(id);
        if (link != null) {
            body.put("connected_at", link.connectedAt().toString());
        }
        Set<String> agreed = accounts.scopes(id);
        body.put("properties", properties(user, agreed));
        body.put("kakao_account", account(user, agreed));
        return body;
    }

    private static Map<String, Object> properties(KakaoUser user, Set<String> agreed) {
        Map<String, Object> properties = new LinkedHashMap<>();
        if (agreed.contains(KakaoScopes.NICKNAME)) {
            properties.put("nickname", user.nickname());
        }
        if (agreed.contains(KakaoScopes.IMAGE)) {
            properties.put("profile_image", picture(user, "640x640"));
            properties.put("thumbnail_image", picture(user, "110x110"));
        }
        return properties;
    }

    private Map<String, Object> account(KakaoUser user, Set<String> agreed) {
        Map<String, Object> account = new LinkedHashMap<>();
        profile(account, user, agreed);
        email(account, user, agreed.contains(KakaoScopes.EMAIL));
        LocalDate born = user.born();
        item(account, "name", agreed.contains("name"), user.name());
        item(account, "age_range", agreed.contains("age_range"), user.ageRange(today()));
        item(account, "birthyear", agreed.contains("birthyear"), "" + born.getYear());
        item(account, "birthday", agreed.contains("birthday"), MONTH_DAY.format(born));
        if (agreed.contains("birthday")) {
            account.put("birthday_type", "SOLAR");
            account.put("is_leap_month", false);
        }
        item(account, "gender", agreed.contains("gender"), user.gender());
        item(account, "phone_number", agreed.contains("phone_number"), user.phone());
        return account;
    }

    private static void profile(Map<String, Object> account, KakaoUser user, Set<String> agreed) {
        boolean showsName = agreed.contains(KakaoScopes.NICKNAME);
        boolean showsImage = agreed.contains(KakaoScopes.IMAGE);
        account.put("profile_nickname_needs_agreement", !showsName);
        account.put("profile_image_needs_agreement", !showsImage);
        Map<String, Object> profile = new LinkedHashMap<>();
        if (showsName) {
            profile.put("nickname", user.nickname());
            profile.put("is_default_nickname", false);
        }
        if (showsImage) {
            profile.put("thumbnail_image_url", picture(user, "110x110"));
            profile.put("profile_image_url", picture(user, "640x640"));
            profile.put("is_default_image", false);
        }
        account.put("profile", profile);
    }

    private static void email(Map<String, Object> account, KakaoUser user, boolean isAgreed) {
        account.put("has_email", user.email() != null);
        account.put("email_needs_agreement", !isAgreed);
        if (isAgreed && user.email() != null) {
            account.put("is_email_valid", user.isEmailValid());
            account.put("is_email_verified", user.isEmailVerified());
            account.put("email", user.email());
        }
    }

    private static void item(
            Map<String, Object> account, String name, boolean isAgreed, String value) {
        account.put("has_" + name, true);
        account.put(name + "_needs_agreement", !isAgreed);
        if (isAgreed) {
            account.put(name, value);
        }
    }

    /// An address of the reserved domain: a product that fetches it meets nobody.
    private static String picture(KakaoUser user, String size) {
        return "https://kakao.example/dn/" + user.key() + "/img_" + size + ".jpg";
    }
}
