package madang.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import madang.testing.Person;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/// What an owner makes of a room, and the ways out of it.
@InBrowser
class RoomSettingsPageTest extends Neighbours {
    private static Person sora;

    @BeforeAll
    static void open() {
        sora = scene.person("sora", "소라");
    }

    @Test
    void a_room_gets_another_name_before_everybodys_eyes() {
        String garden = scene.room("정원", mina, joon);
        try (Visitor host = Visitor.enters(mina, garden);
                Visitor guest = Visitor.enters(joon, garden)) {
            Window window = changesRoom(host);
            window.dialogField("방 이름").press();
            window.forgives("/chat/rooms/")
                    .keysWith(Keys.CONTROL, "a")
                    .keys(Keys.DELETE, Keys.ENTER);
            window.find("alert", "");
            window.dialogField("방 이름").write("귤밭 🍊");
            window.dialogField("소개 (선택)").write("겨울에 만나요");
            window.press("저장");
            for (Visitor each : new Visitor[] {host, guest}) {
                each.hears("방 이름이 귤밭 🍊으로 바뀌었어요.");
                each.window().find("heading", "귤밭 🍊");
                each.window().find("link", "귤밭 🍊");
                each.window().field("귤밭 🍊에 메시지 쓰기");
                each.window().sees("겨울에 만나요");
            }
        }
    }

    @Test
    void a_full_room_takes_nobody_in_until_it_is_made_larger() {
        String shed = scene.room("헛간", mina, joon);
        try (Visitor host = Visitor.enters(mina, shed);
                Window guest = Browser.open(house, Look.KOREAN).forgives("/join")) {
            Window window = changesRoom(host);
            window.find("spinbutton", "최대 인원").write("2");
            window.press("저장");
            window.sees("최대 2명");
            guest.enterAs(sora.onAnotherDevice(), "/chat/" + shed).press("참여하기");
            guest.sees("방이 가득 찼습니다");

            window.press("방 고치기");
            window.find("spinbutton", "최대 인원").press();
            window.keysWith(Keys.CONTROL, "a").keys(Keys.DELETE);
            window.press("저장");
            window.seesNoMore("최대 2명");
            guest.press("참여하기");
            guest.field("헛간에 메시지 쓰기");
        }
    }

    @Test
    void who_speaks_too_soon_in_a_slow_room_is_told_and_says_it_later() {
        String well = scene.room("우물", mina, joon);
        try (Visitor host = Visitor.enters(mina, well);
                Visitor guest = Visitor.enters(joon, well)) {
            Window window = changesRoom(host);
            window.tabsTo("combobox", "천천히 모드")
                    .keys(Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ARROW_DOWN);
            window.press("저장");
            guest.window().sees("60초에 한 번 말하기");
            scene.says(joon, well, "하나");
            guest.says("둘");
            guest.window().sees("뒤에 다시 보내 주세요");
            host.says("나는").says("기다리지 않아요");

            house.clock().move(Duration.ofSeconds(60));
            guest.window().press("다시 보내기");
            host.hears("둘");
        }
    }

    @Test
    void a_room_that_is_closed_is_gone_for_guests_and_one_without_its_password_is_open() {
        String attic = scene.room(Map.of("name", "다락", "password", "한여름"), mina, joon);
        try (Visitor host = Visitor.enters(mina, attic);
                Window guest = Browser.open(house, Look.KOREAN)) {
            guest.enterAs(sora.onAnotherDevice(), "/chat/" + attic).sees("비밀번호가 있는 방이에요");
            Window window = changesRoom(host);
            window.find("checkbox", "비밀번호 없애기").press();
            window.press("저장");
            window.seesNoMore("비밀번호가 있어요");
            scene.says(mina, attic, "어서 오세요");
            guest.reload();
            guest.sees("어서 오세요");

            window.press("방 고치기");
            window.find("radio", "닫힌 방").press();
            window.press("저장");
            guest.sees("이 방은 이제 볼 수 없어요");
            guest.press("열린 방 둘러보기");
            guest.find("dialog", "열린 방");
            guest.button("마당");
            assertThat(guest.has("button", "다락")).isFalse();
        }
    }

    @Test
    void a_room_is_taken_away_with_all_that_was_said() {
        String barn = scene.room("외양간", mina, joon);
        try (Visitor host = Visitor.enters(mina, barn);
                Visitor guest = Visitor.enters(joon, barn)) {
            guest.window().press("방 정보");
            guest.window().button("방 나가기");
            assertThat(guest.window().has("button", "방 고치기")).isFalse();

            Window window = changesRoom(host);
            window.press("방 없애기");
            window.sees("외양간을 없앨까요?");
            window.answersDialog("방 없애기");
            window.waitUntil("gone", () -> window.path().equals("/chat"));
            window.waitUntil("no such room", () -> !window.has("link", "외양간"));
            guest.window().sees("이 방은 이제 볼 수 없어요");
            guest.window().waitUntil("no such room", () -> !guest.window().has("link", "외양간"));
        }
    }

    @Test
    void a_member_leaves_and_may_come_back() {
        String alley = scene.room("골목", mina, joon);
        try (Visitor host = Visitor.enters(mina, alley);
                Visitor guest = Visitor.enters(joon, alley)) {
            Window window = guest.window();
            window.press("방 정보");
            window.press("방 나가기");
            window.sees("골목을 나갈까요?");
            window.answersDialog("취소");
            window.press("방 나가기");
            window.answersDialog("방 나가기");
            window.waitUntil("gone", () -> window.path().equals("/chat"));
            window.waitUntil("no such room", () -> !window.has("link", "골목"));
            host.hears("준 님이 나갔어요.");

            guest.joins("골목").says("다시 왔어요");
            host.hears("다시 왔어요");
        }
    }

    @Test
    void everybody_is_called_at_once_by_who_keeps_the_room_alone() {
        String hall = scene.room("마루", mina, joon, sora);
        String pond = scene.room("연못", joon);
        try (Visitor host = Visitor.enters(mina, hall);
                Visitor guest = Visitor.enters(joon, pond)) {
            host.writes("@모").window().find("option", "모두");
            host.window().keys(Keys.ENTER).types("저녁 먹어요").keys(Keys.ENTER);
            guest.window().sees("나를 1번 불렀어요");

            guest.entersRoom("마루").hears("@all");
            guest.writes("@소").window().find("option", "소라");
            guest.window().keys(Keys.ESCAPE).keysWith(Keys.CONTROL, "a").types("@모");
            guest.window().waitUntil("nobody", () -> !guest.window().has("option", ""));
            guest.window().keys(Keys.ENTER);
            host.hears("@모");
        }
    }

    @Test
    void notes_are_for_oneself() {
        try (Visitor host = Visitor.enters(mina, scene.room("광", mina))) {
            opensNotes(host).says("우유 사기 🥛");
            host.entersRoom("광");
            opensNotes(host).hears("우유 사기 🥛");
            assertThat(host.times("우유 사기 🥛")).isOne();
            assertThat(host.window().all("link").filter(link -> link.name().startsWith("나와의 대화")))
                    .hasSize(1);
        }
    }

    private static Visitor opensNotes(Visitor host) {
        host.window().press("새로 만들기");
        host.window().find("menuitem", "둘이 이야기하기").press();
        host.window().press("나와의 대화");
        host.window().find("heading", "나와의 대화");
        host.window().sees("나만 보는 메모예요");
        host.window().field("나와의 대화에 메시지 쓰기");
        return host;
    }

    private static Window changesRoom(Visitor host) {
        host.window().press("방 정보");
        host.window().press("방 고치기");
        host.window().dialogField("방 이름");
        return host.window();
    }
}
