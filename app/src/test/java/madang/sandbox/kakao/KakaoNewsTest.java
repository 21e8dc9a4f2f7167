package madang.sandbox.kakao;

import static madang.sandbox.Browsing.form;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import madang.sandbox.Sandbox;
import madang.sandbox.stand.Courier;
import madang.sandbox.stand.SigningKeys;
import madang.testing.House;
import madang.testing.Http;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What Kakao tells a product by itself, as the product's side of the wire sees it.
class KakaoNewsTest {
    private static final KakaoApp APP = Sandbox.KAKAO_APP;

    @AutoClose private static House house;

    record Heard(String method, String uri, String type, String authorization, String body) {}

    private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
    private final SigningKeys keys = new SigningKeys(1);
    private HttpServer product;
    private KakaoNews news;

    @BeforeAll
    static void openHouse() {
        house = House.open();
    }

    @BeforeEach
    void open() throws IOException {
        product = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        product.createContext(
                "/api/v1/webhooks/kakao/",
                exchange -> {
                    var headers = exchange.getRequestHeaders();
                    heard.add(
                            new Heard(
                                    exchange.getRequestMethod(),
                                    exchange.getRequestURI().toString(),
                                    headers.getFirst("Content-Type"),
                                    headers.getFirst("Authorization"),
                                    new String(
                                            exchange.getRequestBody().readAllBytes(),
                                            StandardCharsets.UTF_8)));
                    exchange.sendResponseHeaders(202, -1);
                    exchange.close();
                });
        product.start();
        String address = "http://127.0.0.1:" + product.getAddress().getPort();
        news = new KakaoNews(APP, keys, new Courier(() -> address), InstantSource.system());
    }

    @AfterEach
    void close() {
        product.stop(0);
    }

    @Test
    void unlinking_in_the_settings_is_told_with_the_admin_key() throws Exception {
        assertThat(news.unlinked(3_000_000_001L, "ACCOUNT_DELETE", false).status()).isEqualTo(202);
        Heard posted = next();
        assertThat(posted.method()).isEqualTo("POST");
        assertThat(posted.uri()).isEqualTo("/api/v1/webhooks/kakao/unlink");
        assertThat(posted.type()).startsWith("application/x-www-form-urlencoded");
        assertThat(posted.authorization()).isEqualTo("KakaoAK " + APP.adminKey());
        assertThat(posted.body())
                .isEqualTo("app_id=1000001&user_id=3000000001&referrer_type=ACCOUNT_DELETE");

        news.unlinked(3_000_000_001L, "UNLINK_FROM_APPS", true);
        assertThat(next())
                .extracting(Heard::method, Heard::uri, Heard::authorization)
                .containsExactly(
                        "GET",
                        "/api/v1/webhooks/kakao/unlink?app_id=1000001&user_id=3000000001&referrer_type=UNLINK_FROM_APPS",
                        "KakaoAK " + APP.adminKey());
    }

    @Test
    void a_change_of_an_account_comes_as_a_signed_security_event() throws Exception {
        news.changed(3_000_000_001L, "tokens-revoked", "");
        Heard posted = next();
        assertThat(posted.uri()).isEqualTo("/api/v1/webhooks/kakao/account");
        assertThat(posted.type()).isEqualTo("application/secevent+jwt");
        SignedJWT event = SignedJWT.parse(posted.body());
        assertThat(event.getHeader().getType().getType()).isEqualTo("secevent+jwt");
        JWKSet set = JWKSet.parse(keys.published());
        assertThat(event.verify(new RSASSAVerifier(set.getKeys().getFirst().toRSAKey()))).isTrue();
        var claims = event.getJWTClaimsSet();
        assertThat(claims.getIssuer()).isEqualTo("https://kauth.kakao.com");
        assertThat(claims.getAudience()).containsExactly(APP.restKey());
        assertThat(claims.getJWTID()).isNotBlank();
        assertThat(claims.getExpirationTime()).isNull();
        assertThat(claims.getJSONObjectClaim("events"))
                .containsEntry(
                        "https://schemas.openid.net/secevent/oauth/event-type/tokens-revoked",
                        Map.of(
                                "subject",
                                Map.of(
                                        "subject_type",
                                        "iss-sub",
                                        "iss",
                                        "https://kauth.kakao.com",
                                        "sub",
                                        "3000000001")));

        news.changed(3_000_000_001L, "https://example.com/event-type/unheard-of", "again");
        SignedJWT strange = SignedJWT.parse(next().body());
        assertThat(strange.getJWTClaimsSet().getJWTID()).isEqualTo("again");
        assertThat(strange.getJWTClaimsSet().getJSONObjectClaim("events"))
                .containsKey("https://example.com/event-type/unheard-of");
    }

    @Test
    void a_product_that_is_away_is_told_so() {
        product.stop(0);
        assertThat(news.unlinked(1, "UNLINK_FROM_APPS", false).status()).isZero();
    }

    @Test
    void who_unlinks_by_a_click_is_linked_no_more() {
        Http web = house.stranger();
        web.post("/sandbox/kakao/token-for", "{\"user\":\"minji\"}");
        assertThat(web.get("/sandbox/kakao").text()).contains("/users/minji/unlink");
        assertThat(web.post("/sandbox/kakao/users/minji/unlink").body().has("status")).isTrue();
        assertThat(web.get("/sandbox/kakao").text()).doesNotContain("/users/minji/unlink");
        assertThat(web.with("Accept", "text/html").post("/sandbox/kakao/users/minji/event").text())
                .contains("제품의 응답");
        assertThat(web.post("/sandbox/kakao/users/nobody/unlink").status()).isEqualTo(400);
    }

    @Test
    void a_phone_brings_tokens_of_its_own_app_or_of_another_one() throws Exception {
        Http web = house.stranger();
        var tokens =
                web.post("/sandbox/kakao/token-for", "{\"user\":\"juno\",\"nonce\":\"n1\"}").body();
        var claims = SignedJWT.parse(tokens.get("id_token").asString()).getJWTClaimsSet();
        assertThat(claims.getAudience()).containsExactly(APP.nativeKey());
        assertThat(claims.getSubject()).isEqualTo("9100000000000003");
        assertThat(claims.getStringClaim("nonce")).isEqualTo("n1");

        var foreign = form(web, "/sandbox/kakao/token-for", "user", "juno", "app", "other").body();
        var about =
                web.with("Authorization", "Bearer " + foreign.get("access_token").asString())
                        .get("/sandbox/kakao/v1/user/access_token_info");
        assertThat(about.body().get("app_id").asLong()).isNotEqualTo(APP.appId());
        assertThat(web.post("/sandbox/kakao/token-for", "{\"user\":1}").status()).isEqualTo(400);
        assertThat(web.post("/sandbox/kakao/token-for", "{").status()).isEqualTo(400);
    }

    @Test
    void keys_turn_and_sign_whatever_a_test_wants_signed() throws Exception {
        Http web = house.stranger();
        JWKSet before = keys(web);
        web.post("/sandbox/kakao/rotate-keys");
        JWKSet after = keys(web);
        assertThat(after.getKeys()).hasSize(3);
        assertThat(after.containsJWK(before.getKeys().getFirst())).isTrue();
        SignedJWT odd =
                SignedJWT.parse(
                        web.post(
                                        "/sandbox/kakao/sign",
                                        "{\"typ\":\"odd\",\"claims\":{\"iss\":\"나\",\"exp\":1}}")
                                .body()
                                .get("token")
                                .asString());
        assertThat(before.getKeyByKeyId(odd.getHeader().getKeyID())).isNull();
        assertThat(odd.getJWTClaimsSet().getIssuer()).isEqualTo("나");
        assertThat(
                        odd.verify(
                                new RSASSAVerifier(
                                        after.getKeyByKeyId(odd.getHeader().getKeyID())
                                                .toRSAKey())))
                .isTrue();
    }

    private static JWKSet keys(Http web) throws Exception {
        return JWKSet.parse(web.get("/sandbox/kakao/.well-known/jwks.json").text());
    }

    private Heard next() throws InterruptedException {
        Heard next = heard.poll(10, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }
}
