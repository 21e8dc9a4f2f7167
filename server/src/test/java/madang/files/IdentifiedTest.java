package madang.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import madang.kit.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentifiedTest {
    private static final String JPEG = "\u00ff\u00d8\u00ff\u00e0 and so on";
    private static final String ZIP = "PK\u0003\u0004 and so on";
    private static final String OLD_OFFICE = "\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1";
    private static final String PROGRAM = "MZ\u0090\u0000\u0003\u0000";

    @Test
    void content_decides_and_the_name_agrees() {
        assertThat(type(JPEG, "a.jpg")).isEqualTo(FileType.JPEG);
        assertThat(type(JPEG, "A.JPEG")).isEqualTo(FileType.JPEG);
        assertThat(type("\u0089PNG\r\n\u001a\n", "a.png")).isEqualTo(FileType.PNG);
        assertThat(type("GIF89a", "a.gif")).isEqualTo(FileType.GIF);
        assertThat(type("RIFF....WEBPVP8 ", "a.webp")).isEqualTo(FileType.WEBP);
        assertThat(type("%PDF-1.7", "a.pdf")).isEqualTo(FileType.PDF);
        assertThat(type("hello", "a.txt")).isEqualTo(FileType.TEXT);
    }

    @ParameterizedTest
    @CsvSource({"zip,ZIP", "docx,DOCX", "xlsx,XLSX", "pptx,PPTX", "hwpx,HWPX", "apk,OTHER"})
    void what_shares_a_container_is_told_by_its_name(String extension, FileType type) {
        assertThat(type(ZIP, "a." + extension)).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource({"hwp,HWP", "doc,DOC", "xls,XLS", "ppt,PPT", "msi,OTHER"})
    void so_are_old_documents(String extension, FileType type) {
        assertThat(type(OLD_OFFICE, "a." + extension)).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource({"a.txt", "a.png", "a.jpg", "a.pdf", "a.docx", "a.hwp", "a.mp4"})
    void a_program_does_not_pass_for_something_known(String name) {
        assertRefused(PROGRAM, name);
    }

    @ParameterizedTest
    @CsvSource({"a.png", "a.txt", "a.exe", "a.html", "a.svg", "a.jpg.exe"})
    void a_picture_does_not_hide_under_another_name(String name) {
        assertRefused(JPEG, name);
    }

    @ParameterizedTest
    @CsvSource({"a.html", "a.svg", "a.js", "a.csv", "a.md"})
    void text_that_could_be_run_is_nothing_known(String name) {
        assertThat(type("<script>alert(1)</script>", name)).isEqualTo(FileType.OTHER);
    }

    @Test
    void unknown_things_are_taken_as_they_are() {
        assertThat(type(PROGRAM, "setup.exe")).isEqualTo(FileType.OTHER);
        assertThat(type("\u0000\u0001\u0002", "data.bin")).isEqualTo(FileType.OTHER);
        assertThat(type("\u0000\u0001\u0002", "no extension")).isEqualTo(FileType.OTHER);
    }

    @Test
    void a_pasted_picture_gets_its_extension() {
        assertThat(Identified.of(bytes(JPEG), "image"))
                .isEqualTo(new Identified(FileType.JPEG, "image.jpg"));
        assertThat(Identified.of(bytes("hi"), "note").name()).isEqualTo("note.txt");
    }

    @Test
    void text_may_be_korean_in_both_encodings() {
        byte[] old = "안녕하세요, 마당입니다.\r\n".getBytes(Charset.forName("x-windows-949"));
        assertThat(Identified.of(ByteBuffer.wrap(old), "a.txt").type()).isEqualTo(FileType.TEXT);
        byte[] today = "안녕 🍵".repeat(5_000).getBytes(UTF_8);
        assertThat(Identified.of(ByteBuffer.wrap(today), "a.txt").type()).isEqualTo(FileType.TEXT);
    }

    @Test
    void text_with_a_zero_is_no_text() {
        assertRefused("hello\u0000world", "a.txt");
    }

    private static FileType type(String content, String name) {
        return Identified.of(bytes(content), name).type();
    }

    private static void assertRefused(String content, String name) {
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> Identified.of(bytes(content), name))
                .matches(refused -> refused.kind() == Failure.Kind.INVALID);
    }

    private static ByteBuffer bytes(String content) {
        return ByteBuffer.wrap(content.getBytes(ISO_8859_1));
    }
}
