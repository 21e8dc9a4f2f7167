package madang.kit.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/// Certificates of one's own making, by the JDK's keytool, as PEM files.
public final class Certificates {
    private static final String PASSWORD = "changeit";

    /// Writes `name.crt` and `name.key` for localhost; an algorithm as keytool calls it.
    public static void make(Path folder, String name, String algorithm) throws Exception {
        Path store = folder.resolve(name + "-" + System.nanoTime() + ".p12");
        Process keytool =
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                                .toString(),
                                        "-genkeypair",
                                        "-alias",
                                        "it",
                                        "-keyalg",
                                        algorithm,
                                        "-dname",
                                        "CN=" + name,
                                        "-ext",
                                        "san=dns:localhost,ip:127.0.0.1",
                                        "-storetype",
                                        "PKCS12",
                                        "-keystore",
                                        store.toString(),
                                        "-storepass",
                                        PASSWORD))
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("keytool.log").toFile())
                        .start();
        if (keytool.waitFor() != 0) {
            throw new IOException(Files.readString(folder.resolve("keytool.log")));
        }
        write(folder, name, store);
    }

    private static void write(Path folder, String name, Path store)
            throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        Key key = keys.getKey("it", PASSWORD.toCharArray());
        pem(folder.resolve(name + ".key"), "PRIVATE KEY", key.getEncoded());
        pem(folder.resolve(name + ".crt"), "CERTIFICATE", keys.getCertificate("it").getEncoded());
    }

    private static void pem(Path file, String kind, byte[] der) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        Files.writeString(
                file,
                "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, text, kind),
                StandardCharsets.US_ASCII);
    }

    private Certificates() {}
}
