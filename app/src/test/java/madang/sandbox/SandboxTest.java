package madang.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import madang.kit.settings.ServerSettings;
import madang.kit.settings.Settings;
import madang.kit.settings.SettingsProblem;
import madang.kit.settings.Sources;
import madang.testing.Answer;
import madang.testing.House;
import madang.testing.Http;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Where the outside world may be played, and how it says that it only is.
class SandboxTest {

    @Test
    void the_first_page_says_what_it_is_in_both_languages() {
        try (House house = House.open()) {
            Http web = house.stranger();
            Answer korean = web.get("/sandbox");
            assertThat(korean.text()).contains("lang=\"ko\"", "실제 서비스가 아니니", "/sandbox/kakao");
            assertThat(korean.header("X-Madang-Sandbox")).isNotEmpty();
            assertThat(korean.header("Content-Security-Policy")).contains("default-src 'none'");
            assertThat(web.with("Accept-Language", "en").get("/sandbox").text())
                    .contains("lang=\"en\"", "never type a real password");
            assertThat(web.get("/sandbox/sandbox.css").header("Content-Type"))
                    .startsWith("text/css");
        }
    }

    @Test
    void what_no_vendor_would_answer_is_told_by_the_sandbox() {
        try (House house = House.open()) {
            Http web = house.stranger();
            assertThat(web.delete("/sandbox/kakao/v2/user/me").status()).isEqualTo(405);
            assertThat(web.post("/sandbox/kakao/oauth/token", "x".repeat(2 << 20)).status())
                    .isEqualTo(413);
        }
    }

    @Test
    void it_can_be_left_away() {
        try (House house = House.open(Map.of("MADANG_SANDBOX", "off"))) {
            assertThat(house.stranger().get("/sandbox").status()).isEqualTo(404);
            assertThat(house.stranger().get("/sandbox/kakao/oauth/authorize").status())
                    .isEqualTo(404);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"staging", "production"})
    void where_real_people_may_be_behind_it_it_stays_away(String stage) {
        assertThat(read(Map.of("APP_ENV", stage)).isOn()).isFalse();
        assertThatThrownBy(() -> read(Map.of("APP_ENV", stage, "MADANG_SANDBOX", "on")))
                .isInstanceOf(SettingsProblem.class)
                .hasMessageContaining("MADANG_SANDBOX cannot be on where APP_ENV is " + stage);
    }

    private static SandboxSettings read(Map<String, String> settings) {
        return Settings.load(
                        new Sources(settings, Path.of("target", "no-such-folder", ".env")),
                        List.of(ServerSettings.class, SandboxSettings.class))
                .get(SandboxSettings.class);
    }
}
