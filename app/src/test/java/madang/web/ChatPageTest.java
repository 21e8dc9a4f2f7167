package madang.web;

import static org.assertj.core.api.Assertions.assertThat;

import madang.testing.Person;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/// Mina and Joon, each at a browser.
@InBrowser
class ChatPageTest extends Neighbours {
    @Test
    void two_who_sign_up_meet_in_a_room_and_talk() {
        try (Visitor sora = Visitor.signsUp(house, "sora", "소라");
                Visitor haneul = Visitor.signsUp(house, "haneul", "하늘")) {
            sora.opensRoom("정원");
            haneul.joins("정원");
            sora.hears("하늘 님이 들어왔어요.");
            sora.window().sees("2명 접속 중");

            haneul.writes("차 한 잔");
            sora.window().sees("하늘 님이 쓰고 있어요…");
            haneul.window().keys(Keys.ENTER);
            sora.hears("차 한 잔");
            sora.window().seesNoMore("하늘 님이 쓰고 있어요…");

            sora.says("좋아요 🍵 세 시에 봐요!");
            haneul.hears("좋아요 🍵 세 시에 봐요!");
            assertThat(haneul.times("좋아요 🍵 세 시에 봐요!")).isOne();
            assertThat(sora.times("좋아요 🍵 세 시에 봐요!")).isOne();
        }
    }

    @Test
    void what_one_has_not_read_is_counted_until_it_is_read() {
        Person bora = scene.person("bora", "보라");
        String pond = scene.room("연못", mina, bora);
        try (Visitor reader = Visitor.enters(bora, pond)) {
            Window window = reader.window();
            window.find("link", "설정").press();
            window.field("별명");
            scene.says(mina, pond, "하나");
            scene.says(mina, pond, "둘");
            scene.says(mina, pond, "셋");
            window.find("link", "안 읽은 소식 3");
            window.waitUntil("the count in the title", () -> window.title().startsWith("(3) "));

            window.find("link", "대화").press();
            reader.entersRoom("연못");
            reader.hears("여기부터 안 읽었어요").hears("셋");
            window.waitUntil("nothing unread", () -> !window.has("link", "안 읽은 소식"));
            window.waitUntil("no count in the title", () -> !window.title().startsWith("("));
        }
    }

    @Test
    void words_are_mended_answered_and_taken_back_before_everybodys_eyes() {
        String hall = scene.room("마루", mina, joon);
        try (Visitor host = Visitor.enters(mina, hall);
                Visitor guest = Visitor.enters(joon, hall)) {
            host.says("네 시에 만나요");
            host.does("고치기", "네 시에 만나요");
            host.window().keysWith(Keys.CONTROL, "a").types("세 시에 만나요").keys(Keys.ENTER);
            guest.hears("세 시에 만나요").hears("(고침)").hearsNoMore("네 시에 만나요");

            guest.does("답장", "세 시에 만나요");
            guest.window().sees("미나 님에게 답장");
            guest.says("갈게요");
            host.hears("갈게요");
            host.window().button("세 시에 만나요");

            guest.does("삭제", "갈게요");
            guest.window().sees("메시지를 삭제할까요?");
            guest.window().press("삭제");
            guest.hears("삭제된 메시지예요.").hearsNoMore("갈게요");
            host.hears("삭제된 메시지예요.").hearsNoMore("갈게요");
        }
    }

    @Test
    void words_that_are_refused_stay_and_can_be_sent_again() {
        String well = scene.room("우물", mina, joon);
        try (Visitor host = Visitor.enters(mina, well);
                Visitor guest = Visitor.enters(joon, well)) {
            guest.window().forgives("/markers");
            scene.forgets(joon, well);
            guest.says("들리나요?");
            guest.window().button("다시 보내기");
            assertThat(host.times("들리나요?")).isZero();

            scene.joins(joon, well);
            guest.window().press("다시 보내기");
            host.hears("들리나요?");
            guest.window().waitUntil("sent", () -> !guest.window().has("button", "다시 보내기"));
            assertThat(guest.times("들리나요?")).isOne();
        }
    }

    @Test
    void markup_is_only_text() {
        String attic = scene.room("다락", mina, joon);
        String markup = "<img src=x onerror=alert(1)>";
        try (Visitor host = Visitor.enters(mina, attic);
                Visitor guest = Visitor.enters(joon, attic)) {
            host.says(markup);
            guest.hears(markup);
            assertThat(guest.times(markup)).isOne();
        }
    }

    @Test
    void a_syllable_that_is_being_composed_is_not_sent() {
        String alley = scene.room("골목", mina);
        try (Visitor host = Visitor.enters(mina, alley)) {
            host.composer().press();
            host.window().composes("안녕하세").keys(Keys.ENTER);
            host.window().types("안녕하세요").keys(Keys.ENTER);
            host.hears("안녕하세요");
            assertThat(host.said()).noneMatch("안녕하세"::equals);
        }
    }
}
