package madang.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginsTest {
    private static final String OWN = "https://madang.example";
    private final Origins origins =
            new Origins(List.of("https://app.example/path", "http://localhost:5173"));

    @Test
    void programs_send_none() {
        assertThat(origins.allows(null, OWN)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://madang.example",
                "https://madang.example:443",
                "HTTPS://Madang.Example",
                "https://app.example",
                "http://localhost:5173",
            })
    void our_own_and_named_pages_come_in(String origin) {
        assertThat(origins.allows(origin, OWN)).isTrue();
        assertThat(origins.allows(origin, OWN + ":443")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "NULL",
                "*",
                "https",
                "https:",
                "https://",
                "https:///",
                "//madang.example",
                "madang.example",
                "madang.example:443",
                "http://madang.example",
                "http://madang.example:443",
                "https://madang.example:80",
                "https://madang.example:8443",
                "https://madang.example:0443",
                "https://madang.example:0",
                "https://madang.example:65979",
                "https://madang.example:",
                "https://madang.example:443:443",
                "https://madang.example:-443",
                "https://madang.example:443x",
                "https://madang.example.",
                "https://.madang.example",
                "https://madang..example",
                "https://madang.example/",
                "https://madang.example/chat",
                "https://madang.example?",
                "https://madang.example?x=https://madang.example",
                "https://madang.example#",
                "https://madang.example\\",
                "https:\\\\madang.example",
                "https:/madang.example",
                "https:madang.example",
                " https://madang.example",
                "https://madang.example ",
                "https://madang.example\t",
                "https://madang.example\r\nX: y",
                "https://madang.example\0",
                "https://madang.example,https://madang.example",
                "https://madang.example https://evil.example",
                "https://evil.example https://madang.example",
                "https://madang.example.evil.example",
                "https://madang.example-evil.example",
                "https://madang.exampleevil",
                "https://evilmadang.example",
                "https://evil.madang.example",
                "https://evil.example/https://madang.example",
                "https://madang.example@evil.example",
                "https://evil.example@madang.example",
                "https://user:word@madang.example",
                "https://@madang.example",
                "https://madang.example%2eevil.example",
                "https://madang%2eexample",
                "https://mаdang.example",
                "https://madang。example",
                "https://xn--mdang-4ve.example",
                "https://127.0.0.1",
                "https://[::1]",
                "https://[madang.example]",
                "https://localhost",
                "http://localhost",
                "http://localhost:5174",
                "https://localhost:5173",
                "http://127.0.0.1:5173",
                "http://app.example",
                "https://app.example/path",
                "https://app.example:8443",
                "wss://madang.example",
                "ws://madang.example",
                "ftp://madang.example",
                "file://",
                "file:///etc/passwd",
                "data:text/html,x",
                "javascript:alert(1)",
                "about:blank",
                "blob:https://madang.example/1",
                "chrome-extension://abcdef",
                "https://*.example",
                "https://*",
            })
    void strangers_stay_out(String origin) {
        assertThat(origins.allows(origin, OWN)).isFalse();
    }

    @Test
    void another_port_of_the_house_is_another_house() {
        assertThat(origins.allows("http://10.0.0.7:8080", "http://10.0.0.7:8080")).isTrue();
        assertThat(origins.allows("http://10.0.0.7:8081", "http://10.0.0.7:8080")).isFalse();
        assertThat(origins.allows("http://[::1]:8080", "http://[::1]:8080")).isTrue();
    }

    @Test
    void a_request_that_names_us_badly_has_no_own_origin() {
        assertThat(origins.allows("https://a b", "https://a b")).isFalse();
        String endless = "https://a" + ".a".repeat(100_000);
        assertThat(origins.allows(endless, endless)).isFalse();
    }

    @Test
    void a_star_opens_the_door_and_nonsense_stops_the_start() {
        assertThat(new Origins(List.of("*")).allows("https://evil.example", OWN)).isTrue();
        assertThatThrownBy(() -> new Origins(List.of("madang.example")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Origins(List.of("https://a@b")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
