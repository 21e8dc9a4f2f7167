package madang.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import madang.testing.House;
import madang.testing.Person;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/// The pages speak as the reader's browser does.
@InBrowser
class LanguageTest {
    private static final Pattern HANGUL = Pattern.compile("\\p{IsHangul}");

    @Test
    void an_english_browser_reads_no_korean() {
        try (House house = Scene.house();
                Window window = Browser.open(house, Look.ENGLISH)) {
            window.goTo("/").button("Sign in");
            isEnglish(window);
            window.press("Sign up");
            window.field("Username").write("mina");
            window.field("Password").write(Person.PASSWORD);
            window.find("checkbox", "I agree to all of it").press();
            isEnglish(window);
            window.press("Sign up");
            window.find("heading", "Rooms");
            isEnglish(window);

            window.press("New");
            window.find("menuitem", "Create a room").press();
            window.field("Name").write("garden");
            isEnglish(window);
            window.keys(Keys.ENTER).field("Write to garden").write("tea at three?");
            window.keys(Keys.ENTER).press("About this room");
            isEnglish(window);
            window.press("Edit the room");
            window.button("Delete the room");
            isEnglish(window);
            window.keys(Keys.ESCAPE);
            window.press("Browse open rooms");
            window.button("garden");
            isEnglish(window);
            window.goTo("/settings").field("Nickname");
            isEnglish(window);
            window.goTo("/events").press("New event");
            window.dialogField("Title").write("walk by the river");
            isEnglish(window);
            window.press("Propose");
            window.find("heading", "walk by the river");
            window.sees("mina made the event");
            isEnglish(window);
            window.press("Invite");
            window.press("Make a link");
            window.find("image", "QR code");
            isEnglish(window);
            assertThat(window.run("return document.documentElement.lang")).isEqualTo("en");
        }
    }

    @Test
    void the_gate_changes_its_language_at_a_press() {
        try (House house = Scene.house();
                Window window = Browser.open(house, Look.KOREAN)) {
            window.goTo("/").press("English");
            window.button("Sign in");
            isEnglish(window);
            window.press("한국어");
            window.button("로그인");
        }
    }

    /// Each language is named in itself, so that who needs it finds it.
    private static void isEnglish(Window window) {
        assertThat(window.names())
                .filteredOn(name -> HANGUL.matcher(name).find())
                .isSubsetOf("한국어");
    }
}
