package madang.kit.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import madang.live.SocketMethods;
import madang.testing.Answer;
import madang.testing.Form;
import madang.testing.Furnished;
import madang.testing.Furnished.Caller;
import madang.testing.Http;
import madang.testing.RawSocket;
import madang.testing.Scale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Nonsense on every route of the table and in every method of the socket, in a house where there
/// is something to find: each request is answered, no answer is a fault of ours, each is in form.
/// Only so many go over one connection, because over HTTP/2 a peer that says more than a hundred
/// malformed things a second is hung up on (`ENHANCE_YOUR_CALM`).
final class FuzzTest {
    private static final int REQUESTS_A_ROUTE = Scale.times(60, 5_000);
    private static final int REQUESTS_A_CONNECTION = 60;
    private static final int CALLS_A_METHOD = Scale.times(150, 5_000);

    /// An event stream that is let in answers for as long as one listens (`EventStreamTest`).
    private static final Set<String> ENDLESS = Set.of("/api/v1/chat/sse");

    @AutoClose private static Furnished house;

    private final Random random = new Random(Scale.seed());
    private final TreeMap<Integer, Integer> statuses = new TreeMap<>();
    private final List<String> faults = new ArrayList<>();
    private Nonsense nonsense;
    private HttpClient connections;
    private long slowestNanos;
    private Route slowest;

    @BeforeAll
    static void open() {
        house = Furnished.open();
    }

    @Test
    void no_nonsense_is_a_fault_of_ours() {
        nonsense = new Nonsense(random, house);
        long before = residentKilobytes();
        List<Route> routes =
                house.house().wiring().routes().all().stream()
                        .filter(route -> !ENDLESS.contains(route.path()) && !isPlayed(route))
                        .sorted(Comparator.comparingInt(FuzzTest::harm))
                        .toList();
        for (Route route : routes) {
            for (int i = 0; i < REQUESTS_A_ROUTE; i++) {
                if (i % REQUESTS_A_CONNECTION == 0) {
                    connections = HttpClient.newHttpClient();
                }
                ask(route);
            }
        }
        int all = statuses.values().stream().mapToInt(Integer::intValue).sum();
        System.out.printf(
                "fuzz: %d routes, %d requests, %d faults, %s, slowest %d ms (%s), memory %+d MB%n",
                routes.size(),
                all,
                faults.size(),
                statuses,
                slowestNanos / 1_000_000,
                slowest,
                (residentKilobytes() - before) / 1_024);
        assertThat(faults.subList(0, Math.min(10, faults.size()))).isEmpty();
        assertThat(all).isGreaterThan(1_000);
    }

    @Test
    void no_nonsense_ends_a_socket() {
        nonsense = new Nonsense(random, house);
        int calls = 0;
        try (RawSocket socket =
                RawSocket.open(
                        house.house().port(),
                        "/api/v1/chat/ws",
                        "Authorization: Bearer " + house.joon().token())) {
            for (SocketMethods.Method method : house.house().wiring().methods().table()) {
                for (int i = 0; i < CALLS_A_METHOD; i++) {
                    say(socket, method, ++calls);
                }
            }
        } catch (IOException | RuntimeException ended) {
            faults.add("the socket ended: " + ended);
        }
        System.out.printf("fuzz: %d frames on one socket, %d faults%n", calls, faults.size());
        assertThat(faults.subList(0, Math.min(10, faults.size()))).isEmpty();
    }

    /// Over HTTP/2 a stream that is answered before its body has come is reset, and who makes many
    /// of those is hung up on.
    @Test
    void who_says_more_than_was_asked_is_answered_each_time() throws Exception {
        URI target =
                URI.create(house.house().url() + "/api/v1/users/me/blocks/" + house.named("sora"));
        HttpRequest wordy =
                HttpRequest.newBuilder(target)
                        .header("Authorization", "Bearer " + house.mina().token())
                        .method("DELETE", BodyPublishers.ofInputStream(LateBody::new))
                        .build();
        HttpRequest hello =
                HttpRequest.newBuilder(URI.create(house.house().url() + "/health")).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            client.send(hello, BodyHandlers.discarding());
            for (int i = 0; i < 6; i++) {
                List<CompletableFuture<HttpResponse<Void>>> answers =
                        IntStream.range(0, 50)
                                .mapToObj(_ -> client.sendAsync(wordy, BodyHandlers.discarding()))
                                .toList();
                assertThat(answers)
                        .allSatisfy(it -> assertThat(it.join().statusCode()).isEqualTo(200));
            }
        }
    }

    /// Comes a little after its headers.
    private static final class LateBody extends InputStream {
        private int left = 2;

        @Override
        public int read() {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            return left-- > 0 ? ' ' : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            int next = read();
            if (next < 0) {
                return next;
            }
            into[offset] = (byte) next;
            return 1;
        }
    }

    private void ask(Route route) {
        boolean isSwapped = random.nextInt(12) == 0;
        String method =
                isSwapped
                        ? nonsense.oneOf("PUT", "PATCH", "DELETE", "POST", "GET")
                        : route.method();
        String target = isSwapped ? house.unreal(route.path()) : nonsense.target(route);
        byte @Nullable [] body = method.equals("GET") ? null : body(route);
        long begin = System.nanoTime();
        try {
            Answer answer = client(route).by(connections).send(method, target, body);
            if (System.nanoTime() - begin > slowestNanos) {
                slowestNanos = System.nanoTime() - begin;
                slowest = route;
            }
            statuses.merge(answer.status(), 1, Integer::sum);
            complaint(answer).ifPresent(complaint -> fault(method, target, body, complaint));
        } catch (IllegalArgumentException unsayable) {
            // The client refuses to say it.
        } catch (UncheckedIOException cut) {
            fault(method, target, body, "no answer: " + cut.getCause());
        }
    }

    private byte[] body(Route route) {
        Class<? extends Record> wanted = route.body();
        if (wanted == null) {
            return "{}".getBytes(UTF_8);
        }
        return route.isUpload() ? nonsense.form(wanted) : nonsense.body(wanted);
    }

    /// After each frame one that is in order: its answer shows that the socket lives, and that the
    /// other has been dealt with.
    private void say(RawSocket socket, SocketMethods.Method method, int id) {
        String frame =
                "{\"id\":\"%d\",\"method\":\"%s\",\"params\":%s}"
                        .formatted(id, method.name(), nonsense.json(method.params()));
        byte[] bytes = frame.getBytes(UTF_8);
        socket.say(random.nextInt(10) == 0 ? new String(nonsense.flipped(bytes), UTF_8) : frame);
        socket.say("{\"id\":\"ping %d\",\"method\":\"ping\"}".formatted(id));
        String heard = socket.hears();
        while (!heard.contains("\"ping " + id + "\"")) {
            if (heard.contains("SERVER_ERROR") || heard.contains("Exception")) {
                faults.add(frame + " → " + heard);
            }
            heard = socket.hears();
        }
    }

    private void fault(String method, String target, byte @Nullable [] body, String what) {
        faults.add(
                method
                        + " "
                        + target
                        + " "
                        + (body == null ? "" : new String(body, UTF_8))
                        + " → "
                        + what);
    }

    /// What ends sessions or takes things away comes last, so that the others find something.
    private static int harm(Route route) {
        boolean endsSomething =
                route.method().equals("DELETE")
                        || route.path().matches(".*(logout|password|leave|suspend|role|block)");
        return endsSomething ? 1 : 0;
    }

    /// What the sandbox plays obeys: it would move the clock and lose requests when told to.
    private static boolean isPlayed(Route route) {
        return route.path().startsWith("/sandbox");
    }

    /// A refusal is in our envelope, in the words of a dialect, or in those of RFC 8935.
    private static Optional<String> complaint(Answer answer) {
        String text = answer.text();
        if (answer.status() >= 500) {
            return Optional.of(answer.status() + " " + text);
        }
        if (text.contains("\tat ") || text.contains("Exception")) {
            return Optional.of("a stack trace: " + text);
        }
        boolean isInForm =
                text.contains("\"success\":false")
                        || text.startsWith("{\"error\":\"")
                        || text.contains("\"err\":\"");
        return answer.status() >= 400 && !isInForm
                ? Optional.of(answer.status() + " without an envelope: " + text)
                : Optional.empty();
    }

    private Http client(Route route) {
        Caller caller =
                switch (random.nextInt(8)) {
                    case 0 -> Caller.NOBODY;
                    case 1, 2 -> house.joon();
                    case 3 -> house.keeper();
                    default -> house.mina();
                };
        Http client =
                route.face() == null ? house.http(caller) : house.dialect(caller, route.isOwn());
        if (route.isUpload()) {
            client = client.with("Content-Type", Form.CONTENT_TYPE);
        } else if (random.nextInt(16) == 0) {
            client =
                    client.with(
                            "Content-Type",
                            nonsense.oneOf(
                                    "text/plain", "application/json;x", "multipart/form-data"));
        }
        if (random.nextInt(4) == 0) {
            client =
                    client.with(
                            "Idempotency-Key",
                            nonsense.oneOf("k", "k" + random.nextInt(50), "a b"));
        }
        if (random.nextInt(32) == 0) {
            client = client.with("Origin", nonsense.oneOf("null", "https://evil.example", "x"));
        }
        if (random.nextInt(32) == 0) {
            client =
                    client.with(
                            "Cookie",
                            nonsense.oneOf(
                                    "madang_refresh=x", "a=\"b", "=;=", "madang_device=%00"));
        }
        return client;
    }

    /// What this process holds in memory, server and clients together; 0 where nobody says.
    private static long residentKilobytes() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException elsewhere) {
            return 0;
        }
    }
}
