package madang.social;

import static org.assertj.core.api.Assertions.assertThat;

import madang.testing.Answer;
import madang.testing.House;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class KakaoSignInTest {
    private static House house;

    @BeforeAll
    static void open() {
        house = House.open();
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    void a_browser_goes_to_kakao_and_comes_in() {
        Browser minji = new Browser(house);
        Answer back = minji.signsIn("kakao", "minji");
        assertThat(back.status()).as(back.text()).isEqualTo(302);
        assertThat(back.header("Location")).isEqualTo("/");
        assertThat(minji.cookie("madang_refresh")).isNotEmpty();
        Answer page = minji.opensPage();
        assertThat(page.data().path("user").path("nickname").asString()).isEqualTo("민지");
        assertThat(page.data().path("user").path("email").asString())
                .isEqualTo("minji@example.com");
        assertThat(page.data().path("user").path("email_verified").asBoolean()).isTrue();
    }
}
