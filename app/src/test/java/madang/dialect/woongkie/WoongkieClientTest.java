package madang.dialect.woongkie;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import madang.testing.Answer;
import madang.testing.House;
import madang.testing.Http;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The files of a client, dropped into a directory.
class WoongkieClientTest {

    @Test
    void a_client_is_served_at_the_address_of_its_own(@TempDir Path folder) throws IOException {
        Files.createDirectories(folder.resolve("web/assets"));
        Path web = folder.resolve("web");
        Files.writeString(web.resolve("index.html"), "<title>client</title>");
        Files.writeString(web.resolve("assets/index-1.js"), "let tea");
        Files.writeString(web.resolve(".secret"), "no");
        Files.writeString(folder.resolve("outside.txt"), "no");
        try (House house = Talkie.house(Map.of("MADANG_WOONGKIE_WEB", web.toString()))) {
            Http own = house.stranger().at(house.wiring().woongkiePort(), "woongkie");
            for (String page : new String[] {"/", "/rooms-of-mine", "/login", "/deep/er"}) {
                Answer answer = own.get(page);
                assertThat(answer.text()).isEqualTo("<title>client</title>");
                assertThat(answer.header("Content-Type")).startsWith("text/html");
            }
            Answer script = own.get("/assets/index-1.js");
            assertThat(script.text()).isEqualTo("let tea");
            assertThat(script.header("Content-Type")).startsWith("text/javascript");
            assertThat(script.header("Cache-Control")).contains("immutable");
            assertThat(own.get("/assets/none.js").status()).isEqualTo(404);
            for (String no :
                    new String[] {"/.secret", "/%2e%2e/outside.txt", "/..%2foutside.txt"}) {
                assertThat(own.get(no).text()).doesNotContain("no\n").isNotEqualTo("no");
            }
            assertThat(house.stranger().get("/").text()).doesNotContain("<title>client</title>");
        }
    }

    @Test
    void the_older_pages_lie_where_they_did(@TempDir Path web) throws IOException {
        Path view = Files.createDirectories(web.resolve("view"));
        Files.writeString(web.resolve("index.html"), "<title>client</title>");
        Files.writeString(view.resolve("login.html"), "<title>login</title>");
        Files.writeString(view.resolve("chat.html"), "<title>chat</title>");
        Files.writeString(view.resolve("style.css"), "p {}");
        try (House house = Talkie.house(Map.of("MADANG_WOONGKIE_WEB", web.toString()))) {
            Http own = house.stranger().at(house.wiring().woongkiePort(), "woongkie");
            assertThat(own.get("/login").text()).isEqualTo("<title>login</title>");
            assertThat(own.get("/client").text()).isEqualTo("<title>chat</title>");
            assertThat(own.get("/view/style.css").header("Content-Type")).startsWith("text/css");
            assertThat(own.get("/view/none.css").status()).isEqualTo(404);
        }
    }

    @Test
    void the_page_of_administrators_is_theirs_and_sends_the_header_that_it_forgot(@TempDir Path web)
            throws IOException {
        Path view = Files.createDirectories(web.resolve("view"));
        Files.writeString(web.resolve("index.html"), "<title>client</title>");
        Map<String, String> settings =
                Map.of(
                        "MADANG_WOONGKIE_WEB",
                        web.toString(),
                        "MADANG_ADMIN_USERNAME",
                        "steward",
                        "MADANG_ADMIN_PASSWORD",
                        Talkie.PASSWORD);
        try (House house = Talkie.house(settings)) {
            Http steward = Talkie.logIn(house, "steward").atOwnAddress().http();
            assertThat(steward.get("/admin").status()).isEqualTo(404);
            Files.writeString(
                    view.resolve("admin.html"), "<html><head><script>ask()</script></head></html>");
            Http stranger = house.stranger().at(house.wiring().woongkiePort(), "woongkie");
            Talkie.says(stranger.get("/admin"), 401, "인증 토큰이 필요합니다");
            Http mina = Talkie.register(house, "mina").atOwnAddress().http();
            Talkie.says(mina.get("/admin"), 403, "관리자 권한이 필요합니다");

            Answer page = steward.get("/admin");
            assertThat(page.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
            assertThat(page.text()).contains("X-Requested-With").endsWith("</head></html>");
            assertThat(page.text().indexOf("XMLHttpRequest"))
                    .isLessThan(page.text().indexOf("ask()</script>"));
        }
    }

    @Test
    void a_host_name_on_the_main_port_is_an_address_too() {
        try (House house = Talkie.house(Map.of("MADANG_WOONGKIE_ADDRESS", "localhost"))) {
            assertThat(house.wiring().woongkiePort()).isEqualTo(house.port());
            Answer own =
                    house.stranger()
                            .atUrl("http://localhost:" + house.port())
                            .get("/api/v1/health");
            assertThat(own.body().has("error")).isTrue();
            assertThat(own.body().get("error").isString()).isTrue();
            assertThat(house.stranger().get("/api/v1/health").body().get("error").isObject())
                    .isTrue();
        }
    }
}
