package madang.kit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import madang.testing.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Peers that take their time hurt nobody, and are shown the door.
final class SlowPeersTest {
    private static final int SLOW = 1_000;
    private static final String TEA = "{\"name\":\"tea\",\"count\":3}";
    private Workbench bench;

    @BeforeEach
    void open() {
        bench = Workbench.open();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void a_header_that_never_ends_is_cut_off_also_after_a_good_request() throws Exception {
        try (Socket fresh = RawHttp.open(bench.server.port());
                Socket second = RawHttp.open(bench.server.port());
                Socket patient = RawHttp.open(bench.server.port())) {
            say(second, "GET /t/open HTTP/1.1\r\nHost: x\r\n\r\n");
            say(patient, "GET /t/open HTTP/1.1\r\nHost: x\r\n\r\n");
            say(fresh, "GET /t/open HTTP/1.1\r\n");
            Thread.sleep(1_500);
            say(second, "GET /t/open HTTP/1.1\r\nX: ");
            Thread trickle = Thread.ofVirtual().start(() -> trickle(fresh, second));
            String first = RawHttp.rest(fresh);
            assertThat(first).doesNotContain("HTTP/1.1 200").doesNotContain("still open");
            assertThat(RawHttp.rest(second)).contains("HTTP/1.1 200").doesNotContain("still open");
            trickle.join();
            say(patient, "GET /t/open HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            assertThat(RawHttp.rest(patient).split("HTTP/1.1 200", -1)).hasSize(3);
        }
    }

    /// Whoever stops the server goes on and stops the rest of the house.
    @Test
    void a_stop_waits_for_nobody_for_longer_than_it_was_told() throws Exception {
        bench.gate = new CountDownLatch(1);
        Future<Answer> asked =
                CompletableFuture.supplyAsync(
                        () -> bench.post("mina", "/t/outside", TEA, "Idempotency-Key", "k"));
        bench.entered.await();
        bench.server.stop(Duration.ofMillis(200));
        assertThat(bench.server.jetty().isRunning()).isFalse();
        assertThatThrownBy(asked::get).hasRootCauseInstanceOf(IOException.class);
    }

    private static void trickle(Socket... sockets) {
        try {
            for (int i = 0; i < 40; i++) {
                for (Socket socket : sockets) {
                    say(socket, "x");
                }
                Thread.sleep(500);
            }
        } catch (IOException | InterruptedException cutOff) {
            // as it should be
        }
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    @Test
    void a_body_that_trickles_is_refused() throws Exception {
        try (Socket slow = RawHttp.open(bench.server.port())) {
            say(
                    slow,
                    "POST /t/public HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{");
            Thread.ofVirtual().start(() -> trickle(slow));
            assertThat(RawHttp.rest(slow)).startsWith("HTTP/1.1 408").contains("BODY_TOO_SLOW");
        }
    }

    @Test
    void a_thousand_slow_connections_leave_the_others_in_peace() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < SLOW; i++) {
                Socket socket = RawHttp.open(bench.server.port());
                say(
                        socket,
                        i % 2 == 0
                                ? "GET /t/open HTTP/1.1\r\nX: "
                                : "POST /t/public HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{");
                slow.add(socket);
            }
            long worst = 0;
            for (int i = 0; i < 200; i++) {
                long started = System.nanoTime();
                assertThat(bench.get("/t/open").status()).isEqualTo(200);
                worst = Math.max(worst, System.nanoTime() - started);
            }
            System.out.println(
                    "kit: worst of 200 healthy requests beside "
                            + SLOW
                            + " slow connections: "
                            + worst / 1_000_000
                            + " ms");
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }
}
