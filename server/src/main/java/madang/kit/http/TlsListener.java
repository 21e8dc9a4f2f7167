package madang.kit.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A listener that speaks TLS 1.2 and 1.3, HTTP/1.1 and HTTP/2, from PEM files that are read again
/// when they were renewed, without a restart.
final class TlsListener {
    private static final Logger log = LoggerFactory.getLogger(TlsListener.class);
    private static final long LOOK_AGAIN_SECONDS = 10;

    static ServerConnector listener(Server server, HttpConfiguration http, HttpServer.Tls files) {
        HttpConfiguration https = new HttpConfiguration(http);
        https.addCustomizer(new SecureRequestCustomizer(false));
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setIncludeProtocols("TLSv1.2", "TLSv1.3");
        tls.setKeyStore(read(files));
        ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
        alpn.setDefaultProtocol("http/1.1");
        ServerConnector listener =
                new ServerConnector(
                        server,
                        new SslConnectionFactory(tls, alpn.getProtocol()),
                        alpn,
                        new HTTP2ServerConnectionFactory(https),
                        new HttpConnectionFactory(https));
        watch(server, tls, files);
        return listener;
    }

    private static void watch(Server server, SslContextFactory.Server tls, HttpServer.Tls files) {
        Thread.ofVirtual()
                .name("tls-files")
                .start(() -> {
                    List<FileTime> seen = times(files);
                    while (!server.isStopping()) {
                        try {
                            TimeUnit.SECONDS.sleep(LOOK_AGAIN_SECONDS);
                        } catch (InterruptedException stopping) {
                            return;
                        }
                        List<FileTime> now = times(files);
                        if (!now.equals(seen)) {
                            reload(tls, files);
                            seen = now;
                        }
                    }
                });
    }

    private static void reload(SslContextFactory.Server tls, HttpServer.Tls files) {
        try {
            tls.reload(factory -> factory.setKeyStore(read(files)));
            log.info("read {} again", files.certificate());
        } catch (Exception unreadable) {
            log.error("keeps the old certificate: {}", unreadable.getMessage());
        }
    }

    private static List<FileTime> times(HttpServer.Tls files) {
        try {
            return List.of(
                    Files.getLastModifiedTime(files.certificate()),
                    Files.getLastModifiedTime(files.key()));
        } catch (IOException beingReplaced) {
            return List.of();
        }
    }

    static KeyStore read(HttpServer.Tls files) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("madang", key(files.key()), new char[0], chain(files.certificate()));
            return store;
        } catch (IOException | GeneralSecurityException unreadable) {
            throw new IllegalArgumentException(
                    "TLS_CERT_FILE "
                            + files.certificate()
                            + " or TLS_KEY_FILE "
                            + files.key()
                            + " cannot be read: "
                            + unreadable.getMessage(),
                    unreadable);
        }
    }

    private static Certificate[] chain(Path file) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> chain =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            return chain.toArray(Certificate[]::new);
        }
    }

    /// A PKCS#8 key, RSA or EC; the older forms are converted by one line of OpenSSL.
    private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
        String pem = Files.readString(file, StandardCharsets.US_ASCII);
        String begin = "-----BEGIN PRIVATE KEY-----";
        int from = pem.indexOf(begin);
        int to = pem.indexOf("-----END PRIVATE KEY-----");
        if (from < 0 || to < from) {
            throw new IOException(
                    "it holds no PKCS#8 key; convert it with: openssl pkcs8 -topk8 -nocrypt -in OLD"
                            + " -out NEW");
        }
        byte[] der = Base64.getMimeDecoder().decode(pem.substring(from + begin.length(), to));
        PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(der);
        try {
            return KeyFactory.getInstance("EC").generatePrivate(spec);
        } catch (GeneralSecurityException notElliptic) {
            return KeyFactory.getInstance("RSA").generatePrivate(spec);
        }
    }

    private TlsListener() {}
}
