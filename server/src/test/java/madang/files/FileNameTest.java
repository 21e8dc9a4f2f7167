package madang.files;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "report.pdf",
                "회의록 (최종).hwp",
                "우리 가족 👨‍👩‍👧‍👦.jpg",
                "日本語.txt",
                "a+b=c, 50%.png",
                "no extension"
            })
    void honest_names_stay(String name) {
        assertThat(FileName.clean(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "../../etc/passwd, passwd",
        "C:\\Users\\mina\\사진.png, 사진.png",
        "/absolute/path.txt, path.txt",
        ".htaccess, htaccess",
        "..., file",
        "'  spaces  inside .txt ', spaces inside .txt",
        "a<b>c.txt, a_b_c.txt",
        "'say \"hi\".txt', say _hi_.txt",
        "con:aux|nul?.txt, con_aux_nul_.txt",
    })
    void folders_and_traps_go(String sent, String shown) {
        assertThat(FileName.clean(sent)).isEqualTo(shown);
    }

    @Test
    void what_is_not_seen_goes() {
        assertThat(FileName.clean("photo\u202egnp.exe")).isEqualTo("photognp.exe");
        assertThat(FileName.clean("a\u0000b\u0007c\r\nd\u200b.txt")).isEqualTo("abcd.txt");
        assertThat(FileName.clean("x\ud800y\ue000.txt")).isEqualTo("xy.txt");
        assertThat(FileName.clean("\u2066\u2069")).isEqualTo("file");
        assertThat(FileName.clean("")).isEqualTo("file");
    }

    /// A Mac sends Hangul in pieces.
    @Test
    void hangul_is_put_together() {
        assertThat(FileName.clean("\u1112\u1161\u11ab.txt")).isEqualTo("한.txt");
    }

    @Test
    void a_long_name_keeps_its_extension() {
        String name = FileName.clean("가".repeat(500) + ".png");
        assertThat(name).hasSize(120).endsWith("가.png");
        assertThat(FileName.clean("🍵".repeat(300)).codePointCount(0, 240)).isEqualTo(120);
    }

    @Test
    void an_extension_stands_behind_the_last_dot() {
        assertThat(FileName.extension("a.tar.gz")).isEqualTo("gz");
        assertThat(FileName.extension("readme")).isEmpty();
        assertThat(FileName.extension(".bashrc")).isEmpty();
        assertThat(FileName.extension("a.this is a sentence")).isEmpty();
    }

    @Test
    void a_disposition_names_the_file_for_old_and_new_readers() {
        assertThat(FilesViews.disposition("attachment", "회의록 \"최종\".pdf"))
                .isEqualTo(
                        "attachment; filename=\"_ ___.pdf\"; filename*=UTF-8''"
                                + "%ED%9A%8C%EC%9D%98%EB%A1%9D%20%22%EC%B5%9C%EC%A2%85%22.pdf");
        assertThat(FilesViews.disposition("inline", "café.png"))
                .isEqualTo("inline; filename=\"cafe.png\"; filename*=UTF-8''caf%C3%A9.png");
    }
}
