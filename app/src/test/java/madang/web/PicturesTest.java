package madang.web;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import madang.testing.House;
import madang.testing.Person;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// Takes the pictures of `docs/images`: `./madang test PicturesTest -Dupdate=true`.
@InBrowser
@EnabledIfSystemProperty(named = "update", matches = "true", disabledReason = "no -Dupdate=true")
class PicturesTest {
    private static final Path IMAGES = Path.of("..", "docs", "images");
    private static final long STORY_MINUTES = 1540;

    private static final Map<String, String> SETTINGS =
            Map.of("MADANG_SHUTDOWN_TIMEOUT", "10s", "MADANG_ACCESS_TOKEN_TTL", "2d");

    /// What was said in the room of the picture, a line each: how many minutes ago, by whom, what.
    /// `name+` walks in, `name~` mends the words, `name>` answers what was said before.
    private static final String KOREAN =
            """
            1539 준+
            1538 소라+
            1530 미나 텃밭에 무엇을 심을까요?
            1528 소라 상추랑 방울토마토요. 처음이어도 잘 자란대요.
            1521 준 저는 바질이요! 파스타에 넣어 먹고 싶어요 😋
            52 미나 오늘 오후 두 시, 텃밭에서 만나요.
            50 준~ 삽이랑 장갑은 제가 챙길게요.
            47 소라> 저는 십 분쯤 늦어요. 물뿌리개 들고 갈게요!
            46 소라 귤도 조금 가져가요.
            31 하늘+
            30 하늘 안녕하세요, 옆 골목에 사는 하늘이에요. 같이 해도 될까요?
            28 미나> 그럼요, 반가워요! 장갑 하나 더 챙겨 둘게요.
            """;

    private static final String ENGLISH =
            """
            1539 Joon+
            1538 Sora+
            1530 Mina What shall we plant this spring?
            1528 Sora Lettuce and cherry tomatoes. They forgive beginners.
            1521 Joon Basil for me, please. I want it on my pasta 😋
            52 Mina See you in the garden at two today.
            50 Joon~ I will bring the spade and gloves.
            47 Sora> I am ten minutes late, but I bring the watering can!
            46 Sora And some tangerines.
            31 Haneul+
            30 Haneul Hello, I live around the corner. May I join you?
            28 Mina> Of course, welcome! There will be gloves for you.
            """;

    @Test
    void in_korean() {
        Map<String, String> people =
                Map.of("미나", "mina", "준", "joon", "소라", "sora", "하늘", "haneul");
        try (House house = House.open(SETTINGS)) {
            Street street = new Street(house, "ko", people);
            String garden = street.room("우리 동네 텃밭", "토요일마다 물 주는 사람들", "미나");
            street.lives(garden, KOREAN);
            street.overhears("미나", "책 읽는 밤", "하늘", "다음 책은 제가 골라도 될까요?", "이번 주 목요일에 만나요.");
            street.overhears("미나", "동네 소식", "소라", "내일 아침 수돗물이 잠시 멈춘대요.");
            try (Visitor mina = street.visitor("미나", garden, Look.KOREAN);
                    Visitor joon = street.visitor("준", garden, Look.KOREAN);
                    Visitor sora = street.visitor("소라", garden, Look.PHONE.sharp())) {
                mina.window().press("방 정보");
                mina.window().sees("3명 접속 중");
                sora.hears("그럼요, 반가워요! 장갑 하나 더 챙겨 둘게요.");
                sora.window().picture(IMAGES.resolve("chat-phone-ko.png"));
                joon.writes("이따 봬요");
                mina.window().sees("준 님이 쓰고 있어요…");
                mina.window().picture(IMAGES.resolve("chat-ko.png"));
            }
            try (Window gate = Browser.open(house, Look.KOREAN).goTo("/")) {
                gate.press("가입하기");
                gate.field("별명");
                gate.find("heading", "마당에").point();
                gate.picture(IMAGES.resolve("welcome-ko.png"));
            }
        }
    }

    @Test
    void in_english() {
        Map<String, String> people =
                Map.of("Mina", "mina", "Joon", "joon", "Sora", "sora", "Haneul", "haneul");
        try (House house = House.open(SETTINGS)) {
            Street street = new Street(house, "en", people);
            String garden = street.room("Our little garden", "We water on Saturdays", "Mina");
            street.lives(garden, ENGLISH);
            street.overhears(
                    "Mina",
                    "Reading at night",
                    "Haneul",
                    "May I choose the next book?",
                    "See you on Thursday.");
            street.overhears("Mina", "Street news", "Sora", "No water tomorrow from nine to ten.");
            try (Visitor mina = street.visitor("Mina", garden, Look.ENGLISH.dark());
                    Visitor joon = street.visitor("Joon", garden, Look.ENGLISH)) {
                mina.window().press("About this room");
                mina.window().sees("2 online");
                joon.writes("See you soon");
                mina.window().sees("Joon is typing…");
                mina.window().picture(IMAGES.resolve("chat-en-dark.png"));
                joon.window().goTo("/settings").field("Nickname");
                joon.window().picture(IMAGES.resolve("settings-en.png"));
            }
        }
    }

    @Test
    void of_appointments() {
        try (House house = House.open(SETTINGS)) {
            Scene scene = new Scene(house);
            Person mina = scene.person("mina", "미나");
            Person joon = scene.person("joon", "준");
            Person sora = scene.person("sora", "소라");
            LocalDate monday =
                    LocalDate.ofInstant(house.clock().instant(), Scene.SEOUL)
                            .with(TemporalAdjusters.firstInMonth(DayOfWeek.MONDAY));
            String walk =
                    plan(mina, "한강 산책", "망원한강공원", monday.plusDays(16).atTime(19, 30), joon, sora);
            plan(mina, "독서 모임", "골목 책방", monday.plusDays(2).atTime(20, 0), sora);
            plan(mina, "치과", "연남동", monday.plusDays(9).atTime(11, 0));
            plan(mina, "김장하는 날", "미나네 마당", monday.plusDays(19).atTime(10, 0), joon);
            plan(mina, "점심", "학교 앞", monday.plusDays(16).atTime(12, 0), joon);
            Scene.done(joon.http().post("/api/v1/events/" + walk + "/accept"));
            Scene.done(mina.http().post("/api/v1/events/" + walk + "/confirm"));
            house.wiring().relay().drain();
            try (Window month = Browser.open(house, Look.KOREAN);
                    Window event = Browser.open(house, Look.KOREAN.dark());
                    Window phone = Browser.open(house, Look.PHONE.sharp())) {
                month.enterAs(mina.onAnotherDevice(), "/events?day=" + monday.plusDays(16));
                month.find("link", "한강 산책");
                month.picture(IMAGES.resolve("events-ko.png"));
                event.enterAs(joon.onAnotherDevice(), "/events/" + walk).field("메시지 쓰기");
                event.sees("미나 님이 확정했어요");
                event.picture(IMAGES.resolve("event-ko-dark.png"));
                phone.enterAs(sora.onAnotherDevice(), "/events?day=" + monday.plusDays(16));
                phone.find("link", "한강 산책");
                phone.picture(IMAGES.resolve("events-phone-ko.png"));
            }
        }
    }

    private static String plan(
            Person by, String title, String location, LocalDateTime local, Person... others) {
        Instant start = local.atZone(Scene.SEOUL).toInstant();
        return Scene.event(
                by,
                Map.of(
                        "title",
                        title,
                        "location",
                        location,
                        "start_time",
                        start.toString(),
                        "end_time",
                        start.plus(Duration.ofHours(2)).toString(),
                        "participant_ids",
                        Stream.of(others).map(Person::id).toList()));
    }

    /// The people of a picture and what they said, minute by minute up to now.
    private static final class Street {
        private final House house;
        private final Scene scene;
        private final Map<String, String> usernames;
        private long minutesAgo = STORY_MINUTES;
        private String lastMessage = "";

        Street(House house, String language, Map<String, String> usernames) {
            this.house = house;
            this.usernames = usernames;
            scene = new Scene(house, language);
            house.clock().move(Duration.ofMinutes(-STORY_MINUTES));
        }

        Visitor visitor(String nickname, String room, Look look) {
            return Visitor.enters(person(nickname), room, look);
        }

        String room(String name, String description, String host) {
            return scene.room(Map.of("name", name, "description", description), person(host));
        }

        void lives(String room, String story) {
            story.lines().forEach(line -> happens(room, line));
            itIs(0);
        }

        private void happens(String room, String line) {
            List<String> parts = List.of(line.split(" ", 3));
            itIs(Long.parseLong(parts.getFirst()));
            String name = parts.get(1).replaceAll("[~>+]", "");
            String deed = parts.get(1).substring(name.length());
            if (deed.equals("+")) {
                scene.joins(person(name), room);
            } else {
                lastMessage = isSaid(person(name), room, deed, parts.getLast());
            }
        }

        private String isSaid(Person speaker, String room, String deed, String text) {
            return switch (deed) {
                case ">" -> scene.answers(speaker, room, lastMessage, text);
                case "~" -> scene.saysBetter(speaker, room, text);
                default -> scene.says(speaker, room, text);
            };
        }

        /// Somebody is in one more room and has not read what was said there.
        void overhears(String nickname, String name, String speaker, String... words) {
            String room = scene.room(name, person(speaker), person(nickname));
            for (String text : words) {
                scene.says(person(speaker), room, text);
            }
        }

        private Person person(String nickname) {
            return scene.person(requireNonNull(usernames.get(nickname)), nickname);
        }

        private void itIs(long newMinutesAgo) {
            house.clock().move(Duration.ofMinutes(minutesAgo - newMinutesAgo));
            minutesAgo = newMinutesAgo;
        }
    }
}
