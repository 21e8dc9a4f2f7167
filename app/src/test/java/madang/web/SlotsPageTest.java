package madang.web;

import static madang.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import madang.testing.House;
import madang.testing.Person;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/// Times that somebody offers and others book, and times that several look for.
@InBrowser
class SlotsPageTest {
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
    void a_time_is_offered_kept_booked_and_given_back() {
        Person haneul = business("haneul", "하늘");
        scene.person("joon", "준");
        Person sora = scene.person("sora", "소라");
        try (Window hers = Browser.open(house, Look.KOREAN);
                Window his = Browser.open(house, Look.PHONE);
                Window late = Browser.open(house, Look.KOREAN)) {
            hers.enterAs(haneul.onAnotherDevice(), "/slots").press("시간 열기");
            hers.dialogField("이름").write("아침 요가");
            hers.dialogField("지역").write("마포구");
            hers.find("spinbutton", "값 (원)").write("30000");
            hers.press("열기");
            hers.sees("시간을 1개 열었어요");

            his.goTo("/slots").find("link", "아침 요가").press();
            his.sees("30,000원");
            his.press("로그인하고 예약하기");
            his.field("아이디").write("joon");
            his.field("비밀번호").write(Person.PASSWORD);
            his.keys(Keys.ENTER).find("heading", "아침 요가");
            his.press("예약하기");
            his.sees("자리를 맡아 뒀어요");

            late.enterAs(sora.onAnotherDevice(), his.path()).sees("지금은 예약할 수 없는 시간이에요");
            String slot = his.path();
            his.press("예약 확정");
            his.press("약속 보기");
            his.find("heading", "아침 요가");

            his.goTo(slot).press("예약 취소");
            his.answersDialog("예약 취소");
            his.button("예약하기");
            late.reload();
            late.button("예약하기");
        }
    }

    @Test
    void who_has_no_account_books_with_name_and_number() {
        String slot = Scene.slot(business("gaon", "가온"), "새벽 명상", house.clock().instant());
        try (Window window = Browser.open(house, Look.PHONE)) {
            window.goTo("/slots/" + slot).press("전화번호로 바로 예약하기");
            window.field("전화번호").write("010-5555-0001");
            window.keys(Keys.ENTER);
            window.field("별명").write("지나가는 손님");
            window.field("인증번호").write(digitsTo("01055550001"));
            window.keys(Keys.ENTER);
            window.press("예약하기");
            window.press("예약 확정");
            window.press("약속 보기");
            window.find("heading", "새벽 명상");
        }
    }

    @Test
    void who_comes_a_moment_too_late_is_told_and_sees_what_is_left() {
        Person duri = business("duri", "두리");
        Person mina = scene.person("mina", "미나");
        Person nari = scene.person("nari", "나리");
        String slot = Scene.slot(duri, "저녁 수영", house.clock().instant());
        try (Window window = Browser.open(house, Look.KOREAN).forgives("/hold")) {
            window.enterAs(mina.onAnotherDevice(), "/slots/" + slot).button("예약하기");
            Scene.done(nari.http().post("/api/v1/open-slots/" + slot + "/book"));
            window.press("예약하기");
            window.sees("이미 예약되었거나");
            window.sees("지금은 예약할 수 없는 시간이에요");
        }
    }

    @Test
    void the_hours_of_some_weeks_are_offered_at_once() {
        Person bora = business("bora", "보라");
        try (Window window = Browser.open(house, Look.KOREAN).forgives("/open-slots/series")) {
            window.enterAs(bora.onAnotherDevice(), "/slots").press("시간 열기");
            window.dialogField("이름").write("기타 첫걸음");
            window.find("radio", "매주").press();
            window.press("열기");
            window.find("alert", "");
            window.find("checkbox", "토").press();
            window.press("열기");
            window.sees("개 열었어요");
            window.find("link", "기타 첫걸음");
        }
    }

    @Test
    void who_may_not_offer_is_not_asked_to() {
        Person garam = scene.person("garam", "가람");
        try (Window window = Browser.open(house, Look.KOREAN)) {
            window.enterAs(garam.onAnotherDevice(), "/slots").find("checkbox", "예약할 수 있는 것만");
            assertThat(window.has("button", "시간 열기")).isFalse();
            window.find("link", "약속");
        }
    }

    @Test
    void several_find_a_time_and_an_event_comes_of_it() {
        Person dasom = scene.person("dasom", "다솜");
        scene.person("byeol", "별");
        try (Window hers = Browser.open(house, Look.KOREAN);
                Window his = Browser.open(house, Look.PHONE)) {
            hers.enterAs(dasom.onAnotherDevice(), "/polls").press("시간 물어보기");
            hers.dialogField("무슨 일인가요?").write("송년 저녁");
            hers.press("시간 더하기");
            hers.press("물어보기");
            hers.find("heading", "송년 저녁");
            hers.waitUntil("three times", () -> hers.all("group").count() == 3);

            his.goTo(hers.path());
            his.field("아이디").write("byeol");
            his.field("비밀번호").write(Person.PASSWORD);
            his.keys(Keys.ENTER).find("heading", "송년 저녁");
            his.press("돼요");
            his.sees("별");
            assertThat(his.has("button", "이 시간으로")).isFalse();

            hers.reload();
            hers.sees("별");
            hers.press("이 시간으로");
            hers.answersDialog("이 시간으로");
            hers.find("heading", "송년 저녁");
            hers.waitUntil("the event", () -> hers.path().startsWith("/events/"));
            hers.sees("기다리는 중");
            his.reload();
            his.sees("시간이 정해졌어요");
        }
    }

    /// What the sandbox's inbox took in for this number.
    private static String digitsTo(String number) {
        String inbox = "/sandbox/inbox/messages?to=%2B82" + number.substring(1);
        eventually(() -> house.stranger().get(inbox).body().get("messages").size() == 1);
        String text = house.stranger().get(inbox).body().get("messages").get(0).toString();
        Matcher digits = Pattern.compile("\\b(\\d{6})\\b").matcher(text);
        assertThat(digits.find()).as(text).isTrue();
        return digits.group(1);
    }

    private static Person business(String username, String nickname) {
        Person person = scene.person(username, nickname);
        house.wiring()
                .db()
                .run(tx ->
                        tx.sql("update identity.users set role = 'BUSINESS' where id = :id::uuid")
                                .with("id", person.id())
                                .count());
        return person;
    }
}
