package madang.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallsTest {
    @ParameterizedTest
    @CsvSource({
        "'@mina', mina",
        "'tea, @mina?', mina",
        "'(@mina)', mina",
        "'@mina님 안녕', mina",
        "'@김민아에게 물어봐', 김민아",
        "'안녕 @김민아야', 김민아",
        "'@mina.', mina",
        "'@mi_na-7', mi_na-7",
        "'\u1112\u1161\u11ab@mina', ''",
    })
    void a_call_may_mean_a_name_that_ends_inside_its_word(String text, String name) {
        List<String> possible = Calls.in(text).names().stream().flatMap(List::stream).toList();
        if (name.isEmpty()) {
            assertThat(possible).isEmpty();
        } else {
            assertThat(possible).contains(name);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tea",
                "mina@example.org",
                "a@mina",
                "@",
                "@ mina",
                "@@mina",
                "@m",
                "＠mina"
            })
    void this_calls_nobody(String text) {
        assertThat(Calls.in(text).names().stream().flatMap(List::stream)).isEmpty();
    }

    @Test
    void latin_names_end_where_their_word_ends_and_the_longest_comes_first() {
        assertThat(Calls.in("@minabc").names()).containsExactly(List.of("minabc"));
        assertThat(Calls.in("@mina.kim").names())
                .containsExactly(List.of("mina.kim", "mina.", "mina"));
    }

    @Test
    void decomposed_hangul_is_composed() {
        assertThat(Calls.in("@\u1100\u1175\u11b7\u1106\u1175\u11ab\u110b\u1161").names().getFirst())
                .contains("김민아");
    }

    @Test
    void everybody_is_called_by_all() {
        assertThat(Calls.in("@all come").isAll()).isTrue();
        assertThat(Calls.in("@all님들").isAll()).isTrue();
        assertThat(Calls.in("@ally").isAll()).isFalse();
    }

    @Test
    void a_wall_of_calls_is_bounded() {
        assertThat(Calls.in("@mina ".repeat(10_000)).names()).hasSize(Calls.MOST_CALLS);
        assertThat(Calls.in("@".repeat(10_000)).names()).isEmpty();
        assertThat(Calls.in("@" + "a".repeat(10_000)).names()).hasSizeLessThan(2);
    }
}
