package madang.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static madang.sandbox.Browsing.form;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import madang.kit.json.Json;
import madang.testing.Answer;
import madang.testing.House;
import madang.testing.Http;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a client meets when its vendor has a bad day, and that the house itself has none.
class FaultsTest {
    private static final String KEYS = "/sandbox/kakao/.well-known/jwks.json";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static House house;
    private static Http web;

    @BeforeAll
    static void open() {
        house = House.open();
        web = house.stranger();
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @AfterEach
    void allIsWellAgain() {
        web.post("/sandbox/faults/clear", "{}");
    }

    @Test
    void a_refusal_speaks_the_words_of_the_vendor() {
        order("\"kind\":\"refusal\",\"code\":\"KOE237\",\"path\":\"/oauth/token\"");
        Answer busy = form(web, "/sandbox/kakao/oauth/token", "grant_type", "refresh_token");
        assertThat(busy.status()).isEqualTo(429);
        assertThat(busy.body().get("error_code").asString()).isEqualTo("KOE237");
        assertThat(web.get(KEYS).status()).as("other paths are well").isEqualTo(200);

        order("\"kind\":\"refusal\",\"code\":\"-9798\",\"path\":\"/v2/user/me\"");
        Answer closed = web.get("/sandbox/kakao/v2/user/me");
        assertThat(closed.status()).isEqualTo(503);
        assertThat(closed.body().get("code").asInt()).isEqualTo(-9798);
    }

    @ParameterizedTest
    @CsvSource({"html, text/html", "garbage, application/json", "empty, application/json"})
    void nonsense_comes_with_a_good_status(String kind, String type) {
        order("\"kind\":\"" + kind + "\"");
        Answer answer = web.get(KEYS);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith(type);
        assertThat(answer.text()).doesNotContain("\"keys\"");
    }

    @Test
    void a_status_and_its_number_of_times() {
        order("\"kind\":\"status\",\"status\":502,\"times\":2");
        assertThat(web.get(KEYS).status()).isEqualTo(502);
        assertThat(web.get(KEYS).status()).isEqualTo(502);
        assertThat(web.get(KEYS).status()).isEqualTo(200);
    }

    @Test
    void lists_in_lists_are_deeper_than_anybody_reads() {
        order("\"kind\":\"deep\"");
        Answer deep = web.get(KEYS);
        assertThat(deep.response().body()).hasSize(200_000);
        assertThatThrownBy(() -> new Json().tree(deep.response().body()))
                .isInstanceOf(RuntimeException.class);
    }

    @Test
    void a_hundred_megabytes_flow_to_who_reads_them() throws Exception {
        order("\"kind\":\"huge\"");
        HttpResponse<InputStream> huge =
                client.send(request(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = huge.body()) {
            assertThat(body.skip(1 << 20)).isPositive();
        }
        assertThat(web.get("/health").status()).isEqualTo(200);
    }

    @Test
    void drops_fall_one_at_a_time() throws Exception {
        order("\"kind\":\"drip\"");
        HttpResponse<InputStream> slow =
                client.send(request(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = slow.body()) {
            assertThat(body.readNBytes(18)).isEqualTo("{\"access_token\":\"a".getBytes(UTF_8));
        }
    }

    @Test
    void a_torn_connection_is_no_answer() {
        order("\"kind\":\"reset\"");
        assertThatThrownBy(() -> client.send(request(), HttpResponse.BodyHandlers.ofString()))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(HttpTimeoutException.class);
        assertThat(web.get("/health").status()).isEqualTo(200);
    }

    @Test
    void a_black_hole_answers_nobody_and_holds_up_no_stop() {
        order("\"kind\":\"black_hole\"");
        HttpRequest impatient =
                HttpRequest.newBuilder(URI.create(house.url() + KEYS))
                        .timeout(Duration.ofMillis(300))
                        .build();
        assertThatThrownBy(() -> client.send(impatient, HttpResponse.BodyHandlers.ofString()))
                .isInstanceOf(HttpTimeoutException.class);
        long started = System.nanoTime();
        house.close();
        assertThat(Duration.ofNanos(System.nanoTime() - started))
                .isLessThan(Duration.ofSeconds(20));
        open();
    }

    @Test
    void slow_is_late_and_right() {
        order("\"kind\":\"slow\",\"seconds\":1");
        assertThat(web.get(KEYS).text()).contains("\"keys\"");
    }

    @Test
    void pages_and_switches_never_fail() {
        order("\"kind\":\"status\"");
        assertThat(web.get("/sandbox/kakao").status()).isEqualTo(200);
        Answer page = web.with("Accept", "text/html").get("/sandbox/faults");
        assertThat(page.text()).contains("고장 스위치", "<td>status</td>");
        assertThat(
                        form(
                                        web.with("Accept", "text/html"),
                                        "/sandbox/faults/clear",
                                        "vendor",
                                        "kakao")
                                .header("Location"))
                .isEqualTo("/sandbox/faults");
        assertThat(web.get("/sandbox/faults").body().get("kakao")).isEmpty();
        assertThat(web.get(KEYS).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"vendor\":\"nobody\",\"kind\":\"slow\"}",
                "{\"vendor\":\"kakao\",\"kind\":\"nothing\"}",
                "{\"vendor\":\"kakao\",\"kind\":\"slow\",\"seconds\":61}",
                "{\"vendor\":\"kakao\",\"kind\":\"status\",\"status\":200}"
            })
    void what_cannot_be_ordered_is_said(String wish) {
        assertThat(web.post("/sandbox/faults", wish).status()).isEqualTo(400);
    }

    @Test
    void nobody_orders_without_end() {
        for (int i = 0; i < 20; i++) {
            order("\"kind\":\"status\",\"path\":\"/p" + i + "\"");
        }
        assertThat(web.post("/sandbox/faults", "{\"vendor\":\"kakao\",\"kind\":\"slow\"}").status())
                .isEqualTo(400);
    }

    private void order(String wish) {
        assertThat(web.post("/sandbox/faults", "{\"vendor\":\"kakao\"," + wish + "}").status())
                .isEqualTo(200);
    }

    private HttpRequest request() {
        return HttpRequest.newBuilder(URI.create(house.url() + KEYS))
                .timeout(Duration.ofSeconds(30))
                .build();
    }
}
