package madang.kit.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import madang.kit.CannotStart;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// TLS 1.2 and 1.3 with HTTP/1.1 and HTTP/2, from PEM files that are read again when they were
/// renewed, without a restart.
final class TlsProtocols {
    private static final Logger log = LoggerFactory.getLogger(TlsProtocols.class);

    static ConnectionFactory[] of(Server server, HttpConfiguration http, HttpServer.Tls files) {
        HttpConfiguration https = new HttpConfiguration(http);
        https.addCustomizer(new SecureRequestCustomizer(false));
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setIncludeProtocols("TLSv1.2", "TLSv1.3");
        tls.setKeyStore(read(files));
        ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
        alpn.setDefaultProtocol("http/1.1");
        watch(server, tls, files);
        return new ConnectionFactory[] {
            new SslConnectionFactory(tls, alpn.getProtocol()),
            alpn,
            new HTTP2ServerConnectionFactory(https),
            new HttpConnectionFactory(https)
        };
    }

    private static void watch(Server server, SslContextFactory.Server tls, HttpServer.Tls files) {
        Thread.ofVirtual()
                .name("tls-files")
                .start(() -> {
                    List<FileTime> seen = times(files);
                    while (!server.isStopping()) {
                        try {
                            Thread.sleep(files.lookAgain());
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
            PrivateKey key = key(files.key());
            Certificate[] chain = chain(files.certificate());
            if (!belong(key, chain[0].getPublicKey())) {
                throw new IOException("the key is not that of the certificate");
            }
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("madang", key, new char[0], chain);
            return store;
        } catch (IOException | GeneralSecurityException | IllegalArgumentException unreadable) {
            throw new CannotStart(
                    "TLS_CERT_FILE %s and TLS_KEY_FILE %s cannot be used: %s"
                            .formatted(files.certificate(), files.key(), why(unreadable)),
                    unreadable);
        }
    }

    private static String why(Exception unreadable) {
        return unreadable instanceof NoSuchFileException missing
                ? "there is no file " + missing.getFile()
                : String.valueOf(unreadable.getMessage());
    }

    /// Whether what the one signs the other verifies.
    private static boolean belong(PrivateKey key, PublicKey certified)
            throws GeneralSecurityException {
        if (!key.getAlgorithm().equals(certified.getAlgorithm())) {
            return false;
        }
        byte[] sample = "madang".getBytes(StandardCharsets.US_ASCII);
        Signature signature =
                Signature.getInstance("SHA256with" + (key instanceof ECKey ? "ECDSA" : "RSA"));
        signature.initSign(key);
        signature.update(sample);
        byte[] signed = signature.sign();
        signature.initVerify(certified);
        signature.update(sample);
        return signature.verify(signed);
    }

    private static Certificate[] chain(Path file) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> chain =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (chain.isEmpty()) {
                throw new IOException("it holds no certificate: " + file);
            }
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

    private TlsProtocols() {}
}
