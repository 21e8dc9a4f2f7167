package madang.web;

import static madang.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import madang.kit.http.Certificates;
import madang.testing.House;
import madang.testing.Person;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The page of a house that speaks TLS itself: a browser speaks HTTP/2 with it, and puts its socket
/// into the same connection (RFC 8441).
@ExtendWith(Browser.Found.class)
class SecurePageTest {
    @TempDir private Path folder;

    @Test
    void talk_is_live_over_http_2() throws Exception {
        Certificates.make(folder, "own", "EC");
        Map<String, String> settings = new HashMap<>(Scene.PATIENT);
        settings.put("TLS_CERT_FILE", folder.resolve("own.crt").toString());
        settings.put("TLS_KEY_FILE", folder.resolve("own.key").toString());
        try (House house = House.open(settings);
                Window window = Browser.open(house, Look.KOREAN).goTo("/")) {
            window.press("가입하기");
            window.field("아이디").write("sora");
            window.field("비밀번호").write(Person.PASSWORD);
            window.find("checkbox", "모두 동의해요").press();
            window.press("가입하기");
            window.find("heading", "대화방");
            eventually(() -> window.handshakes().equals(List.of(200)));
            assertThat(window.asked()).allMatch(uri -> uri.getScheme().endsWith("s"));
        }
    }
}
