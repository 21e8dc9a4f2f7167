package madang.social;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Providers tell what their users wrote, and users write anything.
class PersonTest {

    @Test
    void names_become_one_line_that_can_be_kept() {
        assertThat(called("민지 🍵").nickname()).isEqualTo("민지 🍵");
        assertThat(called("  a\r\nb\u0000c\u2028d ").nickname()).isNull();
        assertThat(called(" a\r\nb\u2028c ").nickname()).isEqualTo("a b c");
        assertThat(called("한").nickname()).as("composed").isEqualTo("한");
        assertThat(called("🍵".repeat(60)).nickname()).isEqualTo("🍵".repeat(50));
        assertThat(called("half a \ud83c").nickname()).isNull();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  ", "\u0000", "\n\n", "\u2029"})
    void what_shows_nothing_is_no_name(String text) {
        assertThat(called(text).nickname()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "https://k.kakaocdn.net/dn/a.jpg, true",
        "http://k.kakaocdn.net/dn/a.jpg,  false",
        "javascript:alert(1),             false",
        "'data:image/png;base64,AAAA',    false",
        "//evil.example/a.jpg,            false",
        "https:///a.jpg,                  false",
        "https://a b,                     false",
        "/a.jpg,                          false"
    })
    void pictures_come_over_tls_or_not_at_all(String url, boolean isKept) {
        Person person = new Person("i", "1", null, null, false, url, Birth.UNKNOWN);
        assertThat(person.pictureUrl() != null).isEqualTo(isKept);
    }

    @Test
    void no_address_is_verified_that_is_none() {
        assertThat(new Person("i", "1", null, null, true, null, Birth.UNKNOWN).isEmailVerified())
                .isFalse();
        assertThat(new Person("i", "1", null, " ", true, null, Birth.UNKNOWN).isEmailVerified())
                .isFalse();
        String endless = "a".repeat(300) + "@example.com";
        assertThat(new Person("i", "1", null, endless, true, null, Birth.UNKNOWN).email()).isNull();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "1 2", "1\n", "１", "민지", "\u0000", "\u007f"})
    void nobody_is_called_so(String subject) {
        assertThat(Person.isName(subject)).isFalse();
        assertThatThrownBy(() -> new Person("i", subject, null, null, false, null, Birth.UNKNOWN))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Person called(String nickname) {
        return new Person("i", "1", nickname, null, false, null, Birth.UNKNOWN);
    }
}
