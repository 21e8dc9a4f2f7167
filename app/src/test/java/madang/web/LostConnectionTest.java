package madang.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import madang.kit.db.DatabaseAddress;
import madang.testing.House;
import madang.testing.Http;
import madang.testing.Person;
import madang.testing.TestPostgres;
import org.junit.jupiter.api.Test;

/// The network goes, or the server does, and everything that was said is there once.
@InBrowser
class LostConnectionTest {
    @Test
    void who_comes_back_has_missed_nothing() {
        try (House house = Scene.house()) {
            Scene scene = new Scene(house);
            Person mina = scene.person("mina", "미나");
            Person joon = scene.person("joon", "준");
            String room = scene.room("정원", mina, joon);
            try (Visitor visitor = Visitor.enters(mina, room)) {
                Window window = visitor.window().forgives("ERR_INTERNET_DISCONNECTED");
                scene.says(joon, room, "첫째");
                visitor.hears("첫째");

                window.goesOffline(true);
                window.sees("인터넷에 연결되어 있지 않아요");
                visitor.says("여기서는 안 들리나요?");
                List<String> missed =
                        IntStream.rangeClosed(1, 5).mapToObj("놓친 말 %d"::formatted).toList();
                missed.forEach(text -> scene.says(joon, room, text));
                assertThat(visitor.said()).doesNotContainAnyElementsOf(missed);

                window.goesOffline(false);
                window.waitUntil(
                        "the waiting word sent",
                        () -> Scene.heard(joon.http(), room).contains("여기서는 안 들리나요?"));
                scene.says(joon, room, "마지막");
                visitor.hears("마지막");
                assertThat(visitor.said()).containsSubsequence(missed);
                assertThat(visitor.said())
                        .containsOnlyOnceElementsOf(missed)
                        .containsOnlyOnce("여기서는 안 들리나요?");
                assertThat(Scene.heard(joon.http(), room)).containsOnlyOnce("여기서는 안 들리나요?");
            }
        }
    }

    @Test
    void a_server_that_starts_again_is_found_again() {
        DatabaseAddress database = House.freshDatabase();
        House before = House.on(database, Scene.PATIENT);
        Map<String, String> samePort =
                Map.of("PORT", String.valueOf(before.port()), "MADANG_SHUTDOWN_TIMEOUT", "10s");
        Scene scene = new Scene(before);
        Person mina = scene.person("mina", "미나");
        Person joon = scene.person("joon", "준");
        String room = scene.room("정원", mina, joon);
        try (Visitor visitor = Visitor.enters(mina, room)) {
            visitor.window().forgives("/auth/ws-ticket").forgives("WebSocket");
            visitor.says("들리나요?");
            before.close();
            visitor.says("기다릴게요").window().sees("다시 연결하고 있어요");

            try (House after = House.on(database, samePort)) {
                Http speaker =
                        after.stranger().with("Authorization", "Bearer " + joon.accessToken());
                visitor.window()
                        .waitUntil(
                                "the waiting word sent",
                                () -> Scene.heard(speaker, room).contains("기다릴게요"));
                scene.says(speaker, room, Map.of("text", "다녀왔어요"));
                visitor.hears("다녀왔어요").window().seesNoMore("다시 연결하고 있어요");
                for (String text : List.of("들리나요?", "기다릴게요", "다녀왔어요")) {
                    assertThat(visitor.said()).containsOnlyOnce(text);
                    assertThat(Scene.heard(speaker, room)).containsOnlyOnce(text);
                }
            }
        } finally {
            TestPostgres.drop(database);
        }
    }

    @Test
    void where_sockets_are_blocked_events_bring_the_same() {
        try (House house = Scene.house()) {
            Scene scene = new Scene(house);
            Person mina = scene.person("mina", "미나");
            Person joon = scene.person("joon", "준");
            String room = scene.room("정원", mina, joon);
            Window window = Browser.open(house, Look.KOREAN).blocksSockets();
            try (Visitor visitor = Visitor.enters(window, mina, room, Look.KOREAN)) {
                visitor.says("들리나요?");
                window.waitUntil(
                        "the word sent", () -> Scene.heard(joon.http(), room).contains("들리나요?"));
                scene.says(joon, room, "네, 잘 들려요 🍵");
                visitor.hears("네, 잘 들려요 🍵");
                assertThat(visitor.said()).containsOnlyOnce("들리나요?", "네, 잘 들려요 🍵");
                assertThat(Scene.heard(joon.http(), room)).containsOnlyOnce("들리나요?");
            }
        }
    }
}
