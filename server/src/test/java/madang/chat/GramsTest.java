package madang.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.InstantSource;
import java.util.Arrays;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.Ids;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GramsTest {
    @ParameterizedTest
    @CsvSource({
        "내일 세 시에 차 한잔 어때요?, 차",
        "내일 세 시에 차 한잔 어때요?, 한잔",
        "내일 세 시에 차 한잔 어때요?, 어때",
        "내일 세 시에 차 한잔 어때요?, 세 어때요?",
        "안녕하세요, 녕하세",
        "Tea At THREE, at three",
        "STRASSE, straße",
        "🍵👨‍👩‍👧, 👨‍👩‍👧",
        "\u1112\u1161\u11ab\u110c\u1161\u11ab, 한잔",
        "한잔, \u1112\u1161\u11ab\u110c\u1161\u11ab",
    })
    void what_contains_it_matches_and_has_all_its_grams(String text, String looked) {
        SearchQuery query = SearchQuery.of(looked);
        assertThat(query.matches(text)).isTrue();
        assertThat(Grams.of(text)).contains(query.grams());
    }

    @ParameterizedTest
    @CsvSource({"차 한잔, 잔한", "안녕, 안녕하세요", "tea time, teatime", "가나 다라, 나다"})
    void what_does_not_contain_it_does_not_match(String text, String looked) {
        assertThat(SearchQuery.of(looked).matches(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t", "\u3000", "\u00a0"})
    void nothing_is_no_query(String blank) {
        assertThatThrownBy(() -> SearchQuery.of(blank)).isInstanceOf(Failure.class);
        assertThatThrownBy(() -> SearchQuery.of("가".repeat(101))).isInstanceOf(Failure.class);
    }

    @Test
    void a_query_asks_for_a_few_grams_however_long_it_is() {
        String long_ = "abcdefghijklmnopqrstuvwxyz0123456789".repeat(2);
        assertThat(SearchQuery.of(long_).grams()).hasSizeLessThanOrEqualTo(16);
        assertThat(SearchQuery.of("차 차 차").grams()).hasSize(1);
    }

    @Test
    void rooms_and_blocks_name_the_same_gram_differently_and_side_by_side() {
        Ids ids = new Ids(InstantSource.system());
        Id<Room> garden = ids.next();
        Id<Room> kitchen = ids.next();
        long[] grams = Grams.of("내일 세 시에 차 한잔 어때요?");
        long[] here = Grams.keys(garden, 7, grams);
        assertThat(Grams.keys(garden, 7, grams)).isEqualTo(here);
        assertThat(here).doesNotHaveDuplicates();
        assertThat(Arrays.stream(here).map(key -> key >> 24).distinct()).hasSize(1);
        assertThat(Grams.keys(garden, 8, grams)).doesNotContain(here);
        assertThat(Grams.keys(kitchen, 7, grams)).doesNotContain(here);
    }
}
