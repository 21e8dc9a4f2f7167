package madang.kit.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import madang.kit.settings.AddressRange;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/// Who is at the other end. `X-Forwarded-For` and `X-Forwarded-Proto` count only when a trusted
/// proxy says them, and then the last address that is not itself a trusted proxy is the client's.
final class ClientAddress {
    private static final int OWN_NETWORK_BYTES = 8;

    /// Who asks, whose neighbours limits count together with him, and whether he asked by TLS.
    record Seen(String address, String neighbourhood, boolean isSecure) {}

    private final List<AddressRange> trusted;

    ClientAddress(List<AddressRange> trustedProxies) {
        trusted = List.copyOf(trustedProxies);
    }

    Seen of(Request request) {
        return of(
                Request.getRemoteAddr(request),
                request.isSecure(),
                request.getHeaders().getValuesList("X-Forwarded-For"),
                request.getHeaders().getValuesList("X-Forwarded-Proto"));
    }

    /// Each header as the lines that came: a proxy adds its own after those of the client.
    Seen of(String peer, boolean isSecure, List<String> forwardedFor, List<String> proto) {
        @Nullable InetAddress address = address(peer);
        if (address == null) {
            return new Seen(peer, peer, isSecure);
        }
        if (!isTrusted(address)) {
            return seen(address, isSecure);
        }
        return seen(
                client(address, String.join(",", forwardedFor)),
                proto.isEmpty() ? isSecure : proto.getLast().trim().equalsIgnoreCase("https"));
    }

    private InetAddress client(InetAddress peer, String forwardedFor) {
        InetAddress client = peer;
        for (String hop : List.of(forwardedFor.split(",", -1)).reversed()) {
            @Nullable InetAddress address = address(hop.trim());
            if (address == null) {
                return client;
            }
            client = address;
            if (!isTrusted(client)) {
                return client;
            }
        }
        return client;
    }

    private static Seen seen(InetAddress address, boolean isSecure) {
        String text = address.getHostAddress();
        return new Seen(text, neighbourhood(address, text), isSecure);
    }

    /// Whoever has one IPv6 address has the 2^64 of its network; none of them is somebody else.
    private static String neighbourhood(InetAddress address, String text) {
        if (!(address instanceof Inet6Address)) {
            return text;
        }
        StringBuilder network = new StringBuilder();
        byte[] bytes = address.getAddress();
        for (int i = 0; i < OWN_NETWORK_BYTES; i++) {
            network.append("%02x".formatted(bytes[i]));
        }
        return network.append("/64").toString();
    }

    private boolean isTrusted(InetAddress address) {
        return trusted.stream().anyMatch(range -> range.contains(address));
    }

    /// A literal address; names are never looked up.
    private static @Nullable InetAddress address(String text) {
        boolean isBracketed = text.startsWith("[") && text.endsWith("]");
        try {
            return InetAddress.ofLiteral(isBracketed ? text.substring(1, text.length() - 1) : text);
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }
}
