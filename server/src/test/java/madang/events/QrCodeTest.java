package madang.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.LuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/// Whatever is drawn is read back as a camera reads it.
class QrCodeTest {
    private static final String ADDRESS = "https://madang.example/invite/0123456789Ab?by=qr";

    @Test
    void a_camera_reads_the_png() throws Exception {
        byte[] png = new QrCode(ADDRESS).as(QrCode.Format.PNG);
        assertThat(read(ImageIO.read(new ByteArrayInputStream(png)))).isEqualTo(ADDRESS);
    }

    @Test
    void the_svg_shows_the_same_modules() throws Exception {
        String svg = new String(new QrCode(ADDRESS).as(QrCode.Format.SVG), UTF_8);
        Matcher box = Pattern.compile("viewBox=\"0 0 (\\d+) ").matcher(svg);
        assertThat(box.find()).isTrue();
        int side = Integer.parseInt(box.group(1));
        BufferedImage drawn = new BufferedImage(side * 4, side * 4, BufferedImage.TYPE_BYTE_BINARY);
        var brush = drawn.createGraphics();
        brush.setColor(java.awt.Color.WHITE);
        brush.fillRect(0, 0, side * 4, side * 4);
        brush.setColor(java.awt.Color.BLACK);
        Matcher modules = Pattern.compile("M(\\d+) (\\d+)h1v1h-1z").matcher(svg);
        while (modules.find()) {
            int x = Integer.parseInt(modules.group(1));
            int y = Integer.parseInt(modules.group(2));
            brush.fillRect(x * 4, y * 4, 4, 4);
        }
        brush.dispose();
        assertThat(read(drawn)).isEqualTo(ADDRESS);
        assertThat(svg).doesNotContain("script").doesNotContain("href");
    }

    private static String read(BufferedImage image) throws Exception {
        return new QRCodeReader()
                .decode(new BinaryBitmap(new HybridBinarizer(new Seen(image))))
                .getText();
    }

    /// What a camera sees of a picture.
    private static final class Seen extends LuminanceSource {
        private final BufferedImage image;

        Seen(BufferedImage image) {
            super(image.getWidth(), image.getHeight());
            this.image = image;
        }

        @Override
        public byte[] getRow(int y, byte[] row) {
            byte[] seen = new byte[getWidth()];
            for (int x = 0; x < seen.length; x++) {
                seen[x] = (byte) (image.getRGB(x, y) & 0xFF);
            }
            return seen;
        }

        @Override
        public byte[] getMatrix() {
            byte[] all = new byte[getWidth() * getHeight()];
            for (int y = 0; y < getHeight(); y++) {
                System.arraycopy(getRow(y, all), 0, all, y * getWidth(), getWidth());
            }
            return all;
        }
    }
}
