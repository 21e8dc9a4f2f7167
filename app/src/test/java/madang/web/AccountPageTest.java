package madang.web;

import static org.assertj.core.api.Assertions.assertThat;

import madang.testing.House;
import madang.testing.Person;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/// One's own account: the ways into it and the devices that are in it.
@InBrowser
class AccountPageTest {
    private static House house;
    private static Scene scene;

    @BeforeAll
    static void opens() {
        house = Scene.house();
        scene = new Scene(house);
    }

    @AfterAll
    static void closes() {
        house.close();
    }

    @Test
    void a_passkey_is_made_named_and_opens_the_gate() {
        Person mina = scene.person("mina", "미나");
        try (Window window = Browser.open(house, Look.KOREAN).keepsPasskeys()) {
            window.enterAs(mina.onAnotherDevice(), "/settings/security").sees("아직 패스키가 없어요");
            window.press("패스키 추가");
            window.sees("아직 쓰지 않았어요");

            window.press("패스키 더 보기");
            window.find("menuitem", "이름 바꾸기").press();
            window.field("이름").write("부엌 노트북");
            window.keys(Keys.ENTER).find("button", "부엌 노트북 더 보기");

            window.press("패스키 추가");
            window.sees("이 기기에는 이미 패스키가 있어요");

            window.goTo("/settings").button("로그아웃").press();
            window.press("패스키로 로그인");
            window.find("heading", "대화방");
            window.goTo("/settings/security").sees("패스키로");
        }
    }

    @Test
    void a_passkey_that_was_removed_opens_nothing() {
        Person sora = scene.person("sora", "소라");
        try (Window window =
                Browser.open(house, Look.KOREAN).keepsPasskeys().forgives("/auth/passkey")) {
            window.enterAs(sora.onAnotherDevice(), "/settings/security").press("패스키 추가");
            window.press("패스키 더 보기");
            window.find("menuitem", "지우기").press();
            window.press("지우기");
            window.sees("아직 패스키가 없어요");
            window.goTo("/settings").button("로그아웃").press();
            window.press("패스키로 로그인");
            window.find("alert", "");
            assertThat(window.path()).isEqualTo("/welcome");
        }
    }

    @Test
    void who_says_no_at_the_gate_is_told_what_happened() {
        try (Window window = Browser.open(house, Look.KOREAN).keepsPasskeys()) {
            window.goTo("/").press("패스키로 로그인");
            window.find("alert", "");
            window.sees("취소했거나 시간이 지났어요");
        }
    }

    @Test
    void another_device_is_signed_out_from_here() {
        Person joon = scene.person("joon", "준");
        Person onThePhone = joon.onAnotherDevice();
        try (Window window = Browser.open(house, Look.KOREAN)) {
            window.enterAs(joon.onAnotherDevice(), "/settings/security").sees("지금 이 기기");
            window.press("다른 기기 모두 로그아웃");
            window.answersDialog("다른 기기 모두 로그아웃");
            window.sees("다른 기기에서 모두 로그아웃했어요");
            window.waitUntil("only this device", () -> window.count("마지막 사용") == 1);
        }
        assertThat(onThePhone.http().get("/api/v1/users/me").status()).isEqualTo(401);
    }

    @Test
    void a_guest_looks_around_and_stays() {
        try (Window window = Browser.open(house, Look.KOREAN)) {
            window.goTo("/").press("로그인 없이 둘러보기");
            window.find("heading", "대화방");
            window.find("link", "설정").press();
            window.field("아이디").write("haneul");
            window.field("비밀번호").write(Person.PASSWORD);
            window.find("checkbox", "모두 동의해요").press();
            window.press("이 이름으로 계정 만들기");
            window.sees("@haneul");
            window.waitUntil("the form is gone", () -> !window.has("textbox", "비밀번호"));
            window.button("로그아웃").press();
            window.field("아이디").write("haneul");
            window.field("비밀번호").write(Person.PASSWORD);
            window.keys(Keys.ENTER).find("heading", "대화방");
        }
    }
}
