package madang.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;

/// Pictures as cameras and programs make them: red, green, blue and white in their corners (left to
/// right, top to bottom), and much said about where they were taken.
public final class Photos {
    /// Stands wherever a format has room for words; nobody but its owner should read it.
    public static final String SECRET = "37.5665N 126.9780E Mina's garden";

    public static byte[] jpeg(int width, int height, int orientation) {
        return jpeg(corners(width, height, BufferedImage.TYPE_3BYTE_BGR), orientation);
    }

    public static byte[] jpeg(BufferedImage picture, int orientation) {
        byte[] plain = encoded(picture, "jpeg");
        return joined(
                bytes(0xff, 0xd8),
                segment(0xe1, joined(latin("Exif\0\0"), tiff(orientation), latin(SECRET))),
                segment(0xe1, latin("http://ns.adobe.com/xap/1.0/\0" + SECRET)),
                segment(0xed, latin("Photoshop 3.0\0" + SECRET)),
                segment(0xfe, latin(SECRET)),
                Arrays.copyOfRange(plain, 2, plain.length),
                latin("behind the end: " + SECRET));
    }

    public static byte[] png(int width, int height) {
        return png(width, height, 1);
    }

    public static byte[] png(int width, int height, int orientation) {
        return png(corners(width, height, BufferedImage.TYPE_4BYTE_ABGR), orientation);
    }

    public static byte[] png(BufferedImage picture, int orientation) {
        byte[] plain = encoded(picture, "png");
        return joined(
                Arrays.copyOf(plain, 33),
                chunk("tEXt", latin("Comment\0" + SECRET)),
                chunk("eXIf", joined(tiff(orientation), latin(SECRET))),
                Arrays.copyOfRange(plain, 33, plain.length),
                latin("behind the end: " + SECRET));
    }

    /// Of two frames.
    public static byte[] gif(int width, int height) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.prepareWriteSequence(null);
            for (int frame = 0; frame < 2; frame++) {
                var picture = corners(width, height, BufferedImage.TYPE_BYTE_INDEXED);
                writer.writeToSequence(new IIOImage(picture, null, null), null);
            }
            writer.endWriteSequence();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        byte[] plain = bytes.toByteArray();
        int head = 13 + ((plain[10] & 0x80) == 0 ? 0 : 3 << ((plain[10] & 7) + 1));
        return joined(
                Arrays.copyOf(plain, head),
                bytes(0x21, 0xff, 11),
                latin("NETSCAPE2.0"),
                bytes(3, 1, 0, 0, 0),
                bytes(0x21, 0xfe, SECRET.length()),
                latin(SECRET),
                bytes(0, 0x21, 0xff, 11),
                latin("XMP DataXMP"),
                bytes(SECRET.length()),
                latin(SECRET),
                bytes(0),
                Arrays.copyOfRange(plain, head, plain.length),
                latin("behind the end: " + SECRET));
    }

    /// Of one colour (lossless).
    public static byte[] webp(int width, int height, int orientation) {
        int size = width - 1 | (height - 1) << 14;
        byte[] picture =
                joined(
                        bytes(0x2f),
                        little(size | 1 << 28),
                        bytes(0x07, 0x10, 0x11, 0x11, 0x88, 0x88, 0xfe, 0x07));
        byte[] header =
                joined(
                        bytes(0x0c, 0, 0, 0),
                        Arrays.copyOf(little(width - 1), 3),
                        Arrays.copyOf(little(height - 1), 3));
        byte[] chunks =
                joined(
                        latin("WEBP"),
                        riff("VP8X", header),
                        riff("VP8L", picture),
                        riff("EXIF", joined(tiff(orientation), latin(SECRET))),
                        riff("XMP ", latin(SECRET)));
        return riff("RIFF", chunks);
    }

    /// A picture of so many pixels in a few bytes.
    public static byte[] bomb(int width, int height) {
        byte[] small = png(8, 8);
        ByteBuffer.wrap(small).putInt(16, width).putInt(20, height);
        CRC32 crc = new CRC32();
        crc.update(small, 12, 17);
        ByteBuffer.wrap(small).putInt(29, (int) crc.getValue());
        return small;
    }

    public static BufferedImage decoded(byte[] picture) {
        try {
            return ImageIO.read(new ByteArrayInputStream(picture));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// The colours of the corners, left to right, top to bottom: `RGBW` of one that stands upright.
    public static String corners(BufferedImage picture) {
        int right = picture.getWidth() * 7 / 8;
        int bottom = picture.getHeight() * 7 / 8;
        int left = picture.getWidth() / 8;
        int top = picture.getHeight() / 8;
        return colour(picture.getRGB(left, top))
                + colour(picture.getRGB(right, top))
                + colour(picture.getRGB(left, bottom))
                + colour(picture.getRGB(right, bottom));
    }

    private static String colour(int rgb) {
        boolean red = (rgb >> 16 & 0xff) > 128;
        boolean green = (rgb >> 8 & 0xff) > 128;
        boolean blue = (rgb & 0xff) > 128;
        if (red && green && blue) {
            return "W";
        }
        return red ? "R" : green ? "G" : blue ? "B" : "-";
    }

    private static BufferedImage corners(int width, int height, int type) {
        BufferedImage picture = new BufferedImage(width, height, type);
        Graphics2D brush = picture.createGraphics();
        Color[] colours = {Color.RED, Color.GREEN, Color.BLUE, Color.WHITE};
        for (int i = 0; i < colours.length; i++) {
            brush.setColor(colours[i]);
            brush.fillRect(i % 2 * width / 2, i / 2 * height / 2, width, height);
        }
        brush.dispose();
        return picture;
    }

    private static byte[] encoded(BufferedImage picture, String format) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture, format, bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /// Little-endian, with a maker's note before the orientation.
    private static byte[] tiff(int orientation) {
        return ByteBuffer.allocate(38)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(latin("II*\0"))
                .putInt(8)
                .putShort((short) 2)
                .putShort((short) 0x010f)
                .putShort((short) 2)
                .putInt(4)
                .put(latin("ABC\0"))
                .putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putInt(orientation)
                .putInt(0)
                .array();
    }

    private static byte[] segment(int marker, byte[] body) {
        return joined(bytes(0xff, marker, (body.length + 2) >> 8, body.length + 2), body);
    }

    private static byte[] chunk(String type, byte[] body) {
        CRC32 crc = new CRC32();
        crc.update(latin(type));
        crc.update(body);
        return joined(big(body.length), latin(type), body, big((int) crc.getValue()));
    }

    private static byte[] riff(String type, byte[] body) {
        return joined(latin(type), little(body.length), body, new byte[body.length & 1]);
    }

    private static byte[] little(int number) {
        return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(number).array();
    }

    private static byte[] big(int number) {
        return ByteBuffer.allocate(4).putInt(number).array();
    }

    private static byte[] latin(String text) {
        return text.getBytes(ISO_8859_1);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            whole.writeBytes(part);
        }
        return whole.toByteArray();
    }

    private Photos() {}
}
