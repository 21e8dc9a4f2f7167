package madang.chat;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// What a room's bus topic carries: a number, by which a node sees whether it missed something, and a
/// push in bytes, ready to be spliced into a frame. Messages carry their `changed_seq`; everything
/// that is not in the log (typing, presence, markers) carries 0.
record Hint(Kind kind, long changedSeq, byte[] params) {
    enum Kind {
        MESSAGE("chat.message"),
        TYPING("chat.typing"),
        PRESENCE("chat.presence"),
        READ("chat.read"),
        CLOSED("chat.closed");

        private final String method;

        Kind(String method) {
            this.method = method;
        }

        String method() {
            return method;
        }
    }

    static Hint of(byte[] payload) {
        ByteBuffer bytes = ByteBuffer.wrap(payload);
        return new Hint(
                Kind.values()[bytes.get()],
                bytes.getLong(),
                Arrays.copyOfRange(payload, 1 + Long.BYTES, payload.length));
    }

    byte[] payload() {
        return ByteBuffer.allocate(1 + Long.BYTES + params.length)
                .put((byte) kind.ordinal())
                .putLong(changedSeq)
                .put(params)
                .array();
    }
}
