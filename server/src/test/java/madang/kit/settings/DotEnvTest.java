package madang.kit.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DotEnvTest {
    private final Problems problems = new Problems();

    @Test
    void reads_what_its_tools_write() {
        assertThat(
                        parse(
                                """
                                # a comment
                                PLAIN=tea at three   # with a comment
                                export EXPORTED = yes
                                HASH=a#b
                                NOTHING=    # a comment alone
                                SINGLE='as $it \\n stands # all of it'
                                DOUBLE="two\\nlines \\"quoted\\" $1" # a comment
                                KEY="-----BEGIN
                                END-----"
                                URL=postgres://mina:a=b@yard/db?sslmode=disable
                                """))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "PLAIN", "tea at three",
                                "EXPORTED", "yes",
                                "HASH", "a#b",
                                "NOTHING", "",
                                "SINGLE", "as $it \\n stands # all of it",
                                "DOUBLE", "two\nlines \"quoted\" $1",
                                "KEY", "-----BEGIN\nEND-----",
                                "URL", "postgres://mina:a=b@yard/db?sslmode=disable"));
        assertThat(problems.lines()).isEmpty();
    }

    @Test
    void does_not_mind_long_values() {
        String pem = "a line of a key\\n".repeat(5_000);
        assertThat(parse("KEY=\"" + pem + "\"").get("KEY")).hasLineCount(5_000);
    }

    @Test
    void does_not_mind_windows() {
        assertThat(parse("\uFEFFPORT=1\r\nHOST=::1\r\n"))
                .containsExactlyInAnyOrderEntriesOf(Map.of("PORT", "1", "HOST", "::1"));
    }

    @Test
    void names_the_line_that_it_cannot_read_and_does_not_show_it() {
        assertThat(parse("PORT=1\nsesame\nJWT_SECRET=\"sesame\nLAST=2"))
                .containsEntry("LAST", "2")
                .doesNotContainKey("JWT_SECRET");
        assertThat(problems.lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("Line 2 of .env"),
                        line -> assertThat(line).contains("Line 3 of .env"))
                .noneMatch(line -> line.contains("sesame"));
    }

    private Map<String, String> parse(String text) {
        return DotEnv.parse(text, ".env", problems);
    }
}
