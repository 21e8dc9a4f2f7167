package madang.kit.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.io.SerializedString;

/// One JSON value (RFC 8259), put into UTF-8 by hand: for the few shapes that are written so often
/// that a general writer's care for each member shows (docs/performance.md). Names, commas and
/// braces come in pieces that are bytes already.
public final class JsonBytes {
    private static final byte[] NULL = piece("null");
    private static final byte[] TRUE = piece("true");
    private static final byte[] FALSE = piece("false");
    private static final byte[] QUOTE = piece("\"");
    private static final byte[] HEX = piece("0123456789abcdef");
    private static final int MOST_BYTES_A_CHAR = 6;

    private byte[] bytes;
    private int size;

    public JsonBytes(int expectedSize) {
        bytes = new byte[expectedSize];
    }

    /// JSON, or a part of it, that is added as it stands.
    public static byte[] piece(String json) {
        return json.getBytes(UTF_8);
    }

    /// Writes the value where the generator is about to write one.
    public void writeTo(JsonGenerator out) {
        out.writeRawValue(new Utf8(Arrays.copyOf(bytes, size)));
    }

    public JsonBytes add(byte[] piece) {
        reserve(piece.length);
        System.arraycopy(piece, 0, bytes, size, piece.length);
        size += piece.length;
        return this;
    }

    public JsonBytes json(@Nullable String json) {
        return add(json == null ? NULL : piece(json));
    }

    public JsonBytes bool(boolean value) {
        return add(value ? TRUE : FALSE);
    }

    public JsonBytes number(long number) {
        return add(piece(Long.toString(number)));
    }

    /// In quotes, for what is known to need no escape.
    public JsonBytes plain(@Nullable String text) {
        if (text == null) {
            return add(NULL);
        }
        return add(QUOTE).add(piece(text)).add(QUOTE);
    }

    /// In quotes. Half of a surrogate pair has no place in UTF-8 and becomes `?`.
    public JsonBytes text(@Nullable String text) {
        if (text == null) {
            return add(NULL);
        }
        reserve(text.length() * MOST_BYTES_A_CHAR + 2);
        bytes[size++] = '"';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                ascii(c);
            } else if (Character.isHighSurrogate(c) && isPair(text, i)) {
                i++;
                fourBytes(Character.toCodePoint(c, text.charAt(i)));
            } else {
                oneOfThePlane(c);
            }
        }
        bytes[size++] = '"';
        return this;
    }

    private static boolean isPair(String text, int high) {
        return high + 1 < text.length() && Character.isLowSurrogate(text.charAt(high + 1));
    }

    private void ascii(char c) {
        if (c >= ' ' && c != '"' && c != '\\') {
            bytes[size++] = (byte) c;
            return;
        }
        bytes[size++] = '\\';
        switch (c) {
            case '"', '\\' -> bytes[size++] = (byte) c;
            case '\n' -> bytes[size++] = 'n';
            case '\r' -> bytes[size++] = 'r';
            case '\t' -> bytes[size++] = 't';
            default -> {
                bytes[size++] = 'u';
                bytes[size++] = '0';
                bytes[size++] = '0';
                bytes[size++] = HEX[c >> 4];
                bytes[size++] = HEX[c & 0xf];
            }
        }
    }

    private void oneOfThePlane(char c) {
        if (c < 0x800) {
            bytes[size++] = (byte) (0xc0 | (c >> 6));
            bytes[size++] = (byte) (0x80 | (c & 0x3f));
        } else if (Character.isSurrogate(c)) {
            bytes[size++] = '?';
        } else {
            bytes[size++] = (byte) (0xe0 | (c >> 12));
            bytes[size++] = (byte) (0x80 | ((c >> 6) & 0x3f));
            bytes[size++] = (byte) (0x80 | (c & 0x3f));
        }
    }

    private void fourBytes(int codePoint) {
        bytes[size++] = (byte) (0xf0 | (codePoint >> 18));
        bytes[size++] = (byte) (0x80 | ((codePoint >> 12) & 0x3f));
        bytes[size++] = (byte) (0x80 | ((codePoint >> 6) & 0x3f));
        bytes[size++] = (byte) (0x80 | (codePoint & 0x3f));
    }

    private void reserve(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
        }
    }

    /// Tells Jackson the bytes without having it make them of a text.
    private static final class Utf8 extends SerializedString {
        Utf8(byte[] utf8) {
            super("");
            _unquotedUTF8Ref = utf8;
        }
    }
}
