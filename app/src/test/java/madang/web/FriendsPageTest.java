package madang.web;

import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/// Two become friends, and cease to be.
@InBrowser
class FriendsPageTest extends Neighbours {
    @Test
    void one_asks_the_other_agrees_and_both_see_it_at_once() {
        try (Window hers = Browser.open(house, Look.KOREAN);
                Window his = Browser.open(house, Look.PHONE)) {
            his.enterAs(joon.onAnotherDevice(), "/friends").sees("아직 친구가 없어요");
            hers.enterAs(mina.onAnotherDevice(), "/friends").sees("아직 친구가 없어요");
            finds(hers, "joon").press("친구 요청");
            hers.sees("요청을 보냈어요");

            his.press("미나 님 수락");
            his.button("미나 님과 대화");
            hers.button("준 님과 대화");
            hers.sees("접속 중");

            his.press("미나 님 더 보기");
            his.find("menuitem", "친구 끊기").press();
            his.press("친구 끊기");
            his.sees("아직 친구가 없어요");
            hers.sees("아직 친구가 없어요");
        }
    }

    @Test
    void nobody_is_found_by_half_a_name() {
        try (Window window = Browser.open(house, Look.KOREAN)) {
            window.enterAs(mina.onAnotherDevice(), "/friends").field("아이디");
            finds(window, "joo").sees("그 아이디를 쓰는 사람이 없어요");
        }
    }

    private static Window finds(Window window, String handle) {
        window.field("아이디").write(handle);
        return window.keys(Keys.ENTER);
    }
}
