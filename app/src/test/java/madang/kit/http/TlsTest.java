package madang.kit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import madang.kit.CannotStart;
import madang.kit.settings.AddressRange;
import madang.kit.settings.HostPort;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// HTTPS by certificate files, where plain HTTP leads, and the door of the operators.
final class TlsTest {
    private static final String GOOD = "{\"name\":\"tea\",\"count\":3}";
    @TempDir Path folder;

    private HttpServer.Tls files(@Nullable Integer plainPort) {
        return new HttpServer.Tls(
                folder.resolve("a.crt"), folder.resolve("a.key"), Duration.ofMillis(20), plainPort);
    }

    @Test
    void https_speaks_http_1_and_2_with_both_kinds_of_keys() throws Exception {
        for (String algorithm : List.of("EC", "RSA")) {
            Certificates.make(folder, "a", algorithm);
            try (Workbench bench =
                    new Workbench(Workbench.settings(files(null), false), Map.of())) {
                for (Version version : List.of(Version.HTTP_1_1, Version.HTTP_2)) {
                    HttpResponse<String> answer = get(bench.server.port(), "/t/open", version);
                    assertThat(answer.statusCode()).isEqualTo(200);
                    assertThat(answer.version()).isEqualTo(version);
                    assertThat(answer.headers().firstValue("Strict-Transport-Security"))
                            .contains("max-age=31536000; includeSubDomains");
                }
            }
        }
    }

    @Test
    void old_protocols_are_refused() throws Exception {
        Certificates.make(folder, "a", "EC");
        try (Workbench bench = new Workbench(Workbench.settings(files(null), false), Map.of())) {
            for (String protocol : List.of("TLSv1", "TLSv1.1")) {
                assertThatThrownBy(() -> handshake(bench.server.port(), protocol))
                        .isInstanceOf(IOException.class);
            }
            for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
                assertThat(handshake(bench.server.port(), protocol)).isEqualTo("CN=a");
            }
            assertThat(
                            RawHttp.ask(
                                    bench.server.port(),
                                    "GET / HTTP/1.1\r\n\r\n"
                                            .getBytes(java.nio.charset.StandardCharsets.US_ASCII)))
                    .doesNotContain("HTTP/1.1 200");
        }
    }

    @Test
    void renewed_files_are_used_without_a_restart_and_broken_ones_are_not() throws Exception {
        Certificates.make(folder, "a", "EC");
        Certificates.make(folder, "b", "EC");
        try (Workbench bench = new Workbench(Workbench.settings(files(null), false), Map.of())) {
            int port = bench.server.port();
            assertThat(handshake(port, "TLSv1.3")).isEqualTo("CN=a");
            replace("b.crt", "a.crt");
            replace("b.key", "a.key");
            while (!handshake(port, "TLSv1.3").equals("CN=b")) {
                Thread.onSpinWait();
            }
            Files.writeString(folder.resolve("a.key"), "half a ke");
            for (int i = 0; i < 20; i++) {
                assertThat(handshake(port, "TLSv1.3")).isEqualTo("CN=b");
            }
        }
    }

    private void replace(String from, String to) throws IOException {
        Files.copy(folder.resolve(from), folder.resolve(to), StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void files_that_do_not_fit_are_told_in_one_line() throws Exception {
        Certificates.make(folder, "a", "EC");
        assertCannotStart("there is no file", "a.crt", "nowhere.key");
        Certificates.make(folder, "b", "EC");
        assertCannotStart("the key is not that of the certificate", "a.crt", "b.key");
        Certificates.make(folder, "c", "RSA");
        assertCannotStart("the key is not that of the certificate", "a.crt", "c.key");
        assertCannotStart("no PKCS#8 key", "a.crt", "a.crt");
        assertCannotStart("", "a.key", "a.key");
        Files.writeString(folder.resolve("empty"), "");
        assertCannotStart("no certificate", "empty", "a.key");
    }

    private void assertCannotStart(String why, String certificate, String key) {
        HttpServer.Tls files =
                new HttpServer.Tls(
                        folder.resolve(certificate),
                        folder.resolve(key),
                        Duration.ofSeconds(1),
                        null);
        assertThatThrownBy(() -> TlsProtocols.read(files))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("TLS_CERT_FILE")
                .hasMessageContaining(why);
    }

    @Test
    void the_plain_door_beside_tls_sends_readers_on_and_refuses_the_rest() throws Exception {
        Certificates.make(folder, "a", "EC");
        try (Workbench bench = new Workbench(Workbench.settings(files(0), false), Map.of())) {
            int plain = bench.server.plainPort();
            assertThat(RawHttp.ask(plain, request("GET", "/t/open?x=1&y=%20", "")))
                    .startsWith("HTTP/1.1 308")
                    .contains("Location: https://home.example")
                    .contains("/t/open?x=1&y=%20\r\n")
                    .doesNotContain("Strict-Transport-Security");
            assertThat(RawHttp.ask(plain, request("HEAD", "/t/mine", "")))
                    .startsWith("HTTP/1.1 308");
            assertThat(RawHttp.ask(plain, request("POST", "/t/public", GOOD)))
                    .startsWith("HTTP/1.1 403")
                    .contains("HTTPS_REQUIRED");
            assertThat(RawHttp.ask(plain, request("GET", "/t/probe", "")))
                    .startsWith("HTTP/1.1 200");
            assertThat(bench.things()).isZero();
        }
    }

    private static byte[] request(String method, String target, String body, String... lines) {
        return (method
                        + " "
                        + target
                        + " HTTP/1.1\r\nHost: home.example\r\nConnection: close\r\nContent-Type: application/json\r\n"
                        + String.join("", lines)
                        + "Content-Length: "
                        + body.length()
                        + "\r\n\r\n"
                        + body)
                .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }

    @Test
    void where_https_is_required_a_trusted_proxy_may_say_that_it_was() {
        try (Workbench bench = new Workbench(Workbench.settings(null, true), Map.of())) {
            int port = bench.server.port();
            assertThat(RawHttp.ask(port, request("GET", "/t/open", "")))
                    .startsWith("HTTP/1.1 308")
                    .contains("Location: https://home.example/t/open\r\n");
            assertThat(RawHttp.ask(port, request("POST", "/t/public", GOOD)))
                    .startsWith("HTTP/1.1 403");
            assertThat(RawHttp.ask(port, request("GET", "/t/probe", "")))
                    .startsWith("HTTP/1.1 200");
            assertThat(
                            RawHttp.ask(
                                    port,
                                    request("GET", "/t/open", "", "X-Forwarded-Proto: https\r\n")))
                    .startsWith("HTTP/1.1 200")
                    .contains("Strict-Transport-Security");
        }
        try (Workbench bench =
                new Workbench(
                        new HttpServer.Settings(
                                "127.0.0.1",
                                0,
                                Duration.ofSeconds(30),
                                null,
                                true,
                                URI.create("https://madang.example:8443/app"),
                                List.of(),
                                List.of(AddressRange.parse("10.0.0.0/8")),
                                null,
                                null),
                        Map.of())) {
            assertThat(
                            RawHttp.ask(
                                    bench.server.port(),
                                    request("GET", "/t/open", "", "X-Forwarded-Proto: https\r\n")))
                    .startsWith("HTTP/1.1 308")
                    .contains("Location: https://madang.example:8443/t/open\r\n");
        }
    }

    @Test
    void operators_have_a_door_of_their_own() {
        HttpServer.Settings settings =
                new HttpServer.Settings(
                        "127.0.0.1",
                        0,
                        Duration.ofSeconds(30),
                        null,
                        true,
                        null,
                        List.of(),
                        List.of(),
                        new madang.kit.Secret(Workbench.OPERATOR),
                        new HostPort(null, 0));
        try (Workbench bench = new Workbench(settings, Map.of())) {
            int management = bench.server.managementPort();
            String token = "Authorization: Bearer " + Workbench.OPERATOR + "\r\n";
            assertThat(RawHttp.ask(management, request("GET", "/t/operator", "")))
                    .startsWith("HTTP/1.1 200");
            assertThat(RawHttp.ask(management, request("GET", "/t/probe", "")))
                    .startsWith("HTTP/1.1 200");
            assertThat(RawHttp.ask(management, request("GET", "/t/open", "")))
                    .startsWith("HTTP/1.1 404");
            assertThat(RawHttp.ask(management, request("POST", "/t/public", GOOD)))
                    .startsWith("HTTP/1.1 404");
            assertThat(RawHttp.ask(bench.server.port(), request("GET", "/t/operator", "", token)))
                    .startsWith("HTTP/1.1 404");
        }
    }

    @Test
    void without_such_a_door_they_show_their_token() {
        try (Workbench bench = Workbench.open()) {
            assertThat(bench.get("/t/operator").status()).isEqualTo(401);
            assertThat(bench.get("/t/operator", "Authorization", "Bearer nonsense").status())
                    .isEqualTo(401);
            assertThat(bench.get("/t/operator", "Authorization", "Bearer mina").status())
                    .isEqualTo(403);
            assertThat(
                            bench.get(
                                            "/t/operator",
                                            "Authorization",
                                            "Bearer " + Workbench.OPERATOR)
                                    .status())
                    .isEqualTo(200);
            assertThat(
                            bench.get("/t/mine", "Authorization", "Bearer " + Workbench.OPERATOR)
                                    .status())
                    .isEqualTo(401);
        }
    }

    private static HttpResponse<String> get(int port, String path, Version version)
            throws Exception {
        try (HttpClient client =
                HttpClient.newBuilder().sslContext(trusting()).version(version).build()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("https://localhost:" + port + path)).build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    /// The name on the certificate that a server shows under this protocol.
    private static String handshake(int port, String protocol) throws Exception {
        try (SSLSocket socket =
                (SSLSocket) trusting().getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.setEnabledProtocols(new String[] {protocol});
            socket.startHandshake();
            if (!socket.getSession().getProtocol().equals(protocol)) {
                throw new SSLException("spoke " + socket.getSession().getProtocol());
            }
            X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return shown.getSubjectX500Principal().getName();
        }
    }

    private static SSLContext trusting() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                null,
                new TrustManager[] {
                    new X509ExtendedTrustManager() {
                        @Override
                        public void checkClientTrusted(X509Certificate[] chain, String type) {}

                        @Override
                        public void checkServerTrusted(X509Certificate[] chain, String type) {}

                        @Override
                        public void checkClientTrusted(
                                X509Certificate[] chain, String type, Socket socket) {}

                        @Override
                        public void checkServerTrusted(
                                X509Certificate[] chain, String type, Socket socket) {}

                        @Override
                        public void checkClientTrusted(
                                X509Certificate[] chain, String type, SSLEngine engine) {}

                        @Override
                        public void checkServerTrusted(
                                X509Certificate[] chain, String type, SSLEngine engine) {}

                        @Override
                        public X509Certificate[] getAcceptedIssuers() {
                            return new X509Certificate[0];
                        }
                    }
                },
                null);
        return context;
    }
}
