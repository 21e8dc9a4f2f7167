package madang.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import madang.testing.House;
import madang.testing.Person;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// Takes the pictures of `docs/images`: `./madang test e2e -Dtest=PicturesTest -Dupdate=true`.
@InBrowser
@EnabledIfSystemProperty(named = "update", matches = "true", disabledReason = "no -Dupdate=true")
class PicturesTest {
    private static final Path IMAGES = Path.of("..", "docs", "images");
    private static final Map<String, String> SETTINGS =
            Map.of("MADANG_SHUTDOWN_TIMEOUT", "10s", "MADANG_ACCESS_TOKEN_TTL", "2d");

    /// What was said in the room of the picture, a line each: how many minutes ago, by whom, what.
    /// A line of yesterday is more than a day ago. `name~ text` is said again, better; `name> text`
    /// answers the line before; `name+` walks in.
    private static final String KOREAN =
            """
            1530 미나 텃밭에 무엇을 심을까요? 🌱
            1528 소라 상추랑 방울토마토요. 처음이어도 잘 자란대요.
            1521 준 저는 바질이요! 파스타에 넣어 먹고 싶어요 😋
            52 미나 오늘 오후 두 시, 텃밭에서 만나요.
            50 준~ 삽이랑 장갑은 제가 챙길게요.
            47 소라> 저는 십 분쯤 늦어요. 물뿌리개 들고 갈게요!
            46 소라 귤도 조금 가져가요 🍊
            31 하늘+
            30 하늘 안녕하세요, 옆 골목에 사는 하늘이에요. 같이 해도 될까요?
            28 미나> 그럼요, 반가워요! 장갑 하나 더 챙겨 둘게요.
            """;

    private static final String ENGLISH =
            """
            1530 Mina What shall we plant this spring? 🌱
            1528 Sora Lettuce and cherry tomatoes. They forgive beginners.
            1521 Joon Basil for me, please. I want it on my pasta 😋
            52 Mina See you in the garden at two today.
            50 Joon~ I will bring the spade and gloves.
            47 Sora> I am ten minutes late, but I bring the watering can!
            46 Sora And some tangerines 🍊
            31 Haneul+
            30 Haneul Hello, I live around the corner. May I join you?
            28 Mina> Of course, welcome! There will be gloves for you.
            """;

    @Test
    void in_korean() {
        try (House house = House.open(SETTINGS)) {
            Garden garden = new Garden(house, "ko", "우리 동네 텃밭", "토요일마다 물 주는 사람들");
            garden.isTold(KOREAN);
            garden.hasNeighbours("책 읽는 밤", "하늘", List.of("다음 책은 제가 골라도 될까요?", "이번 주 목요일에 만나요."));
            garden.hasNeighbours("동네 소식", "소라", List.of("내일 아침 수돗물이 잠시 멈춘대요."));
            try (Visitor mina = Visitor.enters(garden.person("미나"), garden.room);
                    Visitor joon = Visitor.enters(garden.person("준"), garden.room);
                    Visitor sora =
                            Visitor.enters(garden.person("소라"), garden.room, Look.PHONE.sharp())) {
                mina.window().press("방 정보");
                mina.window().sees("3명 접속 중");
                sora.window().sees("그럼요, 반가워요!");
                sora.window().picture(IMAGES.resolve("chat-phone-ko.png"));
                joon.writes("이따 봬요");
                mina.window().sees("준 님이 쓰고 있어요…");
                mina.window().picture(IMAGES.resolve("chat-ko.png"));
            }
            try (Window gate = Browser.open(house, Look.KOREAN).goTo("/")) {
                gate.press("가입하기");
                gate.field("별명");
                gate.picture(IMAGES.resolve("welcome-ko.png"));
            }
        }
    }

    @Test
    void in_english() {
        try (House house = House.open(SETTINGS)) {
            Garden garden = new Garden(house, "en", "Our little garden", "We water on Saturdays");
            garden.isTold(ENGLISH);
            garden.hasNeighbours(
                    "Reading at night",
                    "Haneul",
                    List.of("May I choose the next book?", "See you on Thursday."));
            garden.hasNeighbours(
                    "Street news", "Sora", List.of("No water tomorrow from nine to ten."));
            try (Visitor mina =
                            Visitor.enters(
                                    garden.person("Mina"), garden.room, Look.ENGLISH.dark());
                    Visitor joon =
                            Visitor.enters(garden.person("Joon"), garden.room, Look.ENGLISH)) {
                mina.window().sees("2 online");
                mina.window().press("About this room");
                joon.writes("See you soon");
                mina.window().sees("Joon is typing…");
                mina.window().picture(IMAGES.resolve("chat-en-dark.png"));
                joon.window().goTo("/settings").field("Nickname");
                joon.window().picture(IMAGES.resolve("settings-en.png"));
            }
        }
    }

    /// A room, the people in it and what they said, minute by minute up to now.
    private static final class Garden {
        private final House house;
        private final Scene scene;
        private final Map<String, String> usernames = new HashMap<>();
        private final String room;
        private String lastMessage = "";
        private long minutesAgo = 1540;

        Garden(House house, String language, String name, String description) {
            this.house = house;
            scene = new Scene(house, language);
            house.clock().move(Duration.ofMinutes(-minutesAgo));
            boolean isKorean = language.equals("ko");
            List.of("미나 Mina", "준 Joon", "소라 Sora", "하늘 Haneul")
                    .forEach(names -> {
                        String[] both = names.split(" ");
                        usernames.put(
                                both[isKorean ? 0 : 1], both[1].toLowerCase(java.util.Locale.ROOT));
                    });
            List<String> names =
                    isKorean ? List.of("미나", "준", "소라") : List.of("Mina", "Joon", "Sora");
            room =
                    scene.room(
                            Map.of("name", name, "description", description),
                            person(names.get(0)),
                            person(names.get(1)),
                            person(names.get(2)));
        }

        Person person(String nickname) {
            return scene.person(usernames.getOrDefault(nickname, ""), nickname);
        }

        void isTold(String story) {
            story.lines().forEach(this::happens);
            itIs(0);
        }

        private void happens(String line) {
            String[] parts = line.split(" ", 3);
            itIs(Long.parseLong(parts[0]));
            String name = parts[1].replaceAll("[~>+]", "");
            Person speaker = person(name);
            switch (parts[1].substring(name.length())) {
                case "+" -> scene.joins(speaker, room);
                case ">" -> lastMessage = scene.answers(speaker, room, lastMessage, parts[2]);
                case "~" -> lastMessage = scene.saysBetter(speaker, room, parts[2]);
                default -> lastMessage = scene.says(speaker, room, parts[2]);
            }
        }

        /// Moves the house's clock to so many minutes before the present.
        private void itIs(long minutesBefore) {
            house.clock().move(Duration.ofMinutes(minutesAgo - minutesBefore));
            minutesAgo = minutesBefore;
        }

        void hasNeighbours(String name, String host, List<String> words) {
            Person first = person(usernames.containsKey("미나") ? "미나" : "Mina");
            String other = scene.room(name, person(host), first);
            assertThat(words).isNotEmpty();
            words.forEach(text -> scene.says(person(host), other, text));
        }
    }
}
