package madang.sandbox.stand;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.InputStream;
import java.util.Arrays;
import java.util.function.BooleanSupplier;

/// Bodies that no client should have to read.
final class Wrongs {
    static final String PAGE =
            "<!doctype html><title>503</title><h1>Service under maintenance</h1>";

    private static final int LEVELS = 100_000;
    private static final int HUGE_BYTES = 100 << 20;
    private static final int MOST_DROPS = 60;
    private static final byte[] OPENING = "{\"access_token\":\"".getBytes(UTF_8);

    static byte[] garbage() {
        byte[] bytes = Arrays.copyOf(OPENING, OPENING.length + 2);
        bytes[OPENING.length] = (byte) 0xC3;
        bytes[OPENING.length + 1] = (byte) 0x28;
        return bytes;
    }

    static byte[] deep() {
        byte[] bytes = new byte[2 * LEVELS];
        Arrays.fill(bytes, 0, LEVELS, (byte) '[');
        Arrays.fill(bytes, LEVELS, bytes.length, (byte) ']');
        return bytes;
    }

    static InputStream huge() {
        return new Opened() {
            private int left = HUGE_BYTES;

            @Override
            public int readBody(byte[] into, int offset, int length) {
                int count = Math.min(left, length);
                Arrays.fill(into, offset, offset + count, (byte) 'a');
                left -= count;
                return count == 0 ? -1 : count;
            }
        };
    }

    /// @param pause takes its time before each byte, and tells whether to break off
    static InputStream drip(BooleanSupplier pause) {
        return new Opened() {
            private int left = MOST_DROPS;

            @Override
            public int readBody(byte[] into, int offset, int length) {
                if (left == 0 || pause.getAsBoolean()) {
                    return -1;
                }
                left--;
                into[offset] = 'a';
                return 1;
            }
        };
    }

    /// Begins as a good answer would.
    private abstract static class Opened extends InputStream {
        private int said;

        abstract int readBody(byte[] into, int offset, int length);

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (said == OPENING.length) {
                return readBody(into, offset, length);
            }
            int count = Math.min(length, OPENING.length - said);
            System.arraycopy(OPENING, said, into, offset, count);
            said += count;
            return count;
        }
    }

    private Wrongs() {}
}
