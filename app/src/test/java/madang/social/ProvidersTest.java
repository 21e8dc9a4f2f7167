package madang.social;

import static madang.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Db;
import madang.social.Stand.Somebody;
import madang.testing.Answer;
import madang.testing.House;
import madang.testing.Http;
import madang.testing.Person;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What people do with their accounts at Kakao, Google and Naver, and what is done to them.
class ProvidersTest {
    private static Stand stand;
    private static House house;

    @BeforeAll
    static void open() {
        stand = new Stand();
        house = House.open(stand.settings());
    }

    @AfterAll
    static void close() {
        house.close();
        stand.close();
    }

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
    void a_new_name_there_changes_nothing_here_but_the_link(Provider provider) {
        Somebody before = somebody("하늘");
        Http his = bearer(enters(provider, before));
        Http again = bearer(enters(provider, before.renamed("땅")));
        assertThat(again.get("/api/v1/auth/me").text("nickname")).isEqualTo("하늘");
        assertThat(his.get("/api/v1/users/me/links").data().at("/items/0/nickname").asString())
                .isEqualTo("땅");
    }

    @ParameterizedTest
    @EnumSource
    void who_lets_nothing_be_seen_comes_in_all_the_same(Provider provider) {
        Somebody shy = new Somebody(Stand.fresh(), null, null, false, null);
        Answer in = enters(provider, shy);
        assertThat(in.data().at("/user/nickname").asString()).startsWith("마당");
        assertThat(in.data().at("/user/email").isNull()).isTrue();
        Somebody loud =
                new Somebody(
                        Stand.fresh(),
                        " \n\t" + "아".repeat(300) + "\u0000",
                        "no e-mail",
                        true,
                        null);
        assertThat(enters(provider, loud).status()).as("nonsense is left out").isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "KAKAO,  true,  true,  same",
        "GOOGLE, true,  true,  same",
        "KAKAO,  true,  false, other",
        "GOOGLE, true,  false, other",
        "KAKAO,  false, true,  refused",
        "GOOGLE, false, true,  refused",
        "NAVER,  true,  true,  refused",
        "NAVER,  false, true,  refused",
        "KAKAO,  false, false, other",
        "GOOGLE, false, false, other",
        "NAVER,  true,  false, other"
    })
    void an_e_mail_joins_two_accounts_only_where_both_sides_saw_the_proof(
            Provider provider, boolean isProvenThere, boolean isProvenHere, String outcome) {
        String email = "shared" + Stand.fresh() + "@example.com";
        String owner = registered(email, isProvenHere);
        Somebody newcomer = Somebody.called("newcomer", email, isProvenThere);
        Answer in = enters(provider, newcomer);
        switch (outcome) {
            case "refused" -> {
                assertThat(in.status()).isEqualTo(409);
                assertThat(in.code()).isEqualTo("EMAIL_IN_USE");
                assertThat(in.text()).doesNotContain(email);
            }
            case "same" -> assertThat(in.data().at("/user/id").asString()).isEqualTo(owner);
            default -> {
                assertThat(in.data().at("/user/id").asString()).isNotEqualTo(owner).isNotEmpty();
                boolean isTaken = provider != Provider.NAVER && isProvenThere;
                assertThat(in.data().at("/user/email").asString(""))
                        .isEqualTo(isTaken ? email : "");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"KAKAO,13", "KAKAO,3", "NAVER,13", "NAVER,0"})
    void children_are_not_signed_up(Provider provider, int age) {
        int year = Instant.now().atOffset(ZoneOffset.UTC).getYear() - age;
        Somebody child = somebody("haneul").born(Integer.toString(year));
        Answer in = enters(provider, child);
        assertThat(in.status()).isEqualTo(403);
        assertThat(in.code()).isEqualTo("UNDER_AGE");
        assertThat(
                        count(
                                house,
                                "select count(*) from social.link where subject = '"
                                        + child.id()
                                        + "'"))
                .isZero();
    }

    @Test
    void an_account_is_added_to_ones_own_and_opens_it() {
        Person mina = house.person("linkmina");
        Somebody atKakao = somebody("미나");
        Browser browser = new Browser(house);
        Answer begun = beginsLink(mina, browser, "kakao", "?link=1&redirect=/settings");
        Answer back = browser.get(stand.agrees(begun.text("authorization_url"), atKakao));
        assertThat(back.header("Location")).isEqualTo("/settings");
        assertThat(browser.cookie("madang_refresh")).as("she is in already").isEmpty();
        assertThat(enters(Provider.KAKAO, atKakao).data().at("/user/id").asString())
                .isEqualTo(mina.id());

        Person joon = house.person("linkjoon");
        Answer taken =
                beginsLink(joon, browser, "kakao", "?link=1&redirect=/settings?tab=1%23links");
        assertThat(
                        browser.get(stand.agrees(taken.text("authorization_url"), atKakao))
                                .header("Location"))
                .as("he is told where he set out, not at the door")
                .isEqualTo("/settings?tab=1&error=LINKED_TO_ANOTHER_ACCOUNT&provider=kakao#links");
        Answer second = beginsLink(mina, browser, "kakao", "?link=1");
        assertThat(
                        browser.get(
                                        stand.agrees(
                                                second.text("authorization_url"),
                                                somebody("other")))
                                .header("Location"))
                .contains("PROVIDER_ALREADY_LINKED");
        Answer same = beginsLink(mina, browser, "kakao", "?link=1");
        assertThat(
                        browser.get(stand.agrees(same.text("authorization_url"), atKakao))
                                .header("Location"))
                .isEqualTo("/");
    }

    @Test
    void who_signed_out_on_the_way_adds_nothing() {
        Person sora = house.person("linksora");
        Browser browser = new Browser(house);
        Answer begun = beginsLink(sora, browser, "google", "?link=1");
        sora.http().post("/api/v1/auth/logout");
        assertThat(
                        browser.get(stand.agrees(begun.text("authorization_url"), somebody("sora")))
                                .header("Location"))
                .contains("AUTH_TOKEN_INVALID");
        assertThat(house.stranger().get("/api/v1/auth/google?link=1").code())
                .isEqualTo("AUTH_TOKEN_MISSING");
    }

    @ParameterizedTest
    @EnumSource
    void the_last_way_in_stays_and_another_one_goes(Provider provider) {
        Somebody only = new Somebody(Stand.fresh(), "only", null, false, null);
        Http his = bearer(enters(provider, only));
        String path = "/api/v1/users/me/links/" + provider;
        Answer kept = his.delete(path);
        assertThat(kept.status()).isEqualTo(409);
        assertThat(kept.code()).isEqualTo("LAST_SIGN_IN_METHOD");

        Person mina = house.person("unlink" + provider);
        Browser browser = new Browser(house);
        Answer begun = beginsLink(mina, browser, provider.toString(), "?link=1");
        browser.get(stand.agrees(begun.text("authorization_url"), somebody("mina")));
        int before = stand.unlinked.size();
        assertThat(mina.http().delete(path).status()).isEqualTo(200);
        assertThat(mina.http().delete(path).code()).isEqualTo("LINK_NOT_FOUND");
        eventually(() -> stand.unlinked.size() > before);
        assertThat(stand.unlinked.getLast()).startsWith(provider.toString());
    }

    @Test
    void a_provider_who_is_away_hears_of_the_end_later() {
        try (House away = House.open(stand.settings())) {
            Person mina = away.person("mina");
            Somebody atGoogle = somebody("mina");
            Browser browser = new Browser(away);
            Answer begun = mina.http().get("/api/v1/auth/google?link=1");
            browser.takes("madang_social", begun.cookie("madang_social"));
            browser.get(stand.agrees(begun.text("authorization_url"), atGoogle));
            stand.strikes(Provider.GOOGLE, "500");
            assertThat(mina.http().delete("/api/v1/users/me/links/google").status()).isEqualTo(200);
            eventually(() ->
                    count(
                                    away,
                                    "select coalesce(max(tries), 0) from social.goodbye where next_try_at > now() + interval '90 seconds'")
                            == 1);
            stand.isWell(Provider.GOOGLE);
            int before = stand.unlinked.size();
            away.clock().move(Duration.ofHours(1));
            away.wiring().social().sayGoodbyes();
            assertThat(stand.unlinked).hasSize(before + 1);
            assertThat(count(away, "select count(*) from social.goodbye")).isZero();
        } finally {
            stand.isWell(Provider.GOOGLE);
        }
    }

    @Test
    void who_leaves_us_is_parted_from_his_provider_and_may_come_back_by_him() {
        Somebody mina = Somebody.called("mina", Stand.fresh() + "@example.com", true);
        Answer in = enters(Provider.KAKAO, mina);
        Id<User> user = Id.parse(in.data().at("/user/id").asString());
        db().run(tx -> house.wiring().identity().identity().withdraw(tx, user));
        eventually(() -> stand.unlinked.contains("kakao " + mina.id()));
        eventually(() -> count(house, "select count(*) from social.goodbye") == 0);
        assertThat(enters(Provider.KAKAO, mina).data().at("/user/id").asString())
                .isEqualTo(user.toString());
    }

    @Test
    void what_providers_gave_us_lies_sealed() {
        Somebody mina = somebody("sealed");
        assertThat(enters(Provider.NAVER, mina).status()).isEqualTo(200);
        record Tokens(String access, String refresh) {}
        Tokens kept =
                house.wiring()
                        .db()
                        .read(tx ->
                                tx.sql(
                                                "select access_token, refresh_token from social.link where subject = :id")
                                        .with("id", mina.id())
                                        .one(Tokens.class));
        assertThat(kept.access()).startsWith("v1.t.").doesNotContain("access-");
        assertThat(kept.refresh()).startsWith("v1.t.").doesNotContain("refresh-");
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

    @Test
    void phones_bring_the_tokens_of_our_own_apps() {
        Instant now = house.clock().instant();
        Somebody mina = Somebody.called("mina", Stand.fresh() + "@example.com", true);
        String google = stand.idToken(Provider.GOOGLE, mina, "our-android-app", null, now);
        Answer in = house.stranger().post("/api/v1/auth/google", json("id_token", google));
        assertThat(in.status()).as(in.text()).isEqualTo(200);
        assertThat(in.data().at("/user/email_verified").asBoolean()).isTrue();

        String nonce = stand.idToken(Provider.GOOGLE, mina, "our-google-app", "n-1", now);
        assertThat(google(nonce, "n-1").status()).isEqualTo(200);
        assertThat(google(nonce, "n-2").code()).isEqualTo("PROVIDER_TOKEN_INVALID");
        String theirs = stand.idToken(Provider.GOOGLE, mina, "their-app", null, now);
        assertThat(google(theirs, null).status()).isEqualTo(401);
        String old =
                stand.idToken(
                        Provider.GOOGLE, mina, "our-google-app", null, now.minusSeconds(7_200));
        assertThat(google(old, null).code()).isEqualTo("PROVIDER_TOKEN_INVALID");
        String ofKakao = stand.idToken(Provider.KAKAO, mina, "our-kakao-app", null, now);
        assertThat(google(ofKakao, null).status()).isEqualTo(401);
    }

    @Test
    void kakaos_access_token_counts_only_if_it_was_given_to_us() {
        Instant now = house.clock().instant();
        Somebody juno = Somebody.called("juno", Stand.fresh() + "@example.com", true);
        Http stranger = house.stranger();
        String ours = stand.accessToken(juno, "our-kakao-phone-app");
        Answer in = stranger.post("/api/v1/auth/kakao", json("access_token", ours));
        assertThat(in.status()).as(in.text()).isEqualTo(200);
        assertThat(in.data().at("/user/email_verified").asBoolean()).isTrue();

        String theirs = stand.accessToken(juno, "their-app");
        assertThat(stranger.post("/api/v1/auth/kakao", json("access_token", theirs)).code())
                .isEqualTo("PROVIDER_TOKEN_INVALID");
        assertThat(stranger.post("/api/v1/auth/kakao", json("access_token", "made up")).code())
                .isEqualTo("PROVIDER_TOKEN_INVALID");
        String signed = stand.idToken(Provider.KAKAO, juno, "our-kakao-phone-app", null, now);
        assertThat(stranger.post("/api/v1/auth/kakao", json("id_token", signed)).status())
                .isEqualTo(200);
        String ofAnother = stand.idToken(Provider.KAKAO, somebody("x"), "our-kakao-app", null, now);
        assertThat(
                        stranger.post(
                                        "/api/v1/auth/kakao",
                                        "{\"id_token\":\"%s\",\"access_token\":\"%s\"}"
                                                .formatted(ofAnother, ours))
                                .code())
                .isEqualTo("PROVIDER_TOKEN_INVALID");
        assertThat(stranger.post("/api/v1/auth/kakao", "{}").code()).isEqualTo("VALIDATION_ERROR");
    }

    @Test
    void the_calendar_is_let_in_by_tokens_of_the_same_person_only() {
        Instant now = house.clock().instant();
        Somebody mina = somebody("mina");
        Somebody joon = somebody("joon");
        String calendar = "https://www.googleapis.com/auth/calendar.events";
        String id = stand.idToken(Provider.GOOGLE, mina, "our-google-app", null, now);
        Answer in = calendar(id, stand.accessToken(mina, "our-google-app"), null);
        assertThat(in.status()).as(in.text()).isEqualTo(200);
        assertThat(bearer(in).get("/api/v1/users/me/links").data().at("/items/0/scopes").toString())
                .contains(calendar);
        String refresh = stand.refreshToken(mina, calendar);
        assertThat(calendar(id, stand.accessToken(mina, "our-google-app"), refresh).status())
                .isEqualTo(200);
        assertThat(calendar(id, stand.accessToken(joon, "our-google-app"), null).status())
                .isEqualTo(401);
        assertThat(calendar(id, stand.accessToken(mina, "their-app"), null).status())
                .isEqualTo(401);
        assertThat(calendar(id, "made-up", null).status()).isEqualTo(401);
        assertThat(
                        calendar(
                                        id,
                                        stand.accessToken(mina, "our-google-app"),
                                        stand.refreshToken(joon, calendar))
                                .status())
                .isEqualTo(401);
        assertThat(calendar(id, stand.accessToken(mina, "our-google-app"), "made-up").status())
                .isEqualTo(401);
    }

    @Test
    void kakao_says_that_a_link_is_over_and_is_believed_by_its_key_alone() {
        Somebody mina = Somebody.called("mina", Stand.fresh() + "@example.com", true);
        Http hers = bearer(enters(Provider.KAKAO, mina));
        String form = "app_id=4711&user_id=%s&referrer_type=UNLINK_FROM_APPS".formatted(mina.id());
        for (String forged :
                List.of(
                        "",
                        "KakaoAK",
                        "KakaoAK wrong",
                        "Bearer kakao's own key",
                        "kakao's own key")) {
            assertThat(unlinkHook(forged, form).status()).as(forged).isEqualTo(200);
            assertThat(hers.get("/api/v1/users/me/links").data().path("items")).hasSize(1);
        }
        assertThat(unlinkHook("KakaoAK kakao's own key", form).status()).isEqualTo(200);
        assertThat(hers.get("/api/v1/users/me/links").data().path("items")).isEmpty();
        assertThat(hers.get("/api/v1/auth/me").status())
                .as("her e-mail is a way in")
                .isEqualTo(200);
        for (String body :
                List.of(
                        form,
                        "",
                        "user_id=",
                        "user_id=%",
                        "user_id=1&user_id=2",
                        "{}",
                        "x".repeat(9_000))) {
            assertThat(unlinkHook("KakaoAK kakao's own key", body).status())
                    .as(body)
                    .isEqualTo(200);
        }
    }

    @Test
    void whose_only_way_in_was_kakao_is_signed_out_and_finds_his_house_again() {
        Somebody sora = new Somebody(Stand.fresh(), "sora", null, false, null);
        Answer in = enters(Provider.KAKAO, sora);
        Http hers = bearer(in);
        Answer told =
                house.stranger()
                        .with("Authorization", "KakaoAK kakao's own key")
                        .get("/api/v1/webhooks/kakao/unlink?user_id=" + sora.id());
        assertThat(told.status()).isEqualTo(200);
        eventually(() -> hers.get("/api/v1/auth/me").status() == 401);
        assertThat(enters(Provider.KAKAO, sora).data().at("/user/id").asString())
                .isEqualTo(in.data().at("/user/id").asString());
    }

    @ParameterizedTest
    @CsvSource({
        "KAKAO,  oauth, user-linked,        nothing",
        "KAKAO,  oauth, user-scope-consent, nothing",
        "KAKAO,  oauth, token-issued,       nothing",
        "KAKAO,  risc,  account-enabled,    nothing",
        "KAKAO,  risc,  identifier-changed, nothing",
        "KAKAO,  oauth, user-unlinked,      link",
        "KAKAO,  risc,  account-purged,     link",
        "KAKAO,  risc,  sessions-revoked,   sessions",
        "KAKAO,  risc,  account-disabled,   sessions",
        "GOOGLE, risc,  sessions-revoked,   sessions",
        "GOOGLE, risc,  account-disabled,   sessions",
        "GOOGLE, risc,  credential-compromise, sessions",
        "GOOGLE, risc,  account-purged,     link",
        "GOOGLE, risc,  verification,       nothing",
        "GOOGLE, oauth, tokens-revoked,     tokens",
        "GOOGLE, oauth, token-revoked,      tokens"
    })
    void an_event_does_what_its_name_says_and_nothing_else(
            Provider provider, String kind, String type, String effect) {
        Somebody mina = Somebody.called("mina", Stand.fresh() + "@example.com", true);
        Answer in = enters(provider, mina);
        Http hers = bearer(in);
        String uri = "https://schemas.openid.net/secevent/%s/event-type/%s".formatted(kind, type);
        String event =
                stand.event(provider, mina, uri, "jti-" + Stand.fresh(), house.clock().instant());
        assertThat(tell(provider, event).status()).isEqualTo(202);
        String linked = "select count(*) from social.link where subject = '" + mina.id() + "'";
        assertThat(count(house, linked)).isEqualTo(effect.equals("link") ? 0 : 1);
        assertThat(count(house, linked + " and access_token is not null"))
                .isEqualTo(effect.equals("link") || effect.equals("tokens") ? 0 : 1);
        if (effect.equals("sessions")) {
            eventually(() -> hers.get("/api/v1/auth/me").status() == 401);
        } else {
            assertThat(hers.get("/api/v1/auth/me").status()).isEqualTo(200);
        }
        assertThat(enters(provider, mina).data().at("/user/id").asString())
                .as("nobody is withdrawn on a provider's word")
                .isEqualTo(in.data().at("/user/id").asString());
    }

    @Test
    void an_event_is_heard_once() {
        Somebody mina = Somebody.called("mina", Stand.fresh() + "@example.com", true);
        enters(Provider.KAKAO, mina);
        String uri = "https://schemas.openid.net/secevent/oauth/event-type/user-unlinked";
        String event =
                stand.event(
                        Provider.KAKAO, mina, uri, "jti-" + Stand.fresh(), house.clock().instant());
        assertThat(tell(Provider.KAKAO, event).status()).isEqualTo(202);
        enters(Provider.KAKAO, mina);
        assertThat(tell(Provider.KAKAO, event).status()).isEqualTo(202);
        assertThat(
                        count(
                                house,
                                "select count(*) from social.link where subject = '"
                                        + mina.id()
                                        + "'"))
                .isEqualTo(1);
    }

    @Test
    void events_that_nobody_signed_for_us_are_refused_in_their_own_words() {
        Somebody mina = somebody("mina");
        String uri = "https://schemas.openid.net/secevent/oauth/event-type/user-unlinked";
        Instant now = house.clock().instant();
        String ofKakao = stand.event(Provider.KAKAO, mina, uri, "jti-x", now);
        for (String forged :
                List.of(
                        "",
                        "x",
                        "{}",
                        "a.b.c",
                        ofKakao.substring(0, ofKakao.length() - 8) + "AAAAAAAA",
                        stand.idToken(Provider.KAKAO, mina, "our-kakao-app", null, now))) {
            Answer refused = tell(Provider.KAKAO, forged);
            assertThat(refused.status()).as(forged).isEqualTo(400);
            assertThat(refused.body().path("err").asString()).isNotEmpty();
        }
        assertThat(tell(Provider.GOOGLE, ofKakao).status()).isEqualTo(400);
        String elsewhere =
                stand.event(
                        Provider.KAKAO, mina, "https://evil.example/user-unlinked", "jti-y", now);
        assertThat(tell(Provider.KAKAO, elsewhere).status()).isEqualTo(202);
    }

    @Test
    void who_is_suspended_stays_outside_whatever_a_provider_says() {
        Somebody banned = somebody("banned");
        Answer in = enters(Provider.GOOGLE, banned);
        Id<User> user = Id.parse(in.data().at("/user/id").asString());
        db().run(tx ->
                tx.sql("update identity.users set suspended_at = now() where id = :id")
                        .with("id", user)
                        .count());
        assertThat(enters(Provider.GOOGLE, banned).code()).isEqualTo("ACCOUNT_SUSPENDED");
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

    private static Somebody somebody(String nickname) {
        return new Somebody(Stand.fresh(), nickname, null, false, null);
    }

    private static Answer signIn(Browser browser, Provider provider, Somebody who) {
        return browser.get(comesBack(browser, provider, who));
    }

    private static String comesBack(Browser browser, Provider provider, Somebody who) {
        return stand.agrees(browser.get("/api/v1/auth/" + provider).header("Location"), who);
    }

    /// A program signs in.
    private static Answer enters(Provider provider, Somebody who) {
        Answer begun = house.stranger().get("/api/v1/auth/" + provider);
        return bring(
                house.stranger(), provider, stand.agrees(begun.text("authorization_url"), who));
    }

    private static Answer bring(Http http, Provider provider, String back) {
        String code = back.replaceAll(".*[?&]code=|&.*", "");
        return http.post(
                "/api/v1/auth/" + provider + "/callback",
                "{\"code\":\"%s\",\"state\":\"%s\"}".formatted(code, state(back)));
    }

    private static String state(String address) {
        return address.replaceAll(".*[?&]state=|&.*", "");
    }

    private static Answer beginsLink(
            Person person, Browser browser, String provider, String query) {
        Answer begun = person.http().get("/api/v1/auth/" + provider + query);
        browser.takes("madang_social", begun.cookie("madang_social"));
        return begun;
    }

    private static String userOf(Answer back, Provider provider, Somebody who) {
        assertThat(back.status()).isEqualTo(302);
        return enters(provider, who).data().at("/user/id").asString();
    }

    private static String registered(String email, boolean isProven) {
        Answer answer =
                house.stranger()
                        .post(
                                "/api/v1/auth/register",
                                "{\"email\":\"%s\",\"password\":\"%s\"}"
                                        .formatted(email, Person.PASSWORD));
        if (isProven) {
            db().run(tx ->
                    tx.sql(
                                    "update identity.users set is_email_verified = true where email = :email")
                            .with("email", email)
                            .count());
        }
        return answer.data().at("/user/id").asString();
    }

    private static Answer google(String idToken, String nonce) {
        return house.stranger()
                .post(
                        "/api/v1/auth/google",
                        nonce == null
                                ? json("id_token", idToken)
                                : "{\"id_token\":\"%s\",\"nonce\":\"%s\"}"
                                        .formatted(idToken, nonce));
    }

    private static Answer calendar(String idToken, String accessToken, String refreshToken) {
        return house.stranger()
                .post(
                        "/api/v1/auth/google/calendar",
                        "{\"id_token\":\"%s\",\"access_token\":\"%s\"%s}"
                                .formatted(
                                        idToken,
                                        accessToken,
                                        refreshToken == null
                                                ? ""
                                                : ",\"refresh_token\":\"" + refreshToken + "\""));
    }

    private static Answer unlinkHook(String authorization, String form) {
        return house.stranger()
                .with("Authorization", authorization)
                .with("Content-Type", "application/x-www-form-urlencoded")
                .send("POST", "/api/v1/webhooks/kakao/unlink", form);
    }

    private static Answer tell(Provider provider, String event) {
        return house.stranger()
                .with("Content-Type", "application/secevent+jwt")
                .send("POST", "/api/v1/webhooks/" + provider + "/account", event);
    }

    private static Http bearer(Answer in) {
        return house.stranger().with("Authorization", "Bearer " + in.text("access_token"));
    }

    private static String json(String name, String value) {
        return "{\"%s\":\"%s\"}".formatted(name, value);
    }

    private static Db db() {
        return house.wiring().db();
    }

    private static long count(House where, String sql) {
        return where.wiring().db().read(tx -> tx.sql(sql).one(Long.class));
    }
}
