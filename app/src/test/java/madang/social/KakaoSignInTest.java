package madang.social;

import static madang.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import madang.testing.Answer;
import madang.testing.House;
import madang.testing.Http;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Kakao of the sandbox, with its own wire and its own cast.
class KakaoSignInTest {
    private static House house;

    @BeforeAll
    static void open() {
        house = House.open();
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @AfterEach
    void isWellAgain() {
        house.stranger().post("/sandbox/faults/clear", "{\"vendor\":\"kakao\"}");
    }

    @Test
    void a_browser_goes_to_kakao_and_comes_in() {
        Browser minji = new Browser(house);
        Answer back = minji.signsIn("kakao", "minji");
        assertThat(back.status()).as(back.text()).isEqualTo(302);
        assertThat(back.header("Location")).isEqualTo("/");
        assertThat(minji.cookie("madang_refresh")).isNotEmpty();
        JsonNode user = minji.opensPage().data().path("user");
        assertThat(user.path("nickname").asString()).isEqualTo("민지");
        assertThat(user.path("email").asString()).isEqualTo("minji@example.com");
        assertThat(user.path("email_verified").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "juno,  준호 🍵, juno@example.com,  true",
        "sora,  소라,    '',                false",
        "dasom, 다솜,    dasom@example.com, false",
        "garam, 가람,    garam@example.com, false",
        "byeol, 별,      '',                false"
    })
    void everybody_is_taken_as_he_is(
            String person, String nickname, String email, boolean isVerified) {
        Browser browser = new Browser(house);
        browser.signsIn("kakao", person);
        JsonNode user = browser.opensPage().data().path("user");
        assertThat(user.path("nickname").asString()).isEqualTo(nickname);
        assertThat(user.path("email").asString("")).isEqualTo(email);
        assertThat(user.path("email_verified").asBoolean()).isEqualTo(isVerified);
    }

    @Test
    void a_child_is_sent_away_by_kakao_itself() {
        Answer back = new Browser(house).signsIn("kakao", "haneul");
        assertThat(back.header("Location")).isEqualTo("/welcome?error=UNDER_AGE&provider=kakao");
    }

    /// Ten days after his fourteenth birthday: an age range alone does not show it, his birthday
    /// does.
    @ParameterizedTest
    @CsvSource({"age_range, UNDER_AGE", "age_range birthyear birthday, /"})
    void who_may_be_a_child_as_far_as_one_sees_is_not_signed_up(String scopes, String outcome) {
        String asked = "openid profile_nickname " + scopes;
        try (House asking = House.open(Map.of("MADANG_KAKAO_SCOPES", asked))) {
            LocalDate born = LocalDate.now(ZoneId.of("Asia/Seoul")).minusYears(14).minusDays(10);
            asking.stranger()
                    .post(
                            "/sandbox/kakao/users",
                            "{\"key\":\"maru\",\"nickname\":\"마루\",\"born\":\"%s\"}"
                                    .formatted(born));
            assertThat(new Browser(asking).signsIn("kakao", "maru").header("Location"))
                    .contains(outcome);
        }
    }

    @Test
    void who_does_not_agree_stays_outside() {
        Browser browser = new Browser(house);
        Answer sent = browser.get("/api/v1/auth/kakao?redirect=/chat");
        String back =
                browser.agrees(sent.header("Location"), "&sandbox_user=minji&sandbox_answer=deny");
        assertThat(browser.get(back).header("Location")).contains("SOCIAL_SIGN_IN_DENIED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"kind\":\"html\"",
                "\"kind\":\"garbage\"",
                "\"kind\":\"empty\"",
                "\"kind\":\"deep\"",
                "\"kind\":\"huge\"",
                "\"kind\":\"reset\"",
                "\"kind\":\"status\",\"status\":503",
                "\"kind\":\"refusal\",\"code\":\"KOE237\",\"path\":\"/oauth/token\"",
                "\"kind\":\"refusal\",\"code\":\"KOE003\",\"path\":\"/oauth/token\"",
                "\"kind\":\"refusal\",\"code\":\"KOE010\",\"path\":\"/oauth/token\"",
                "\"kind\":\"refusal\",\"code\":\"KOE303\",\"path\":\"/oauth/token\"",
                "\"kind\":\"refusal\",\"code\":\"-9798\",\"path\":\"/v2/user/me\"",
                "\"kind\":\"refusal\",\"code\":\"-10\",\"path\":\"/v2/user/me\"",
                "\"kind\":\"refusal\",\"code\":\"-1\",\"path\":\"/v2/user/me\""
            })
    void a_bad_day_of_kakaos_is_told_in_words_and_passes(String fault) {
        Http web = house.stranger();
        web.post("/sandbox/faults", "{\"vendor\":\"kakao\",%s}".formatted(fault));
        assertThat(new Browser(house).signsIn("kakao", "minji").header("Location"))
                .isEqualTo("/welcome?error=PROVIDER_UNAVAILABLE&provider=kakao");
        assertThat(web.get("/ready").status()).isEqualTo(200);
        isWellAgain();
        assertThat(new Browser(house).signsIn("kakao", "minji").header("Location")).isEqualTo("/");
    }

    @Test
    void a_code_that_kakao_does_not_know_is_told_as_such() {
        house.stranger()
                .post(
                        "/sandbox/faults",
                        "{\"vendor\":\"kakao\",\"kind\":\"refusal\",\"code\":\"KOE320\",\"path\":\"/oauth/token\"}");
        assertThat(new Browser(house).signsIn("kakao", "minji").header("Location"))
                .contains("SOCIAL_CODE_REFUSED");
    }

    @Test
    void a_phone_brings_tokens_of_our_app_and_of_no_other() {
        JsonNode ours = tokenFor("{\"user\":\"juno\"}");
        assertThat(brings(ours).status()).isEqualTo(200);
        assertThat(brings(tokenFor("{\"user\":\"juno\",\"app\":\"other\"}")).code())
                .isEqualTo("PROVIDER_TOKEN_INVALID");
        String idToken = ours.path("id_token").asString();
        assertThat(
                        house.stranger()
                                .post("/api/v1/auth/kakao", "{\"id_token\":\"" + idToken + "\"}")
                                .data()
                                .at("/user/nickname")
                                .asString())
                .isEqualTo("준호 🍵");
    }

    @Test
    void kakaos_news_reach_us_by_its_own_hand() {
        try (House told = House.open()) {
            Browser minji = new Browser(told);
            minji.signsIn("kakao", "minji");
            String token = minji.opensPage().text("access_token");
            Http hers = told.stranger().with("Authorization", "Bearer " + token);
            String event = "/sandbox/kakao/users/minji/event";
            told.stranger().post(event, "{\"event\":\"user-linked\"}");
            assertThat(links(hers)).hasSize(1);
            Answer heard = told.stranger().post(event, "{\"event\":\"sessions-revoked\"}");
            assertThat(heard.text()).contains("202");
            eventually(() -> hers.get("/api/v1/auth/me").status() == 401);

            minji.signsIn("kakao", "minji");
            String again = minji.opensPage().text("access_token");
            Http back = told.stranger().with("Authorization", "Bearer " + again);
            Answer unlinked =
                    told.stranger()
                            .post(
                                    "/sandbox/kakao/users/minji/unlink",
                                    "{\"referrer_type\":\"UNLINK_FROM_APPS\"}");
            assertThat(unlinked.text()).contains("200");
            assertThat(links(back)).isEmpty();
        }
    }

    private static JsonNode links(Http http) {
        return http.get("/api/v1/users/me/links").data().path("items");
    }

    private static JsonNode tokenFor(String wish) {
        return house.stranger().post("/sandbox/kakao/token-for", wish).body();
    }

    private static Answer brings(JsonNode tokens) {
        return house.stranger()
                .post(
                        "/api/v1/auth/kakao",
                        "{\"access_token\":\"" + tokens.path("access_token").asString() + "\"}");
    }
}
