package madang.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.Set;

/// A PNG (W3C PNG, third edition): a signature and chunks. Kept are those of the picture, of its
/// colours and of its motion; texts, times and EXIF go.
final class PngFile {
    private static final int SIGNATURE_BYTES = 8;
    private static final int FRAME_BYTES = 12;
    private static final Set<String> NEEDED =
            Set.of(
                    "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "cHRM", "gAMA", "iCCP", "sBIT", "sRGB",
                    "cICP", "bKGD", "pHYs", "acTL", "fcTL", "fdAT");

    private final ByteBuffer file;
    private final Anatomy.Pieces kept = new Anatomy.Pieces();
    private int width;
    private int height;
    private boolean moves;
    private Orientation orientation = Orientation.UPRIGHT;

    PngFile(ByteBuffer file) {
        this.file = file;
    }

    Anatomy anatomy() {
        kept.keep(0, SIGNATURE_BYTES);
        String type = "";
        for (int at = SIGNATURE_BYTES; !type.equals("IEND"); at += FRAME_BYTES + length(at)) {
            type = type(at);
            chunk(at, type);
        }
        if (width <= 0 || height <= 0) {
            throw new Anatomy.Broken("it has no size");
        }
        return new Anatomy(width, height, (long) width * height, orientation, moves, kept.all());
    }

    private void chunk(int at, String type) {
        switch (type) {
            case "IHDR" -> {
                width = file.getInt(at + 8);
                height = file.getInt(at + 12);
            }
            case "acTL" -> moves = true;
            case "eXIf" -> orientation = Orientation.of(file.slice(at + 8, length(at)));
            default -> {}
        }
        if (NEEDED.contains(type)) {
            file.get(at + FRAME_BYTES + length(at) - 1);
            kept.keep(at, FRAME_BYTES + length(at));
        }
    }

    private int length(int at) {
        int length = file.getInt(at);
        if (length < 0 || length > file.limit()) {
            throw new Anatomy.Broken("a chunk is longer than its file");
        }
        return length;
    }

    private String type(int at) {
        byte[] type = new byte[4];
        file.get(at + 4, type);
        return new String(type, ISO_8859_1);
    }
}
