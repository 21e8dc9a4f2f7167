package madang.web;

import java.util.List;
import madang.testing.House;
import madang.testing.Person;
import org.openqa.selenium.Keys;

/// Somebody at a window of the house, and what people do there; who does more than write reads
/// Korean.
final class Visitor implements AutoCloseable {
    private final Window window;
    private final String composer;

    private Visitor(Window window, Look look) {
        this.window = window;
        this.composer = look.isKorean() ? "메시지 쓰기" : "Write to ";
    }

    /// Comes for the first time and signs up at the gate.
    static Visitor signsUp(House house, String username, String nickname) {
        Window window = Browser.open(house, Look.KOREAN).goTo("/");
        window.press("가입하기");
        window.waitUntil("the form to sign up", () -> window.has("button", "로그인"));
        window.field("아이디").write(username);
        window.field("비밀번호").write(Person.PASSWORD);
        window.field("별명").write(nickname);
        window.find("checkbox", "모두 동의해요").press();
        window.press("가입하기");
        window.find("heading", "대화방");
        return new Visitor(window, Look.KOREAN);
    }

    /// Comes back, from one more device that remembers the session, straight to a room.
    static Visitor enters(Person person, String room, Look look) {
        return enters(Browser.open(person.house(), look), person, room, look);
    }

    static Visitor enters(Window window, Person person, String room, Look look) {
        Visitor visitor =
                new Visitor(window.enterAs(person.onAnotherDevice(), "/chat/" + room), look);
        visitor.composer();
        return visitor;
    }

    static Visitor enters(Person person, String room) {
        return enters(person, room, Look.KOREAN);
    }

    Window window() {
        return window;
    }

    Visitor opensRoom(String name) {
        window.press("새로 만들기");
        window.find("menuitem", "방 만들기").press();
        window.field("방 이름").write(name);
        window.keys(Keys.ENTER);
        window.find("heading", name);
        composer();
        return this;
    }

    /// Finds a room among the open ones and becomes a member.
    Visitor joins(String name) {
        window.press("열린 방 둘러보기");
        window.press(name);
        window.press("참여하기");
        composer();
        return this;
    }

    /// Goes to one of the own rooms.
    Visitor entersRoom(String name) {
        window.find("link", name).press();
        window.find("heading", name);
        composer();
        return this;
    }

    Thing composer() {
        return window.field(composer);
    }

    Visitor writes(String text) {
        composer().write(text);
        return this;
    }

    Visitor says(String text) {
        writes(text);
        window.keys(Keys.ENTER);
        return hears(text);
    }

    /// Waits until this stands in the conversation.
    Visitor hears(String text) {
        window.waitUntil("message " + text, () -> times(text) > 0);
        return this;
    }

    Visitor hearsNoMore(String text) {
        window.waitUntil("no message " + text, () -> times(text) == 0);
        return this;
    }

    /// Turns the wheel until nothing is above.
    void scrollsToTheTop() {
        spoken(said().getLast()).point();
        window.wheel(-1_000_000);
    }

    /// Whether the message stands in the part of the conversation that is shown.
    boolean sees(String text) {
        double top = spoken(text).top();
        return top > 0 && top < window.height();
    }

    /// Opens the tools of a message and uses one, which may stand in their menu.
    Visitor does(String tool, String message) {
        window.waitUntil(
                "tools of " + message,
                () -> {
                    spoken(message).point();
                    return window.has("button", "더 보기");
                });
        if (window.has("button", tool)) {
            window.press(tool);
        } else {
            window.press("더 보기");
            window.find("menuitem", tool).press();
        }
        return this;
    }

    long times(String text) {
        return said().stream().filter(text::equals).count();
    }

    /// Everything that stands in the conversation, in its order.
    List<String> said() {
        return window.all("list")
                .filter(list -> list.name().equals("메시지"))
                .flatMap(list -> list.texts().stream())
                .map(String::strip)
                .toList();
    }

    /// The text of a message where it stands.
    Thing spoken(String text) {
        return window.find("list", "메시지")
                .inside("StaticText")
                .filter(thing -> thing.name().strip().equals(text))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        window.close();
    }
}
