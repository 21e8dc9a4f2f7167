package madang.sandbox.google;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static madang.sandbox.Browsing.carried;
import static madang.sandbox.Browsing.form;
import static madang.sandbox.Browsing.merged;
import static madang.sandbox.Browsing.query;
import static madang.sandbox.Browsing.target;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import madang.sandbox.Sandbox;
import madang.testing.Answer;
import madang.testing.House;
import madang.testing.Http;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// The stand-in of Google speaks as Google does, to a client that knows only Google's documents.
class GoogleLoginTest {
    private static final String CALLBACK = "http://127.0.0.1:3000/auth/google/callback";
    private static final String AUTHORIZE = "/sandbox/google/o/oauth2/v2/auth";
    private static final String TOKEN = "/sandbox/google/token";
    private static final String CALENDAR = "https://www.googleapis.com/auth/calendar.events";
    private static final String VERIFIER = "a-verifier-of-at-least-forty-three-characters-long";
    private static final GoogleApp APP = Sandbox.GOOGLE_APP;

    @AutoClose private static House house;
    private final Http web = house.stranger();

    @BeforeAll
    static void open() {
        house = House.open();
    }

    /// To the next test they are strangers again.
    @AfterEach
    void everybody_takes_everything_back() {
        for (String user : List.of("minji", "juno", "dasom", "nari")) {
            web.post("/sandbox/google/users/" + user + "/revoke");
        }
    }

    @Test
    void minji_signs_in_with_a_proof_of_who_asked() throws Exception {
        Answer back = authorize("minji", "state", "s&1", "nonce", "n1");
        assertThat(target(back)).isEqualTo(CALLBACK);
        assertThat(carried(back))
                .containsEntry("state", "s&1")
                .containsEntry(
                        "scope",
                        "https://www.googleapis.com/auth/userinfo.email"
                                + " https://www.googleapis.com/auth/userinfo.profile openid");
        assertThat(carried(back).get("code")).startsWith("4/");

        Answer tokens = change(back);
        assertThat(tokens.body().get("token_type").asString()).isEqualTo("Bearer");
        assertThat(tokens.body().get("expires_in").asInt()).isEqualTo(3_599);
        assertThat(tokens.body().has("refresh_token")).isFalse();

        Answer certs = web.get("/sandbox/google/oauth2/v3/certs");
        assertThat(certs.header("Cache-Control")).isEqualTo("public, max-age=20000");
        JWKSet keys = JWKSet.parse(certs.text());
        assertThat(keys.getKeys()).hasSize(2);
        SignedJWT idToken = SignedJWT.parse(tokens.body().get("id_token").asString());
        assertThat(
                        idToken.verify(
                                new RSASSAVerifier(
                                        keys.getKeyByKeyId(idToken.getHeader().getKeyID())
                                                .toRSAKey())))
                .isTrue();
        var claims = idToken.getJWTClaimsSet();
        assertThat(claims.getIssuer())
                .isEqualTo("https://accounts.google.com")
                .isEqualTo(
                        web.get("/sandbox/google/.well-known/openid-configuration")
                                .body()
                                .get("issuer")
                                .asString());
        assertThat(claims.getAudience()).containsExactly(APP.webClient());
        assertThat(claims.getStringClaim("azp")).isEqualTo(APP.webClient());
        assertThat(claims.getSubject()).isEqualTo("110169484474386276301");
        assertThat(claims.getStringClaim("nonce")).isEqualTo("n1");
        assertThat(claims.getBooleanClaim("email_verified")).isTrue();
        assertThat(claims.getClaim("hd")).isNull();
        assertThat(claims.getStringClaim("at_hash")).hasSize(22);
    }

    @Test
    void a_code_is_redeemed_once_by_whoever_asked_for_it() {
        Answer stolen = authorize("minji");
        assertRefused(change(stolen, "code_verifier", "guessed"), 400, "invalid_grant");
        assertRefused(change(stolen), 400, "invalid_grant");

        Answer unproven = authorize("minji");
        Answer without =
                form(
                        web,
                        TOKEN,
                        "grant_type",
                        "authorization_code",
                        "client_id",
                        APP.webClient(),
                        "client_secret",
                        APP.secret(),
                        "redirect_uri",
                        CALLBACK,
                        "code",
                        carried(unproven).get("code"));
        assertRefused(without, 400, "invalid_grant");
        assertThat(without.body().get("error_description").asString())
                .isEqualTo("Missing code verifier.");

        Answer back = authorize("minji");
        assertRefused(change(back, "client_secret", "guessed"), 401, "invalid_client");
        assertRefused(change(back, "client_id", "nobody"), 401, "invalid_client");
        assertThat(change(back).status()).isEqualTo(200);
        assertRefused(change(back), 400, "invalid_grant");

        assertRefused(
                change(authorize("minji"), "redirect_uri", CALLBACK + "2"),
                400,
                "redirect_uri_mismatch");
        assertThat(change(back, "code", "short").body().get("error_description").asString())
                .isEqualTo("Malformed auth code.");
        assertRefused(change(back, "grant_type", "password"), 400, "unsupported_grant_type");

        Answer late = authorize("minji");
        house.clock().move(Duration.ofMinutes(10));
        assertRefused(change(late), 400, "invalid_grant");
    }

    @Test
    void a_refresh_token_comes_with_consent_and_is_never_renewed() {
        JsonNode first = change(authorize("minji", "access_type", "offline")).body();
        String refresh = first.get("refresh_token").asString();
        assertThat(change(authorize("minji", "access_type", "offline")).body())
                .noneMatch(field -> field.asString().startsWith("1//"));
        assertThat(
                        change(authorize("minji", "access_type", "offline", "prompt", "consent"))
                                .body()
                                .has("refresh_token"))
                .isTrue();

        JsonNode renewed = refresh(refresh).body();
        assertThat(renewed.get("access_token").asString())
                .isNotEqualTo(first.get("access_token").asString());
        assertThat(renewed.has("refresh_token")).isFalse();
        assertThat(renewed.has("id_token")).isTrue();
        assertRefused(refresh("1//0unknown"), 400, "invalid_grant");
    }

    @Test
    void what_is_unticked_lacks_without_a_word() {
        Answer page =
                form(web, AUTHORIZE, asked("person", "minji", "scope", "openid email " + CALENDAR));
        assertThat(page.text())
                .contains(
                        "value=\"openid\" checked disabled", "value=\"" + CALENDAR + "\" checked>");
        Answer back =
                form(
                        web,
                        AUTHORIZE,
                        asked(
                                "sandbox_user",
                                "minji",
                                "sandbox_scopes",
                                "",
                                "scope",
                                "openid email " + CALENDAR));
        assertThat(change(back).body().get("scope").asString())
                .isEqualTo("https://www.googleapis.com/auth/userinfo.email openid");

        Answer later = authorize("minji", "scope", CALENDAR, "include_granted_scopes", "true");
        assertThat(change(later).body().get("scope").asString())
                .isEqualTo(CALENDAR + " https://www.googleapis.com/auth/userinfo.email openid");
    }

    @Test
    void who_says_no_or_is_not_there_is_sent_back_with_an_error() {
        assertThat(carried(authorize("minji", "sandbox_answer", "deny")))
                .isEqualTo(Map.of("error", "access_denied"));
        assertThat(carried(web.get(AUTHORIZE + "?" + query(asked("prompt", "none")))))
                .containsEntry("error", "login_required");
        Http minji = web.with("Cookie", "sandbox_google=minji");
        assertThat(carried(minji.get(AUTHORIZE + "?" + query(asked("prompt", "none")))))
                .containsEntry("error", "interaction_required");
        authorize("minji");
        assertThat(carried(minji.get(AUTHORIZE + "?" + query(asked("prompt", "none")))))
                .containsKey("code");
    }

    @ParameterizedTest
    @CsvSource({
        "client_id, nobody, invalid_client",
        "redirect_uri, https://evil.example/, redirect_uri_mismatch",
        "response_type, token, invalid_request",
        "code_challenge_method, S512, invalid_request",
        "scope, https://evil.example/scope, invalid_scope"
    })
    void what_is_not_registered_is_told_on_a_page(String name, String value, String error) {
        Answer page = web.get(AUTHORIZE + "?" + query(asked(name, value)));
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.text()).contains(error);
        assertThat(page.header("Location")).isEmpty();
    }

    @Test
    void tokens_tell_whose_they_are_until_they_are_revoked() {
        JsonNode tokens = change(authorize("juno", "access_type", "offline")).body();
        String access = tokens.get("access_token").asString();
        JsonNode about = form(web, "/sandbox/google/tokeninfo", "access_token", access).body();
        assertThat(about.get("aud").asString()).isEqualTo(APP.webClient());
        assertThat(about.get("sub").asString()).isEqualTo("110169484474386276302");
        assertThat(about.get("email_verified").isString()).isTrue();
        JsonNode person =
                web.with("Authorization", "Bearer " + access)
                        .get("/sandbox/google/v1/userinfo")
                        .body();
        assertThat(person.get("name").asString()).isEqualTo("Juno Park 🍵");
        assertThat(person.get("email_verified").isBoolean()).isTrue();

        assertThat(form(web, "/sandbox/google/revoke", "token", access).status()).isEqualTo(200);
        assertRefused(form(web, "/sandbox/google/revoke", "token", access), 400, "invalid_token");
        assertRefused(refresh(tokens.get("refresh_token").asString()), 400, "invalid_grant");
        assertRefused(
                web.with("Authorization", "Bearer " + access).get("/sandbox/google/v1/userinfo"),
                401,
                "invalid_request");
        assertRefused(
                web.get("/sandbox/google/tokeninfo?access_token=" + access), 400, "invalid_token");
        assertThat(form(web, "/sandbox/google/v1/userinfo", "access_token", access).status())
                .isEqualTo(401);
    }

    @Test
    void phones_get_tokens_without_a_page() throws Exception {
        JsonNode tokens =
                web.post(
                                "/sandbox/google/token-for",
                                "{\"user\":\"nari\",\"nonce\":\"n2\",\"iss\":\"accounts.google.com\","
                                        + "\"refresh\":true}")
                        .body();
        var claims = SignedJWT.parse(tokens.get("id_token").asString()).getJWTClaimsSet();
        assertThat(claims.getAudience()).containsExactly(APP.androidClient());
        assertThat(claims.getIssuer()).isEqualTo("accounts.google.com");
        assertThat(claims.getStringClaim("nonce")).isEqualTo("n2");
        assertThat(claims.getBooleanClaim("email_verified")).isFalse();
        assertThat(
                        form(
                                        web,
                                        TOKEN,
                                        "grant_type",
                                        "refresh_token",
                                        "client_id",
                                        APP.androidClient(),
                                        "refresh_token",
                                        tokens.get("refresh_token").asString())
                                .status())
                .isEqualTo(200);
        assertThat(web.post("/sandbox/google/token-for", "{}").status()).isEqualTo(400);
    }

    @Test
    void everybody_is_seen_added_and_changed() {
        Http person = web.with("Accept", "text/html");
        assertThat(
                        form(
                                        person,
                                        "/sandbox/google/users",
                                        "key",
                                        "dalnim",
                                        "name",
                                        "<i>달님",
                                        "email",
                                        "dalnim@example.com")
                                .header("Location"))
                .isEqualTo("/sandbox/google");
        assertThat(person.get("/sandbox/google").text())
                .contains("&lt;i&gt;달님")
                .doesNotContain("<i>");
        assertThat(web.get(AUTHORIZE + "?" + query(asked())).text())
                .contains("value=\"dasom\"", "구글에서만", "진짜 Google 화면이 아닙니다");
        web.post("/sandbox/google/users", "{\"key\":\"dasom\",\"email\":\"new@example.com\"}");
        JsonNode tokens = change(authorize("dasom")).body();
        assertThat(
                        web.with("Authorization", "Bearer " + tokens.get("access_token").asString())
                                .get("/sandbox/google/v1/userinfo")
                                .body()
                                .get("email")
                                .asString())
                .isEqualTo("new@example.com");
        assertThat(web.post("/sandbox/google/users", "{\"key\":\"A B\"}").status()).isEqualTo(400);
        assertThat(web.post("/sandbox/google/users/minji/revoke").status()).isEqualTo(200);
        assertThat(web.post("/sandbox/google/users/nobody/revoke").status()).isEqualTo(400);
        assertThat(web.post("/sandbox/google/users/minji/event").body().has("status")).isTrue();
        assertThat(form(person, "/sandbox/google/users/minji/event").text()).contains("제품의 응답");
    }

    @Test
    void keys_turn_and_sign_what_a_test_wants_signed() throws Exception {
        try (House own = House.open()) {
            Http page = own.stranger();
            JWKSet before = JWKSet.parse(page.get("/sandbox/google/oauth2/v3/certs").text());
            page.post("/sandbox/google/rotate-keys");
            SignedJWT signed =
                    SignedJWT.parse(
                            page.post("/sandbox/google/sign", "{\"claims\":{\"aud\":\"x\"}}")
                                    .body()
                                    .get("token")
                                    .asString());
            assertThat(before.getKeyByKeyId(signed.getHeader().getKeyID())).isNull();
        }
    }

    private Answer authorize(String user, String... more) {
        String[] all = java.util.Arrays.copyOf(more, more.length + 2);
        all[more.length] = "sandbox_user";
        all[more.length + 1] = user;
        return web.get(AUTHORIZE + "?" + query(asked(all)));
    }

    private static String[] asked(String... changed) {
        return merged(
                changed,
                "client_id",
                APP.webClient(),
                "redirect_uri",
                CALLBACK,
                "response_type",
                "code",
                "scope",
                "openid email profile",
                "code_challenge",
                challenge(),
                "code_challenge_method",
                "S256");
    }

    private Answer change(Answer back, String... changed) {
        return form(
                web,
                TOKEN,
                merged(
                        changed,
                        "grant_type",
                        "authorization_code",
                        "client_id",
                        APP.webClient(),
                        "client_secret",
                        APP.secret(),
                        "redirect_uri",
                        CALLBACK,
                        "code_verifier",
                        VERIFIER,
                        "code",
                        carried(back).get("code")));
    }

    private Answer refresh(String token) {
        String basic =
                Base64.getEncoder()
                        .encodeToString((APP.webClient() + ":" + APP.secret()).getBytes(US_ASCII));
        return form(
                web.with("Authorization", "Basic " + basic),
                TOKEN,
                "grant_type",
                "refresh_token",
                "refresh_token",
                token);
    }

    private static String challenge() {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(VERIFIER.getBytes(US_ASCII)));
        } catch (java.security.NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void assertRefused(Answer answer, int status, String error) {
        assertThat(answer.body().get("error").asString()).isEqualTo(error);
        assertThat(answer.status()).isEqualTo(status);
    }
}
