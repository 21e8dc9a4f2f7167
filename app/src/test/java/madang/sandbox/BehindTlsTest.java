package madang.sandbox;

import static madang.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import madang.kit.http.Certificates;
import madang.testing.Answer;
import madang.testing.House;
import madang.testing.Http;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The house asks its sandbox by a door of its own: no certificate that it shows to others, and no
/// rule that others must come by HTTPS, is in the way.
class BehindTlsTest {
    @TempDir Path folder;

    @Test
    void a_certificate_of_ones_own_making_keeps_nobody_from_coming_in() throws Exception {
        Certificates.make(folder, "own", "EC");
        try (House house =
                House.open(
                        Map.of(
                                "TLS_CERT_FILE", folder.resolve("own.crt").toString(),
                                "TLS_KEY_FILE", folder.resolve("own.key").toString()))) {
            comesInByKakao(house);
            getsACode(house);
        }
    }

    @Test
    void nor_does_a_proxy_that_alone_speaks_https() {
        try (House house = House.open(Map.of("MADANG_REQUIRE_HTTPS", "on"))) {
            comesInByKakao(house);
            assertThat(house.stranger().get("/api/v1/auth/providers").status())
                    .as("others are sent to https")
                    .isEqualTo(308);
        }
    }

    @Test
    void a_house_of_plain_http_has_no_such_door() {
        try (House house = House.open()) {
            assertThat(house.wiring().innerPort()).isEqualTo(-1);
        }
    }

    private static void comesInByKakao(House house) {
        Http program = inside(house);
        Answer begun = program.get("/api/v1/auth/kakao");
        URI page = URI.create(begun.text("authorization_url"));
        String back =
                program.get(page.getRawPath() + "?" + page.getRawQuery() + "&sandbox_user=minji")
                        .header("Location");
        String code = back.replaceFirst(".*[?&]code=([^&]+).*", "$1");
        Answer in =
                program.post(
                        "/api/v1/auth/kakao/callback",
                        "{\"code\":\"%s\",\"state\":\"%s\"}".formatted(code, begun.text("state")));
        assertThat(in.status()).as(in.text()).isEqualTo(200);
        assertThat(in.data().at("/user/nickname").stringValue()).isEqualTo("민지");
    }

    private static void getsACode(House house) {
        Answer asked =
                inside(house).post("/api/v1/auth/phone/send", "{\"phone\":\"010-7000-0001\"}");
        assertThat(asked.status()).as(asked.text()).isEqualTo(201);
        eventually(() ->
                inside(house)
                                .get("/sandbox/inbox/messages?to=%2B821070000001")
                                .body()
                                .get("messages")
                                .size()
                        == 1);
    }

    private static Http inside(House house) {
        return house.stranger().atUrl("http://127.0.0.1:" + house.wiring().innerPort());
    }
}
