package madang.chat;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// What a room's bus topic carries: a number, by which a node sees whether it missed something, and
/// a push in bytes, ready to be spliced into a frame. Messages carry their `changed_seq`;
/// everything that is not in the log (typing, presence, markers) carries 0.
record Hint(Kind kind, long changedSeq, byte[] params) {
    enum Kind {
        MESSAGE('m', "chat.message"),
        TYPING('t', "chat.typing"),
        TYPING_STOPPED('s', "chat.typing_stopped"),
        PRESENCE('p', "chat.presence"),
        READ('r', "chat.read"),
        CLOSED('c', "chat.closed"),
        MENTIONED('a', "chat.mentioned"),
        /// The room, or somebody in it, is not what it was.
        ROOM('o', "chat.room"),
        /// Something may have been stored that nobody was told of.
        LOOK('l', "chat.reset");

        private final char mark;
        private final String method;

        Kind(char mark, String method) {
            this.mark = mark;
            this.method = method;
        }

        static Kind marked(byte mark) {
            for (Kind kind : values()) {
                if (kind.mark == mark) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("no hint is marked " + mark);
        }

        String method() {
            return method;
        }
    }

    static Hint of(byte[] payload) {
        ByteBuffer bytes = ByteBuffer.wrap(payload);
        return new Hint(
                Kind.marked(bytes.get()),
                bytes.getLong(),
                Arrays.copyOfRange(payload, 1 + Long.BYTES, payload.length));
    }

    byte[] payload() {
        return ByteBuffer.allocate(1 + Long.BYTES + params.length)
                .put((byte) kind.mark)
                .putLong(changedSeq)
                .put(params)
                .array();
    }
}
