package madang.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.Charset;
import java.util.Optional;
import madang.kit.http.PublicWeb;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkPreviewTest {
    private static final Charset KOREAN = Charset.forName("x-windows-949");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "see https://a.test/x?y=1#z now | https://a.test/x?y=1#z",
                "HTTPS://A.test | HTTPS://A.test",
                "(https://a.test/x). | https://a.test/x",
                "여기 https://한국.test/마당! | https://한국.test/마당",
                "https://a.test/x。 그리고 | https://a.test/x",
                "https://ko.test/마당_(집) 참고 | https://ko.test/마당_(집)",
                "<https://a.test> | https://a.test",
                "\"https://a.test\" | https://a.test",
                "first https://a.test then https://b.test | https://a.test",
            })
    void the_first_link_is_found(String text, String link) {
        assertThat(LinkPreview.linkIn(text)).contains(link);
    }

    @ParameterizedTest
    @CsvSource({"no link at all", "ftp://a.test", "a.test/x", "http:// spaced", "xhttp://a.test"})
    void other_words_are_no_links(String text) {
        assertThat(LinkPreview.linkIn(text)).isEmpty();
    }

    @Test
    void a_page_is_told_in_its_own_words() {
        LinkPreview preview =
                of("""
                <html><head><title>plain</title>
                <meta property="og:title" content="마당의 &amp; 차">
                <meta property="og:description" content="  tea
                at   three ">
                <meta property="og:site_name" content="Madang 🍵">
                <meta property="og:image" content="https://a.test/spy.png">
                """)
                        .orElseThrow();
        assertThat(preview)
                .isEqualTo(
                        new LinkPreview(
                                "https://a.test/x", "마당의 & 차", "tea at three", null, "Madang 🍵"));
    }

    @Test
    void html_itself_is_enough() {
        LinkPreview preview =
                of("<title> Tea </title><meta name=description content='at three'>").orElseThrow();
        assertThat(preview.title()).isEqualTo("Tea");
        assertThat(preview.description()).isEqualTo("at three");
        assertThat(preview.site()).isEqualTo("a.test");
    }

    @Test
    void a_page_without_a_title_tells_nothing() {
        assertThat(of("")).isEmpty();
        assertThat(of("<p>tea</p>")).isEmpty();
        assertThat(of("<title> \u200b\u202e </title>")).isEmpty();
        assertThat(of("\u0000\u0001\ufffd<<<<>")).isEmpty();
    }

    @Test
    void old_korean_pages_are_read() {
        String html = "<meta charset=euc-kr><title>똠방각하와 펲시</title>";
        assertThat(of(html.getBytes(KOREAN), "text/html").orElseThrow().title())
                .isEqualTo("똠방각하와 펲시");
        String bare = "<title>안녕하세요</title>";
        assertThat(of(bare.getBytes(KOREAN), "text/html; charset=EUC-KR").orElseThrow().title())
                .isEqualTo("안녕하세요");
        assertThat(of(bare.getBytes(UTF_8), "text/html; charset=nonsense").orElseThrow().title())
                .isEqualTo("안녕하세요");
    }

    @Test
    void long_words_are_cut_between_letters() {
        String title = of("<title>" + "🍵".repeat(300) + "</title>").orElseThrow().title();
        assertThat(title.codePointCount(0, title.length())).isEqualTo(200);
        assertThat(title).endsWith("🍵…");
    }

    @Test
    void what_turns_lines_around_is_left_out() {
        assertThat(of("<title>a\u202eb\u2066c</title>").orElseThrow().title()).isEqualTo("a b c");
    }

    private static Optional<LinkPreview> of(String html) {
        return of(html.getBytes(UTF_8), "text/html; charset=utf-8");
    }

    private static Optional<LinkPreview> of(byte[] html, String type) {
        return LinkPreview.of(
                "https://a.test/x",
                new PublicWeb.Page(URI.create("https://www.a.test/x"), type, html));
    }
}
