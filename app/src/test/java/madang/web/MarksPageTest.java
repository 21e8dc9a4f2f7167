package madang.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/// What people add to each other's words: reactions, threads, pins and names.
@InBrowser
class MarksPageTest extends Neighbours {
    @Test
    void a_reaction_is_counted_before_everybodys_eyes_and_taken_back() {
        String garden = scene.room("정원", mina, joon);
        scene.says(joon, garden, "귤 가져갈게요");
        try (Visitor host = Visitor.enters(mina, garden);
                Visitor guest = Visitor.enters(joon, garden)) {
            host.does("공감하기", "귤 가져갈게요");
            host.window().press("❤️ 공감하기");
            guest.window().press("❤️ 1명");
            host.window().button("❤️ 2명").press();
            guest.window().button("❤️ 1명");

            host.does("공감하기", "귤 가져갈게요");
            host.window().field("다른 이모지").write("🍊");
            host.window().keys(Keys.ENTER);
            guest.window().button("🍊 1명");
        }
    }

    @Test
    void a_thread_is_told_of_in_the_room_and_goes_on_beside_it() {
        String hall = scene.room("마루", mina, joon);
        scene.says(mina, hall, "무엇을 심을까요?");
        try (Visitor host = Visitor.enters(mina, hall);
                Visitor guest = Visitor.enters(joon, hall)) {
            guest.does("스레드로 답하기", "무엇을 심을까요?");
            guest.window().field("스레드에 답글 쓰기").write("상추요");
            guest.window().keys(Keys.ENTER);
            host.window().button("준 님이 스레드에 답글 1개를 남겼어요");
            host.window().button("답글 1개").press();
            host.window().find("heading", "스레드");
            host.window().field("스레드에 답글 쓰기").write("좋아요, 상추!");
            host.window().keys(Keys.ENTER);
            guest.window().sees("좋아요, 상추!");
            guest.window().button("답글 2개");
            assertThat(guest.said()).doesNotContain("좋아요, 상추!", "상추요");

            host.window().reload();
            host.window().find("heading", "스레드");
            host.window().sees("좋아요, 상추!");
            host.window().press("닫기");
            host.window().waitUntil("no thread", () -> !host.window().has("heading", "스레드"));
        }
    }

    @Test
    void what_is_pinned_stands_on_the_wall() {
        String well = scene.room("우물", mina, joon);
        scene.says(joon, well, "열쇠는 화분 아래에 있어요");
        scene.says(joon, well, "내일 봐요");
        try (Visitor host = Visitor.enters(mina, well);
                Visitor guest = Visitor.enters(joon, well)) {
            host.does("고정하기", "열쇠는 화분 아래에 있어요");
            guest.window().sees("고정됨");
            guest.window().press("방 정보");
            guest.window().press("고정한 메시지");
            guest.window().find("link", "열쇠는 화분 아래에 있어요");
            host.does("고정 풀기", "열쇠는 화분 아래에 있어요");
            guest.window().seesNoMore("고정됨");
        }
    }

    @Test
    void who_is_named_hears_of_it_elsewhere() {
        String attic = scene.room("다락", mina, joon);
        String alley = scene.room("골목", joon);
        try (Visitor guest = Visitor.enters(joon, alley);
                Visitor host = Visitor.enters(mina, attic)) {
            host.writes("@준").window().find("option", "준");
            host.window().keys(Keys.ENTER).types("저녁 먹어요").keys(Keys.ENTER);
            host.window().sees("@준");
            guest.window().sees("나를 1번 불렀어요");

            guest.window().press("나를 부른 메시지");
            guest.window().find("link", "저녁 먹어요").press();
            guest.window().find("heading", "다락");
            guest.window().seesNoMore("나를 1번 불렀어요");
        }
    }

    @Test
    void the_words_of_a_reply_are_not_lost_in_a_thread_that_cannot_be_reached() {
        String pond = scene.room("연못", mina);
        String message = scene.says(mina.http(), pond, Map.of("text", "물이 맑아요"));
        try (Visitor host = Visitor.enters(mina, pond + "?thread=" + message)) {
            host.window().field("스레드에 답글 쓰기").write("정말요");
            host.window().forgives("ERR_INTERNET_DISCONNECTED").goesOffline(true);
            host.window().keys(Keys.ENTER).sees("인터넷에 연결되어 있지 않아요");
            host.window().goesOffline(false);
            host.window()
                    .waitUntil(
                            "the waiting word sent",
                            () -> Scene.heard(mina.http(), pond).contains("정말요"));
            assertThat(Scene.heard(mina.http(), pond)).containsOnlyOnce("정말요");
        }
    }
}
