package madang.social;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import madang.testing.Answer;
import madang.testing.House;
import madang.testing.Http;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// The same for each provider of the sandbox: happy, refused, replayed, used twice, slow, broken.
class SandboxMatrixTest {
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
    void allAreWellAgain() {
        house.stranger().post("/sandbox/faults/clear", "{}");
    }

    @ParameterizedTest
    @EnumSource
    void who_agrees_comes_in_and_is_the_same_the_next_time(Provider provider) {
        Browser browser = new Browser(house);
        assertThat(browser.signsIn(provider.toString(), "minji").header("Location")).isEqualTo("/");
        JsonNode first = browser.opensPage().data().path("user");
        assertThat(first.path("nickname").asString()).contains("민지");
        Browser later = new Browser(house);
        later.signsIn(provider.toString(), "minji");
        assertThat(later.opensPage().data().at("/user/id")).isEqualTo(first.path("id"));
    }

    @ParameterizedTest
    @EnumSource
    void who_does_not_agree_stays_outside(Provider provider) {
        Browser browser = new Browser(house);
        Answer sent = browser.get("/api/v1/auth/" + provider);
        String back =
                browser.agrees(sent.header("Location"), "&sandbox_user=minji&sandbox_answer=deny");
        assertThat(browser.get(back).header("Location"))
                .isEqualTo("/welcome?error=SOCIAL_SIGN_IN_DENIED&provider=" + provider);
        assertThat(browser.cookie("madang_refresh")).isEmpty();
    }

    /// Of a Google account the name and the e-mail cannot be held back.
    @ParameterizedTest
    @EnumSource(names = "GOOGLE", mode = EnumSource.Mode.EXCLUDE)
    void who_lets_nothing_be_seen_has_a_name_of_ours(Provider provider) {
        Browser browser = new Browser(house);
        String address = browser.get("/api/v1/auth/" + provider).header("Location");
        String back = browser.agrees(address, "&sandbox_user=juno&sandbox_scopes=openid");
        assertThat(browser.get(back).header("Location")).isEqualTo("/");
        JsonNode user = browser.opensPage().data().path("user");
        assertThat(user.path("email").isNull()).isTrue();
        assertThat(user.path("nickname").asString()).isNotBlank();
    }

    @ParameterizedTest
    @EnumSource
    void states_and_codes_are_good_once(Provider provider) {
        Browser browser = new Browser(house);
        String back = browser.comesBack(provider.toString(), "minji");
        assertThat(new Browser(house).get(back).header("Location"))
                .contains("SOCIAL_STATE_INVALID");
        assertThat(browser.get(back).header("Location")).isEqualTo("/");
        assertThat(browser.get(back).header("Location")).contains("SOCIAL_STATE_INVALID");
        String state =
                browser.get("/api/v1/auth/" + provider)
                        .header("Location")
                        .replaceAll(".*[?&]state=|&.*", "");
        String twice = back.replaceAll("state=[^&]*", "state=" + state);
        assertThat(browser.get(twice).header("Location")).contains("SOCIAL_CODE_REFUSED");
    }

    @ParameterizedTest
    @CsvSource({
        "KAKAO, html",
        "KAKAO, garbage",
        "KAKAO, reset",
        "KAKAO, status",
        "KAKAO, huge",
        "GOOGLE, html",
        "GOOGLE, garbage",
        "GOOGLE, empty",
        "GOOGLE, deep",
        "GOOGLE, huge",
        "GOOGLE, reset",
        "GOOGLE, status",
        "NAVER, html",
        "NAVER, garbage",
        "NAVER, empty",
        "NAVER, deep",
        "NAVER, huge",
        "NAVER, reset",
        "NAVER, status"
    })
    void a_bad_day_there_is_told_in_words_and_passes(Provider provider, String kind) {
        Http web = house.stranger();
        web.post(
                "/sandbox/faults",
                "{\"vendor\":\"%s\",\"kind\":\"%s\",\"times\":1}".formatted(provider, kind));
        assertThat(new Browser(house).signsIn(provider.toString(), "minji").header("Location"))
                .isEqualTo("/welcome?error=PROVIDER_UNAVAILABLE&provider=" + provider);
        assertThat(new Browser(house).signsIn(provider.toString(), "minji").header("Location"))
                .isEqualTo("/");
    }

    @ParameterizedTest
    @EnumSource
    void who_answers_late_but_in_time_is_waited_for(Provider provider) {
        house.stranger()
                .post(
                        "/sandbox/faults",
                        "{\"vendor\":\"%s\",\"kind\":\"slow\",\"seconds\":1,\"times\":1}"
                                .formatted(provider));
        assertThat(new Browser(house).signsIn(provider.toString(), "minji").header("Location"))
                .isEqualTo("/");
    }

    @ParameterizedTest
    @EnumSource
    void a_state_is_over_after_ten_minutes(Provider provider) {
        Browser browser = new Browser(house);
        String back = browser.comesBack(provider.toString(), "minji");
        house.clock().move(Duration.ofMinutes(10));
        assertThat(browser.get(back).header("Location")).contains("SOCIAL_STATE_INVALID");
    }

    @ParameterizedTest
    @CsvSource({"KAKAO", "GOOGLE"})
    void what_a_provider_signs_for_another_app_opens_nothing(Provider provider) {
        Http web = house.stranger();
        String wish = "{\"user\":\"minji\",\"audience\":\"their-app\"}";
        String idToken =
                web.post("/sandbox/" + provider + "/token-for", wish)
                        .body()
                        .path("id_token")
                        .asString();
        assertThat(idToken).isNotEmpty();
        assertThat(
                        web.post("/api/v1/auth/" + provider, "{\"id_token\":\"" + idToken + "\"}")
                                .code())
                .isEqualTo("PROVIDER_TOKEN_INVALID");
    }
}
