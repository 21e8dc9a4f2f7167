package madang.web;

import static org.assertj.core.api.Assertions.assertThat;

import madang.testing.Person;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/// Coming in, staying in, going out.
@InBrowser
class GateTest extends Neighbours {
    @Test
    void a_reload_keeps_the_session_and_the_words_that_were_not_sent() {
        try (Visitor visitor = Visitor.enters(mina, scene.room("정원", mina))) {
            visitor.writes("아직 생각 중이에요");
            visitor.window().reload();
            assertThat(visitor.composer().name()).contains("정원에 메시지 쓰기");
            visitor.window()
                    .waitUntil("the draft", () -> visitor.composer().text().equals("아직 생각 중이에요"));
        }
    }

    @Test
    void who_signs_out_leaves_nothing_behind() {
        try (Visitor visitor = Visitor.enters(mina, scene.room("연못", mina))) {
            Window window = visitor.writes("비밀이에요").window();
            window.find("link", "설정").press();
            window.find("button", "로그아웃").press();
            window.button("로그인");
            assertThat(window.path()).isEqualTo("/welcome");
            assertThat(window.run("return Object.values(localStorage).join()").toString())
                    .doesNotContain("비밀");

            window.goTo("/chat").button("로그인");
            assertThat(window.path()).isEqualTo("/welcome");
        }
    }

    @Test
    void a_wrong_password_is_told_and_the_name_stays() {
        try (Window window = Browser.open(house, Look.KOREAN).goTo("/").forgives("/auth/login")) {
            window.field("아이디").write("mina");
            window.field("비밀번호").write("something else");
            window.keys(Keys.ENTER);
            window.find("alert", "");
            assertThat(window.field("아이디").text()).isEqualTo("mina");
        }
    }

    @Test
    void nobody_signs_up_without_agreeing_to_what_is_required() {
        try (Window window = Browser.open(house, Look.PHONE).goTo("/")) {
            window.press("가입하기");
            window.field("아이디").write("sora");
            window.field("비밀번호").write(Person.PASSWORD);
            window.find("checkbox", "이용 약관 (필수)").press();
            window.press("가입하기");
            window.sees("동의해야 가입할 수 있어요");
            assertThat(window.field("아이디").text()).isEqualTo("sora");

            window.find("checkbox", "모두 동의해요").press();
            window.find("checkbox", "소식과 혜택 알림 (선택)").press();
            window.press("가입하기");
            window.find("heading", "대화방");
        }
    }

    @Test
    void the_keyboard_alone_leads_from_the_gate_to_a_message() {
        String room = scene.room("마루", mina);
        try (Window window = Browser.open(house, Look.KOREAN).goTo("/")) {
            window.tabsTo("textbox", "아이디").types("mina");
            window.tabsTo("textbox", "비밀번호").types(Person.PASSWORD);
            window.tabsTo("button", "로그인").keys(Keys.ENTER);
            window.find("link", "마루");
            window.tabsTo("link", "마루").keys(Keys.ENTER);
            window.find("heading", "마루");
            window.tabsTo("textbox", "마루에 메시지 쓰기").types("손은 자판 위에");
            window.keys(Keys.ENTER);
            window.waitUntil("said", () -> Scene.heard(mina.http(), room).contains("손은 자판 위에"));
        }
    }

    @Test
    void the_finder_goes_anywhere() {
        scene.room("텃밭", mina);
        try (Visitor visitor = Visitor.enters(mina, scene.room("우물", mina))) {
            Window window = visitor.window();
            window.keysWith(Keys.CONTROL, "k").find("combobox", "방, 사람, 메시지, 화면");
            window.types("텃밭").find("option", "텃밭");
            window.keys(Keys.ENTER).find("heading", "텃밭");
        }
    }
}
