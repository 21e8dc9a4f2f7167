package madang.kit.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/// Who is at the other end. `X-Forwarded-For` and `X-Forwarded-Proto` count only when a trusted
/// proxy says them, and then the last address that is not itself a trusted proxy is the client's.
final class ClientAddress {
    record Seen(String address, boolean isSecure) {}

    private record Network(byte[] address, int bits) {
        boolean contains(byte[] other) {
            if (other.length != address.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((other[bit / 8] & mask) != (address[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    private final List<Network> trusted;

    /// Networks as `10.0.0.0/8` or single addresses.
    ClientAddress(List<String> trustedProxies) {
        trusted = trustedProxies.stream().map(ClientAddress::network).toList();
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

    private boolean isTrusted(String address) {
        byte @Nullable [] bytes = trusted.isEmpty() ? null : address(address);
        return bytes != null && trusted.stream().anyMatch(network -> network.contains(bytes));
    }

    private static Network network(String text) {
        String[] parts = text.split("/", 2);
        byte @Nullable [] bytes = address(parts[0]);
        if (bytes == null) {
            throw new IllegalArgumentException(
                    "MADANG_TRUSTED_PROXIES: " + text + " is no address or network");
        }
        return new Network(
                bytes, parts.length == 2 ? Integer.parseInt(parts[1]) : bytes.length * 8);
    }

    /// The bytes of a literal address; names are never looked up.
    private static byte @Nullable [] address(String text) {
        if (!text.matches("[0-9.]{7,15}|\\[?[0-9a-fA-F:.]*:[0-9a-fA-F:.]*]?")) {
            return null;
        }
        try {
            return InetAddress.getByName(text).getAddress();
        } catch (UnknownHostException malformed) {
            return null;
        }
    }
}
