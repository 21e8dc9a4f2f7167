package madang.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import madang.testing.House;
import madang.testing.Person;
import org.junit.jupiter.api.Test;

/// A room in which much was said.
@InBrowser
class LongRoomTest {
    private static final int SAID = 230;

    /// Each page that arrives above leaves what one looks at where it is.
    @Test
    void scrolling_up_brings_everything_and_keeps_the_place() {
        List<String> all = IntStream.rangeClosed(1, SAID).mapToObj("말 %d"::formatted).toList();
        try (House house = Scene.house()) {
            Scene scene = new Scene(house);
            Person mina = scene.person("mina", "미나");
            String room = scene.room("정원", mina);
            all.forEach(text -> scene.says(mina, room, text));
            try (Visitor visitor = Visitor.enters(mina, room)) {
                Window window = visitor.window();
                visitor.hears("말 " + SAID);
                while (!oldest(visitor).equals("말 1")) {
                    String before = oldest(visitor);
                    visitor.scrollsToTheTop();
                    window.waitUntil("more", () -> !oldest(visitor).equals(before));
                    window.waitUntil(before + " in its place", () -> visitor.sees(before));
                }
                assertThat(said(visitor)).isEqualTo(all);

                window.press("최근 메시지로");
                window.waitUntil("the end", () -> visitor.sees("말 " + SAID));
            }
        }
    }

    private static String oldest(Visitor visitor) {
        return said(visitor).getFirst();
    }

    private static List<String> said(Visitor visitor) {
        return visitor.said().stream().filter(text -> text.startsWith("말 ")).toList();
    }
}
