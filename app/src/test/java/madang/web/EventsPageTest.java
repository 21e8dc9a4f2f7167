package madang.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import madang.testing.Person;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/// Appointments, from the first idea to the talk about them.
@InBrowser
class EventsPageTest extends Neighbours {
    @BeforeAll
    static void befriend() {
        Scene.befriend(mina, joon);
    }

    @Test
    void an_appointment_becomes_a_conversation() {
        try (Window hers = Browser.open(house, Look.KOREAN);
                Window his = Browser.open(house, Look.PHONE)) {
            hers.enterAs(mina.onAnotherDevice(), "/events").press("약속 만들기");
            hers.dialogField("제목").write("저녁 먹고 한강 산책 🌙");
            hers.find("checkbox", "준").press();
            hers.press("제안하기");
            hers.find("heading", "저녁 먹고 한강 산책 🌙");
            hers.sees("제안됨");
            hers.sees("기다리는 중");

            his.enterAs(joon.onAnotherDevice(), "/events").sees("답을 기다리는 초대");
            his.find("link", "저녁 먹고 한강 산책 🌙").press();
            his.press("참가하기");
            his.sees("참가해요");
            hers.waitUntil("he comes", () -> hers.texts().contains("참가"));
            assertThat(his.has("button", "확정하기")).isFalse();

            hers.press("확정하기");
            his.waitUntil("confirmed", () -> his.texts().contains("확정"));
            his.find("link", "대화").press();
            his.field("메시지 쓰기").write("신발은 편한 걸로!");
            his.keys(Keys.ENTER);
            hers.sees("신발은 편한 걸로!");
            hers.sees("준 님이 참가해요.");
        }
    }

    @Test
    void who_says_no_is_out_of_the_talk_and_a_yes_brings_him_back() {
        String event = proposed("밤 기차");
        try (Window his = Browser.open(house, Look.KOREAN)) {
            his.enterAs(joon.onAnotherDevice(), "/events/" + event).field("메시지 쓰기");
            his.press("거절하기");
            his.sees("대화에 들어갈 수 없어요");
            assertThat(his.has("textbox", "메시지 쓰기")).isFalse();
            his.press("참가하기");
            his.field("메시지 쓰기");
        }
    }

    @Test
    void what_was_typed_stays_when_somebody_else_was_faster() {
        String event = proposed("김장하는 날");
        try (Window window = Browser.open(house, Look.KOREAN).forgives("/events/" + event)) {
            window.enterAs(mina.onAnotherDevice(), "/events/" + event).press("고치기");
            window.dialogField("장소").write("미나네 마당");
            Scene.done(mina.http().patch("/api/v1/events/" + event, "{\"title\":\"김장하는 아침\"}"));
            window.press("저장");
            window.sees("그사이에 약속이 바뀌었어요");
            assertThat(window.dialogField("장소").text()).isEqualTo("미나네 마당");
            assertThat(window.dialogField("제목").text()).isEqualTo("김장하는 아침");
            window.press("그래도 저장");
            window.find("heading", "김장하는 아침");
            window.sees("장소");
            window.waitUntil("the place", () -> window.texts().contains("미나네 마당"));
        }
    }

    @Test
    void what_is_called_off_offers_nothing_more_and_is_deleted() {
        String event = proposed("비 오면 취소");
        try (Window hers = Browser.open(house, Look.KOREAN);
                Window his = Browser.open(house, Look.KOREAN)) {
            his.enterAs(joon.onAnotherDevice(), "/events/" + event).button("참가하기");
            hers.enterAs(mina.onAnotherDevice(), "/events/" + event).press("약속 취소");
            hers.answersDialog("약속 취소");
            hers.sees("취소됨");
            his.sees("취소됨");
            his.waitUntil("nothing to do", () -> !his.has("button", "참가하기"));
            assertThat(hers.has("button", "고치기")).isFalse();

            hers.press("지우기");
            hers.answersDialog("지우기");
            hers.waitUntil("the list", () -> hers.path().equals("/events"));
            hers.sees("약속을 지웠어요");
        }
    }

    @Test
    void the_keys_walk_through_the_months() {
        try (Window window = Browser.open(house, Look.KOREAN)) {
            window.enterAs(mina.onAnotherDevice(), "/events?day=2026-01-31").find("gridcell", "");
            window.sees("1월 31일 토요일");
            window.tabsTo("button", "1월 31일 토요일").keys(Keys.PAGE_DOWN);
            window.sees("2월 28일 토요일");
            window.keys(Keys.ARROW_RIGHT).sees("3월 1일 일요일");
            window.keys(Keys.ARROW_UP).sees("2월 22일 일요일");
            window.press("다음 달");
            window.sees("3월 22일 일요일");
            assertThat(window.run("return location.search")).isEqualTo("?day=2026-03-22");
        }
    }

    @Test
    void nobody_sees_what_is_not_his() {
        Person sora = scene.person("sora", "소라");
        String event = proposed("둘만의 약속");
        try (Window window = Browser.open(house, Look.KOREAN).forgives("/events/")) {
            window.enterAs(sora.onAnotherDevice(), "/events/" + event).sees("그런 약속이 없습니다");
            window.press("약속 모두 보기");
            window.button("약속 만들기");
        }
    }

    @Test
    void a_link_leads_a_stranger_through_the_gate_into_the_event() {
        String event = proposed("동네 달리기");
        try (Window hers = Browser.open(house, Look.KOREAN)) {
            hers.enterAs(mina.onAnotherDevice(), "/events/" + event).press("초대하기");
            hers.press("링크 만들기");
            hers.find("image", "초대 링크 QR 코드");
            hers.sees("0명이 들어왔어요");
        }
        String code = Scene.inviteLinks(mina, event).getFirst();
        scene.person("nari", "나리");
        try (Window window = Browser.open(house, Look.PHONE)) {
            window.goTo("/invite/" + code).sees("초대를 받으셨네요");
            window.field("아이디").write("nari");
            window.field("비밀번호").write(Person.PASSWORD);
            window.keys(Keys.ENTER).find("heading", "동네 달리기");
            window.sees("미나 님이 초대했어요");
            window.press("함께하기");
            window.waitUntil("the event", () -> window.path().equals("/events/" + event));
            window.press("참가하기");
            window.sees("참가해요");
            window.goTo("/invite/" + code).press("약속 보기");
            window.find("heading", "동네 달리기");
        }
    }

    @Test
    void a_link_that_was_closed_leads_nowhere_and_says_so() {
        String event = proposed("닫힌 모임");
        String code;
        try (Window hers = Browser.open(house, Look.KOREAN)) {
            hers.enterAs(mina.onAnotherDevice(), "/events/" + event).press("초대하기");
            hers.press("링크 만들기");
            hers.find("image", "초대 링크 QR 코드");
            code = Scene.inviteLinks(mina, event).getFirst();
            hers.press("링크 닫기");
            hers.sees("닫은 링크예요");
        }
        Person duri = scene.person("duri", "두리");
        try (Window window = Browser.open(house, Look.KOREAN).forgives("/invite/")) {
            window.enterAs(duri.onAnotherDevice(), "/invite/" + code).sees("이 초대로는 들어갈 수 없어요");
            window.goTo("/invite/nosuchcode").sees("이 초대로는 들어갈 수 없어요");
        }
    }

    @Test
    void who_did_not_come_is_on_record_and_may_say_something_to_it() {
        String event = over("새벽 등산");
        try (Window hers = Browser.open(house, Look.KOREAN);
                Window his = Browser.open(house, Look.PHONE)) {
            hers.enterAs(mina.onAnotherDevice(), "/events/" + event).sees("모두 왔어요");
            hers.press("준 님 더 보기");
            hers.find("menuitem", "오지 않았어요").press();
            hers.sees("준 님은 오지 않았어요");

            his.enterAs(joon.onAnotherDevice(), "/events/" + event).press("할 말이 있어요");
            his.dialogField("하고 싶은 말").write("버스가 끊겼어요 😢");
            his.press("남기기");
            his.sees("“버스가 끊겼어요 😢”");

            hers.press("되돌리기");
            hers.sees("모두 왔어요");
        }
    }

    @Test
    void what_comes_every_week_is_agreed_to_changed_and_ended_as_a_whole() {
        LocalDate first = LocalDate.ofInstant(house.clock().instant(), Scene.SEOUL).plusDays(2);
        String theThird = "/events?day=" + first.plusWeeks(2);
        try (Window hers = Browser.open(house, Look.KOREAN);
                Window his = Browser.open(house, Look.PHONE)) {
            hers.enterAs(mina.onAnotherDevice(), "/events?day=" + first).press("약속 만들기");
            hers.dialogField("제목").write("독서 모임");
            hers.tabsTo("combobox", "반복").keys(Keys.ARROW_DOWN, Keys.ARROW_DOWN);
            hers.find("spinbutton", "몇 번").write("3");
            hers.find("checkbox", "준").press();
            hers.press("제안하기");
            hers.sees("매주 · 3번");
            String theFirst = hers.path();

            his.enterAs(joon.onAnotherDevice(), theFirst).press("계속 참가하기");
            his.sees("참가해요");
            his.goTo(theThird).find("link", "독서 모임").press();
            his.sees("참가해요");

            hers.press("고치기");
            hers.dialogField("장소").write("골목 책방");
            hers.find("radio", "이 약속과 뒤의 모든 약속").press();
            hers.press("저장");
            hers.waitUntil("the place", () -> hers.texts().contains("골목 책방"));
            hers.goTo(theThird).sees("골목 책방");

            hers.goTo(theFirst).press("반복 끝내기");
            hers.answersDialog("반복 끝내기");
            hers.sees("반복을 끝냈어요");
            hers.goTo(theThird).sees("취소됨");
        }
    }

    /// Mina's, an hour ago, and Joon said that he would come.
    private static String over(String title) {
        Instant end = house.clock().instant().minus(Duration.ofHours(1));
        String event = proposed(title, end.minus(Duration.ofHours(1)), end);
        Scene.done(joon.http().post("/api/v1/events/" + event + "/accept"));
        Scene.done(mina.http().post("/api/v1/events/" + event + "/confirm"));
        return event;
    }

    /// Mina's, tomorrow, and Joon is asked.
    private static String proposed(String title) {
        Instant start =
                house.clock().instant().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.HOURS);
        return proposed(title, start, start.plus(Duration.ofHours(1)));
    }

    private static String proposed(String title, Instant start, Instant end) {
        return Scene.event(
                mina,
                Map.of(
                        "title",
                        title,
                        "start_time",
                        start.toString(),
                        "end_time",
                        end.toString(),
                        "participant_ids",
                        List.of(joon.id())));
    }
}
