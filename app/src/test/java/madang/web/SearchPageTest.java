package madang.web;

import static org.assertj.core.api.Assertions.assertThat;

import madang.testing.House;
import madang.testing.Person;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/// What was said is found again.
@InBrowser
class SearchPageTest {
    private static House house;
    private static Scene scene;
    private static Person mina;
    private static String garden;

    @BeforeAll
    static void opens() {
        house = Scene.house();
        scene = new Scene(house);
        mina = scene.person("mina", "미나");
        Person joon = scene.person("joon", "준");
        garden = scene.room("정원", mina, joon);
        String pond = scene.room("연못", mina, joon);
        scene.says(joon, garden, "귤나무에 물을 줬어요");
        scene.says(joon, pond, "귤껍질은 말려 두세요");
        scene.says(mina, garden, "고마워요");
    }

    @AfterAll
    static void closes() {
        house.close();
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
