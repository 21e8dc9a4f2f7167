package madang.kit.http;

import java.net.InetAddress;
import java.util.List;
import madang.kit.settings.AddressRange;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/// Who is at the other end. `X-Forwarded-For` and `X-Forwarded-Proto` count only when a trusted
/// proxy says them, and then the last address that is not itself a trusted proxy is the client's.
final class ClientAddress {
    record Seen(String address, boolean isSecure) {}

    private final List<AddressRange> trusted;

    ClientAddress(List<AddressRange> trustedProxies) {
        trusted = List.copyOf(trustedProxies);
    }

    Seen of(Request request) {
        String peer = Request.getRemoteAddr(request);
        boolean isSecure = request.isSecure();
        if (!isTrusted(peer)) {
            return new Seen(peer, isSecure);
        }
        @Nullable String proto = request.getHeaders().get("X-Forwarded-Proto");
        return new Seen(
                client(peer, request.getHeaders().get("X-Forwarded-For")),
                proto == null ? isSecure : proto.equalsIgnoreCase("https"));
    }

    private String client(String peer, @Nullable String forwardedFor) {
        if (forwardedFor == null) {
            return peer;
        }
        String client = peer;
        List<String> hops = List.of(forwardedFor.split(",", -1));
        for (String hop : hops.reversed()) {
            if (address(hop.trim()) == null) {
                return client;
            }
            client = hop.trim();
            if (!isTrusted(client)) {
                return client;
            }
        }
        return client;
    }

    private boolean isTrusted(String text) {
        @Nullable InetAddress address = trusted.isEmpty() ? null : address(text);
        return address != null && trusted.stream().anyMatch(range -> range.contains(address));
    }

    /// A literal address; names are never looked up.
    private static @Nullable InetAddress address(String text) {
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }
}
