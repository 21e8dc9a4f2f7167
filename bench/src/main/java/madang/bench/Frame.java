package madang.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The server's frame at the front of a buffer. One object serves a connection for its whole life:
/// at a million frames a second even a small object each would be the driver's main work.
final class Frame {
    private static final byte[] RESULT = "\"result\"".getBytes(UTF_8);
    private static final byte[] MESSAGE = "\"chat.message\"".getBytes(UTF_8);

    /// An answer says whether it is a result, a push names its method, within so many bytes.
    private static final int ENVELOPE = 48;

    private ByteBuffer in = ByteBuffer.allocate(0);
    private int from;
    private int to;
    private int opcode;

    /// Whether a whole frame stands at the front of `in`; if so, this is it until `end`.
    boolean begin(ByteBuffer in) {
        int at = in.position();
        int available = in.remaining();
        if (available < 2) {
            return false;
        }
        int length = in.get(at + 1) & 0x7F;
        int header = length < 126 ? 2 : length == 126 ? 4 : 10;
        if (available < header) {
            return false;
        }
        if (length == 126) {
            length = in.getShort(at + 2) & 0xFFFF;
        } else if (length == 127) {
            length = Math.toIntExact(in.getLong(at + 2));
        }
        if (available - header < length) {
            return false;
        }
        this.in = in;
        opcode = in.get(at) & 0x0F;
        from = at + header;
        to = from + length;
        return true;
    }

    void end(ByteBuffer in) {
        in.position(to);
    }

    int opcode() {
        return opcode;
    }

    int closeCode() {
        return to - from < 2 ? 1005 : in.getShort(from) & 0xFFFF;
    }

    /// Answers begin with `{"id":`, pushes with `{"method":`.
    boolean isAnswer() {
        return in.get(from + 2) == 'i';
    }

    long id() {
        return digits(from + "{\"id\":".length());
    }

    /// Null for a result; else what the server says instead.
    @Nullable String error() {
        return find(RESULT, from, Math.min(to, from + ENVELOPE)) >= 0 ? null : toString();
    }

    boolean isMessage() {
        return find(MESSAGE, from, Math.min(to, from + ENVELOPE)) >= 0;
    }

    /// The number that follows `name`, or -1 where the name does not occur.
    long number(byte[] name) {
        int at = find(name, from, to);
        return at < 0 ? -1 : digits(at + name.length);
    }

    byte[] bytes() {
        byte[] bytes = new byte[to - from];
        in.get(from, bytes);
        return bytes;
    }

    @Override
    public String toString() {
        return new String(bytes(), UTF_8);
    }

    private long digits(int from) {
        long number = 0;
        for (int at = from; at < to; at++) {
            int digit = in.get(at) - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    private int find(byte[] wanted, int from, int to) {
        for (int at = from; at <= to - wanted.length; at++) {
            if (startsAt(at, wanted)) {
                return at;
            }
        }
        return -1;
    }

    private boolean startsAt(int at, byte[] wanted) {
        for (int i = 0; i < wanted.length; i++) {
            if (in.get(at + i) != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}
