package madang.kit.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the main listener is reached, and whom it believes.
public record HttpSettings(
        Stage stage,
        @Key(name = "MADANG_HOST", value = "0.0.0.0", says = "Address to bind") String host,
        @Key(
                        name = "PORT",
                        value = "8080",
                        min = "0",
                        max = "65535",
                        says = "Port of the main listener; 0 takes any free one")
                int port,
        @Key(
                        name = "MADANG_PUBLIC_URL",
                        says =
                                "Our own address as people see it, for links and redirects; not set:"
                                        + " localhost and the port")
                @Nullable URI publicUrl,
        @Key(
                        name = "MADANG_TRUSTED_PROXIES",
                        says =
                                "Addresses or ranges whose X-Forwarded-* headers count, as a comma list;"
                                        + " from anybody else they are ignored")
                List<AddressRange> trustedProxies,
        @Key(
                        name = "MADANG_HTTP_READ_TIMEOUT",
                        value = "30s",
                        min = "1s",
                        says = "How long a request may take to arrive")
                Duration readTimeout,
        @Key(
                        name = "MADANG_HTTP_WRITE_TIMEOUT",
                        value = "30s",
                        min = "1s",
                        says = "How long a reader may stall an answer")
                Duration writeTimeout,
        @Key(
                        name = "MADANG_HTTP_IDLE_TIMEOUT",
                        value = "60s",
                        min = "1s",
                        says =
                                "How long a connection may be silent between requests; sockets have their own clock")
                Duration idleTimeout,
        @Key(
                        name = "TLS_CERT_FILE",
                        says =
                                "PEM file of the certificate chain; with TLS_KEY_FILE every listener speaks TLS")
                @Nullable Path tlsCertFile,
        @Key(name = "TLS_KEY_FILE", says = "PEM file of its private key") @Nullable Path tlsKeyFile,
        @Key(
                        name = "MADANG_REQUIRE_HTTPS",
                        says = "Send plain HTTP to https; not set: on in production, off elsewhere")
                @Nullable Boolean requireHttps,
        @Key(
                        name = "CORS_ORIGINS",
                        says =
                                "Origins whose pages may call the native API and its sockets, as a comma"
                                        + " list; * is anybody, without credentials, in development only")
                List<Origin> corsOrigins) {

    public HttpSettings {
        new Problems()
                .must(
                        (tlsCertFile == null) == (tlsKeyFile == null),
                        "TLS_CERT_FILE and TLS_KEY_FILE go together: give both or neither.")
                .must(
                        publicUrl == null || isWebAddress(publicUrl),
                        "MADANG_PUBLIC_URL must be an address such as https://app.example.org, without a query.")
                .must(
                        !stage.isGuarded() || !corsOrigins.contains(Origin.ANY),
                        "CORS_ORIGINS cannot be * where APP_ENV is %s: name the origins."
                                .formatted(stage.word()))
                .stopIfAny();
    }

    public boolean speaksTls() {
        return tlsCertFile != null;
    }

    public boolean isHttpsRequired() {
        return requireHttps == null ? stage == Stage.PRODUCTION : requireHttps;
    }

    /// Our own address, once the listener has its port. Has no slash at its end.
    public String publicAddress(int boundPort) {
        if (publicUrl != null) {
            return publicUrl.toString().replaceFirst("/+$", "");
        }
        return (speaksTls() ? "https" : "http") + "://localhost:" + boundPort;
    }

    private static boolean isWebAddress(URI address) {
        return address.getHost() != null
                && address.getScheme().matches("https?")
                && address.getQuery() == null
                && address.getFragment() == null;
    }
}
