package madang.live;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// One text message, put into bytes once and shared by all sockets that get it.
public final class Frame {
    private final byte[] text;

    private Frame(byte[] text) {
        this.text = text;
    }

    /// The bytes are UTF-8 and belong to the frame from now on.
    public static Frame of(byte[] utf8) {
        return new Frame(utf8);
    }

    public static Frame of(String text) {
        return new Frame(utf8(text));
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
        int size = 0;
        for (byte[] part : parts) {
            size += part.length;
        }
        ByteBuffer whole = ByteBuffer.allocate(size);
        for (byte[] part : parts) {
            whole.put(part);
        }
        return new Frame(whole.array());
    }

    public int size() {
        return text.length;
    }

    @Override
    public String toString() {
        return new String(text, StandardCharsets.UTF_8);
    }

    /// A view of its own for each writer.
    ByteBuffer bytes() {
        return ByteBuffer.wrap(text);
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
