package madang.adapters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static madang.adapters.OidcVerifier.text;

import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import madang.kit.Failure;
import madang.kit.Secret;
import madang.kit.json.Json;
import madang.social.Arrival;
import madang.social.Birth;
import madang.social.Grant;
import madang.social.OidcLogin;
import madang.social.Person;
import madang.social.Provider;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Kakao Login (developers.kakao.com, REST API). Two hosts: kauth for OAuth, kapi for users. Kakao
/// knows no PKCE; state and nonce protect the code. An e-mail counts as verified only where Kakao
/// says both that it is and that it is still this person's.
public final class KakaoLogin implements OidcLogin {
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final Set<Integer> NOT_NOW = Set.of(-1, -7, -10, -603, -9798);
    private static final Set<Integer> NO_TOKEN_OF_OURS = Set.of(-2, -101, -103, -401, -402);
    private static final int UNDER_14 = -406;
    private static final int NOT_LINKED = -101;

    /// An app as it is registered with Kakao. The web signs in by the REST key, phones by the
    /// native one. The app's number stands in what Kakao tells of an access token; without it none
    /// that somebody brings is believed.
    public record App(
            String restKey,
            @Nullable Secret clientSecret,
            String scopes,
            @Nullable String nativeKey,
            @Nullable String appId,
            @Nullable Secret adminKey) {

        Set<String> names() {
            return Stream.of(restKey, nativeKey, appId)
                    .filter(Objects::nonNull)
                    .collect(Collectors.toSet());
        }
    }

    private final App app;
    private final Host kauth;
    private final Host kapi;
    private final Issuer issuer;
    private final VendorHttp http;
    private final OidcVerifier verifier;
    private final InstantSource clock;

    KakaoLogin(
            App app,
            Host kauth,
            Host kapi,
            Issuer issuer,
            VendorHttp http,
            Json json,
            InstantSource clock) {
        this.app = app;
        this.kauth = kauth;
        this.kapi = kapi;
        this.issuer = issuer;
        this.http = http;
        this.clock = clock;
        verifier =
                new OidcVerifier(
                        issuer.accepted(),
                        app.names(),
                        new KeyRing(this::keys, System::nanoTime),
                        json,
                        clock);
    }

    @Override
    public Provider provider() {
        return Provider.KAKAO;
    }

    @Override
    public String issuer() {
        return issuer.name();
    }

    @Override
    public String authorizationAddress(Asking asking) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("client_id", app.restKey());
        query.put("redirect_uri", asking.redirectUri());
        query.put("response_type", "code");
        query.put("scope", app.scopes());
        query.put("state", asking.state());
        query.put("nonce", asking.nonce());
        return kauth.inBrowser("/oauth/authorize", query);
    }

    @Override
    public Arrival redeem(Code code) {
        Deadline deadline = Deadline.in(PATIENCE);
        Tokens tokens =
                tokens(
                        Map.of(
                                "grant_type", "authorization_code",
                                "redirect_uri", code.redirectUri(),
                                "code", code.code()),
                        deadline);
        @Nullable String subject = subject(tokens, code.nonce());
        Person person = me(accessToken(tokens.grant()), deadline);
        if (subject != null && !subject.equals(person.subject())) {
            throw OidcVerifier.refused();
        }
        return new Arrival(person, tokens.grant());
    }

    @Override
    public Arrival arrival(NativeTokens brought) {
        Deadline deadline = Deadline.in(PATIENCE);
        @Nullable Person signed =
                brought.idToken() == null
                        ? null
                        : signed(verifier.idToken(brought.idToken(), brought.nonce()));
        if (brought.accessToken() == null) {
            if (signed == null) {
                throw OidcVerifier.refused();
            }
            return new Arrival(signed, Grant.NONE);
        }
        Grant grant = ours(brought.accessToken(), deadline);
        Person person = me(brought.accessToken(), deadline);
        if (signed != null && !signed.subject().equals(person.subject())) {
            throw OidcVerifier.refused();
        }
        return new Arrival(person, grant);
    }

    @Override
    public Grant refresh(String refreshToken) {
        return tokens(
                        Map.of("grant_type", "refresh_token", "refresh_token", refreshToken),
                        Deadline.in(PATIENCE))
                .grant();
    }

    /// Kakao's unlink webhook carries the admin key of the app.
    @Override
    public boolean isProvenBy(String authorization) {
        @Nullable Secret adminKey = app.adminKey();
        return adminKey != null
                && MessageDigest.isEqual(
                        authorization.getBytes(UTF_8),
                        ("KakaoAK " + adminKey.value()).getBytes(UTF_8));
    }

    /// By the admin key where there is one: it needs no token that still lives.
    @Override
    public void unlink(String subject, @Nullable Grant grant) {
        Deadline deadline = Deadline.in(PATIENCE);
        @Nullable Secret adminKey = app.adminKey();
        if (adminKey != null) {
            unlink(
                    "KakaoAK " + adminKey.value(),
                    Map.of("target_id_type", "user_id", "target_id", subject),
                    deadline);
        } else if (grant != null && grant.accessToken() != null) {
            unlink("Bearer " + grant.accessToken().value(), Map.of(), deadline);
        }
    }

    @Override
    public VendorEvent event(String token) {
        return Events.read(verifier.event(token), issuer);
    }

    private VendorHttp.Answer keys() {
        return http.get(kauth.path("/.well-known/jwks.json"), Map.of(), Deadline.in(PATIENCE));
    }

    private Tokens tokens(Map<String, String> wish, Deadline deadline) {
        Map<String, String> form = new LinkedHashMap<>(wish);
        form.put("client_id", app.restKey());
        if (app.clientSecret() != null) {
            form.put("client_secret", app.clientSecret().value());
        }
        VendorHttp.Answer answer = http.post(kauth.path("/oauth/token"), form, Map.of(), deadline);
        if (!answer.isGood()) {
            throw refusedByKauth(text(answer.json(), "error_code"));
        }
        return Tokens.of(answer.json(), clock.instant());
    }

    private Failure refusedByKauth(@Nullable String code) {
        return switch (code == null ? "" : code) {
            case "KOE320" -> Failure.of(Failure.Kind.MALFORMED, "SOCIAL_CODE_REFUSED");
            case "KOE322" -> OidcVerifier.refused();
            case "KOE003", "KOE237" -> VendorHttp.unavailable();
            case String other ->
                    http.useless(other.matches("KOE\\d{3}") ? other : "a token was refused");
        };
    }

    /// Where it was asked for, the signed word must be there and carry our nonce.
    private @Nullable String subject(Tokens tokens, @Nullable String nonce) {
        boolean isSigned = Tokens.words(app.scopes()).contains("openid");
        if (nonce == null || !isSigned) {
            return null;
        }
        if (tokens.idToken() == null) {
            throw http.useless("no ID token; is OpenID Connect switched on for the app?");
        }
        return text(verifier.idToken(tokens.idToken(), nonce), "sub");
    }

    private String accessToken(Grant grant) {
        if (grant.accessToken() == null) {
            throw http.useless("no access token");
        }
        return grant.accessToken().value();
    }

    /// A token that was given to somebody else's app proves nothing to us, though it works.
    private Grant ours(String accessToken, Deadline deadline) {
        JsonNode about = ask("/v1/user/access_token_info", accessToken, deadline);
        @Nullable String appId = number(about, "app_id");
        if (appId == null || !appId.equals(app.appId())) {
            throw OidcVerifier.refused();
        }
        return Tokens.brought(accessToken, about, clock.instant());
    }

    private Person me(String accessToken, Deadline deadline) {
        JsonNode me = ask("/v2/user/me", accessToken, deadline);
        JsonNode account = me.path("kakao_account");
        JsonNode profile = account.path("profile");
        @Nullable String id = number(me, "id");
        if (id == null) {
            throw http.useless("a user without an id");
        }
        return new Person(
                issuer.name(),
                id,
                text(profile, "nickname"),
                text(account, "email"),
                isTrue(account, "is_email_valid") && isTrue(account, "is_email_verified"),
                isTrue(profile, "is_default_image") ? null : text(profile, "profile_image_url"),
                birth(account));
    }

    /// An ID token does not say whether its e-mail is verified, so it is not.
    private Person signed(JsonNode claims) {
        return new Person(
                issuer.name(),
                Objects.requireNonNull(text(claims, "sub")),
                text(claims, "nickname"),
                text(claims, "email"),
                false,
                text(claims, "picture"),
                Birth.UNKNOWN);
    }

    private static Birth birth(JsonNode account) {
        boolean isLunar = "LUNAR".equals(text(account, "birthday_type"));
        return Births.of(
                text(account, "birthyear"),
                isLunar ? null : text(account, "birthday"),
                text(account, "age_range"));
    }

    private JsonNode ask(String path, String accessToken, Deadline deadline) {
        if (!Tokens.isToken(accessToken)) {
            throw OidcVerifier.refused();
        }
        VendorHttp.Answer answer =
                http.get(
                        kapi.at(path, Map.of("secure_resource", "true")),
                        Map.of("Authorization", "Bearer " + accessToken),
                        deadline);
        if (!answer.isGood()) {
            throw refusedByKapi(answer);
        }
        return answer.json();
    }

    private Failure refusedByKapi(VendorHttp.Answer answer) {
        int code = answer.json().path("code").asInt(0);
        if (code == UNDER_14) {
            return Failure.of(Failure.Kind.FORBIDDEN, "UNDER_AGE");
        }
        if (NO_TOKEN_OF_OURS.contains(code)) {
            return OidcVerifier.refused();
        }
        return NOT_NOW.contains(code) ? VendorHttp.unavailable() : http.useless("code " + code);
    }

    private void unlink(String authorization, Map<String, String> form, Deadline deadline) {
        VendorHttp.Answer answer =
                http.post(
                        kapi.path("/v1/user/unlink"),
                        form,
                        Map.of("Authorization", authorization),
                        deadline);
        if (!answer.isGood() && answer.json().path("code").asInt(0) != NOT_LINKED) {
            throw refusedByKapi(answer);
        }
    }

    private static boolean isTrue(JsonNode json, String name) {
        return json.path(name).isBoolean() && json.path(name).booleanValue();
    }

    /// A number of 64 bits as text: in other languages it would lose its last digits.
    private static @Nullable String number(JsonNode json, String name) {
        JsonNode number = json.path(name);
        return number.isIntegralNumber() && number.canConvertToLong() ? number.asString() : null;
    }
}
