package madang.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import madang.testing.House;
import madang.testing.Person;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The pages on phones, down to the narrowest.
@InBrowser
class NarrowScreenTest {
    /// What reaches over the right edge and is not cut off by something around it.
    private static final String OVERHANG =
            """
            const over = [];
            const scrolls = (element) => /auto|scroll|hidden|clip/.test(getComputedStyle(element).overflowX);
            const walk = (root) => {
              for (const element of root.children) {
                const box = element.getBoundingClientRect();
                if (box.width > 1 && box.right > innerWidth + 1) over.push(`${element.localName}.${element.className}`);
                if (scrolls(element) && element.scrollWidth > element.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(element).overflowX)) over.push(`inside ${element.localName}.${element.className}`);
                if (!scrolls(element)) walk(element);
                else if (/auto|scroll/.test(getComputedStyle(element).overflowX)) walk(element);
                if (element.shadowRoot) walk(element.shadowRoot);
              }
            };
            walk(document.body);
            return document.documentElement.scrollWidth > innerWidth ? ['the page', ...over] : over;
            """;

    private static House house;
    private static Scene scene;
    private static Person mina;
    private static String garden;
    private static String walk;

    @BeforeAll
    static void opens() {
        house = Scene.house();
        scene = new Scene(house);
        mina = scene.person("mina", "미나");
        Person joon = scene.person("joon", "아주아주긴이름을가진준이라는사람");
        garden = scene.room("이름이아주아주긴우리동네텃밭가꾸기모임", mina, joon);
        Scene.befriend(mina, joon);
        walk =
                Scene.event(
                        mina,
                        Map.of(
                                "title",
                                "이름이아주아주긴우리동네한바퀴산책".repeat(4),
                                "location",
                                "https://example.org/" + "long/".repeat(20),
                                "start_time",
                                house.clock().instant().toString(),
                                "end_time",
                                house.clock().instant().toString(),
                                "participant_ids",
                                List.of(joon.id())));
        String asked = scene.says(joon, garden, "https://example.org/" + "long/".repeat(30));
        scene.says(
                mina.http(),
                garden,
                Map.of("text", "가나다라마바사아자차카타파하".repeat(12), "reply_to", asked));
    }

    @AfterAll
    static void closes() {
        house.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {320, 390})
    void nothing_reaches_over_the_edge(int width) {
        Look look = Look.PHONE.sized(width, 844);
        try (Window window = Browser.open(house, look)) {
            window.goTo("/").button("로그인");
            isWhole(window);
            window.press("가입하기");
            window.field("별명");
            isWhole(window);

            window.enterAs(mina.onAnotherDevice(), "/chat").find("link", "텃밭");
            isWhole(window);
            window.press("새로 만들기");
            window.find("menuitem", "방 만들기").press();
            window.field("방 이름");
            isWhole(window);
            window.goTo("/chat/" + garden).field("메시지 쓰기");
            window.sees("가나다라");
            isWhole(window);
            window.press("방 정보");
            window.button("방 고치기");
            isWhole(window);
            window.goTo("/settings").field("별명");
            isWhole(window);
            window.goTo("/events").press("약속 만들기");
            window.dialogField("제목");
            isWhole(window);
            window.goTo("/events/" + walk).find("heading", "이름이아주");
            isWhole(window);
            window.press("초대하기");
            window.press("링크 만들기");
            window.find("image", "QR");
            isWhole(window);
            window.goTo("/events/" + walk + "/chat").field("메시지 쓰기");
            isWhole(window);
        }
    }

    private static void isWhole(Window window) {
        assertThat((Iterable<?>) window.run(OVERHANG)).as(window.path()).isEmpty();
    }
}
