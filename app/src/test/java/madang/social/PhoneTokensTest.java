package madang.social;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import madang.social.Stand.Somebody;
import madang.testing.Answer;
import madang.testing.Http;
import org.junit.jupiter.api.Test;

/// Tokens that an app of ours got on a phone.
class PhoneTokensTest extends Providers {

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
}
