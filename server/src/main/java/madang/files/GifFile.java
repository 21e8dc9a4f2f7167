package madang.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;

/// A GIF (89a): a canvas and blocks. Kept are frames, how long each is shown, and how often they
/// come round; comments and what programs left behind go.
final class GifFile {
    private static final int IMAGE = 0x2c;
    private static final int EXTENSION = 0x21;
    private static final int TRAILER = 0x3b;
    private static final int CONTROL = 0xf9;
    private static final int APPLICATION = 0xff;
    private static final int HEADER_BYTES = 13;
    private static final int DESCRIPTOR_BYTES = 10;
    private static final Set<String> LOOPS = Set.of("NETSCAPE2.0", "ANIMEXTS1.0");

    private final ByteBuffer file;
    private final Anatomy.Pieces kept = new Anatomy.Pieces();
    private long pixels;
    private int frames;

    GifFile(ByteBuffer file) {
        this.file = file.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    Anatomy anatomy() {
        int width = u16(6);
        int height = u16(8);
        pixels = (long) width * height;
        int at = HEADER_BYTES + colours(10);
        kept.keep(0, at);
        while (at < file.limit() && u8(at) != TRAILER) {
            at = block(at);
        }
        kept.write(new byte[] {TRAILER});
        if (frames == 0 || pixels == 0) {
            throw new Anatomy.Broken("it has no frame");
        }
        return new Anatomy(width, height, pixels, Orientation.UPRIGHT, frames > 1, kept.all());
    }

    private int block(int at) {
        return switch (u8(at)) {
            case IMAGE -> frame(at);
            case EXTENSION -> extension(at);
            default -> throw new Anatomy.Broken("a block has no name");
        };
    }

    private int frame(int at) {
        pixels = Math.max(pixels, (long) u16(at + 5) * u16(at + 7));
        frames++;
        int data = at + DESCRIPTOR_BYTES + colours(at + 9) + 1;
        int end = endOfData(data);
        kept.keep(at, end - at);
        return end;
    }

    private int extension(int at) {
        int end = endOfData(at + 2);
        boolean isNeeded =
                switch (u8(at + 1)) {
                    case CONTROL -> true;
                    case APPLICATION -> LOOPS.contains(application(at));
                    default -> false;
                };
        if (isNeeded) {
            kept.keep(at, end - at);
        }
        return end;
    }

    private String application(int at) {
        byte[] name = new byte[Math.min(11, u8(at + 2))];
        file.get(at + 3, name);
        return new String(name, ISO_8859_1);
    }

    /// The bytes of a colour table, as the flags at this place say.
    private int colours(int flags) {
        return (u8(flags) & 0x80) == 0 ? 0 : 3 << ((u8(flags) & 7) + 1);
    }

    /// Data comes in blocks of at most 255 bytes, up to an empty one.
    private int endOfData(int from) {
        int at = from;
        while (u8(at) != 0) {
            at += 1 + u8(at);
        }
        return at + 1;
    }

    private int u8(int at) {
        return file.get(at) & 0xff;
    }

    private int u16(int at) {
        return file.getShort(at) & 0xffff;
    }
}
