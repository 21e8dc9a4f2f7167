package madang.social;

import static madang.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import madang.kit.Failure;
import madang.social.Stand.Somebody;
import madang.testing.Answer;
import madang.testing.House;
import madang.testing.Http;
import madang.testing.Person;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// The way to a provider and back: states, codes, browsers, and what goes wrong there.
class ProviderDoorTest extends Providers {

    @ParameterizedTest
    @EnumSource
    void a_browser_goes_there_and_comes_in(Provider provider) {
        Somebody mina = somebody("미나 🍵");
        Browser browser = new Browser(house);
        Answer back = signIn(browser, provider, mina);
        assertThat(back.status()).isEqualTo(302);
        assertThat(back.header("Location")).isEqualTo("/");
        assertThat(back.header("Cache-Control")).contains("no-store");
        Answer page = browser.opensPage();
        assertThat(page.data().at("/user/nickname").asString()).isEqualTo("미나 🍵");
        assertThat(page.data().path("refresh_token").isNull()).isTrue();
        String again = userOf(signIn(new Browser(house), provider, mina), provider, mina);
        assertThat(again).isEqualTo(page.data().at("/user/id").asString());
    }

    @ParameterizedTest
    @EnumSource
    void a_program_brings_the_code_itself(Provider provider) {
        Somebody joon = somebody("joon");
        Answer begun = house.stranger().get("/api/v1/auth/" + provider);
        assertThat(begun.status()).isEqualTo(200);
        String address = begun.text("authorization_url");
        assertThat(address).contains("state=" + begun.text("state")).doesNotContain("secret");
        Answer in = bring(house.stranger(), provider, stand.agrees(address, joon));
        assertThat(in.status()).as(in.text()).isEqualTo(200);
        assertThat(in.text("refresh_token")).isNotEmpty();
        assertThat(in.header("X-Device-Token")).isNotEmpty();
        assertThat(in.header("Cache-Control")).contains("no-store");
        Http joons = bearer(in);
        assertThat(joons.get("/api/v1/auth/me").text("nickname")).isEqualTo("joon");
        JsonNode links = joons.get("/api/v1/users/me/links").data().path("items");
        assertThat(links).hasSize(1);
        assertThat(links.get(0).path("provider").asString()).isEqualTo(provider.toString());
    }

    @ParameterizedTest
    @EnumSource
    void who_says_no_there_is_told_so_here(Provider provider) {
        Browser browser = new Browser(house);
        String state = state(browser.get("/api/v1/auth/" + provider).header("Location"));
        String no =
                "/api/v1/auth/%s/callback?error=access_denied&state=%s".formatted(provider, state);
        Answer back = browser.get(no);
        assertThat(back.header("Location"))
                .isEqualTo("/welcome?error=SOCIAL_SIGN_IN_DENIED&provider=" + provider);
        assertThat(browser.cookie("madang_refresh")).isEmpty();
        assertThat(browser.get(no).header("Location")).contains("SOCIAL_STATE_INVALID");
    }

    @ParameterizedTest
    @EnumSource
    void a_state_is_good_once(Provider provider) {
        Browser browser = new Browser(house);
        String back = comesBack(browser, provider, somebody("sora"));
        assertThat(browser.get(back).header("Location")).isEqualTo("/");
        Answer replayed = browser.get(back);
        assertThat(replayed.header("Location"))
                .isEqualTo("/welcome?error=SOCIAL_STATE_INVALID&provider=" + provider);
    }

    @ParameterizedTest
    @EnumSource
    void a_state_is_good_for_its_own_browser_only(Provider provider) {
        Browser victim = new Browser(house);
        assertThat(victim.get("/api/v1/auth/" + provider).status()).isEqualTo(302);
        Browser attacker = new Browser(house);
        String lure = comesBack(attacker, provider, somebody("attacker"));
        int asked = stand.calls.get();
        assertThat(victim.get(lure).header("Location")).contains("SOCIAL_STATE_INVALID");
        assertThat(new Browser(house).get(lure).header("Location")).contains("STATE_INVALID");
        assertThat(victim.cookie("madang_refresh")).isEmpty();
        Answer posted = bring(house.stranger(), provider, lure);
        assertThat(posted.code()).as("begun by a browser").isEqualTo("SOCIAL_STATE_INVALID");
        assertThat(stand.calls).as("nobody is asked for it").hasValue(asked);
        assertThat(attacker.get(lure).header("Location")).as("still his").isEqualTo("/");
    }

    @Test
    void a_page_of_a_browser_shows_its_cookie_also_where_a_program_began() {
        Answer begun = house.stranger().get("/api/v1/auth/kakao");
        String back = stand.agrees(begun.text("authorization_url"), somebody("byeol"));
        Http lured = house.stranger().with("Origin", house.url());
        assertThat(bring(lured, Provider.KAKAO, back).code()).isEqualTo("SOCIAL_STATE_INVALID");
        String cookie = "madang_social=" + begun.cookie("madang_social");
        assertThat(bring(lured.with("Cookie", cookie), Provider.KAKAO, back).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void a_state_is_good_for_its_provider_and_for_ten_minutes(Provider provider) {
        Browser browser = new Browser(house);
        String back = comesBack(browser, provider, somebody("garam"));
        Provider other = provider == Provider.KAKAO ? Provider.GOOGLE : Provider.KAKAO;
        assertThat(
                        browser.get(back.replace("/" + provider + "/", "/" + other + "/"))
                                .header("Location"))
                .contains("SOCIAL_STATE_INVALID");
        try (House late = House.open(stand.settings())) {
            Browser slow = new Browser(late);
            String tooLate = comesBack(slow, provider, somebody("garam"));
            late.clock().move(Duration.ofMinutes(10));
            assertThat(slow.get(tooLate).header("Location")).contains("SOCIAL_STATE_INVALID");
            late.wiring().social().sweep();
            assertThat(count(late, "select count(*) from social.attempt")).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "%00", "💥", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
    void nonsense_for_a_state_is_refused_in_words(String state) {
        Answer answer =
                house.stranger()
                        .post(
                                "/api/v1/auth/kakao/callback",
                                "{\"code\":\"c\",\"state\":\"%s\"}".formatted(state));
        assertThat(answer.status()).isBetween(400, 422);
        assertThat(answer.code()).isIn("SOCIAL_STATE_INVALID", "VALIDATION_ERROR");
    }

    @ParameterizedTest
    @EnumSource
    void a_code_is_good_once(Provider provider) {
        Browser browser = new Browser(house);
        String back = comesBack(browser, provider, somebody("dasom"));
        assertThat(browser.get(back).header("Location")).isEqualTo("/");
        String state = state(browser.get("/api/v1/auth/" + provider).header("Location"));
        Answer second = browser.get(back.replaceFirst("state=.*", "state=" + state));
        assertThat(second.header("Location")).contains("SOCIAL_CODE_REFUSED");
    }

    @ParameterizedTest
    @EnumSource
    void who_comes_eight_times_at_once_has_one_account(Provider provider) throws Exception {
        Somebody hurried = Somebody.called("hurried", Stand.fresh() + "@example.com", true);
        List<Callable<String>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            all.add(() -> {
                Answer begun = house.stranger().get("/api/v1/auth/" + provider);
                String back = stand.agrees(begun.text("authorization_url"), hurried);
                return bring(house.stranger(), provider, back).data().at("/user/id").asString();
            });
        }
        List<String> users = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var done : threads.invokeAll(all)) {
                users.add(done.get());
            }
        }
        assertThat(users).hasSize(8).doesNotContain("");
        assertThat(users.stream().distinct()).hasSize(1);
        assertThat(
                        count(
                                house,
                                "select count(*) from social.link where subject = '"
                                        + hurried.id()
                                        + "'"))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void whatever_is_wrong_there_is_told_in_words_and_passes(Provider provider) {
        for (String fault : List.of("500", "html", "garbage", "nothing", "deep", "reset", "key")) {
            stand.strikes(provider, fault);
            Browser browser = new Browser(house);
            Answer back = signIn(browser, provider, somebody("unlucky"));
            stand.isWell(provider);
            assertThat(back.header("Location"))
                    .as(fault)
                    .isEqualTo("/welcome?error=PROVIDER_UNAVAILABLE&provider=" + provider);
            assertThat(enters(provider, somebody("lucky")).status()).as(fault).isEqualTo(200);
        }
    }

    @Test
    void while_one_provider_swallows_everything_the_others_and_the_house_go_on() throws Exception {
        try (House unlucky = House.open(stand.settings());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Person mina = unlucky.person("mina");
            stand.strikes(Provider.NAVER, "black hole");
            int before = stand.calls.get();
            List<Callable<Answer>> swallowed = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                swallowed.add(() -> {
                    Answer begun = unlucky.stranger().get("/api/v1/auth/naver");
                    String back = stand.agrees(begun.text("authorization_url"), somebody("lost"));
                    return bring(unlucky.stranger(), Provider.NAVER, back);
                });
            }
            var waiting = swallowed.stream().map(threads::submit).toList();
            eventually(() -> stand.calls.get() - before == 32);
            assertThat(mina.http().get("/api/v1/auth/me").status()).isEqualTo(200);
            Answer begun = unlucky.stranger().get("/api/v1/auth/kakao");
            String back = stand.agrees(begun.text("authorization_url"), somebody("lucky"));
            assertThat(bring(unlucky.stranger(), Provider.KAKAO, back).status()).isEqualTo(200);
            for (var one : waiting) {
                assertThat(one.get().status()).isEqualTo(503);
                assertThat(one.get().code()).isEqualTo("PROVIDER_UNAVAILABLE");
            }
        } finally {
            stand.isWell(Provider.NAVER);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)",
                "chat", "", "/a%0d%0aSet-Cookie:x=y", "/%E2%80%AE"
            })
    void one_ends_on_a_page_of_ours_only(String redirect) {
        Answer answer =
                house.stranger()
                        .get("/api/v1/auth/kakao?redirect=" + redirect.replace("\\", "%5C"));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.details().has("redirect")).isTrue();
    }

    @Test
    void the_house_says_whose_accounts_open_it() {
        assertThat(house.stranger().get("/api/v1/auth/providers").data().path("items").toString())
                .isEqualTo(
                        "[{\"provider\":\"kakao\"},{\"provider\":\"google\"},{\"provider\":\"naver\"}]");
        try (House alone = House.open(Map.of("MADANG_SANDBOX", "off"))) {
            assertThat(alone.stranger().get("/api/v1/auth/providers").data().path("items"))
                    .isEmpty();
            for (Provider provider : Provider.values()) {
                assertThat(alone.stranger().get("/api/v1/auth/" + provider).code())
                        .isEqualTo("PROVIDER_NOT_FOUND");
            }
            assertThat(
                            alone.stranger()
                                    .post("/api/v1/auth/google", json("id_token", "a.b.c"))
                                    .status())
                    .isEqualTo(404);
        }
    }

    @Test
    void a_dialect_asks_who_a_code_belongs_to_and_nobody_is_let_in() {
        Somebody mina = somebody("민지");
        String page = "https://www.example.com/oauth/kakao";
        String back =
                stand.agrees(
                        "https://kauth.kakao.com/oauth/authorize?client_id=our-kakao-app&redirect_uri="
                                + page
                                + "&state=",
                        mina);
        String code = back.replaceAll(".*code=|&.*", "");
        Social social = house.wiring().social();
        var person = social.person(Provider.KAKAO, code, page);
        assertThat(person.subject()).isEqualTo(mina.id());
        assertThat(person.nickname()).isEqualTo("민지");
        assertThat(
                        count(
                                house,
                                "select count(*) from social.link where subject = '"
                                        + mina.id()
                                        + "'"))
                .isZero();
        assertThatThrownBy(() -> social.person(Provider.KAKAO, code, page))
                .isInstanceOfSatisfying(
                        Failure.class,
                        used -> assertThat(used.code()).isEqualTo("SOCIAL_CODE_REFUSED"));
    }

    @Test
    void nobody_is_asked_while_a_transaction_is_open() {
        assertThatThrownBy(() ->
                        db().run(_ ->
                                house.wiring()
                                        .social()
                                        .person(Provider.KAKAO, "code", "https://x.example")))
                .isInstanceOf(IllegalStateException.class);
    }

    private static Answer signIn(Browser browser, Provider provider, Somebody who) {
        return browser.get(comesBack(browser, provider, who));
    }

    private static String comesBack(Browser browser, Provider provider, Somebody who) {
        return stand.agrees(browser.get("/api/v1/auth/" + provider).header("Location"), who);
    }

    private static String userOf(Answer back, Provider provider, Somebody who) {
        assertThat(back.status()).isEqualTo(302);
        return enters(provider, who).data().at("/user/id").asString();
    }
}
