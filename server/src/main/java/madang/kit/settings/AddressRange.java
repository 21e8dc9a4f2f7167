package madang.kit.settings;

import java.net.InetAddress;

/// Neighbouring addresses, as `10.0.0.0/8` (RFC 4632) or one address alone. Names are not resolved.
public record AddressRange(InetAddress network, int prefixBits) {

    public static AddressRange parse(String text) {
        String[] halves = text.split("/", 2);
        try {
            InetAddress network = InetAddress.ofLiteral(halves[0]);
            int all = network.getAddress().length * Byte.SIZE;
            int bits = halves.length == 1 ? all : Integer.parseInt(halves[1]);
            if (bits >= 0 && bits <= all) {
                return new AddressRange(network, bits);
            }
        } catch (IllegalArgumentException noAddress) {
            // told below, together with prefixes that are too long
        }
        throw new IllegalArgumentException("addresses or ranges such as 127.0.0.1 or 10.0.0.0/8");
    }

    public boolean contains(InetAddress address) {
        byte[] ours = network.getAddress();
        byte[] theirs = address.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < prefixBits; bit++) {
            int mask = 0x80 >> bit % Byte.SIZE;
            if (((ours[bit / Byte.SIZE] ^ theirs[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return network.getHostAddress() + "/" + prefixBits;
    }
}
