package madang.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;

/// A JPEG (ITU-T T.81): segments, each behind a marker, and the coded picture. Kept are those that
/// decoders need, the colour profile among them; what stands behind the end is not looked at.
final class JpegFile {
    private static final int SOI = 0xd8;
    private static final int EOI = 0xd9;
    private static final int SOS = 0xda;
    private static final int APP0 = 0xe0;
    private static final int APP1 = 0xe1;
    private static final int APP2 = 0xe2;
    private static final int APP14 = 0xee;
    private static final int APP15 = 0xef;
    private static final int COMMENT = 0xfe;
    private static final String EXIF = "Exif\0\0";

    private final ByteBuffer file;
    private final Anatomy.Pieces kept = new Anatomy.Pieces();
    private int width;
    private int height;
    private long pixels;
    private Orientation orientation = Orientation.UPRIGHT;

    JpegFile(ByteBuffer file) {
        this.file = file;
    }

    Anatomy anatomy() {
        kept.keep(0, 2);
        int at = 2;
        while (at < file.limit()) {
            int marker = marker(at);
            if (marker == EOI) {
                kept.keep(at, 2);
                break;
            }
            at = isAlone(marker) ? alone(at) : segment(at, marker);
        }
        if (pixels == 0) {
            throw new Anatomy.Broken("it has no picture");
        }
        return new Anatomy(width, height, pixels, orientation, false, kept.all());
    }

    private int marker(int at) {
        if (u8(at) != 0xff) {
            throw new Anatomy.Broken("a marker is missing");
        }
        return u8(at + 1);
    }

    /// A filler, or a marker without a length.
    private static boolean isAlone(int marker) {
        return marker == 0xff || marker == 1 || isRestart(marker) || marker == SOI;
    }

    private int alone(int at) {
        int length = u8(at + 1) == 0xff ? 1 : 2;
        kept.keep(at, length);
        return at + length;
    }

    private int segment(int at, int marker) {
        int end = at + 2 + u16(at + 2);
        if (marker == SOS) {
            end = endOfScan(end);
        }
        if (isFrame(marker)) {
            frame(at + 4);
        }
        if (marker == APP1 && says(at, EXIF)) {
            orientation =
                    Orientation.of(
                            file.slice(at + 4 + EXIF.length(), end - at - 4 - EXIF.length()));
        }
        if (isNeeded(at, marker)) {
            kept.keep(at, Math.min(end, file.limit()) - at);
        }
        return end;
    }

    private boolean isNeeded(int at, int marker) {
        return switch (marker) {
            case APP0 -> says(at, "JFIF\0");
            case APP2 -> says(at, "ICC_PROFILE\0");
            case APP14 -> says(at, "Adobe");
            default -> (marker < APP0 || marker > APP15) && marker != COMMENT;
        };
    }

    private boolean says(int at, String word) {
        byte[] found = new byte[Math.min(word.length(), Math.max(0, u16(at + 2) - 2))];
        file.get(at + 4, found);
        return new String(found, ISO_8859_1).equals(word);
    }

    private static boolean isFrame(int marker) {
        return marker >= 0xc0
                && marker <= 0xcf
                && marker != 0xc4
                && marker != 0xc8
                && marker != 0xcc;
    }

    private static boolean isRestart(int marker) {
        return marker >= 0xd0 && marker <= 0xd7;
    }

    private void frame(int at) {
        height = u16(at + 1);
        width = u16(at + 3);
        pixels = Math.max(pixels, (long) width * height);
    }

    /// Where the coded data behind a scan's header ends: at the next marker that is no restart and
    /// no escaped 0xff. Some cameras forget the last one.
    private int endOfScan(int from) {
        int at = from;
        while (at + 1 < file.limit()) {
            if (u8(at) == 0xff && u8(at + 1) != 0 && !isRestart(u8(at + 1))) {
                return at;
            }
            at++;
        }
        return file.limit();
    }

    private int u8(int at) {
        return file.get(at) & 0xff;
    }

    private int u16(int at) {
        return file.getShort(at) & 0xffff;
    }
}
