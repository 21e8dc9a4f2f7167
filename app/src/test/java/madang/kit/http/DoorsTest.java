package madang.kit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import madang.testing.Answer;
import madang.testing.House;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The doors that stand open: what a browser, a probe, a programmer and an operator find there.
final class DoorsTest {
    private static House house;

    @BeforeAll
    static void open() {
        house = House.open();
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    void every_page_address_answers_the_page() {
        for (String address :
                List.of(
                        "/",
                        "/welcome",
                        "/chat",
                        "/chat/here",
                        "/settings",
                        "/settings/security",
                        "/account",
                        "/friends",
                        "/reset",
                        "/verify-email",
                        "/magic")) {
            Answer page = house.stranger().get(address);
            assertThat(page.status()).as(address).isEqualTo(200);
            assertThat(page.header("Content-Security-Policy")).contains("script-src 'self'");
            assertThat(house.stranger().with("If-None-Match", page.header("ETag")).get(address))
                    .extracting(Answer::status)
                    .isEqualTo(304);
        }
    }

    @Test
    void files_of_pages_are_kept_for_good_and_nothing_else_is_served() {
        String html = house.stranger().get("/").text();
        int from = html.indexOf("/assets/");
        String file = html.substring(from, html.indexOf('"', from));
        assertThat(house.stranger().get(file).header("Cache-Control")).contains("immutable");
        assertThat(house.stranger().get("/webjars/lit/3.3.1/index.js").status()).isEqualTo(200);
        assertThat(house.stranger().get("/webjars/lit/3.3.1/package.json").status()).isEqualTo(404);
        assertThat(house.stranger().get("/assets/nothing/here.js").status()).isEqualTo(404);
    }

    @Test
    void the_api_is_documented_at_docs() {
        assertThat(house.stranger().get("/docs").text()).contains("swagger-ui");
        assertThat(house.stranger().get("/docs/start.js").text()).contains("/docs/openapi.yaml");
        assertThat(house.stranger().get("/docs/openapi.yaml").text())
                .contains("/api/v1/chat/rooms/{room}/messages");
        assertThat(house.stranger().get("/docs/sockets").text())
                .contains("<h3>chat.send</h3>", "Say something; answered when it is durable")
                .contains("<h3>chat.presence</h3>", "<h3 id=\"MessageView\">")
                .doesNotContain("<script");
        assertThat(house.stranger().get("/docs/asyncapi.yaml").text())
                .startsWith("asyncapi: 3.0.0");
        for (String file : List.of("madang-client.js", "madang-client.d.ts", "socket.js")) {
            assertThat(house.stranger().get("/client/" + file).header("Cache-Control"))
                    .isEqualTo("no-cache");
        }
        assertThat(house.stranger().get("/client/main.js").status()).isEqualTo(404);
        assertThat(house.stranger().get("/docs/openapi.json").body().get("openapi").asString())
                .startsWith("3.1");
    }

    @Test
    void probes_hear_that_all_is_well() {
        assertThat(house.stranger().get("/health").text()).isEqualTo("{\"status\":\"ok\"}");
        assertThat(house.stranger().get("/ready").text()).isEqualTo("{\"status\":\"ok\"}");
        assertThat(house.stranger().get("/api/v1/health/detailed").text()).contains("database");
    }

    @Test
    void numbers_are_for_operators_and_they_move() {
        assertThat(house.stranger().get("/metrics").status()).isEqualTo(401);
        assertThat(house.person("mina").http().get("/metrics").status()).isEqualTo(403);
        assertThat(house.operator().get("/metrics").text())
                .contains("http_server_requests_seconds_count{", "route=\"/metrics\"", "ws_active");
    }

    @Test
    void a_socket_address_asked_without_a_socket_says_so() {
        assertThat(house.stranger().get("/api/v1/chat/ws").status()).isEqualTo(401);
        assertThat(house.person("joon").http().get("/api/v1/chat/ws").code())
                .isEqualTo("UPGRADE_REQUIRED");
    }
}
