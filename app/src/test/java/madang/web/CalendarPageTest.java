package madang.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import madang.testing.House;
import madang.testing.Person;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Calendars elsewhere: Google's, and whatever reads a feed.
@InBrowser
class CalendarPageTest {
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
    void google_calendar_is_connected_and_parted_from() {
        Person mina = scene.person("mina", "미나");
        Instant start =
                house.clock().instant().plus(Duration.ofHours(2)).truncatedTo(ChronoUnit.HOURS);
        Scene.event(
                mina,
                Map.of(
                        "title",
                        "치과",
                        "start_time",
                        start.toString(),
                        "end_time",
                        start.plus(Duration.ofHours(1)).toString()));
        try (Window window = Browser.open(house, Look.KOREAN).forgives("favicon")) {
            window.enterAs(mina.onAnotherDevice(), "/events").find("link", "Google 캘린더 연결").press();
            window.press("Google 캘린더 연결");
            window.find("button", "민지").press();
            window.press("동의하고 계속하기");
            window.sees("연결됨");
            assertThat(window.path()).isEqualTo("/settings/calendar");

            window.goTo("/events?day=" + start.atZone(Scene.SEOUL).toLocalDate());
            window.find("link", "치과");
            window.waitUntil("no offer", () -> !window.has("link", "Google 캘린더 연결"));

            window.goTo("/settings/calendar").press("연결 끊기");
            window.answersDialog("연결 끊기");
            window.button("Google 캘린더 연결");
        }
    }

    @Test
    void who_does_not_agree_is_back_and_told() {
        Person joon = scene.person("joon", "준");
        try (Window window = Browser.open(house, Look.PHONE).forgives("favicon")) {
            window.enterAs(joon.onAnotherDevice(), "/settings/calendar").press("Google 캘린더 연결");
            window.find("button", "민지").press();
            window.press("취소");
            window.find("alert", "");
            assertThat(window.path()).isEqualTo("/settings/calendar");
        }
    }

    @Test
    void who_wants_no_reminder_three_days_ahead_says_so_once() {
        Person nari = scene.person("nari", "나리");
        try (Window window = Browser.open(house, Look.KOREAN)) {
            window.enterAs(nari.onAnotherDevice(), "/settings/calendar");
            window.find("checkbox", "사흘 전에 알리기").press();
            window.sees("저장했어요");
            assertThat(
                            nari.http()
                                    .get("/api/v1/users/me/reminders")
                                    .data()
                                    .get("three_days")
                                    .booleanValue())
                    .isFalse();
        }
    }

    @Test
    void the_address_of_a_feed_is_seen_once() {
        Person sora = scene.person("sora", "소라");
        try (Window window = Browser.open(house, Look.KOREAN)) {
            window.enterAs(sora.onAnotherDevice(), "/settings/calendar").press("주소 만들기");
            window.sees("/api/v1/calendar/feed/");
            window.reload();
            window.button("주소 만들기");
            assertThat(window.count("/api/v1/calendar/feed/")).isZero();
            window.press("주소 닫기");
            window.sees("주소를 닫았어요");
        }
    }
}
