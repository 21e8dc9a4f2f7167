package madang.kit.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NamedSqlTest {
    @Test
    void names_become_places_in_their_order() {
        NamedSql named = NamedSql.of("select * from t where a = :a and b in (:b, :a)");
        assertThat(named.text()).isEqualTo("select * from t where a = ? and b in (?, ?)");
        assertThat(named.names()).containsExactly("a", "b", "a");
    }

    @Test
    void a_cast_is_no_name() {
        NamedSql named = NamedSql.of("select :at::date, '0'::uuid, array[1,2][1:2]");
        assertThat(named.text()).isEqualTo("select ?::date, '0'::uuid, array[1,2][1:2]");
        assertThat(named.names()).containsExactly("at");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select '12:30', 'it''s :five'",
                "select \"a:b\" from t",
                "select 1 -- not :this\n",
                "select 1 -- nor :this",
                "select /* nor :this */ 1",
                "select 'never closed :x",
                "select 7 - 5 / 2",
                "select 한글 from 마당"
            })
    void strings_quoted_names_and_comments_pass_as_they_are(String text) {
        assertThat(NamedSql.of(text)).isEqualTo(new NamedSql(text, List.of()));
    }

    @Test
    void a_text_is_read_once() {
        assertThat(NamedSql.of("select :once")).isSameAs(NamedSql.of("select :once"));
    }
}
