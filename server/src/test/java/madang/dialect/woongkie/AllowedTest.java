package madang.dialect.woongkie;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AllowedTest {
    private static final String OWN = "https://chat.example";
    private final Allowed served = new Allowed(List.of("https://tea.example:8443"), false);
    private final Allowed developed = new Allowed(List.of(), true);

    @Test
    void programs_and_our_own_pages_come_in() {
        for (Allowed allowed : List.of(served, developed)) {
            assertThat(allowed.page(null, OWN)).isTrue();
            assertThat(allowed.page("https://chat.example", OWN)).isTrue();
            assertThat(allowed.page("https://CHAT.example", OWN)).isTrue();
            assertThat(allowed.page("https://chat.example:8443", OWN)).isFalse();
        }
    }

    @Test
    void an_allowed_origin_is_a_scheme_and_a_host_whatever_the_port() {
        assertThat(served.page("https://tea.example", OWN)).isTrue();
        assertThat(served.page("https://Tea.Example:9", OWN)).isTrue();
        assertThat(served.page("http://tea.example", OWN)).isFalse();
        assertThat(served.page("https://more.tea.example", OWN)).isFalse();
        assertThat(served.page("https://tea.example.evil.example", OWN)).isFalse();
        assertThat(developed.page("https://tea.example", OWN)).isFalse();
    }

    @Test
    void pages_of_this_machine_come_in_only_while_developing() {
        for (String own :
                List.of("http://localhost:5173", "http://127.0.0.1:3000", "http://[::1]:3000")) {
            assertThat(developed.page(own, OWN)).as(own).isTrue();
            assertThat(served.page(own, OWN)).as(own).isFalse();
        }
        assertThat(developed.page("http://localhost.evil.example", OWN)).isFalse();
        assertThat(developed.page("http://127.0.0.10", OWN)).isFalse();
    }

    @Test
    void what_is_no_origin_is_foreign() {
        for (String odd :
                List.of(
                        "",
                        "null",
                        "tea.example",
                        "//tea.example",
                        "ftp://tea.example",
                        "https://tea.example/path",
                        "https://mina@tea.example",
                        "https://",
                        "https://tea example",
                        "https://한글 🍵")) {
            assertThat(served.page(odd, OWN)).as(odd).isFalse();
        }
    }
}
