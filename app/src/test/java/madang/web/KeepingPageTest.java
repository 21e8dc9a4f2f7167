package madang.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import madang.testing.Person;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/// Who keeps a room, and how two talk alone.
@InBrowser
class KeepingPageTest extends Neighbours {
    @Test
    void a_room_gets_a_password_and_asks_for_it() {
        String cellar = scene.room("광", mina);
        try (Visitor host = Visitor.enters(mina, cellar)) {
            host.window().press("방 정보");
            host.window().press("방 고치기");
            host.window().field("비밀번호").write("한여름");
            host.window().keys(Keys.ENTER);
            host.window().sees("비밀번호가 있어요");
        }
        try (Window guest = Browser.open(house, Look.KOREAN).forgives("/join")) {
            guest.enterAs(joon.onAnotherDevice(), "/chat/" + cellar);
            guest.field("비밀번호").write("한겨울");
            guest.keys(Keys.ENTER).find("alert", "");
            guest.field("비밀번호").press();
            guest.keysWith(Keys.CONTROL, "a").types("한여름").keys(Keys.ENTER);
            guest.field("광에 메시지 쓰기");
        }
    }

    @Test
    void a_moderator_is_made_and_somebody_is_silenced() {
        String hall = scene.room("마루", mina, joon);
        try (Visitor host = Visitor.enters(mina, hall);
                Visitor guest = Visitor.enters(joon, hall)) {
            host.window().press("방 정보");
            host.window().press("@joon");
            host.window().press("관리자로 세우기");
            host.window().button("관리자에서 내리기");
            guest.window().press("방 정보");
            guest.window().button("초대");

            host.window().press("관리자에서 내리기");
            host.window().press("10분");
            host.window().button("다시 말할 수 있게 하기");
            guest.window().sees("말하기가 멈춰 있어요");
            host.window().press("다시 말할 수 있게 하기");
            host.window().button("10분");
            host.window().keys(Keys.ESCAPE);
            guest.says("고마워요");
            host.hears("고마워요");
        }
    }

    @Test
    void who_is_kept_out_is_gone_until_let_in() {
        String pond = scene.room("연못", mina, joon);
        try (Visitor host = Visitor.enters(mina, pond);
                Visitor guest = Visitor.enters(joon, pond)) {
            host.window().press("방 정보");
            host.window().press("@joon");
            host.window().press("내보내고 막기");
            host.window().sees("다시 들어오지 못하게 할까요?");
            host.window().keys(Keys.TAB, Keys.TAB, Keys.ENTER);
            guest.window().sees("이 방은 이제 볼 수 없어요");

            host.window().press("막은 사람");
            host.window().press("풀기");
            host.window().sees("막은 사람이 없어요");
        }
    }

    @Test
    void a_room_is_passed_on() {
        String barn = scene.room("헛간", mina, joon);
        try (Visitor host = Visitor.enters(mina, barn)) {
            host.window().press("방 정보");
            host.window().press("@joon");
            host.window().press("방장 넘기기");
            host.window().sees("나는 관리자가 돼요");
            host.window().keys(Keys.TAB, Keys.TAB, Keys.ENTER);
            host.hears("이제 준 님이 방장이에요.");
        }
    }

    @Test
    void an_owner_leaves_and_somebody_inherits() {
        String loft = scene.room("다락방", mina, joon);
        try (Visitor host = Visitor.enters(mina, loft)) {
            host.window().press("방 정보");
            host.window().press("방 나가기");
            host.window().sees("함께 있던 사람이 방을 이어받고");
            host.window().answersDialog("방 나가기");
            host.window().waitUntil("gone", () -> host.window().path().equals("/chat"));
        }
        try (Visitor heir = Visitor.enters(joon, loft)) {
            heir.hears("이제 준 님이 방장이에요.");
        }
    }

    @Test
    void somebody_is_brought_in_by_handle() {
        scene.person("haneul", "하늘");
        String well = scene.room("우물", mina);
        try (Visitor host = Visitor.enters(mina, well)) {
            host.window().press("방 정보");
            host.window().press("초대");
            host.window().field("아이디").write("nobody.here");
            host.window().keys(Keys.ENTER).sees("그런 아이디를 쓰는 사람이 없어요");
            host.window().keysWith(Keys.CONTROL, "a").types("@haneul").keys(Keys.ENTER);
            host.window().sees("하늘 님을 초대했어요");
            host.window().keys(Keys.ESCAPE);
            host.hears("하늘 님이 들어왔어요.");
        }
    }

    @Test
    void two_talk_alone_until_one_blocks_the_other() {
        String alley = scene.room("골목", mina, joon);
        scene.says(joon, alley, "여기요");
        try (Visitor host = Visitor.enters(mina, alley)) {
            host.window().press("준");
            host.window().press("메시지 보내기");
            host.window().find("heading", "준");
            host.says("둘만의 이야기");
            try (Window guest = Browser.open(house, Look.KOREAN)) {
                guest.enterAs(joon.onAnotherDevice(), "/chat").find("link", "미나").press();
                guest.sees("둘만의 이야기");
                guest.find("link", "접속 중");
            }
            host.window().press("방 정보");
            host.window().press("상대 프로필");
            host.window().press("차단하기");
            host.window().sees("차단할까요?");
            host.window().keys(Keys.TAB, Keys.TAB, Keys.ENTER);
            host.window().waitUntil("blocked", () -> !host.window().has("dialog", ""));
            host.writes("이 말은 가지 않아요").window().keys(Keys.ENTER);
            host.window().button("다시 보내기");
        }
    }

    @Test
    void an_announcement_stands_out() {
        String yard = scene.room("뜰", mina, joon);
        try (Visitor host = Visitor.enters(mina, yard);
                Visitor guest = Visitor.enters(joon, yard)) {
            host.writes("비가 와서 일요일에 만나요").window().press("더하기");
            host.window().find("menuitem", "공지로 보내기").press();
            guest.window().sees("미나 님의 공지");
            guest.hears("비가 와서 일요일에 만나요");
            assertThat(host.composer().text()).isEmpty();
        }
    }

    @Test
    void who_has_read_is_shown_where_they_stopped() {
        String attic = scene.room("다락", mina, joon);
        scene.says(mina, attic, "읽었나요?");
        try (Visitor host = Visitor.enters(mina, attic);
                Visitor guest = Visitor.enters(joon, attic)) {
            guest.hears("읽었나요?");
            host.window().sees("준 님이 여기까지 읽었어요");
        }
    }

    @Test
    void a_report_reaches_the_administrators() {
        String fence = scene.room("울타리", mina, joon);
        scene.says(joon, fence, "오늘만 싸게 팔아요!!!");
        try (Visitor host = Visitor.enters(mina, fence)) {
            host.does("신고하기", "오늘만 싸게 팔아요!!!");
            host.window().press("신고 보내기");
            host.window().sees("신고했어요");
        }
    }

    @Test
    void more_rooms_than_a_page_are_all_in_the_list() {
        Person sora = scene.person("sora", "소라");
        for (int number = 1; number <= 120; number++) {
            scene.room(Map.of("name", "방 번호 %d".formatted(number)), sora);
        }
        try (Window window = Browser.open(house, Look.KOREAN)) {
            window.enterAs(sora.onAnotherDevice(), "/chat").find("link", "방 번호 120");
            window.find("link", "방 번호 21").point();
            window.waitUntil("the first room", () -> window.has("link", "방 번호 1 "));
            window.sees("방 120개 가운데 최근 40개는 바로");
        }
    }
}
