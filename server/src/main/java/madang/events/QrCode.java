package madang.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import javax.imageio.ImageIO;

/// An address as a picture for the camera of a phone (ISO/IEC 18004), dark on light with the quiet
/// border that scanners ask for.
final class QrCode {
    private static final int QUIET_MODULES = 4;
    private static final int PIXELS_PER_MODULE = 8;
    private static final int DARK = 0x000000;
    private static final int LIGHT = 0xFFFFFF;

    enum Format {
        PNG("image/png"),
        SVG("image/svg+xml");

        private final String contentType;

        Format(String contentType) {
            this.contentType = contentType;
        }

        String contentType() {
            return contentType;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final ByteMatrix modules;

    QrCode(String address) {
        try {
            modules = Encoder.encode(address, ErrorCorrectionLevel.M).getMatrix();
        } catch (WriterException tooLong) {
            throw new IllegalArgumentException("no address is that long", tooLong);
        }
    }

    byte[] as(Format format) {
        return switch (format) {
            case PNG -> png();
            case SVG -> svg().getBytes(UTF_8);
        };
    }

    private int side() {
        return modules.getWidth() + 2 * QUIET_MODULES;
    }

    private boolean isDark(int x, int y) {
        int column = x - QUIET_MODULES;
        int row = y - QUIET_MODULES;
        return column >= 0
                && row >= 0
                && column < modules.getWidth()
                && row < modules.getHeight()
                && modules.get(column, row) == 1;
    }

    private byte[] png() {
        int pixels = side() * PIXELS_PER_MODULE;
        BufferedImage image = new BufferedImage(pixels, pixels, BufferedImage.TYPE_BYTE_BINARY);
        for (int y = 0; y < pixels; y++) {
            for (int x = 0; x < pixels; x++) {
                boolean isDark = isDark(x / PIXELS_PER_MODULE, y / PIXELS_PER_MODULE);
                image.setRGB(x, y, isDark ? DARK : LIGHT);
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
        return out.toByteArray();
    }

    /// One path of all dark modules.
    private String svg() {
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < side(); y++) {
            for (int x = 0; x < side(); x++) {
                if (isDark(x, y)) {
                    path.append('M').append(x).append(' ').append(y).append("h1v1h-1z");
                }
            }
        }
        return """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %1$d" shape-rendering="crispEdges">\
        <path fill="#fff" d="M0 0h%1$dv%1$dH0z"/><path d="%2$s"/></svg>
        """
                .formatted(side(), path);
    }
}
