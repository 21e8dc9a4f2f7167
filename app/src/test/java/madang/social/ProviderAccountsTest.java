package madang.social;

import static madang.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import madang.kit.Id;
import madang.kit.User;
import madang.social.Stand.Somebody;
import madang.testing.Answer;
import madang.testing.House;
import madang.testing.Http;
import madang.testing.Person;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Whose account somebody comes into who was let through by a provider, and how the two are parted.
class ProviderAccountsTest extends Providers {

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

    private static Answer beginsLink(
            Person person, Browser browser, String provider, String query) {
        Answer begun = person.http().get("/api/v1/auth/" + provider + query);
        browser.takes("madang_social", begun.cookie("madang_social"));
        return begun;
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
}
