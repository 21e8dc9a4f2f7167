package madang.kit.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/// What is written by hand reads as what was meant, in bytes that are UTF-8.
final class JsonBytesTest {
    private static final int TEXTS = 20_000;
    private static final int LONGEST = 40;

    /// The borders of UTF-8's lengths, of the surrogates, and everything that JSON escapes.
    private static final int[] AWKWARD = {
        0, 1, '\b', '\t', '\n', '\f', '\r', 0x1f, ' ', '"', '/', '\\', 0x7f, 0x80, 0x7ff, 0x800,
        '가', '힣', 0x2028, 0xd7ff, 0xe000, 0xfffd, 0xffff, 0x10000, 0x1f3e1, 0x10ffff
    };

    private final JsonMapper mapper = JsonMapper.builder().build();

    @Test
    void every_text_comes_back() {
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < TEXTS; i++) {
            String text = text(random);
            assertThat(mapper.readValue(utf8(new JsonBytes(1).text(text)), String.class))
                    .isEqualTo(text);
        }
    }

    @Test
    void half_a_pair_becomes_a_question_mark() {
        assertThat(utf8(new JsonBytes(1).text("a\ud83c"))).isEqualTo("\"a?\"");
        assertThat(utf8(new JsonBytes(1).text("\udfe1b"))).isEqualTo("\"?b\"");
        assertThat(utf8(new JsonBytes(1).text("\ud83c\ud83c\udfe1"))).isEqualTo("\"?🏡\"");
    }

    @Test
    void numbers_truths_and_nothing() {
        assertThat(utf8(new JsonBytes(1).number(Long.MIN_VALUE))).isEqualTo("" + Long.MIN_VALUE);
        assertThat(utf8(new JsonBytes(1).number(0))).isEqualTo("0");
        assertThat(utf8(new JsonBytes(1).bool(true))).isEqualTo("true");
        assertThat(utf8(new JsonBytes(1).bool(false))).isEqualTo("false");
        assertThat(utf8(new JsonBytes(1).text(null))).isEqualTo("null");
        assertThat(utf8(new JsonBytes(1).plain(null))).isEqualTo("null");
        assertThat(utf8(new JsonBytes(1).plain("마당"))).isEqualTo("\"마당\"");
        assertThat(utf8(new JsonBytes(1).json("[1]"))).isEqualTo("[1]");
    }

    @Test
    void a_value_stands_where_the_generator_is() {
        var out = new ByteArrayOutputStream();
        try (JsonGenerator generator = mapper.createGenerator(out)) {
            generator.writeStartArray();
            new JsonBytes(1).number(1).writeTo(generator);
            new JsonBytes(1).text("둘").writeTo(generator);
            generator.writeEndArray();
        }
        assertThat(out.toString(UTF_8)).isEqualTo("[1,\"둘\"]");
    }

    private String utf8(JsonBytes json) {
        var out = new ByteArrayOutputStream();
        try (JsonGenerator generator = mapper.createGenerator(out)) {
            json.writeTo(generator);
        }
        return out.toString(UTF_8);
    }

    private static String text(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(LONGEST); left > 0; left--) {
            text.appendCodePoint(
                    random.nextBoolean()
                            ? AWKWARD[random.nextInt(AWKWARD.length)]
                            : random.nextInt(' ', 0xd800));
        }
        return text.toString();
    }
}
