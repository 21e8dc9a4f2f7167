package madang.identity;

import static org.assertj.core.api.Assertions.assertThat;

import madang.identity.LoginName.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoginNameTest {

    @ParameterizedTest
    @CsvSource({
        "Mina, mina",
        "MINA.kim_7-a, mina.kim_7-a",
        "민아1, 민아1",
        "Ünal, ünal",
        "Cafe\u0301, café",
        "CAFÉ, café",
        "ΣΊΣΥΦΟΣ, σίσυφος",
        "σίσυφος, σίσυφος",
        "STRASSE, strasse",
        "straße, strasse",
        "a12, a12",
        "abcdefghijklmnopqrstuvwxyz123456, abcdefghijklmnopqrstuvwxyz123456",
        "𝒜𝒷𝒸, 𝒜𝒷𝒸"
    })
    void a_username_is_compared_caselessly_and_composed(String text, String key) {
        assertThat(LoginName.username(text).key()).isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ab",
                "민아",
                "123",
                "010.1234.5678",
                "_-.",
                "mina kim",
                "mina@home",
                "mina+1",
                "mina\u200b",
                "mina\u202e",
                "mi\nna",
                "🙂🙂🙂",
                "abcdefghijklmnopqrstuvwxyz1234567"
            })
    void these_are_no_usernames(String text) {
        assertThat(LoginName.username(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "mina@example.com, mina@example.com",
        "'  Mina.Kim+tea@Example.COM ', mina.kim+tea@example.com",
        "민아@한국.kr, 민아@xn--3e0b707e.kr",
        "o'brien@mail.example.ie, o'brien@mail.example.ie"
    })
    void an_email_is_compared_caselessly(String text, String key) {
        assertThat(LoginName.email(text).key()).isEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource({
        "mina@example.com, m\u0131na@example.com",
        "mina@github.com, mina@g\u0131thub.com",
        "strasse@example.com, stra\u00DFe@example.com"
    })
    void mailboxes_that_look_alike_are_two(String one, String other) {
        assertThat(LoginName.email(one).key()).isNotEqualTo(LoginName.email(other).key());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mina",
                "mina@",
                "@example.com",
                "mina@home",
                "mi na@example.com",
                "mina@@example.com",
                "mina@exa mple.com",
                "mina@-example.com",
                "mina@example..com",
                "mina@example.com.",
                "Mina <mina@example.com>",
                "a@b.com,c@d.com"
            })
    void these_are_no_emails(String text) {
        assertThat(LoginName.email(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "010-1234-5678, +821012345678",
        "01012345678, +821012345678",
        "010 1234 5678, +821012345678",
        "010.1234.5678, +821012345678",
        "(010) 1234-5678, +821012345678",
        "０１０１２３４５６７８, +821012345678",
        "+82 10-1234-5678, +821012345678",
        "+82 (0)10 1234 5678, +821012345678",
        "+82010-1234-5678, +821012345678",
        "02-312-3456, +8223123456",
        "031-123-4567, +82311234567",
        "070-1234-5678, +827012345678",
        "0505-123-4567, +825051234567",
        "+1 (415) 555-2671, +14155552671",
        "+44 20 7946 0958, +442079460958",
        "+49 30 901820, +4930901820"
    })
    void a_phone_is_kept_as_e164(String text, String number) {
        assertThat(LoginName.phone(text).key()).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1234",
                "10-1234-5678",
                "4155552671",
                "00821012345678",
                "+0821012345678",
                "+82 1",
                "010-1234",
                "010-1234-56789012",
                "+1415555267112345",
                "010-1234-567x",
                "+82++1012345678",
                "phone"
            })
    void these_are_no_phones(String text) {
        assertThat(LoginName.phone(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "mina, USERNAME",
        "민아7, USERNAME",
        "mina@example.com, EMAIL",
        "010-1234-5678, PHONE",
        "+14155552671, PHONE",
        "0zero, USERNAME"
    })
    void an_identifier_is_told_apart_by_its_shape(String text, Kind kind) {
        assertThat(LoginName.identifier(text).kind()).isEqualTo(kind);
    }
}
