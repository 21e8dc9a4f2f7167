package madang.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import madang.kit.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmojiTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "🍵",
                "👍",
                "👍🏽",
                "🇰🇷",
                "👨‍👩‍👧‍👦",
                "🏳️‍🌈",
                "🏴󠁧󠁢󠁳󠁣󠁴󠁿",
                "#️⃣",
                "7️⃣",
                "❤️",
                "❤️‍🔥",
                "👩🏻‍❤️‍💋‍👨🏿",
                "🧑‍🚀",
                "©️",
                "🫩"
            })
    void an_emoji_may_be_many_code_points(String text) {
        assertThat(Emoji.of(text).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"❤, ❤️", "🏳‍🌈, 🏳️‍🌈", "#⃣, #️⃣", "👨‍⚕, 👨‍⚕️", "🍵️, 🍵", "☝🏽, ☝🏽", "☝, ☝️"})
    void an_emoji_has_one_spelling(String text, String qualified) {
        assertThat(Emoji.of(text).text()).isEqualTo(qualified);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a",
                "7",
                "#",
                "가",
                "🍵🍵",
                "🍵 ",
                "🇰",
                "🇰🇷🇰",
                "🍵‍",
                "‍🍵",
                "a‍🍵",
                ":tea:",
                "\uFE0F",
                "\u200D",
                "⃣",
                "<b>",
                "\ud83c",
                "\u0000",
                "🍵\u0000"
            })
    void anything_else_is_none(String text) {
        assertThatThrownBy(() -> Emoji.of(text)).isInstanceOf(Failure.class);
    }

    @Test
    void a_chain_without_end_is_none_and_costs_nothing() {
        for (String text : new String[] {"🍵".repeat(10_000), "🍵\u200D".repeat(10_000) + "🍵"}) {
            assertThatThrownBy(() -> Emoji.of(text)).isInstanceOf(Failure.class);
        }
    }
}
