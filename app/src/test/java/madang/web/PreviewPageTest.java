package madang.web;

import static madang.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.IDN;
import java.util.List;
import java.util.Map;
import madang.kit.http.NearWeb;
import madang.testing.House;
import madang.testing.Person;
import madang.testing.Talker;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import tools.jackson.databind.JsonNode;

/// What stands behind a link, from the message to the card before everybody's eyes.
@InBrowser
class PreviewPageTest {
    /// What a press on each card would do.
    private static final String CARDS =
            """
            const cards = (root) => [...root.querySelectorAll('*')].flatMap((element) => [
              ...(element.localName === 'chat-preview-card' ? [element.renderRoot.querySelector('a')] : []),
              ...(element.shadowRoot ? cards(element.shadowRoot) : []),
            ]);
            return cards(document).map(({ href, target, rel }) => ({ href, target, rel }));
            """;

    private static final String MENU =
            """
            <!doctype html><meta charset="utf-8"><title>찻집</title>
            <meta property="og:title" content="오늘의 차 🍵 &lt;b&gt;유자&lt;/b&gt;">
            <meta property="og:description" content="세 시에 문을 열어요 👩‍🌾">
            <meta property="og:site_name" content="골목 찻집">
            <meta property="og:image" content="http://elsewhere.test/cup.png">
            """;

    @AutoClose private static House house;
    @AutoClose private static NearWeb web;
    private static Scene scene;
    private static Person mina;
    private static Person joon;

    @BeforeAll
    static void open() {
        web = NearWeb.open();
        house = Scene.house(web.web());
        scene = new Scene(house);
        mina = scene.person("mina", "미나");
        joon = scene.person("joon", "준");
    }

    @Test
    void a_link_becomes_a_card_before_everybodys_eyes() {
        String menu = web.page("찻집.test", "/menu", MENU);
        String garden = scene.room("정원", mina, joon);
        try (Visitor host = Visitor.enters(mina, garden);
                Visitor guest = Visitor.enters(joon, garden);
                Talker listener = Talker.connect(house.port(), joon.accessToken())) {
            listener.opens(garden);
            host.writes("여기서 봐요 " + menu).window().keys(Keys.ENTER);
            JsonNode pushed = previewed(listener);
            assertThat(pushed.at("/preview/title").asString()).isEqualTo("오늘의 차 🍵 <b>유자</b>");
            assertThat(pushed.at("/preview/url").asString()).isEqualTo(menu);
            assertThat(pushed.path("text").asString()).isEqualTo("여기서 봐요 " + menu);
            assertThat(pushed.path("edited_at").isNull()).isTrue();
            for (Window window : List.of(host.window(), guest.window())) {
                window.find("link", "오늘의 차 🍵 <b>유자</b>");
                window.sees("세 시에 문을 열어요 👩‍🌾");
                window.sees("골목 찻집");
                assertThat(cards(window)).isEqualTo(List.of(safe(menu)));
            }

            guest.writes(menu + " 좋아요!").window().keys(Keys.ENTER);
            host.window().waitUntil("both cards", () -> cards(host.window()).size() == 2);
            guest.window().reload();
            guest.window().waitUntil("both cards", () -> cards(guest.window()).size() == 2);
            assertThat(web.visits("/menu")).isOne();
        }
    }

    @Test
    void a_link_that_is_taken_out_takes_its_card_along() {
        String clock = web.page("tea.test", "/clock", "<title>세 시</title>");
        String hall = scene.room("마루", mina, joon);
        String asked = scene.says(mina, hall, "언제요? " + clock);
        try (Visitor guest = Visitor.enters(joon, hall)) {
            guest.window().find("link", "세 시");
            Scene.done(
                    mina.http()
                            .patch(
                                    "/api/v1/chat/rooms/" + hall + "/messages/" + asked,
                                    Scene.json(Map.of("text", "네 시요"))));
            guest.hears("네 시요");
            assertThat(cards(guest.window())).isEmpty();
        }
    }

    @Test
    void a_site_that_answers_nonsense_or_nothing_leaves_the_message_alone() {
        byte[] noise = new byte[4_096];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (byte) (i * 31);
        }
        String attic = scene.room("다락", mina, joon);
        String garbage = scene.says(mina, attic, web.page("noise.test", "/noise", noise));
        String silence = scene.says(mina, attic, web.silence("silent.test", "/silence"));
        eventually(() -> web.visits("/noise") == 1 && web.visits("/silence") == 1);
        scene.says(mina, attic, web.page("tea.test", "/late", "<title>그래도 차</title>"));
        try (Visitor guest = Visitor.enters(joon, attic)) {
            guest.window().find("link", "그래도 차");
            assertThat(cards(guest.window())).hasSize(1);
            for (String message : List.of(garbage, silence)) {
                JsonNode left =
                        Scene.done(
                                        joon.http()
                                                .get(
                                                        "/api/v1/chat/messages/"
                                                                + message
                                                                + "?room="
                                                                + attic))
                                .data();
                assertThat(left.path("preview").isNull()).isTrue();
                assertThat(left.get("changed_seq")).isEqualTo(left.get("seq"));
            }
        }
    }

    /// The first message that is told with a preview.
    private static JsonNode previewed(Talker listener) {
        JsonNode message = listener.hears("chat.message");
        while (!message.path("preview").isObject()) {
            message = listener.hears("chat.message");
        }
        return message;
    }

    private static List<?> cards(Window window) {
        return (List<?>) window.run(CARDS);
    }

    /// Leads there in a window of its own that knows nothing of ours.
    private static Map<String, String> safe(String address) {
        return Map.of(
                "href",
                address.replace("찻집.test", IDN.toASCII("찻집.test")),
                "target",
                "_blank",
                "rel",
                "noopener noreferrer nofollow");
    }
}
