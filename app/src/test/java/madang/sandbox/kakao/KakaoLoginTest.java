package madang.sandbox.kakao;

import static madang.sandbox.Browsing.carried;
import static madang.sandbox.Browsing.form;
import static madang.sandbox.Browsing.merged;
import static madang.sandbox.Browsing.query;
import static madang.sandbox.Browsing.target;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
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

/// The stand-in of Kakao speaks as Kakao does, to a client that knows only Kakao's documents.
class KakaoLoginTest {
    private static final String CALLBACK = "http://localhost:3000/auth/kakao/callback";
    private static final String AUTHORIZE = "/sandbox/kakao/oauth/authorize";
    private static final String TOKEN = "/sandbox/kakao/oauth/token";
    private static final String ME = "/sandbox/kakao/v2/user/me";
    private static final String UNLINK = "/sandbox/kakao/v1/user/unlink";
    private static final KakaoApp APP = Sandbox.KAKAO_APP;

    @AutoClose private static House house;
    private final Http web = house.stranger();

    @BeforeAll
    static void open() {
        house = House.open();
    }

    /// To the next test they are strangers again.
    @AfterEach
    void everybody_unlinks() {
        for (String user : List.of("minji", "juno", "haneul", "sora", "dasom", "garam", "byeol")) {
            web.post("/sandbox/kakao/users/" + user + "/unlink");
        }
    }

    @Test
    void minji_signs_in_and_the_app_learns_who_she_is() {
        Answer sentBack = authorize("minji", "state", "찻집 & co");
        assertThat(sentBack.status()).isEqualTo(302);
        assertThat(target(sentBack)).isEqualTo(CALLBACK);
        assertThat(carried(sentBack)).containsEntry("state", "찻집 & co").containsKey("code");

        Answer tokens = change(carried(sentBack).get("code"));
        assertThat(tokens.status()).isEqualTo(200);
        assertThat(tokens.body().get("token_type").asString()).isEqualTo("bearer");
        assertThat(tokens.body().get("expires_in").asInt()).isEqualTo(21_599);
        assertThat(tokens.body().get("refresh_token_expires_in").asInt()).isEqualTo(5_183_999);
        assertThat(tokens.body().get("scope").asString())
                .isEqualTo("account_email profile_image profile_nickname");
        assertThat(tokens.body().has("id_token")).isFalse();

        JsonNode me = me(tokens).body();
        assertThat(me.get("id").asLong()).isEqualTo(3_000_000_001L);
        JsonNode account = me.get("kakao_account");
        assertThat(account.get("profile").get("nickname").asString()).isEqualTo("민지");
        assertThat(account.get("email_needs_agreement").asBoolean()).isFalse();
        assertThat(account.get("is_email_valid").asBoolean()).isTrue();
        assertThat(account.get("is_email_verified").asBoolean()).isTrue();
        assertThat(account.get("email").asString()).isEqualTo("minji@example.com");
        assertThat(account.get("age_range_needs_agreement").asBoolean()).isTrue();
        assertThat(account.has("age_range")).isFalse();
    }

    @Test
    void the_page_asks_who_comes_and_then_what_the_app_may_know() {
        Answer who = web.get(AUTHORIZE + "?" + asked("state", "\"><script>"));
        assertThat(who.text()).contains("value=\"minji\"", "연습용").doesNotContain("<script");
        assertThat(who.header("Content-Security-Policy"))
                .contains("default-src 'none'", "form-action 'self' http://localhost:3000")
                .doesNotContain("unsafe");

        Answer may = form(web, AUTHORIZE, with("person", "minji"));
        assertThat(may.text()).contains("value=\"account_email\" checked", "checked disabled");
        Answer english =
                form(web.with("Accept-Language", "en"), AUTHORIZE, with("person", "byeol"));
        assertThat(english.text()).contains("value=\"account_email\">", "what may the app know");

        Answer back =
                form(
                        web,
                        AUTHORIZE,
                        with(
                                "sandbox_user",
                                "minji",
                                "sandbox_scopes",
                                "",
                                "sandbox_answer",
                                "agree",
                                "sandbox_scopes",
                                "account_email"));
        JsonNode account = me(change(carried(back).get("code"))).body().get("kakao_account");
        assertThat(account.get("profile_nickname_needs_agreement").asBoolean()).isFalse();
        assertThat(account.get("profile_image_needs_agreement").asBoolean()).isTrue();
        assertThat(account.get("email").asString()).isEqualTo("minji@example.com");

        assertThat(form(web, AUTHORIZE, with("person", "minji")).text())
                .as("only what was not agreed to is asked again")
                .contains("profile_image")
                .doesNotContain("account_email");
    }

    @Test
    void who_says_no_is_sent_back_with_a_no() {
        Answer no = authorize("minji", "sandbox_answer", "deny", "state", "s1");
        assertThat(carried(no))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "error",
                                "access_denied",
                                "error_description",
                                "User denied access",
                                "state",
                                "s1"));
        assertThat(no.header("Location")).contains("User%20denied%20access");
    }

    @Test
    void a_page_that_must_not_be_seen_says_what_it_would_have_asked() {
        assertThat(carried(web.get(AUTHORIZE + "?" + asked("prompt", "none"))))
                .containsEntry("error", "login_required");
        Http minji = web.with("Cookie", "sandbox_kakao=minji");
        assertThat(carried(minji.get(AUTHORIZE + "?" + asked("prompt", "none"))))
                .containsEntry("error", "consent_required");
        Answer signedIn = authorize("minji");
        assertThat(signedIn.cookie("sandbox_kakao")).isEqualTo("minji");
        assertThat(carried(minji.get(AUTHORIZE + "?" + asked("prompt", "none"))))
                .containsKey("code");
    }

    @ParameterizedTest
    @CsvSource({
        "client_id, nobody, KOE101",
        "redirect_uri, https://evil.example/callback, KOE006",
        "redirect_uri, javascript:alert(1), KOE006",
        "response_type, token, KOE001",
        "scope, shoe_size, KOE205"
    })
    void what_is_not_registered_is_told_on_a_page_and_nobody_is_sent_away(
            String name, String value, String koe) {
        Answer page = web.get(AUTHORIZE + "?" + asked(name, value));
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.text()).contains(koe);
        assertThat(page.header("Location")).isEmpty();
    }

    @Test
    void a_code_is_good_once_and_for_ten_minutes() {
        String code = carried(authorize("minji")).get("code");
        assertThat(change(code).status()).isEqualTo(200);
        assertOAuth(change(code), 400, "invalid_grant", "KOE320");
        assertOAuth(change("never-given"), 400, "invalid_grant", "KOE320");

        String late = carried(authorize("minji")).get("code");
        house.clock().move(Duration.ofMinutes(10));
        assertOAuth(change(late), 400, "invalid_grant", "KOE320");
    }

    @Test
    void tokens_are_given_to_the_app_alone_and_by_a_form_alone() {
        String code = carried(authorize("minji")).get("code");
        assertOAuth(
                form(web, TOKEN, grant(code, "client_id", "nobody")),
                401,
                "invalid_client",
                "KOE101");
        assertOAuth(
                form(web, TOKEN, grant(code, "client_secret", "guessed")),
                401,
                "invalid_client",
                "KOE010");
        assertOAuth(
                form(web, TOKEN, grant(code, "grant_type", "password")),
                400,
                "unsupported_grant_type",
                "KOE310");
        assertOAuth(
                web.send("POST", TOKEN + "?" + query(grant(code)), "{}"),
                400,
                "unsupported_grant_type",
                "KOE310");
        assertThat(change(code).status()).as("nothing of that used the code").isEqualTo(200);

        String elsewhere = carried(authorize("minji")).get("code");
        assertOAuth(
                form(web, TOKEN, grant(elsewhere, "redirect_uri", CALLBACK + "2")),
                400,
                "invalid_grant",
                "KOE303");
    }

    @Test
    void a_refresh_token_is_renewed_only_in_its_last_month() {
        String first = signIn("minji").body().get("refresh_token").asString();
        house.clock().move(Duration.ofDays(29));
        JsonNode early = refresh(first).body();
        assertThat(early.has("access_token")).isTrue();
        assertThat(early.has("refresh_token")).isFalse();

        house.clock().move(Duration.ofDays(2));
        JsonNode late = refresh(first).body();
        assertThat(late.get("refresh_token").asString()).isNotEqualTo(first);
        assertThat(late.get("refresh_token_expires_in").asInt()).isEqualTo(5_183_999);
        assertOAuth(refresh(first), 400, "invalid_grant", "KOE322");
        assertThat(refresh(late.get("refresh_token").asString()).status()).isEqualTo(200);
        assertOAuth(
                form(
                        web,
                        TOKEN,
                        "grant_type",
                        "refresh_token",
                        "client_id",
                        APP.restKey(),
                        "client_secret",
                        APP.clientSecret()),
                400,
                "invalid_request",
                "KOE319");
    }

    @Test
    void an_access_token_ends_by_time_and_by_logging_out() {
        String token = signIn("minji").body().get("access_token").asString();
        JsonNode known = bearer(token).get("/sandbox/kakao/v1/user/access_token_info").body();
        assertThat(known.get("id").asLong()).isEqualTo(3_000_000_001L);
        assertThat(known.get("app_id").asLong()).isEqualTo(APP.appId());
        assertThat(known.get("expires_in").asInt()).isBetween(21_000, 21_599);

        assertThat(form(bearer(token), "/sandbox/kakao/v1/user/logout").status()).isEqualTo(200);
        assertApi(bearer(token).get(ME), 401, -401);

        String other = signIn("minji").body().get("access_token").asString();
        house.clock().move(Duration.ofHours(6));
        assertApi(bearer(other).get(ME), 401, -401);
        assertApi(web.get(ME), 401, -401);
    }

    @Test
    void who_unlinks_is_forgotten_with_all_tokens() {
        JsonNode tokens = signIn("minji").body();
        Answer gone = form(bearer(tokens.get("access_token").asString()), UNLINK);
        assertThat(gone.status()).isEqualTo(200);
        assertThat(gone.body().get("id").asLong()).isEqualTo(3_000_000_001L);
        assertApi(bearer(tokens.get("access_token").asString()).get(ME), 401, -401);
        assertOAuth(
                refresh(tokens.get("refresh_token").asString()), 400, "invalid_grant", "KOE322");
    }

    @Test
    void the_admin_key_asks_and_unlinks_by_id() {
        signIn("juno");
        Http admin = web.with("Authorization", "KakaoAK " + APP.adminKey());
        String[] juno = {"target_id_type", "user_id", "target_id", "9100000000000003"};
        JsonNode me = form(admin, ME, juno).body();
        assertThat(me.get("id").asLong()).isEqualTo(9_100_000_000_000_003L);
        assertThat(me.get("properties").get("nickname").asString()).isEqualTo("준호 🍵");

        assertApi(form(web.with("Authorization", "KakaoAK guess"), UNLINK, juno), 401, -401);
        assertApi(form(admin, UNLINK, "target_id", "1"), 400, -2);
        assertThat(form(admin, UNLINK, juno).status()).isEqualTo(200);
        assertApi(form(admin, UNLINK, juno), 400, -101);
    }

    @Test
    void children_are_told_apart_by_kapi_alone() {
        Answer tokens = signIn("haneul");
        assertThat(tokens.status()).isEqualTo(200);
        assertApi(me(tokens), 401, -406);
    }

    @Test
    void accounts_come_without_an_email_or_with_one_that_is_not_to_be_trusted() {
        JsonNode sora = me(signIn("sora")).body().get("kakao_account");
        assertThat(sora.get("has_email").asBoolean()).isFalse();
        assertThat(sora.has("email")).isFalse();
        JsonNode dasom = me(signIn("dasom")).body().get("kakao_account");
        assertThat(dasom.get("is_email_verified").asBoolean()).isFalse();
        JsonNode garam = me(signIn("garam")).body().get("kakao_account");
        assertThat(garam.get("is_email_valid").asBoolean()).isFalse();
        JsonNode byeol = me(signIn("byeol")).body().get("kakao_account");
        assertThat(byeol.get("email_needs_agreement").asBoolean()).isTrue();
        assertThat(byeol.has("email")).isFalse();
    }

    @Test
    void consents_are_listed_and_taken_back() {
        String token = signIn("minji").body().get("access_token").asString();
        String scopes = "/sandbox/kakao/v2/user/scopes";
        assertThat(agreed(bearer(token).get(scopes)))
                .containsExactly("profile_nickname", "profile_image", "account_email");
        Answer less =
                form(
                        bearer(token),
                        "/sandbox/kakao/v2/user/revoke/scopes",
                        "scopes",
                        "[\"account_email\"]");
        assertThat(agreed(less)).containsExactly("profile_nickname", "profile_image");
        assertThat(bearer(token).get(ME).body().get("kakao_account").has("email")).isFalse();
    }

    @Test
    void an_id_token_comes_to_who_asked_for_openid() throws Exception {
        String code =
                carried(
                                web.get(
                                        AUTHORIZE
                                                + "?"
                                                + asked(
                                                        "scope",
                                                        "openid,profile_nickname,account_email",
                                                        "nonce",
                                                        "n-0S6_WzA2Mj",
                                                        "sandbox_user",
                                                        "minji")))
                        .get("code");
        JsonNode tokens = change(code).body();
        assertThat(tokens.get("scope").asString())
                .isEqualTo("account_email openid profile_nickname");
        SignedJWT idToken = SignedJWT.parse(tokens.get("id_token").asString());
        assertThat(idToken.getHeader().getAlgorithm().getName()).isEqualTo("RS256");
        JsonNode discovery = web.get("/sandbox/kakao/.well-known/openid-configuration").body();
        Answer keys =
                web.get(discovery.get("jwks_uri").asString().replaceFirst("^https?://[^/]+", ""));
        JWKSet set = JWKSet.parse(keys.text());
        assertThat(keys.text()).doesNotContain("\"d\":");
        assertThat(
                        idToken.verify(
                                new RSASSAVerifier(
                                        set.getKeyByKeyId(idToken.getHeader().getKeyID())
                                                .toRSAKey())))
                .isTrue();
        var claims = idToken.getJWTClaimsSet();
        assertThat(claims.getIssuer())
                .isEqualTo("https://kauth.kakao.com")
                .isEqualTo(discovery.get("issuer").asString());
        assertThat(claims.getAudience()).containsExactly(APP.restKey());
        assertThat(claims.getSubject()).isEqualTo("3000000001");
        assertThat(claims.getStringClaim("nonce")).isEqualTo("n-0S6_WzA2Mj");
        assertThat(claims.getStringClaim("nickname")).isEqualTo("민지");
        assertThat(claims.getStringClaim("email")).isEqualTo("minji@example.com");
        assertThat(
                        Duration.between(
                                claims.getIssueTime().toInstant(),
                                claims.getExpirationTime().toInstant()))
                .hasSeconds(21_599);

        Answer userInfo =
                bearer(tokens.get("access_token").asString())
                        .get("/sandbox/kakao/v1/oidc/userinfo");
        assertThat(userInfo.body().get("sub").asString()).isEqualTo("3000000001");
        assertThat(userInfo.body().get("email_verified").asBoolean()).isTrue();
        assertApi(
                form(
                        bearer(signIn("juno").body().get("access_token").asString()),
                        "/sandbox/kakao/v1/oidc/userinfo"),
                403,
                -402);
    }

    @Test
    void somebody_can_be_added_and_changed_and_stays_the_same_person() {
        String[] dalnim = {
            "key", "dalnim", "nickname", "<b>달님</b>", "email", "", "born", "1950-01-01"
        };
        Answer added = form(web.with("Accept", "text/html"), "/sandbox/kakao/users", dalnim);
        assertThat(added.status()).isEqualTo(303);
        JsonNode me = me(signIn("dalnim")).body();
        assertThat(me.get("kakao_account").get("has_email").asBoolean()).isFalse();
        String page = web.get("/sandbox/kakao").text();
        assertThat(page).contains("&lt;b&gt;달님&lt;/b&gt;", "연결됨").doesNotContain("<b>달님</b>");

        web.post("/sandbox/kakao/users", "{\"key\":\"dasom\",\"nickname\":\"다솜 2\"}");
        JsonNode dasom = me(signIn("dasom")).body();
        assertThat(dasom.get("id").asLong()).isEqualTo(3_000_000_006L);
        assertThat(dasom.get("properties").get("nickname").asString()).isEqualTo("다솜 2");
        assertThat(dasom.get("kakao_account").get("email").asString())
                .isEqualTo("dasom@example.com");

        assertThat(form(web, "/sandbox/kakao/users", "key", "../x", "nickname", "n").status())
                .isEqualTo(400);
        assertThat(
                        form(web, "/sandbox/kakao/users", "key", "x", "nickname", "x", "born", "1")
                                .status())
                .isEqualTo(400);
    }

    private Answer signIn(String user) {
        return change(carried(authorize(user)).get("code"));
    }

    private Answer authorize(String user, String... more) {
        String[] all = java.util.Arrays.copyOf(more, more.length + 2);
        all[more.length] = "sandbox_user";
        all[more.length + 1] = user;
        return web.get(AUTHORIZE + "?" + asked(all));
    }

    /// What a product asks for, with some of it changed or added.
    private static String asked(String... changed) {
        return query(with(changed));
    }

    private static String[] with(String... changed) {
        return merged(
                changed,
                "client_id",
                APP.restKey(),
                "redirect_uri",
                CALLBACK,
                "response_type",
                "code");
    }

    private Answer change(String code) {
        return form(web, TOKEN, grant(code));
    }

    private static String[] grant(String code, String... changed) {
        return merged(
                changed,
                "grant_type",
                "authorization_code",
                "client_id",
                APP.restKey(),
                "client_secret",
                APP.clientSecret(),
                "redirect_uri",
                CALLBACK,
                "code",
                code);
    }

    private Answer refresh(String token) {
        return form(
                web,
                TOKEN,
                "grant_type",
                "refresh_token",
                "client_id",
                APP.restKey(),
                "client_secret",
                APP.clientSecret(),
                "refresh_token",
                token);
    }

    private Answer me(Answer tokens) {
        return bearer(tokens.body().get("access_token").asString()).get(ME);
    }

    private Http bearer(String token) {
        return web.with("Authorization", "Bearer " + token);
    }

    private static List<String> agreed(Answer scopes) {
        return scopes.body()
                .get("scopes")
                .valueStream()
                .filter(scope -> scope.get("agreed").asBoolean())
                .map(scope -> scope.get("id").asString())
                .toList();
    }

    private static void assertOAuth(Answer answer, int status, String error, String koe) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body().get("error").asString()).isEqualTo(error);
        assertThat(answer.body().get("error_code").asString()).isEqualTo(koe);
        assertThat(answer.body().has("error_description")).isTrue();
    }

    private static void assertApi(Answer answer, int status, int code) {
        assertThat(answer.body().get("code").asInt()).isEqualTo(code);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body().has("msg")).isTrue();
    }
}
