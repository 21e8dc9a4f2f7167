package madang.social;

import static madang.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import madang.social.Stand.Somebody;
import madang.testing.Answer;
import madang.testing.Http;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What providers tell us of their own accord, and what comes of it.
class ProviderNewsTest extends Providers {

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
}
