package madang.kit.http;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.stream.Stream;
import madang.kit.settings.AddressRange;

/// Tells addresses of the public internet from everything that lies inside: this machine, its
/// network, the cloud's own services (IANA special-purpose registries; RFC 6890 and later).
final class PublicAddresses {
    private static final List<AddressRange> INSIDE_V4 =
            ranges(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.31.196.0/24",
                    "192.52.193.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "192.175.48.0/24",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/4",
                    "240.0.0.0/4");

    /// All that was ever given out. What maps, embeds or translates IPv4 lies outside of it, or in
    /// the exceptions below.
    private static final AddressRange GLOBAL_V6 = AddressRange.parse("2000::/3");

    private static final List<AddressRange> INSIDE_V6 =
            ranges("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20");

    static boolean isPublic(InetAddress address) {
        boolean isOutside =
                address instanceof Inet4Address
                        ? none(INSIDE_V4, address)
                        : GLOBAL_V6.contains(address) && none(INSIDE_V6, address);
        return isOutside && !isOurs(address);
    }

    /// What this machine serves to itself may not be meant for everybody, also at its public
    /// address.
    private static boolean isOurs(InetAddress address) {
        try {
            return NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException unknown) {
            return true;
        }
    }

    private static boolean none(List<AddressRange> ranges, InetAddress address) {
        return ranges.stream().noneMatch(range -> range.contains(address));
    }

    private static List<AddressRange> ranges(String... texts) {
        return Stream.of(texts).map(AddressRange::parse).toList();
    }

    private PublicAddresses() {}
}
