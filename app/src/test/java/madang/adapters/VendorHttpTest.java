package madang.adapters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static madang.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import madang.kit.Failure;
import madang.kit.json.Json;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Vendors at their worst.
class VendorHttpTest {
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicLong now = new AtomicLong();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final VendorHttp http = new VendorHttp("vendor", new Json(), now::get);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile HttpHandler behaviour = exchange -> says(exchange, 200, "{\"a\":1}");
    private HttpServer server;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext(
                "/",
                exchange -> {
                    calls.incrementAndGet();
                    try (exchange) {
                        behaviour.handle(exchange);
                    } catch (IOException gone) {
                        // the client has heard enough
                    }
                });
        server.start();
    }

    @AfterEach
    void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void forms_arrive_as_they_were_meant_and_answers_are_read() {
        StringBuilder heard = new StringBuilder();
        behaviour =
                exchange -> {
                    heard.append(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
                    exchange.getResponseHeaders().add("Cache-Control", "max-age=5");
                    says(exchange, 200, "{\"민지\":\"🍵\"}");
                };
        Map<String, String> form = new LinkedHashMap<>();
        form.put("code", "a b&c=d+e/f?g#h");
        form.put("name", "민지");
        VendorHttp.Answer answer = http.post(url("/token"), form, Map.of(), in(5_000));
        assertThat(heard.toString())
                .isEqualTo("code=a+b%26c%3Dd%2Be%2Ff%3Fg%23h&name=%EB%AF%BC%EC%A7%80");
        assertThat(answer.isGood()).isTrue();
        assertThat(answer.json().path("민지").asString()).isEqualTo("🍵");
        assertThat(answer.cacheControl()).isEqualTo("max-age=5");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 418})
    void a_refusal_is_an_answer(int status) {
        behaviour = exchange -> says(exchange, status, "{\"error\":\"invalid_grant\"}");
        VendorHttp.Answer answer = get();
        assertThat(answer.isGood()).isFalse();
        assertThat(answer.json().path("error").asString()).isEqualTo("invalid_grant");
        behaviour = exchange -> says(exchange, status, "<h1>no</h1>");
        assertThat(get().json().isMissingNode()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "500", "502", "503", "429", "301", "302", "html", "half", "latin", "deep", "huge",
                "twice", "two", "reset", "short", "no-http"
            })
    void what_is_no_answer_is_the_vendors_fault(String how) {
        behaviour = exchange -> misbehave(exchange, how);
        assertUnavailable(this::get);
    }

    @Test
    void who_never_answers_is_left_when_the_time_is_over() {
        behaviour = _ -> await(closing);
        assertUnavailable(() -> http.get(url("/"), Map.of(), in(100)));
        behaviour =
                exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    exchange.getResponseBody().write('{');
                    exchange.getResponseBody().flush();
                    await(closing);
                };
        assertUnavailable(() -> http.get(url("/"), Map.of(), in(100)));
        assertUnavailable(() -> http.get(url("/"), Map.of(), in(-1)));
    }

    @Test
    void who_is_not_there_is_not_waited_for() throws IOException {
        int nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = socket.getLocalPort();
        }
        URI address = URI.create("http://127.0.0.1:" + nobody + "/");
        assertUnavailable(() -> http.get(address, Map.of(), in(5_000)));
        assertUnavailable(
                () -> http.get(URI.create("http://no-such-host.invalid/"), Map.of(), in(5_000)));
    }

    @Test
    void after_five_faults_he_is_left_alone_until_one_call_finds_him_well() {
        behaviour = exchange -> says(exchange, 500, "");
        for (int i = 0; i < 20; i++) {
            assertUnavailable(this::get);
        }
        assertThat(calls).hasValue(5);
        now.addAndGet(Duration.ofSeconds(10).toNanos());
        for (int i = 0; i < 5; i++) {
            assertUnavailable(this::get);
        }
        assertThat(calls).as("one looks, the others wait").hasValue(6);
        behaviour = exchange -> says(exchange, 200, "{}");
        now.addAndGet(Duration.ofSeconds(10).toNanos());
        assertThat(get().isGood()).isTrue();
        assertThat(get().isGood()).isTrue();
        behaviour = exchange -> says(exchange, 500, "");
        for (int i = 0; i < 20; i++) {
            assertUnavailable(this::get);
        }
        assertThat(calls).hasValue(13);
    }

    @Test
    void refusals_never_open_the_breaker() {
        behaviour = exchange -> says(exchange, 400, "{}");
        for (int i = 0; i < 20; i++) {
            assertThat(get().status()).isEqualTo(400);
        }
    }

    @Test
    void so_many_wait_for_him_and_no_more() throws Exception {
        behaviour =
                exchange -> {
                    await(closing);
                    says(exchange, 200, "{}");
                };
        List<Future<VendorHttp.Answer>> waiting =
                IntStream.range(0, 32).mapToObj(_ -> threads.submit(this::get)).toList();
        eventually(() -> calls.get() == 32);
        assertUnavailable(this::get);
        assertThat(calls).hasValue(32);
        closing.countDown();
        for (Future<VendorHttp.Answer> one : waiting) {
            assertThat(one.get().isGood()).isTrue();
        }
        assertThat(get().isGood()).isTrue();
    }

    private void misbehave(HttpExchange exchange, String how) throws IOException {
        switch (how) {
            case "html" -> says(exchange, 200, "<!doctype html><h1>maintenance</h1>");
            case "half" -> says(exchange, 200, "{\"a\":");
            case "latin" -> exchange(exchange, new byte[] {'"', (byte) 0xe9, '"'});
            case "deep" -> says(exchange, 200, "[".repeat(100_000));
            case "twice" -> says(exchange, 200, "{\"id\":1,\"id\":2}");
            case "two" -> says(exchange, 200, "{}{}");
            case "huge" -> pours(exchange);
            case "301", "302" -> {
                exchange.getResponseHeaders().add("Location", "/elsewhere");
                exchange.sendResponseHeaders(Integer.parseInt(how), -1);
            }
            case "reset" -> throw new IOException("torn");
            case "short" -> {
                exchange.sendResponseHeaders(200, 100);
                exchange.getResponseBody().write("{}".getBytes(UTF_8));
            }
            case "no-http" -> {
                exchange.getResponseHeaders().add("Content-Encoding", "gzip");
                says(exchange, 200, "\u001f\u008b");
            }
            default -> says(exchange, Integer.parseInt(how), "{\"a\":1}");
        }
    }

    private static void pours(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        byte[] much = new byte[64 << 10];
        Arrays.fill(much, (byte) ' ');
        OutputStream out = exchange.getResponseBody();
        for (int i = 0; i < 1_600; i++) {
            out.write(much);
        }
    }

    private static void says(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static void exchange(HttpExchange exchange, byte[] body) throws IOException {
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    private VendorHttp.Answer get() {
        return http.get(url("/"), Map.of(), in(5_000));
    }

    private URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private static Deadline in(long millis) {
        return Deadline.in(Duration.ofMillis(millis));
    }

    private static void assertUnavailable(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Failure.class,
                        away -> {
                            assertThat(away.code()).isEqualTo("PROVIDER_UNAVAILABLE");
                            assertThat(away.status()).isEqualTo(503);
                        });
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
