package madang.port;

import java.net.InetAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import madang.kit.Secret;
import org.jspecify.annotations.Nullable;

/// The service that takes our short messages: `solapi://key:secret@api.solapi.com?from=0212345678`
/// or `twilio://account:token@api.twilio.com?from=+15551234567`. A stand-in may have a path; one on
/// this machine speaks HTTP, all others HTTPS.
public record SmsService(Vendor vendor, URI base, String account, Secret secret, String from) {

    public enum Vendor {
        SOLAPI,
        TWILIO
    }

    private static final String FROM = "from=";

    public static SmsService parse(String text) {
        try {
            URI uri = URI.create(text.replace("from=+", "from=%2B"));
            String[] credentials = uri.getRawUserInfo().split(":", 2);
            if (uri.getHost() == null || !uri.getRawQuery().startsWith(FROM)) {
                throw expected();
            }
            return new SmsService(
                    Vendor.valueOf(uri.getScheme().toUpperCase(Locale.ROOT)),
                    base(uri),
                    decoded(credentials[0]),
                    new Secret(decoded(credentials[1])),
                    decoded(uri.getRawQuery().substring(FROM.length())));
        } catch (RuntimeException malformed) {
            throw expected();
        }
    }

    private static URI base(URI uri) {
        @Nullable String path = uri.getRawPath();
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return URI.create(
                (isHere(uri.getHost()) ? "http://" : "https://")
                        + uri.getHost()
                        + port
                        + (path == null ? "" : path.replaceFirst("/+$", "")));
    }

    private static boolean isHere(String host) {
        try {
            return InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", "")).isLoopbackAddress();
        } catch (IllegalArgumentException aName) {
            return host.equals("localhost");
        }
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part, StandardCharsets.UTF_8);
    }

    private static IllegalArgumentException expected() {
        return new IllegalArgumentException(
                "solapi://key:secret@api.solapi.com?from=0212345678"
                        + " or twilio://account:token@api.twilio.com?from=+15551234567");
    }
}
