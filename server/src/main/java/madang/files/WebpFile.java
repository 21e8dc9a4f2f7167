package madang.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A WebP (RFC 9649): chunks in a RIFF box. EXIF and XMP go, and the header no longer promises
/// them. As the house cannot write WebP, one that lies on its side is not turned: it keeps an EXIF
/// chunk that says only that.
final class WebpFile {
    private static final int BOX_BYTES = 12;
    private static final int HEAD_BYTES = 8;
    private static final int MOVES = 0x02;
    private static final int HAS_XMP = 0x04;
    private static final int HAS_EXIF = 0x08;
    private static final int UNKNOWN_SIZE = 0;
    private static final Set<String> NEEDED =
            Set.of("VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP");

    private final ByteBuffer file;
    private final Anatomy.Pieces kept = new Anatomy.Pieces();
    private int width = UNKNOWN_SIZE;
    private int height = UNKNOWN_SIZE;
    private long pixels;
    private boolean moves;
    private Orientation orientation = Orientation.UPRIGHT;

    WebpFile(ByteBuffer file) {
        this.file = file.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    Anatomy anatomy() {
        int end = Math.min(file.limit(), file.getInt(4) + HEAD_BYTES);
        findOrientation(end);
        int length = 4;
        for (int at = BOX_BYTES; at + HEAD_BYTES <= end; at = next(at)) {
            length += chunk(at);
        }
        if (!orientation.isUpright()) {
            byte[] exif = chunk("EXIF", orientation.alone());
            kept.write(exif);
            length += exif.length;
        }
        if (pixels == 0) {
            throw new Anatomy.Broken("it has no picture");
        }
        return new Anatomy(width, height, pixels, orientation, moves, boxed(length));
    }

    /// The header, which comes first, promises what comes last.
    private void findOrientation(int end) {
        for (int at = BOX_BYTES; at + HEAD_BYTES <= end; at = next(at)) {
            if (type(at).equals("EXIF")) {
                ByteBuffer exif = file.slice(at + HEAD_BYTES, size(at));
                orientation =
                        Orientation.of(
                                exif.limit() > 6 && exif.get(0) == 'E'
                                        ? exif.slice(6, exif.limit() - 6)
                                        : exif);
            }
        }
    }

    private int chunk(int at) {
        String type = type(at);
        int length = next(at) - at;
        switch (type) {
            case "VP8X" -> {
                header(at);
                return length;
            }
            case "VP8 " -> size(u16(at + 14) & 0x3fff, u16(at + 16) & 0x3fff);
            case "VP8L" -> {
                int bits = file.getInt(at + 9);
                size((bits & 0x3fff) + 1, (bits >>> 14 & 0x3fff) + 1);
            }
            default -> {}
        }
        if (!NEEDED.contains(type)) {
            return 0;
        }
        kept.keep(at, length);
        return length;
    }

    private void header(int at) {
        int flags = u8(at + HEAD_BYTES);
        moves = (flags & MOVES) != 0;
        size(u24(at + 12) + 1, u24(at + 15) + 1);
        byte[] header = new byte[next(at) - at];
        file.get(at, header);
        int exif = orientation.isUpright() ? 0 : HAS_EXIF;
        header[HEAD_BYTES] = (byte) ((flags & ~(HAS_XMP | HAS_EXIF)) | exif);
        kept.write(header);
    }

    /// The first one that says a size speaks for the whole; all must be bearable.
    private void size(int itsWidth, int itsHeight) {
        if (width == UNKNOWN_SIZE) {
            width = itsWidth;
            height = itsHeight;
        }
        pixels = Math.max(pixels, (long) itsWidth * itsHeight);
    }

    private List<Anatomy.Piece> boxed(int length) {
        byte[] box =
                ByteBuffer.allocate(BOX_BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .put("RIFF".getBytes(ISO_8859_1))
                        .putInt(length)
                        .put("WEBP".getBytes(ISO_8859_1))
                        .array();
        List<Anatomy.Piece> pieces = new ArrayList<>();
        pieces.add(new Anatomy.Piece.Written(box));
        pieces.addAll(kept.all());
        return pieces;
    }

    private static byte[] chunk(String type, byte[] body) {
        return ByteBuffer.allocate(HEAD_BYTES + body.length + (body.length & 1))
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(type.getBytes(ISO_8859_1))
                .putInt(body.length)
                .put(body)
                .array();
    }

    private int next(int at) {
        long next = (long) at + HEAD_BYTES + size(at) + (size(at) & 1);
        if (next > file.limit() + 1L) {
            throw new Anatomy.Broken("a chunk is longer than its file");
        }
        return (int) Math.min(next, file.limit());
    }

    private int size(int at) {
        int size = file.getInt(at + 4);
        if (size < 0 || size > file.limit()) {
            throw new Anatomy.Broken("a chunk is longer than its file");
        }
        return size;
    }

    private String type(int at) {
        byte[] type = new byte[4];
        file.get(at, type);
        return new String(type, ISO_8859_1);
    }

    private int u8(int at) {
        return file.get(at) & 0xff;
    }

    private int u16(int at) {
        return file.getShort(at) & 0xffff;
    }

    private int u24(int at) {
        return u16(at) | u8(at + 2) << 16;
    }
}
