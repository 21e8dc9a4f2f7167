package madang.dialect.woongkie;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Which pictures may be shown: those of the web, by HTTPS. An address inside somebody's network,
/// however it is spelled, would let a picture ask there in the name of whoever looks at it.
final class AvatarUrl {

    /// No picture is fine.
    static boolean isAllowed(String url) {
        if (url.isEmpty()) {
            return true;
        }
        try {
            URI uri = URI.create(url);
            return "https".equalsIgnoreCase(uri.getScheme())
                    && uri.getHost() != null
                    && isOutside(uri.getHost().toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private static boolean isOutside(String host) {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        String last = name.substring(name.lastIndexOf('.') + 1);
        boolean isNumber = last.matches("[0-9]+|0x[0-9a-f]*") || name.startsWith("[");
        return isNumber ? isOutside(literal(name)) : !isLocalName(name, last);
    }

    private static boolean isLocalName(String name, String last) {
        return !name.contains(".")
                || last.equals("localhost")
                || last.equals("local")
                || last.equals("internal");
    }

    /// Java takes the address in one number as well, and refuses what it would have to guess.
    private static @Nullable InetAddress literal(String host) {
        String text = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException ambiguous) {
            return null;
        }
    }

    private static boolean isOutside(@Nullable InetAddress address) {
        return address != null
                && !address.isLoopbackAddress()
                && !address.isAnyLocalAddress()
                && !address.isSiteLocalAddress()
                && !address.isLinkLocalAddress()
                && !address.isMulticastAddress()
                && !isUniqueLocal(address);
    }

    /// fc00::/7 (RFC 4193), and 100.64.0.0/10 behind a carrier's NAT (RFC 6598).
    private static boolean isUniqueLocal(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address instanceof Inet6Address
                ? (bytes[0] & 0xFE) == 0xFC
                : bytes[0] == 0 || (bytes[0] == 100 && (bytes[1] & 0xC0) == 64);
    }

    private AvatarUrl() {}
}
