package madang.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import madang.kit.db.DatabaseAddress;
import madang.testing.House;
import madang.testing.RawSocket;
import madang.testing.TestPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Madang as a process: what it says, and how it ends.
final class ProcessTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final int PATIENCE_SECONDS = 60;
    @TempDir Path folder;
    private DatabaseAddress database;

    @BeforeEach
    void open() {
        database = House.freshDatabase();
    }

    @AfterEach
    void close() {
        TestPostgres.drop(database);
    }

    /// A Madang of its own, on the database of this test.
    private final class Madang implements AutoCloseable {
        private final Process process;
        private final List<String> lines = new CopyOnWriteArrayList<>();
        private final CountDownLatch isReady = new CountDownLatch(1);
        private final Thread reader;
        private final int port;

        Madang(Map<String, String> settings, String... prefix) throws IOException {
            port = freePort();
            List<String> command = new ArrayList<>(List.of(prefix));
            command.addAll(
                    List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-Xmx200m",
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            "madang.app.Main"));
            ProcessBuilder builder =
                    new ProcessBuilder(command)
                            .directory(folder.toFile())
                            .redirectErrorStream(true);
            Map<String, String> environment = builder.environment();
            environment.put("PORT", Integer.toString(port));
            environment.put("MADANG_HOST", "127.0.0.1");
            environment.put("MADANG_DATA", folder.resolve("data").toString());
            environment.put("MADANG_BCRYPT_COST", "4");
            environment.put("MADANG_DATABASE_URL", url());
            environment.putAll(settings);
            environment.values().removeIf(String::isEmpty);
            process = builder.start();
            reader = Thread.ofVirtual().start(this::read);
        }

        private void read() {
            try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
                for (String line = out.readLine(); line != null; line = out.readLine()) {
                    lines.add(line);
                    if (line.contains("ready on port")) {
                        isReady.countDown();
                    }
                }
            } catch (IOException ended) {
                // its last words are read
            }
            isReady.countDown();
        }

        Madang ready() throws InterruptedException {
            assertThat(isReady.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.isAlive()).as("%s", lines).isTrue();
            return this;
        }

        /// SIGTERM. (The process's own `destroy` would also close its output.)
        void terminate() {
            process.toHandle().destroy();
        }

        int exitCode() throws InterruptedException {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            reader.join();
            return process.exitValue();
        }

        String says() {
            return String.join("\n", lines);
        }

        /// How many of its lines contain these words.
        long says(String words) {
            return lines.stream().filter(line -> line.contains(words)).count();
        }

        HttpResponse<String> ask(String method, String path, String body, String... headers)
                throws Exception {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .method(method, HttpRequest.BodyPublishers.ofString(body))
                            .header("Content-Type", "application/json");
            if (headers.length > 0) {
                request.headers(headers);
            }
            return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }

        String signUp(String name, String password) throws Exception {
            String answer =
                    ask(
                                    "POST",
                                    "/api/v1/auth/register",
                                    "{\"username\":\"%s\",\"password\":\"%s\"}"
                                            .formatted(name, password))
                            .body();
            return answer.replaceFirst("(?s).*\"access_token\":\"([^\"]+)\".*", "$1");
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    private String url() {
        return database.jdbcUrl()
                .replaceFirst(
                        "^jdbc:postgresql://",
                        "postgresql://" + database.user() + ":" + database.password().value() + "@")
                .replaceFirst("\\?.*", "");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void asked_to_stop_it_finishes_what_runs_sends_sockets_home_and_ends_with_0() throws Exception {
        try (Madang madang = new Madang(Map.of()).ready()) {
            String token = madang.signUp("mina", "tea in the garden");
            RawSocket socket =
                    RawSocket.open(
                            madang.port, "/api/v1/chat/ws", "Authorization: Bearer " + token);
            try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), madang.port)) {
                String body = "{\"name\":\"garden\",\"type\":\"public\"}";
                slow.getOutputStream()
                        .write(
                                ("POST /api/v1/chat/rooms HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer "
                                                + token
                                                + "\r\nContent-Type: application/json\r\nContent-Length: "
                                                + body.length()
                                                + "\r\n\r\n"
                                                + body.substring(0, 5))
                                        .getBytes(StandardCharsets.US_ASCII));
                Thread.sleep(300);
                madang.terminate();
                assertThat(socket.closeCode()).isEqualTo(1012);
                madang.terminate();
                slow.getOutputStream().write(body.substring(5).getBytes(StandardCharsets.US_ASCII));
                assertThat(new String(slow.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .startsWith("HTTP/1.1 201");
            }
            assertThat(madang.exitCode()).isZero();
            assertThat(madang.says()).contains("stopped").doesNotContain("\tat ");
        }
    }

    @Test
    void a_stop_during_the_start_is_a_stop() throws Exception {
        for (int millis : new int[] {300, 700, 1_200}) {
            try (Madang madang = new Madang(Map.of())) {
                Thread.sleep(millis);
                madang.terminate();
                assertThat(madang.exitCode()).as(madang.says()).isIn(0, 143);
                assertThat(madang.says()).doesNotContain("\tat ");
            }
        }
    }

    @Test
    void a_port_that_is_taken_is_one_clear_line() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Madang madang =
                        new Madang(
                                Map.of(
                                        "PORT",
                                        Integer.toString(taken.getLocalPort()),
                                        "MADANG_DATABASE_URL",
                                        ""))) {
            assertThat(madang.exitCode()).isEqualTo(2);
            assertThat(madang.says())
                    .contains(Integer.toString(taken.getLocalPort()))
                    .doesNotContain("\tat ");
            assertThat(madang.process.descendants()).isEmpty();
            assertThat(
                            ProcessHandle.allProcesses()
                                    .filter(p ->
                                            p.info()
                                                    .commandLine()
                                                    .orElse("")
                                                    .contains(folder.toString())))
                    .isEmpty();
        }
    }

    @Test
    void a_database_out_of_reach_is_one_clear_line() throws Exception {
        for (String address :
                List.of(
                        "postgresql://x:secretword@127.0.0.1:1/none",
                        url().replaceFirst(":[^:@]+@", ":wrongword@")
                                .replaceFirst("/[^/]+$", "/none"))) {
            try (Madang madang = new Madang(Map.of("MADANG_DATABASE_URL", address))) {
                assertThat(madang.exitCode()).isEqualTo(2);
                assertThat(madang.says())
                        .contains("PostgreSQL")
                        .doesNotContain("\tat ")
                        .doesNotContain("secretword")
                        .doesNotContain("wrongword");
                assertThat(madang.lines.stream().filter(line -> !line.isBlank()).toList())
                        .hasSizeLessThanOrEqualTo(3);
            }
        }
    }

    /// Canaries in every place where somebody may say something.
    @Test
    void what_people_say_is_in_no_log_and_every_request_is() throws Exception {
        try (Madang madang = new Madang(Map.of()).ready()) {
            String token = madang.signUp("mina", "canary-password-1");
            String auth = "Bearer " + token;
            HttpResponse<String> made =
                    madang.ask(
                            "POST",
                            "/api/v1/chat/rooms",
                            "{\"name\":\"canary-room\",\"type\":\"public\"}",
                            "Authorization",
                            auth);
            String room = made.body().replaceFirst("(?s).*?\"id\":\"([^\"]+)\".*", "$1");
            madang.ask(
                    "POST",
                    "/api/v1/chat/rooms/" + room + "/messages",
                    "{\"text\":\"canary-text\"}",
                    "Authorization",
                    auth);
            madang.ask("GET", "/api/v1/chat/rooms?scope=canary-query", "", "Authorization", auth);
            madang.ask("GET", "/canary-path?x=canary-query", "");
            madang.ask(
                    "GET", "/health", "", "X-Canary", "canary-header", "Cookie", "a=canary-cookie");
            madang.ask(
                    "POST",
                    "/api/v1/auth/register",
                    "{\"email\":\"canary-mail@example.org\",\"phone\":\"+821012345678\",\"password\":\"canary-password-2\"}");
            madang.ask(
                    "POST",
                    "/api/v1/auth/login",
                    "{\"identifier\":\"canary-mail@example.org\",\"password\":\"canary-wrong\"}");
            HttpResponse<String> refused =
                    madang.ask(
                            "PATCH",
                            "/api/v1/users/me",
                            "{\"nickname\":5,\"language\":\"canary-value\"}",
                            "Authorization",
                            auth,
                            "X-Request-Id",
                            "the-request");
            assertThat(refused.body()).doesNotContain("canary");
            madang.terminate();
            assertThat(madang.exitCode()).isZero();
            assertThat(madang.says())
                    .doesNotContain("canary")
                    .doesNotContain(token)
                    .doesNotContain("821012345678");
            String line =
                    madang.lines.stream()
                            .filter(l -> l.contains("the-request"))
                            .reduce((one, two) -> one + " AND " + two)
                            .orElseThrow();
            assertThat(line)
                    .contains(
                            "\"action\":\"PATCH /api/v1/users/me\"",
                            "\"status\":422",
                            "\"user_id\":\"",
                            "\"ip\":\"127.0.0.1\"",
                            "\"request_id\":\"the-request\"",
                            "\"ms\":")
                    .doesNotContain(" AND ");
        }
    }

    @Test
    void without_files_to_open_new_connections_wait_and_it_says_so_once() throws Exception {
        Path prlimit = Path.of("/usr/bin/prlimit");
        Assumptions.assumeTrue(Files.isExecutable(prlimit));
        try (Madang madang = new Madang(Map.of(), prlimit.toString(), "--nofile=400").ready()) {
            List<Socket> many = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                many.add(new Socket(InetAddress.getLoopbackAddress(), madang.port));
            }
            while (!madang.says().contains("new connections wait")) {
                Thread.sleep(50);
            }
            Thread.sleep(2_500);
            for (Socket socket : many) {
                socket.close();
            }
            while (madang.ask("GET", "/ready", "").statusCode() != 200) {
                Thread.sleep(50);
            }
            while (madang.says("new connections wait") > madang.says("accepted again")) {
                new Socket(InetAddress.getLoopbackAddress(), madang.port).close();
                Thread.sleep(5);
            }
            // It lasted for seconds; who said so each second would have said it more often.
            assertThat(madang.says("new connections wait")).isLessThanOrEqualTo(2);
        }
    }
}
