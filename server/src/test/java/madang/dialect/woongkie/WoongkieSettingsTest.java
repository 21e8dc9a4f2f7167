package madang.dialect.woongkie;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import madang.kit.settings.Settings;
import madang.kit.settings.SettingsProblem;
import madang.kit.settings.Sources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What stops the start, in words that name the setting.
class WoongkieSettingsTest {
    private static final String KEY = "signing-key-of-the-dialect-0123456789";
    @TempDir private Path home;

    @Test
    void each_signing_key_is_long_enough() {
        assertThat(problems(Map.of("MADANG_WOONGKIE_JWT_SECRET", KEY + "," + KEY))).isEmpty();
        assertThat(problems(Map.of("MADANG_WOONGKIE_JWT_SECRET", KEY + ",short")))
                .singleElement()
                .asString()
                .contains("MADANG_WOONGKIE_JWT_SECRET", "32")
                .doesNotContain("short");
    }

    @Test
    void a_client_needs_an_address_and_a_page() throws IOException {
        Path web = Files.createDirectories(home.resolve("web"));
        Map<String, String> served =
                Map.of(
                        "MADANG_WOONGKIE_ADDRESS",
                        "127.0.0.1:0",
                        "MADANG_WOONGKIE_WEB",
                        web.toString());
        assertThat(problems(served)).singleElement().asString().contains("index.html");
        Files.writeString(web.resolve("index.html"), "<title>client</title>");
        assertThat(problems(served)).isEmpty();
        assertThat(problems(Map.of("MADANG_WOONGKIE_WEB", web.toString())))
                .singleElement()
                .asString()
                .contains("MADANG_WOONGKIE_WEB needs MADANG_WOONGKIE_ADDRESS");
        assertThat(
                        problems(
                                Map.of(
                                        "MADANG_WOONGKIE_ADDRESS",
                                        "127.0.0.1:0",
                                        "MADANG_WOONGKIE_WEB",
                                        home.resolve("none").toString())))
                .singleElement()
                .asString()
                .contains("index.html");
    }

    @Test
    void no_token_lives_longer_than_the_end_of_its_session_is_remembered() {
        assertThat(problems(Map.of("JWT_EXPIRY", "46h"))).isEmpty();
        assertThat(problems(Map.of("JWT_EXPIRY", "72h"))).singleElement().asString().contains("46");
    }

    private List<String> problems(Map<String, String> environment) {
        List<Class<? extends Record>> all = new ArrayList<>(Settings.KIT);
        all.add(WoongkieSettings.class);
        try {
            Settings.load(new Sources(environment, home.resolve(".env")), all);
            return List.of();
        } catch (SettingsProblem problem) {
            return problem.lines();
        }
    }
}
