package madang.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpTest {
    private HttpServer server;
    private Loop loop;
    private Http http;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/whole", exchange -> answer(exchange, 200, true));
        server.createContext("/pieces", exchange -> answer(exchange, 200, false));
        server.createContext("/no", exchange -> answer(exchange, 409, true));
        server.start();
        loop = new Loop();
        http = new Http(loop, server.getAddress(), 2);
    }

    @AfterEach
    void close() {
        loop.close();
        server.stop(0);
    }

    /// Says back what was asked: path, token and body.
    private static void answer(HttpExchange exchange, int status, boolean isWhole)
            throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        String said =
                exchange.getRequestURI()
                        + " "
                        + exchange.getRequestHeaders().getFirst("Authorization")
                        + " "
                        + body;
        byte[] bytes = said.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, isWhole ? bytes.length : 0);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Test
    void answers_come_back_in_the_order_of_the_questions() {
        List<byte[]> questions =
                IntStream.range(0, 50).mapToObj(i -> Http.get("/whole?" + i, "mina")).toList();
        assertThat(http.all(questions))
                .isEqualTo(
                        IntStream.range(0, 50)
                                .mapToObj(i -> "/whole?" + i + " Bearer mina ")
                                .toList());
    }

    @Test
    void an_answer_in_chunks_is_one_answer() {
        assertThat(http.all(List.of(Http.post("/pieces", "joon", "{\"차\":1}"))))
                .containsExactly("/pieces Bearer joon {\"차\":1}");
    }

    @Test
    void a_refusal_ends_the_run_and_says_why() {
        assertThatThrownBy(() -> http.all(List.of(Http.get("/no", "sora"))))
                .hasMessageContaining("409 /no Bearer sora");
    }
}
