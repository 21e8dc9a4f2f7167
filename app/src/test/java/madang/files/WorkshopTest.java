package madang.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import madang.kit.Failure;
import madang.testing.Photos;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkshopTest {
    private static final long HEAP = 1L << 30;
    private final Workshop workshop = new Workshop(1, HEAP);
    @TempDir Path folder;

    @AfterEach
    void close() {
        workshop.close();
    }

    /// What comes out of the workshop: the picture's bytes, its size as seen, its thumbnail.
    private record Out(byte[] bytes, Integer width, Integer height, Prepared.Thumbnail thumbnail) {
        BufferedImage picture() {
            return Photos.decoded(bytes);
        }

        boolean tells(String word) {
            return new String(bytes, ISO_8859_1).contains(word);
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3", "4", "5", "6", "7", "8"})
    void a_photo_stands_upright_and_tells_nothing(int orientation) throws IOException {
        byte[] stored = turnedAway(1200, 800, orientation);
        Out out = prepared(stored, FileType.JPEG);
        assertThat(out.tells(Photos.SECRET)).isFalse();
        assertThat(out.tells("Exif")).isFalse();
        assertThat(out.tells("ns.adobe.com")).isFalse();
        assertThat(Photos.corners(out.picture())).isEqualTo("RGBW");
        assertThat(out.picture().getWidth()).isEqualTo(out.width()).isEqualTo(1200);
        assertThat(out.height()).isEqualTo(800);
        assertThat(Photos.corners(Photos.decoded(out.thumbnail().bytes()))).isEqualTo("RGBW");
    }

    @Test
    void an_upright_photo_is_not_encoded_anew() throws IOException {
        byte[] before = Photos.jpeg(600, 400, 1);
        Out out = prepared(before, FileType.JPEG);
        assertThat(pixels(out.picture())).isEqualTo(pixels(Photos.decoded(before)));
        assertThat(out.bytes().length).isLessThan(before.length);
    }

    @Test
    void a_thumbnail_fits() throws IOException {
        BufferedImage small =
                Photos.decoded(
                        prepared(Photos.jpeg(3000, 1000, 1), FileType.JPEG).thumbnail().bytes());
        assertThat(small.getWidth()).isEqualTo(480);
        assertThat(small.getHeight()).isEqualTo(160);
        assertThat(prepared(Photos.jpeg(100, 100, 1), FileType.JPEG).thumbnail()).isNull();
    }

    @Test
    void a_png_keeps_its_pixels_and_loses_its_words() throws IOException {
        byte[] before = Photos.png(900, 700);
        Out out = prepared(before, FileType.PNG);
        assertThat(out.tells(Photos.SECRET)).isFalse();
        assertThat(pixels(out.picture())).isEqualTo(pixels(Photos.decoded(before)));
        assertThat(out.thumbnail().type()).isEqualTo(FileType.PNG);
    }

    @Test
    void a_png_that_lies_on_its_side_is_turned() throws IOException {
        Out out = prepared(Photos.png(900, 700, 6), FileType.PNG);
        assertThat(out.width()).isEqualTo(700);
        assertThat(out.picture().getWidth()).isEqualTo(700);
        assertThat(Photos.corners(out.picture())).isEqualTo("BRWG");
    }

    @Test
    void a_moving_gif_goes_on_moving_and_tells_nothing() throws IOException {
        Out out = prepared(Photos.gif(640, 480), FileType.GIF);
        assertThat(out.tells(Photos.SECRET)).isFalse();
        assertThat(out.tells("NETSCAPE2.0")).isTrue();
        assertThat(frames(out.bytes())).isEqualTo(2);
        assertThat(out.width()).isEqualTo(640);
        assertThat(out.thumbnail()).isNotNull();
    }

    @Test
    void a_webp_tells_which_way_up_and_nothing_else() throws IOException {
        Out lying = prepared(Photos.webp(1000, 600, 6), FileType.WEBP);
        assertThat(lying.tells(Photos.SECRET)).isFalse();
        assertThat(lying.width()).isEqualTo(600);
        assertThat(lying.height()).isEqualTo(1000);
        BufferedImage small = Photos.decoded(lying.thumbnail().bytes());
        assertThat(small.getHeight()).isEqualTo(480);
        Out upright = prepared(Photos.webp(1000, 600, 1), FileType.WEBP);
        assertThat(upright.tells("EXIF")).isFalse();
        assertThat(upright.tells("XMP")).isFalse();
        assertThat(prepared(lying.bytes(), FileType.WEBP).bytes()).isEqualTo(lying.bytes());
    }

    @Test
    void what_is_clean_stays_as_it_is() throws IOException {
        for (FileType type : new FileType[] {FileType.JPEG, FileType.PNG, FileType.GIF}) {
            byte[] once = prepared(photo(type), type).bytes();
            assertThat(prepared(once, type).bytes()).as(type.name()).isEqualTo(once);
        }
    }

    @Test
    void a_bomb_is_not_opened() throws IOException {
        assertRefused(Photos.bomb(30_000, 30_000), FileType.PNG, "too_many_pixels");
        assertRefused(Photos.bomb(Integer.MAX_VALUE, Integer.MAX_VALUE), FileType.PNG, "too_many");
        assertRefused(Photos.webp(16_000, 16_000, 1), FileType.WEBP, "too_many_pixels");
    }

    @Test
    void a_small_heap_takes_smaller_pictures() throws IOException {
        try (Workshop hut = new Workshop(1, 16_000_000)) {
            Path file = upload(Photos.png(1001, 1000));
            assertThatExceptionOfType(Failure.class)
                    .isThrownBy(() -> hut.prepare(file, FileType.PNG));
        }
    }

    /// Whatever is cut off or scribbled over: refused or taken, and never anything else.
    @Test
    void broken_pictures_break_nothing() throws IOException {
        Random random = new Random(7);
        for (FileType type : FileType.values()) {
            if (type.isPicture()) {
                byte[] whole = photo(type);
                for (int i = 0; i < 150; i++) {
                    assertTakenOrRefused(scribbled(whole, random), type);
                }
            }
        }
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void nothing_is_left_lying_around() throws IOException {
        prepared(Photos.jpeg(600, 400, 6), FileType.JPEG);
        assertRefused(Photos.bomb(30_000, 30_000), FileType.PNG, "too_many_pixels");
        assertThat(leftovers()).isEmpty();
    }

    private Out prepared(byte[] upload, FileType type) throws IOException {
        Path file = upload(upload);
        try (Prepared prepared = workshop.prepare(file, type)) {
            byte[] bytes = Files.readAllBytes(prepared.file());
            assertThat(prepared.size()).isEqualTo(bytes.length);
            return new Out(bytes, prepared.width(), prepared.height(), prepared.thumbnail());
        } finally {
            Files.delete(file);
        }
    }

    private Path upload(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("upload"), bytes);
    }

    private void assertRefused(byte[] upload, FileType type, String reason) {
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> prepared(upload, type))
                .matches(refused -> refused.details().toString().contains(reason));
    }

    private void assertTakenOrRefused(byte[] upload, FileType type) throws IOException {
        try {
            prepared(upload, type);
        } catch (Failure refused) {
            assertThat(refused.kind()).isEqualTo(Failure.Kind.INVALID);
        }
    }

    private List<Path> leftovers() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(left -> !left.endsWith("upload")).toList();
        }
    }

    private static byte[] scribbled(byte[] whole, Random random) {
        byte[] broken = Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
        for (int i = random.nextInt(8); i > 0; i--) {
            broken[random.nextInt(broken.length)] = (byte) random.nextInt();
        }
        return broken;
    }

    private static byte[] photo(FileType type) {
        return switch (type) {
            case JPEG -> Photos.jpeg(60, 40, 1);
            case PNG -> Photos.png(60, 40);
            case GIF -> Photos.gif(60, 40);
            default -> Photos.webp(60, 40, 6);
        };
    }

    /// A photo that is seen as `RGBW`, of this size, once it is turned as it says.
    private static byte[] turnedAway(int width, int height, int orientation) throws IOException {
        Orientation as = new Orientation(orientation);
        int inverse = orientation == 6 ? 8 : orientation == 8 ? 6 : orientation;
        BufferedImage seen = Photos.decoded(Photos.jpeg(width, height, 1));
        return Photos.jpeg(new Picture(seen).turned(new Orientation(inverse)), as.value());
    }

    private static int frames(byte[] gif) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
        reader.setInput(ImageIO.createImageInputStream(new ByteArrayInputStream(gif)));
        return reader.getNumImages(true);
    }

    private static int[] pixels(BufferedImage picture) {
        return picture.getRGB(
                0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
    }
}
