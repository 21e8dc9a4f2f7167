package madang.identity;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/// Addresses made coarse.
final class Networks {
    private static final int IPV4_BYTES = 3;
    private static final int IPV6_BYTES = 6;

    private Networks() {}

    /// The network of an address: `203.0.113.0/24`, `2001:db8:1::/48`. What is no address stays
    /// outside of every network and reads empty.
    static String of(String address) {
        if (!address.matches("[0-9a-fA-F:.]+")) {
            return "";
        }
        try {
            byte[] bytes = InetAddress.getByName(address).getAddress();
            int kept = bytes.length == 4 ? IPV4_BYTES : IPV6_BYTES;
            Arrays.fill(bytes, kept, bytes.length, (byte) 0);
            return shown(InetAddress.getByAddress(bytes)) + "/" + kept * Byte.SIZE;
        } catch (UnknownHostException noLiteral) {
            return "";
        }
    }

    /// The zeros at the end of an IPv6 network are left out, as everybody writes it.
    private static String shown(InetAddress network) {
        return network.getHostAddress().replaceFirst("(:0)+$", "::");
    }
}
