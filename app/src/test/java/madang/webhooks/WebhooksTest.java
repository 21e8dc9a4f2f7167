package madang.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static madang.testing.Eventually.eventually;
import static madang.testing.Town.json;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import madang.testing.Answer;
import madang.testing.Person;
import madang.testing.Talker;
import madang.testing.Town;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

class WebhooksTest {
    @AutoClose private static Town town;

    @BeforeAll
    static void open() {
        town = Town.open();
    }

    @Test
    void what_is_posted_is_said_by_the_webhooks_own_bot() {
        String room = town.room(town.mina(), town.joon());
        Answer made = make(town.mina(), room, "빌드 🤖");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.header("Cache-Control")).isEqualTo("no-store");
        try (Talker joon = town.talker(town.joon())) {
            joon.opens(room);
            Answer posted = post(made, Map.of("text", "build 7 is green ✅"));
            assertThat(posted.status()).isEqualTo(201);
            assertThat(posted.data().propertyNames()).containsExactlyInAnyOrder("id", "seq");

            JsonNode heard = joon.hearsText("build 7 is green ✅");
            assertThat(heard.get("id")).isEqualTo(posted.data().get("id"));
            assertThat(heard.get("seq")).isEqualTo(posted.data().get("seq"));
            assertThat(heard.get("kind").stringValue()).isEqualTo("text");
            JsonNode author = heard.get("author");
            assertThat(author.get("nickname").stringValue()).isEqualTo("빌드 🤖");
            assertThat(author.get("is_bot").booleanValue()).isTrue();
            assertThat(author.get("id")).isEqualTo(made.data().get("webhook").get("user"));
        }
        assertThat(members(town.mina(), room)).containsExactlyInAnyOrder("mina", "joon");
        assertThat(shown(town.joon(), room).get("unread").asInt()).isEqualTo(1);
    }

    @Test
    void slack_bodies_are_taken_as_they_are() {
        Answer made = make(town.mina(), town.room(town.mina()), "slack");
        Map<String, Object> body =
                Map.of(
                        "text", "hello from elsewhere",
                        "username", "deploybot",
                        "icon_emoji", ":robot_face:",
                        "channel", "#general",
                        "attachments", List.of());
        assertThat(post(made, body).status()).isEqualTo(201);
    }

    @Test
    void a_second_try_with_the_same_key_is_the_first_message() throws Exception {
        String room = town.room(town.mina());
        Answer made = make(town.mina(), room, "retrying");
        Map<String, Object> body = Map.of("text", "once", "client_key", "build-7");
        List<Answer> answers = new ArrayList<>();
        try (var crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Answer>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                all.add(() -> post(made, body));
            }
            for (var answer : crowd.invokeAll(all)) {
                answers.add(answer.get());
            }
        }
        assertThat(answers.stream().map(Answer::status)).containsOnlyOnce(201).contains(200);
        assertThat(answers.stream().map(answer -> answer.text("id")).distinct()).hasSize(1);
        Answer other = make(town.mina(), room, "another");
        assertThat(post(other, body).status()).as("keys are a webhook's own").isEqualTo(201);
    }

    @Test
    void it_calls_members_by_name_and_never_everybody() {
        String room = town.room(town.mina(), town.joon());
        Answer made = make(town.mina(), room, "alarm");
        try (Talker joon = town.talker(town.joon())) {
            joon.opens(room);
            String text = "@joon the oven, @sora not you, @all neither";
            post(made, Map.of("text", text));
            JsonNode heard = joon.hearsText(text);
            assertThat(heard.get("mentions")).hasSize(1);
            assertThat(heard.get("mentions").get(0).stringValue()).isEqualTo(town.joon().id());
        }
    }

    @Test
    void a_closed_webhook_was_never_there() {
        String room = town.room(town.mina());
        Answer made = make(town.mina(), room, "short-lived");
        post(made, Map.of("text", "last words"));
        String one = hooks(room) + "/" + id(made);
        assertThat(town.mina().http().delete(one).status()).isEqualTo(200);
        Answer late = post(made, Map.of("text", "too late"));
        assertThat(late.status()).isEqualTo(404);
        assertThat(late.code()).isEqualTo("WEBHOOK_NOT_FOUND");
        assertThat(town.mina().http().delete(one).status()).isEqualTo(404);
        assertThat(town.mina().http().get("/api/v1/chat/messages?room=" + room).text())
                .contains("last words", "short-lived")
                .doesNotContain("too late");
        for (String guess : List.of("x", "A".repeat(43), "🍵")) {
            String path = "/api/v1/chat/hooks/" + URLEncoder.encode(guess, UTF_8);
            assertThat(town.house().stranger().post(path, "{\"text\":\"hi\"}").code())
                    .as(guess)
                    .isEqualTo("WEBHOOK_NOT_FOUND");
        }
    }

    @Test
    void webhooks_are_the_moderators_matter() {
        String room = town.publicRoom(town.mina(), town.joon());
        Answer made = make(town.mina(), room, "mine");
        String one = hooks(room) + "/" + id(made);
        for (Person plain : List.of(town.joon(), town.sora())) {
            assertThat(make(plain, room, "his").status()).isEqualTo(403);
            assertThat(plain.http().get(hooks(room)).status()).isEqualTo(403);
            assertThat(plain.http().delete(one).status()).isEqualTo(403);
        }
        String hidden = town.room(town.mina());
        assertThat(make(town.sora(), hidden, "hers").status()).isEqualTo(404);
        assertThat(town.sora().http().get(hooks(hidden)).status()).isEqualTo(404);
        assertThat(town.sora().http().get(hooks("garden")).status()).isEqualTo(404);
        assertThat(town.house().stranger().get(hooks(room)).status()).isEqualTo(401);
        String elsewhere = town.room(town.sora());
        assertThat(town.sora().http().delete(hooks(elsewhere) + "/" + id(made)).code())
                .isEqualTo("WEBHOOK_NOT_FOUND");
        assertThat(post(made, Map.of("text", "still open")).status()).isEqualTo(201);
    }

    @Test
    void its_address_is_shown_once_and_kept_as_a_hash() {
        String room = town.room(town.mina());
        Answer made = make(town.mina(), room, "secretive");
        JsonNode listed = town.mina().http().get(hooks(room)).data().get("items");
        assertThat(listed).hasSize(1);
        assertThat(listed.get(0)).isEqualTo(made.data().get("webhook"));
        assertThat(listed.get(0).get("name").stringValue()).isEqualTo("secretive");
        assertThat(made.text("url"))
                .matches(town.house().url() + "/api/v1/chat/hooks/[A-Za-z0-9_-]{43}");
        assertThat(town.mina().http().get(hooks(room)).text()).doesNotContain(token(made));
    }

    @Test
    void its_token_stands_in_no_log() {
        Answer made = make(town.mina(), town.room(town.mina()), "discreet");
        Queue<String> lines = new ConcurrentLinkedQueue<>();
        Logger all = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Logger access = (Logger) LoggerFactory.getLogger("madang.access");
        Level before = access.getLevel();
        AppenderBase<ILoggingEvent> ear =
                new AppenderBase<>() {
                    @Override
                    protected void append(ILoggingEvent event) {
                        lines.add(
                                event.getFormattedMessage()
                                        + Arrays.toString(event.getArgumentArray()));
                    }
                };
        ear.start();
        all.addAppender(ear);
        access.setLevel(Level.INFO);
        try {
            post(made, Map.of("text", "psst"));
            post(made, Map.of("text", " "));
            town.house().stranger().get("/api/v1/chat/hooks/" + token(made));
            eventually(() ->
                    lines.stream()
                                    .filter(line -> line.contains("/api/v1/chat/hooks/{token}"))
                                    .count()
                            >= 2);
        } finally {
            access.setLevel(before);
            all.detachAppender(ear);
        }
        assertThat(lines).noneMatch(line -> line.contains(token(made)));
    }

    @Test
    void it_has_a_pace_of_its_own() {
        try (Town strict = Town.open(Map.of("MADANG_RATE_LIMIT_WEBHOOK", "2/hour"))) {
            String room = strict.room(strict.mina());
            Answer one = make(strict.mina(), room, "one");
            Answer other = make(strict.mina(), room, "other");
            for (int i = 0; i < 2; i++) {
                assertThat(post(strict, one, Map.of("text", "tick")).status()).isEqualTo(201);
            }
            Answer refused = post(strict, one, Map.of("text", "tick"));
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.header("Retry-After")).isNotEmpty();
            assertThat(post(strict, other, Map.of("text", "tick")).status()).isEqualTo(201);
        }
    }

    @Test
    void wrong_bodies_are_named() {
        Answer made = make(town.mina(), town.room(town.mina()), "strict");
        for (Object text : List.of("", " ", 5, "🍵".repeat(4_001), List.of(), "a\u0000")) {
            assertThat(post(made, Map.of("text", text)).details().has("text")).isTrue();
        }
        assertThat(post(made, Map.of("text", "x", "client_key", "")).details().has("client_key"))
                .isTrue();
        for (String name : List.of(" ", "x".repeat(51), "two\nlines")) {
            assertThat(make(town.mina(), town.room(town.mina()), name).details().has("name"))
                    .isTrue();
        }
    }

    @Test
    void so_many_and_no_more_even_at_once() throws Exception {
        String room = town.room(town.mina());
        List<Integer> statuses = new ArrayList<>();
        try (var crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Answer>> all = new ArrayList<>();
            for (int i = 0; i < Webhooks.MOST + 5; i++) {
                all.add(() -> make(town.mina(), room, "one of many"));
            }
            for (var answer : crowd.invokeAll(all)) {
                statuses.add(answer.get().status());
            }
        }
        assertThat(statuses.stream().filter(status -> status == 201)).hasSize(Webhooks.MOST);
        assertThat(statuses.stream().filter(status -> status == 409)).hasSize(5);
    }

    @Test
    void a_room_that_is_gone_has_no_doors() {
        String room = town.room(town.mina());
        Answer made = make(town.mina(), room, "doomed");
        town.mina().http().delete("/api/v1/chat/rooms/" + room);
        assertThat(post(made, Map.of("text", "anybody?")).status()).isEqualTo(404);
        eventually(() -> post(made, Map.of("text", "anybody?")).code().equals("WEBHOOK_NOT_FOUND"));
    }

    private static Answer make(Person who, String room, String name) {
        return who.http().post(hooks(room), json(Map.of("name", name)));
    }

    private static Answer post(Answer made, Map<String, ?> body) {
        return post(town, made, body);
    }

    private static Answer post(Town where, Answer made, Map<String, ?> body) {
        return where.house().stranger().post("/api/v1/chat/hooks/" + token(made), json(body));
    }

    private static String token(Answer made) {
        return made.text("url").replaceFirst(".*/", "");
    }

    private static String id(Answer made) {
        return made.data().get("webhook").get("id").stringValue();
    }

    private static String hooks(String room) {
        return "/api/v1/chat/rooms/" + room + "/webhooks";
    }

    private static JsonNode shown(Person who, String room) {
        return who.http().get("/api/v1/chat/rooms/" + room).data();
    }

    private static List<String> members(Person who, String room) {
        List<String> names = new ArrayList<>();
        who.http()
                .get("/api/v1/chat/rooms/" + room + "/members")
                .data()
                .get("items")
                .forEach(member -> names.add(member.get("nickname").stringValue()));
        return names;
    }
}
