package madang.files;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.FileImageOutputStream;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import net.coobird.thumbnailator.Thumbnails;

/// A decoded picture: memory by the pixel. Only the workshop's threads hold one.
record Picture(BufferedImage pixels) {
    /// The longest side of a thumbnail.
    static final int THUMBNAIL = 480;

    private static final float TURNED_QUALITY = 0.92f;
    private static final float THUMBNAIL_QUALITY = 0.8f;

    /// We write no WebP, and no moving pictures.
    static boolean canTurn(FileType type, Anatomy anatomy) {
        return (type == FileType.JPEG || type == FileType.PNG) && !anatomy.moves();
    }

    /// Its first frame, every `step`th pixel of it.
    static Picture read(Path file, FileType type, int step) throws IOException {
        ImageReader reader = reader(type);
        try (var in = new FileImageInputStream(file.toFile())) {
            reader.setInput(in, true, true);
            ImageReadParam param = reader.getDefaultReadParam();
            param.setSourceSubsampling(step, step, 0, 0);
            return new Picture(reader.read(0, param));
        } finally {
            reader.dispose();
        }
    }

    /// Upright, and in the colours that every screen knows (sRGB).
    BufferedImage turned(Orientation orientation) {
        int width = orientation.isSideways() ? pixels.getHeight() : pixels.getWidth();
        int height = orientation.isSideways() ? pixels.getWidth() : pixels.getHeight();
        BufferedImage upright =
                new BufferedImage(
                        width,
                        height,
                        hasAlpha() ? BufferedImage.TYPE_4BYTE_ABGR : BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D canvas = upright.createGraphics();
        canvas.drawImage(pixels, orientation.turning(pixels.getWidth(), pixels.getHeight()), null);
        canvas.dispose();
        return upright;
    }

    /// Small and upright: as JPEG, or as PNG where it lets the page shine through.
    Prepared.Thumbnail small(Orientation orientation) throws IOException {
        Picture upright = new Picture(turned(orientation));
        BufferedImage small =
                Math.max(upright.pixels.getWidth(), upright.pixels.getHeight()) <= THUMBNAIL
                        ? upright.pixels
                        : Thumbnails.of(upright.pixels)
                                .size(THUMBNAIL, THUMBNAIL)
                                .asBufferedImage();
        FileType type = hasAlpha() ? FileType.PNG : FileType.JPEG;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            new Picture(small).write(type, out, THUMBNAIL_QUALITY);
        }
        return new Prepared.Thumbnail(type, bytes.toByteArray());
    }

    boolean write(FileType type, Path file) throws IOException {
        try (ImageOutputStream out = new FileImageOutputStream(file.toFile())) {
            write(type, out, TURNED_QUALITY);
            return true;
        }
    }

    private void write(FileType type, ImageOutputStream out, float quality) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByMIMEType(type.mimeType()).next();
        try {
            ImageWriteParam param = writer.getDefaultWriteParam();
            if (type == FileType.JPEG) {
                param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                param.setCompressionQuality(quality);
            }
            writer.setOutput(out);
            writer.write(null, new IIOImage(pixels, null, null), param);
        } finally {
            writer.dispose();
        }
    }

    private boolean hasAlpha() {
        return pixels.getColorModel().hasAlpha();
    }

    private static ImageReader reader(FileType type) throws IOException {
        return type == FileType.WEBP
                ? new WebPImageReaderSpi().createReaderInstance(null)
                : ImageIO.getImageReadersByMIMEType(type.mimeType()).next();
    }
}
