package madang.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/// What was said is found again.
@InBrowser
class SearchPageTest extends Neighbours {
    private static final int MORE_THAN_A_PAGE = 27;

    private static String garden;

    @BeforeAll
    static void talk() {
        garden = scene.room("정원", mina, joon);
        String pond = scene.room("연못", mina, joon);
        scene.says(joon, garden, "귤나무에 물을 줬어요");
        scene.says(joon, pond, "귤껍질은 말려 두세요");
        scene.says(mina, garden, "고마워요");
    }

    @Test
    void one_syllable_finds_it_in_the_room_and_leads_there() {
        try (Visitor visitor = Visitor.enters(mina, garden)) {
            Window window = visitor.window();
            window.press("이 방에서 찾기");
            window.find("searchbox", "이 방에서 찾기");
            window.types("귤").find("link", "귤나무에 물을 줬어요").press();
            window.waitUntil("the message in sight", () -> visitor.sees("귤나무에 물을 줬어요"));
            assertThat(window.find("list", "찾은 메시지").texts())
                    .noneMatch(text -> text.contains("껍질"));

            window.find("searchbox", "이 방에서 찾기").press();
            window.keysWith(Keys.CONTROL, "a").types("없는 말").sees("찾는 메시지가 없어요");
        }
    }

    @Test
    void the_list_says_how_far_it_came_and_goes_on_to_the_first_that_was_said() {
        String orchard = scene.room("과수원", mina);
        for (int i = 0; i < MORE_THAN_A_PAGE; i++) {
            scene.says(mina, i % 2 == 0 ? orchard : garden, "모과 " + i + "개");
        }
        try (Visitor visitor = Visitor.enters(mina, orchard)) {
            Window window = visitor.window().goTo("/chat/search?q=%EB%AA%A8%EA%B3%BC");
            window.sees("지금까지 20개를 찾았어요.");
            window.find("link", "26개").point();
            window.wheel(1_000_000);
            window.sees("모두 " + MORE_THAN_A_PAGE + "개를 찾았어요.");
            assertThat(window.find("list", "찾은 메시지").texts())
                    .map(String::strip)
                    .filteredOn(text -> text.endsWith("개"))
                    .containsExactlyElementsOf(
                            IntStream.range(0, MORE_THAN_A_PAGE)
                                    .mapToObj(i -> MORE_THAN_A_PAGE - 1 - i + "개")
                                    .toList());
        }
    }

    @Test
    void the_finder_leads_to_messages_of_all_rooms() {
        try (Visitor visitor = Visitor.enters(mina, garden)) {
            Window window = visitor.window();
            window.keysWith(Keys.CONTROL, "k").find("combobox", "방, 사람, 메시지, 화면");
            window.types("귤").find("option", "귤껍질은 말려 두세요");
            window.find("option", "모두 찾기").press();
            window.find("link", "귤나무에 물을 줬어요");
            window.find("link", "귤껍질은 말려 두세요").press();
            window.find("heading", "연못");
            visitor.hears("귤껍질은 말려 두세요");
        }
    }
}
