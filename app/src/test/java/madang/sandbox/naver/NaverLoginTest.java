package madang.sandbox.naver;

import static madang.sandbox.Browsing.carried;
import static madang.sandbox.Browsing.form;
import static madang.sandbox.Browsing.merged;
import static madang.sandbox.Browsing.query;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import madang.sandbox.Sandbox;
import madang.testing.Answer;
import madang.testing.House;
import madang.testing.Http;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// The stand-in of Naver speaks as Naver does, its odd habits included.
class NaverLoginTest {
    private static final String CALLBACK = "http://localhost:3000/auth/naver/callback";
    private static final String AUTHORIZE = "/sandbox/naver/oauth2.0/authorize";
    private static final String TOKEN = "/sandbox/naver/oauth2.0/token";
    private static final String ME = "/sandbox/naver/v1/nid/me";
    private static final NaverApp APP = Sandbox.NAVER_APP;

    private static House house;
    private static Http web;

    @BeforeAll
    static void open() {
        house = House.open();
        web = house.stranger();
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    void minji_signs_in_and_is_known() {
        JsonNode tokens = signIn("minji");
        assertThat(tokens.get("expires_in").isString()).isTrue();
        assertThat(tokens.get("expires_in").asString()).isEqualTo("3600");
        assertThat(tokens.get("token_type").asString()).isEqualTo("bearer");
        JsonNode me = bearer(tokens).get(ME).body();
        assertThat(me.get("resultcode").asString()).isEqualTo("00");
        assertThat(me.get("response").get("id").asString()).isNotBlank();
        assertThat(me.get("response").get("nickname").asString()).isEqualTo("민지");
        assertThat(me.get("response").get("mobile_e164").asString()).isEqualTo("+821000000001");
    }

    @Test
    void its_page_asks_who_comes_and_what_the_app_may_know() {
        assertThat(web.get(AUTHORIZE + "?" + query(asked())).text()).contains("value=\"juno\"");
        assertThat(form(web, AUTHORIZE, asked("person", "juno")).text())
                .contains("value=\"email\" checked");
        Answer back =
                form(web, AUTHORIZE, asked("sandbox_user", "juno", "sandbox_scopes", "nickname"));
        JsonNode me =
                bearer(form(web, TOKEN, grant(carried(back).get("code"))).body()).get(ME).body();
        assertThat(me.get("response").propertyNames()).containsExactly("id", "nickname");
        assertThat(form(web, AUTHORIZE, asked("person", "juno")).status()).isEqualTo(302);
        assertThat(form(web, AUTHORIZE, asked("person", "juno", "auth_type", "reprompt")).status())
                .isEqualTo(200);
    }

    @Test
    void who_says_no_is_sent_back() {
        assertThat(
                        carried(
                                web.get(
                                        AUTHORIZE
                                                + "?"
                                                + query(
                                                        asked(
                                                                "sandbox_user",
                                                                "minji",
                                                                "sandbox_answer",
                                                                "deny")))))
                .containsEntry("error", "access_denied")
                .containsEntry("error_description", "Canceled By User")
                .containsEntry("state", "s1");
    }

    @ParameterizedTest
    @CsvSource({
        "client_id, nobody, invalid_client",
        "redirect_uri, ftp://localhost/, redirect_uri_mismatch",
        "response_type, token, unsupported_response_type"
    })
    void what_is_not_registered_is_told_on_a_page(String name, String value, String error) {
        Answer page = web.get(AUTHORIZE + "?" + query(asked(name, value)));
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.text()).contains(error);
    }

    @Test
    void every_no_of_the_token_endpoint_has_a_good_status() {
        String code = code("minji");
        assertNo(form(web, TOKEN, grant(code, "client_secret", "guessed")), "invalid_client");
        assertNo(form(web, TOKEN, grant(code, "grant_type", "password")), "invalid_request");
        assertThat(form(web, TOKEN, grant(code)).body().has("access_token")).isTrue();
        assertNo(form(web, TOKEN, grant(code)), "invalid_request");
        assertNo(form(web, TOKEN, grant(code("minji"), "state", "other")), "invalid_request");
        String late = code("minji");
        house.clock().move(Duration.ofMinutes(10));
        assertNo(form(web, TOKEN, grant(late)), "invalid_request");
    }

    @Test
    void tokens_are_renewed_and_a_link_is_deleted_by_them() {
        JsonNode tokens = signIn("minji");
        String[] renewing =
                grant(
                        "",
                        "grant_type",
                        "refresh_token",
                        "refresh_token",
                        tokens.get("refresh_token").asString());
        JsonNode renewed = web.get(TOKEN + "?" + query(renewing)).body();
        assertThat(renewed.has("refresh_token")).isFalse();
        String access = renewed.get("access_token").asString();
        JsonNode gone =
                form(
                                web,
                                TOKEN,
                                grant(
                                        "",
                                        "grant_type",
                                        "delete",
                                        "access_token",
                                        access,
                                        "service_provider",
                                        "NAVER"))
                        .body();
        assertThat(gone.get("result").asString()).isEqualTo("success");
        assertThat(gone.get("access_token").asString()).isEqualTo(access);
        assertNo(web.get(TOKEN + "?" + query(renewing)), "invalid_request");
        Answer nobody = bearer(tokens).get(ME);
        assertThat(nobody.status()).isEqualTo(401);
        assertThat(nobody.body().get("resultcode").asString()).isEqualTo("024");
        assertThat(web.get(ME).body().get("resultcode").asString()).isEqualTo("028");
    }

    private JsonNode signIn(String user) {
        return form(web, TOKEN, grant(code(user))).body();
    }

    private String code(String user) {
        return carried(web.get(AUTHORIZE + "?" + query(asked("sandbox_user", user)))).get("code");
    }

    private Http bearer(JsonNode tokens) {
        return web.with("Authorization", "Bearer " + tokens.get("access_token").asString());
    }

    private static String[] asked(String... changed) {
        return merged(
                changed,
                "client_id",
                APP.clientId(),
                "redirect_uri",
                CALLBACK,
                "response_type",
                "code",
                "state",
                "s1");
    }

    private static String[] grant(String code, String... changed) {
        return merged(
                changed,
                "grant_type",
                "authorization_code",
                "client_id",
                APP.clientId(),
                "client_secret",
                APP.clientSecret(),
                "state",
                "s1",
                "code",
                code);
    }

    private static void assertNo(Answer answer, String error) {
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().get("error").asString()).isEqualTo(error);
        assertThat(answer.body().has("error_description")).isTrue();
    }
}
