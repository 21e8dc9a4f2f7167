package madang.web;

import static org.assertj.core.api.Assertions.assertThat;

import madang.recovery.Outside;
import madang.testing.House;
import madang.testing.Person;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/// The ways in that need no password: over another house, by a letter, by a phone.
@InBrowser
class WaysInPageTest {
    private static Outside outside;
    private static House house;

    @BeforeAll
    static void opens() {
        outside = new Outside();
        house = House.open(outside.settings(Scene.PATIENT));
    }

    @AfterAll
    static void closes() {
        house.close();
        outside.close();
    }

    @Test
    void kakao_opens_the_gate_and_is_unlinked_only_when_there_is_another_way() {
        try (House own = Scene.house();
                Window window = inTheSandbox(own).forgives("/users/me/links")) {
            window.goTo("/").find("link", "카카오로 계속하기").press();
            window.find("button", "소라").press();
            window.press("동의하고 계속하기");
            window.find("heading", "대화방");

            window.goTo("/settings/security").press("카카오 연결 끊기");
            window.answersDialog("연결 끊기");
            window.sees("지금은 이 방법으로만 로그인할 수 있습니다");
        }
    }

    @Test
    void who_says_no_to_kakao_is_back_at_the_gate_and_told() {
        try (House own = Scene.house();
                Window window = inTheSandbox(own)) {
            window.goTo("/").find("link", "카카오로 계속하기").press();
            window.find("button", "준호").press();
            window.press("취소");
            window.sees("동의하지 않아서 로그인하지 않았어요");
            assertThat(window.path()).isEqualTo("/welcome");
        }
    }

    @Test
    void kakao_is_added_to_an_account_that_is_there() {
        try (House own = Scene.house();
                Window window = inTheSandbox(own)) {
            Person mina = new Scene(own).person("mina", "미나");
            window.enterAs(mina.onAnotherDevice(), "/settings/security").press("카카오 연결하기");
            window.find("button", "준호").press();
            window.press("동의하고 계속하기");
            window.button("카카오 연결 끊기");
            assertThat(window.path()).isEqualTo("/settings/security");
        }
    }

    @Test
    void a_forgotten_password_is_replaced_by_a_letter() {
        house.stranger()
                .post(
                        "/api/v1/auth/register",
                        "{\"username\":\"mina\",\"email\":\"mina@example.com\",\"password\":\"tea in the garden\"}");
        try (Window window = Browser.open(house, Look.KOREAN)) {
            window.goTo("/").press("비밀번호를 잊으셨나요?");
            window.field("이메일").write("mina@example.com");
            window.keys(Keys.ENTER).sees("링크가 곧 도착해요");

            window.goTo("/#/reset?token=" + outside.mail("mina@example.com").token());
            window.field("새 비밀번호").write("tea in the evening");
            assertThat(window.run("return location.href").toString()).endsWith("/reset");
            window.keys(Keys.ENTER).sees("새 비밀번호를 정했어요");
            window.press("로그인");
            window.field("아이디").write("mina");
            window.field("비밀번호").write("tea in the evening");
            window.keys(Keys.ENTER).find("heading", "대화방");
        }
    }

    @Test
    void a_letter_opens_the_gate_once() {
        try (Window window = Browser.open(house, Look.KOREAN).forgives("/auth/magic-link/verify")) {
            window.goTo("/").press("이메일 링크로 로그인");
            window.field("이메일").write("sora@example.com");
            window.keys(Keys.ENTER).sees("링크를 보냈어요");
            String address = "/#/magic?token=" + outside.mail("sora@example.com").token();
            window.goTo(address).sees("누르면 바로 로그인돼요");
            window.press("로그인");
            window.find("heading", "대화방");

            window.goTo(address).sees("누르면 바로 로그인돼요");
            window.press("로그인");
            window.find("alert", "");
        }
    }

    @Test
    void a_code_from_the_phone_opens_the_gate() {
        try (Window window = Browser.open(house, Look.KOREAN).forgives("/auth/phone/verify")) {
            window.goTo("/").press("문자로 로그인");
            window.field("전화번호").write("010-2345-6789");
            window.keys(Keys.ENTER).sees("인증번호를 보냈어요");
            window.field("인증번호").write("000000");
            window.keys(Keys.ENTER).find("alert", "");
            window.field("인증번호").press();
            window.keysWith(Keys.CONTROL, "a").types(outside.digits("01023456789", 1));
            window.keys(Keys.ENTER).find("heading", "대화방");
        }
    }

    @Test
    void a_letter_without_its_token_says_what_to_do() {
        try (Window window = Browser.open(house, Look.KOREAN)) {
            window.goTo("/reset").sees("메일에 있는 링크를 다시 열어 주세요");
        }
    }

    /// The sandbox has pages of its own that ask for an icon.
    private static Window inTheSandbox(House house) {
        return Browser.open(house, Look.KOREAN).forgives("favicon");
    }
}
