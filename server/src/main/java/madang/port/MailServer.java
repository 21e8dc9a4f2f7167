package madang.port;

import java.net.InetAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import madang.kit.Secret;
import org.jspecify.annotations.Nullable;

/// The server that takes our mails: `smtp://user:password@host:587` (TLS begins by STARTTLS, and
/// must, unless the host is a local one or `?tls=off` says otherwise) or `smtps://…:465` (TLS from
/// the first byte). The password is empty where none is needed.
public record MailServer(
        String host, int port, @Nullable String user, Secret password, Security security) {

    public enum Security {
        TLS,
        STARTTLS,
        /// Where the server offers it: on the way to a local one.
        STARTTLS_IF_OFFERED,
        NONE
    }

    private static final int SUBMISSION = 587;
    private static final int SUBMISSIONS = 465;

    public static MailServer parse(String text) {
        URI uri = uri(text);
        // Port 465 speaks TLS from the first byte (RFC 8314 §3.3), however the scheme is spelled.
        boolean isTls = "smtps".equals(uri.getScheme()) || uri.getPort() == SUBMISSIONS;
        if ((!isTls && !"smtp".equals(uri.getScheme())) || uri.getHost() == null) {
            throw expected();
        }
        @Nullable String who = uri.getRawUserInfo();
        String[] credentials = who == null ? new String[] {""} : who.split(":", 2);
        return new MailServer(
                uri.getHost(),
                uri.getPort() >= 0 ? uri.getPort() : isTls ? SUBMISSIONS : SUBMISSION,
                credentials[0].isEmpty() ? null : decoded(credentials[0]),
                new Secret(credentials.length == 2 ? decoded(credentials[1]) : ""),
                security(isTls, uri.getHost(), uri.getRawQuery()));
    }

    /// Whether a mail may go there in the clear: the way ends in this house.
    public boolean isLocal() {
        return isLocal(host);
    }

    private static Security security(boolean isTls, String host, @Nullable String query) {
        String wish = query == null ? "" : query;
        return switch (wish) {
            case "", "tls=on", "tls=true" ->
                    isTls
                            ? Security.TLS
                            : wish.isEmpty() && isLocal(host)
                                    ? Security.STARTTLS_IF_OFFERED
                                    : Security.STARTTLS;
            case "tls=off", "tls=false" -> isTls ? Security.TLS : Security.NONE;
            default -> throw expected();
        };
    }

    /// A name without a dot is that of a neighbour in a compose file.
    private static boolean isLocal(String host) {
        String bare = host.replaceAll("[\\[\\]]", "");
        try {
            InetAddress address = InetAddress.ofLiteral(bare);
            return address.isLoopbackAddress()
                    || address.isSiteLocalAddress()
                    || address.isLinkLocalAddress();
        } catch (IllegalArgumentException aName) {
            return bare.indexOf('.') < 0;
        }
    }

    private static URI uri(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException malformed) {
            throw expected();
        }
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static IllegalArgumentException expected() {
        return new IllegalArgumentException(
                "smtp://user:password@host:587 or smtps://user:password@host:465");
    }
}
