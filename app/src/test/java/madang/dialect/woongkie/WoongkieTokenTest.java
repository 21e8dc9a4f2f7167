package madang.dialect.woongkie;

import static madang.dialect.woongkie.Talkie.says;
import static madang.testing.Town.json;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import madang.testing.Answer;
import madang.testing.House;
import madang.testing.Http;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/// Whose token counts, for how long, and what is written down of whoever tries.
class WoongkieTokenTest {
    private static House house;
    private static Talkie mina;

    @BeforeAll
    static void open() {
        house =
                Talkie.house(
                        Map.of(
                                "MADANG_ADMIN_USERNAME", "steward",
                                "MADANG_ADMIN_PASSWORD", Talkie.PASSWORD,
                                "MADANG_TRUSTED_PROXIES", "127.0.0.1"));
        mina = Talkie.register(house, "mina");
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    void a_forged_token_is_nobodys() {
        String[] parts = mina.token().split("\\.", -1);
        String unsigned = base64("{\"alg\":\"none\"}") + "." + parts[1] + ".";
        String resigned = parts[0] + "." + parts[1] + "." + base64("not the signature of this one");
        String renamed = parts[0] + "." + base64("{\"sub\":\"steward\"}") + "." + parts[2];
        for (String forged : List.of(unsigned, resigned, renamed, "", ".", "x.y.z", "한글")) {
            Http bearer =
                    house.stranger()
                            .with(
                                    "Cookie",
                                    "auth_token="
                                            + new String(
                                                    forged.getBytes(StandardCharsets.UTF_8),
                                                    StandardCharsets.ISO_8859_1));
            assertThat(bearer.get("/auth/me").status()).isEqualTo(401);
        }
        says(
                mina.http().with("Authorization", "Bearer " + unsigned).get("/auth/me"),
                401,
                "유효하지 않은 토큰입니다");
    }

    @Test
    void a_token_is_renewed_up_to_an_hour_after_its_end() {
        try (House late = Talkie.house()) {
            Talkie joon = Talkie.register(late, "joon").atOwnAddress();
            late.clock().move(Duration.ofHours(24).plusMinutes(59));
            says(joon.http().get("/auth/me"), 401, "유효하지 않은 토큰입니다");
            Answer renewed = joon.bearer().post("/auth/refresh");
            assertThat(renewed.status()).as(renewed.text()).isEqualTo(200);
            String token = renewed.body().get("token").stringValue();
            assertThat(renewed.header("Set-Cookie")).startsWith("auth_token=" + token + ";");
            Http again = late.stranger().with("Authorization", "Bearer " + token);
            assertThat(again.get("/auth/me").body().get("username").stringValue())
                    .isEqualTo("joon");
            late.clock().move(Duration.ofMinutes(2));
            says(joon.http().post("/auth/refresh"), 401, "유효하지 않은 토큰입니다");
            says(
                    Talkie.stranger(late)
                            .at(late.wiring().woongkiePort(), "woongkie")
                            .post("/auth/refresh"),
                    401,
                    "인증 토큰이 필요합니다");
        }
    }

    @Test
    void who_is_shut_out_renews_nothing() {
        Talkie haneul = Talkie.register(house, "haneul").atOwnAddress();
        Http steward = Talkie.logIn(house, "steward").atOwnAddress().http();
        steward.put("/admin/users/haneul/block", "{\"blocked\":true}");
        says(haneul.http().post("/auth/refresh"), 403, "차단된 계정입니다");
        says(haneul.http().get("/rooms"), 403, "차단된 계정입니다");
    }

    @Test
    void behind_tls_the_cookie_and_the_browser_keep_to_it() {
        Answer plain = logIn(Talkie.stranger(house), Talkie.PASSWORD);
        assertThat(plain.header("Set-Cookie")).doesNotContain("Secure");
        assertThat(plain.header("Strict-Transport-Security")).isEmpty();
        Answer secure =
                logIn(Talkie.stranger(house).with("X-Forwarded-Proto", "https"), Talkie.PASSWORD);
        assertThat(secure.header("Set-Cookie")).endsWith("; SameSite=Lax; Secure");
        assertThat(secure.header("Strict-Transport-Security"))
                .isEqualTo("max-age=31536000; includeSubDomains");
    }

    @Test
    void the_limit_is_looked_at_before_the_page_and_the_page_before_the_token() {
        Http forged = house.stranger().with("Cookie", "auth_token=forged");
        says(forged.post("/rooms", "{}"), 403, "X-Requested-With");
        says(
                forged.with("X-Requested-With", "XMLHttpRequest").post("/rooms", "{}"),
                401,
                "유효하지 않은 토큰입니다");
        try (House narrow = Talkie.house(Map.of("MADANG_WOONGKIE_RATE_LIMIT_ROOMS", "1/minute"))) {
            Http again = narrow.stranger().with("Cookie", "auth_token=forged");
            says(again.post("/rooms", "{}"), 403, "X-Requested-With");
            Answer tooOften = again.post("/rooms", "{}");
            says(tooOften, 429, "요청이 너무 많습니다");
            assertThat(Long.parseLong(tooOften.header("Retry-After"))).isBetween(1L, 60L);
        }
    }

    @Test
    void what_is_not_there_is_told_in_the_same_words() {
        Http own = mina.atOwnAddress().http();
        says(own.get("/nowhere"), 404, "찾을 수 없습니다");
        says(own.delete("/auth/me"), 405, "허용되지 않는 메서드입니다");
        assertThat(own.send("HEAD", "/rooms", (byte[]) null).status()).isEqualTo(200);
    }

    @Test
    void a_public_key_is_shown_to_oneself_and_to_administrators() {
        String jwk = "{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}";
        Talkie dal = Talkie.register(house, "dal").atOwnAddress();
        assertThat(dal.http().get("/auth/me").body().has("public_key")).isFalse();
        dal.http().put("/crypto/keys", json(Map.of("public_key", jwk)));
        assertThat(dal.http().get("/auth/me").body().get("public_key").stringValue())
                .isEqualTo(jwk);
        assertThat(logIn("dal").body().at("/user/public_key").stringValue()).isEqualTo(jwk);
        Answer profile = mina.http().get("/users/dal/profile");
        assertThat(profile.body().has("public_key")).isFalse();
        Http steward = Talkie.logIn(house, "steward").atOwnAddress().http();
        JsonNode shown = steward.get("/users/dal/profile").body();
        assertThat(shown.get("role").stringValue()).isEqualTo("user");
        assertThat(shown.get("public_key").stringValue()).isEqualTo(jwk);
        assertThat(steward.get("/admin/users?limit=100").text())
                .contains("\"username\":\"dal\"")
                .contains("AQAB");
    }

    @Test
    void who_came_in_and_who_did_not_stands_in_the_log() {
        Logger audit = (Logger) LoggerFactory.getLogger("madang.audit");
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        audit.addAppender(lines);
        Level before = audit.getLevel();
        audit.setLevel(Level.INFO);
        try {
            Talkie sora = Talkie.register(house, "sora");
            String room = sora.opens("audited", true).get("id").stringValue();
            says(logIn(Talkie.stranger(house), "wrong pass word"), 401, "올바르지 않습니다");
            assertThat(mina.http().post("/rooms/" + room + "/join").status()).isEqualTo(200);
            says(mina.http().delete("/rooms/" + room), 403, "삭제 권한이 없습니다");
            says(mina.http().delete("/rooms/" + room + "/messages/" + room), 404, "메시지");
            assertThat(sora.http().delete("/rooms/" + room).status()).isEqualTo(200);
            assertThat(sora.atOwnAddress().http().post("/auth/logout").status()).isEqualTo(200);

            List<String> written =
                    lines.list.stream()
                            .map(line -> Arrays.toString(line.getArgumentArray()))
                            .toList();
            assertThat(written).anyMatch(line -> said(line, "register_success", "actor="));
            assertThat(written).anyMatch(line -> said(line, "room_created", "actor="));
            assertThat(written).anyMatch(line -> said(line, "login_failed", "status=401"));
            assertThat(written).anyMatch(line -> said(line, "room_joined", room));
            assertThat(written).anyMatch(line -> said(line, "room_delete_failed", "status=403"));
            assertThat(written).anyMatch(line -> said(line, "message_delete_forbidden", room));
            assertThat(written).anyMatch(line -> said(line, "room_deleted", room));
            assertThat(written).anyMatch(line -> said(line, "logout", "actor="));
            assertThat(written)
                    .allMatch(line -> line.contains("ip=127.0.0.1"))
                    .noneMatch(line -> line.contains("pass word") || line.contains("audited"));
        } finally {
            audit.setLevel(before);
            audit.detachAppender(lines);
        }
    }

    private static boolean said(String line, String event, String part) {
        return line.contains("audit_event=" + event) && line.contains(part);
    }

    private static Answer logIn(Http http, String password) {
        return http.post("/auth/login", Talkie.credentials("mina", password));
    }

    private static Answer logIn(String name) {
        return Talkie.stranger(house)
                .post("/auth/login", Talkie.credentials(name, Talkie.PASSWORD));
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
