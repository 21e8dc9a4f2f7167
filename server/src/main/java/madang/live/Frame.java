package madang.live;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// One text message, put into the bytes of its frame (RFC 6455 §5.2) once and shared by all sockets
/// that get it: what a server sends is not masked, so it is the same for everybody. Several that
/// everybody gets one behind the other are one to all who carry them.
public final class Frame {
    private static final byte FINAL = (byte) 0x80;
    private static final byte TEXT = 0x1;
    private static final byte PING = 0x9;
    private static final byte PONG = 0xA;
    private static final int IN_TWO_BYTES = 126;
    private static final int IN_EIGHT_BYTES = 127;

    private final byte[] wire;
    private final int headerBytes;
    private final List<Frame> parts;

    private Frame(byte opcode, byte[]... parts) {
        int size = 0;
        for (byte[] part : parts) {
            size += part.length;
        }
        headerBytes = size < IN_TWO_BYTES ? 2 : size <= 0xFFFF ? 4 : 10;
        ByteBuffer whole = ByteBuffer.allocate(headerBytes + size).put((byte) (FINAL | opcode));
        switch (headerBytes) {
            case 2 -> whole.put((byte) size);
            case 4 -> whole.put((byte) IN_TWO_BYTES).putShort((short) size);
            default -> whole.put((byte) IN_EIGHT_BYTES).putLong(size);
        }
        for (byte[] part : parts) {
            whole.put(part);
        }
        wire = whole.array();
        this.parts = List.of();
    }

    private Frame(List<Frame> frames) {
        parts = frames.stream().flatMap(frame -> frame.parts().stream()).toList();
        headerBytes = parts.getFirst().headerBytes;
        ByteBuffer whole = ByteBuffer.allocate(parts.stream().mapToInt(p -> p.wire.length).sum());
        parts.forEach(part -> whole.put(part.wire));
        wire = whole.array();
    }

    /// These as one.
    static Frame together(List<Frame> frames) {
        return frames.size() == 1 ? frames.getFirst() : new Frame(frames);
    }

    static Frame ping() {
        return new Frame(PING);
    }

    /// The answer to a ping that brought this, at most 125 bytes.
    static Frame pong(byte[] payload) {
        return new Frame(PONG, payload);
    }

    /// The bytes are UTF-8.
    public static Frame of(byte[] utf8) {
        return new Frame(TEXT, utf8);
    }

    public static Frame of(String text) {
        return new Frame(TEXT, utf8(text));
    }

    /// A push: `{"method":"chat.typing","params":{…}}`. The params are a JSON object in bytes.
    public static Frame push(String method, byte[] params) {
        return joined(utf8("{\"method\":\"" + method + "\",\"params\":"), params, utf8("}"));
    }

    /// A push whose params get one more member here: what is the same for all nodes travels as
    /// bytes, and each node adds the number that only it knows without reading them.
    public static Frame push(String method, byte[] params, String member, long value) {
        return joined(
                utf8(
                        "{\"method\":\""
                                + method
                                + "\",\"params\":{\""
                                + member
                                + "\":"
                                + value
                                + ","),
                withoutOpeningBrace(params),
                utf8("}"));
    }

    /// The parts, one behind the other.
    public static Frame joined(byte[]... parts) {
        return new Frame(TEXT, parts);
    }

    /// The length of its text in bytes; of several the length of all behind the first header.
    public int size() {
        return wire.length - headerBytes;
    }

    /// The text messages that it is.
    List<Frame> parts() {
        return parts.isEmpty() ? List.of(this) : parts;
    }

    int count() {
        return Math.max(1, parts.size());
    }

    @Override
    public String toString() {
        return new String(wire, headerBytes, size(), StandardCharsets.UTF_8);
    }

    /// Its text, a view of its own for each writer.
    ByteBuffer text() {
        return ByteBuffer.wrap(wire, headerBytes, size());
    }

    /// The whole frame, header and text.
    byte[] wire() {
        return wire;
    }

    private static byte[] withoutOpeningBrace(byte[] object) {
        if (object.length < 3 || object[0] != '{' || object[1] == '}') {
            throw new IllegalArgumentException("not a JSON object with members");
        }
        return Arrays.copyOfRange(object, 1, object.length);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
