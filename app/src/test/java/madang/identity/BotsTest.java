package madang.identity;

import static madang.testing.Town.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import madang.kit.db.Db;
import madang.live.LiveHub;
import madang.testing.Answer;
import madang.testing.House;
import madang.testing.Http;
import madang.testing.Person;
import madang.testing.Talker;
import madang.testing.Town;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class BotsTest {
    private static final String BOTS = "/api/v1/users/me/bots";
    private static final Map<String, String> SHARED = Map.of("MADANG_BUS", "postgresql");
    private static Town town;

    @BeforeAll
    static void open() {
        town = Town.open(SHARED);
    }

    @AfterAll
    static void close() {
        town.close();
    }

    @Test
    void a_bot_calls_with_its_token_over_http_and_on_a_socket() {
        Answer made = make(town.mina(), "  다과 봇 🤖 ");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.header("Cache-Control")).isEqualTo("no-store");
        String token = made.text("token");
        assertThat(token).matches("madang_bot_[A-Za-z0-9_-]{86}");
        JsonNode bot = made.data().get("bot");
        assertThat(bot.get("nickname").stringValue()).isEqualTo("다과 봇 🤖");
        assertThat(bot.get("last_used_at").isNull()).isTrue();

        JsonNode me = as(token).get("/api/v1/users/me").data();
        assertThat(me.get("id")).isEqualTo(bot.get("id"));
        assertThat(me.get("role").stringValue()).isEqualTo("USER");
        String room = town.room(town.mina());
        town.mina()
                .http()
                .post("/api/v1/chat/rooms/" + room + "/members", json(Map.of("user", id(made))));
        try (Talker talker = Talker.connect(town.house().port(), token)) {
            talker.opens(room);
            JsonNode said = talker.says("tea is ready", room);
            assertThat(said.get("author").get("is_bot").booleanValue()).isTrue();
        }
        assertThat(list(town.mina()).getFirst().get("last_used_at").isNull()).isFalse();
        JsonNode minas = town.says(town.mina(), "thank you", room);
        assertThat(minas.get("author").get("is_bot").booleanValue()).isFalse();
    }

    @Test
    void its_token_is_shown_once_and_kept_as_a_hash() {
        Person dana = town.person("dana");
        String token = make(dana, "once").text("token");
        assertThat(dana.http().get(BOTS).text()).doesNotContain(token, "token_hash");
        Http keyed = dana.http().with("Idempotency-Key", "the same key");
        String first = keyed.post(BOTS, "{\"nickname\":\"keyed\"}").text("token");
        assertThat(keyed.post(BOTS, "{\"nickname\":\"keyed\"}").text("token"))
                .as("secrets are never stored for a replay")
                .isNotEqualTo(first);
        String rows =
                db().read(tx ->
                        tx.sql("select string_agg(b::text, ' ') from identity.bot b")
                                .one(String.class));
        assertThat(rows).doesNotContain(token.substring("madang_bot_".length()));
    }

    @Test
    void nobody_comes_in_with_a_token_that_we_never_gave() {
        String token = make(town.mina(), "guessed").text("token");
        char last = token.charAt(token.length() - 1);
        List<String> wrong =
                List.of(
                        "madang_bot_",
                        "madang_bot_" + "A".repeat(86),
                        token.substring(0, token.length() - 1) + (last == 'A' ? 'Q' : 'A'),
                        token + "A",
                        token.toUpperCase(java.util.Locale.ROOT),
                        token.substring("madang_bot_".length()));
        for (String guess : wrong) {
            assertThat(as(guess).get("/api/v1/users/me").status()).as(guess).isEqualTo(401);
        }
    }

    @Test
    void a_new_token_ends_the_old_one_and_its_sockets() {
        Answer made = make(town.joon(), "renewed");
        String old = made.text("token");
        try (Talker talker = Talker.connect(town.house().port(), old)) {
            talker.calls("chat.close", "room", "no room");
            Answer renewed = town.joon().http().post(BOTS + "/" + id(made) + "/token");
            assertThat(renewed.status()).isEqualTo(201);
            assertThat(renewed.data().get("bot").get("id").stringValue()).isEqualTo(id(made));
            assertThat(talker.closeCode()).isEqualTo(LiveHub.SESSION_ENDED);
            assertThat(as(old).get("/api/v1/users/me").status()).isEqualTo(401);
            assertThat(as(renewed.text("token")).get("/api/v1/users/me").status()).isEqualTo(200);
        }
    }

    @Test
    void of_many_who_renew_at_once_one_token_is_left() throws Exception {
        Person hana = town.person("hana");
        String bot = id(make(hana, "hurried"));
        List<String> tokens = new ArrayList<>();
        try (var crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Answer>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                all.add(() -> hana.http().post(BOTS + "/" + bot + "/token"));
            }
            for (var answer : crowd.invokeAll(all)) {
                tokens.add(answer.get().text("token"));
            }
        }
        assertThat(tokens).doesNotHaveDuplicates();
        assertThat(
                        tokens.stream()
                                .filter(token -> as(token).get("/api/v1/users/me").status() == 200))
                .hasSize(1);
    }

    @Test
    void an_ended_bot_is_out_everywhere_and_keeps_its_words() {
        String room = town.publicRoom(town.sora());
        Answer made = make(town.sora(), "short-lived");
        String token = made.text("token");
        as(token).post("/api/v1/chat/rooms/" + room + "/join");
        as(token).post("/api/v1/chat/rooms/" + room + "/messages", "{\"text\":\"last words\"}");
        try (House another = House.on(town.house().database(), SHARED);
                Talker here = Talker.connect(town.house().port(), token);
                Talker there = Talker.connect(another.port(), token)) {
            there.calls("chat.close", "room", "no room");
            Answer ended = town.sora().http().delete(BOTS + "/" + id(made));
            assertThat(ended.status()).isEqualTo(200);
            assertThat(here.closeCode()).isEqualTo(LiveHub.SESSION_ENDED);
            assertThat(there.closeCode()).isEqualTo(LiveHub.SESSION_ENDED);
        }
        assertThat(as(token).get("/api/v1/users/me").status()).isEqualTo(401);
        assertThat(list(town.sora())).isEmpty();
        assertThat(town.sora().http().delete(BOTS + "/" + id(made)).status()).isEqualTo(404);
        assertThat(town.sora().http().post(BOTS + "/" + id(made) + "/token").status())
                .isEqualTo(404);
        assertThat(town.sora().http().get("/api/v1/chat/messages?room=" + room).text())
                .contains("last words", "short-lived");
    }

    @Test
    void a_bot_that_signs_itself_out_is_given_a_new_token_by_its_owner() {
        Person yuna = town.person("yuna");
        Answer made = make(yuna, "tired");
        assertThat(as(made.text("token")).post("/api/v1/auth/logout").status()).isEqualTo(200);
        assertThat(as(made.text("token")).get("/api/v1/users/me").status()).isEqualTo(401);
        assertThat(list(yuna)).hasSize(1);
        String token = yuna.http().post(BOTS + "/" + id(made) + "/token").text("token");
        assertThat(as(token).get("/api/v1/users/me").status()).isEqualTo(200);
    }

    @Test
    void a_session_without_end_outlives_the_sweep() {
        try (Town later = Town.open()) {
            String token = later.mina().http().post(BOTS, "{\"nickname\":\"old\"}").text("token");
            later.house().clock().move(java.time.Duration.ofDays(4_000));
            later.house().wiring().identity().sweep();
            Http bot = later.house().stranger().with("Authorization", "Bearer " + token);
            assertThat(bot.get("/api/v1/users/me").status()).isEqualTo(200);
        }
    }

    @Test
    void bots_have_owners_and_no_bots() {
        Answer made = make(town.mina(), "mine");
        for (Answer refused :
                List.of(
                        town.joon().http().delete(BOTS + "/" + id(made)),
                        town.joon().http().post(BOTS + "/" + id(made) + "/token"),
                        town.mina().http().delete(BOTS + "/" + town.joon().id()),
                        town.mina().http().delete(BOTS + "/robot"))) {
            assertThat(refused.status()).isEqualTo(404);
            assertThat(refused.code()).isEqualTo("BOT_NOT_FOUND");
        }
        assertThat(as(made.text("token")).post(BOTS, "{\"nickname\":\"child\"}").status())
                .isEqualTo(403);
        assertThat(
                        as(made.text("token"))
                                .patch(
                                        "/api/v1/users/me/password",
                                        "{\"current_password\":\"\",\"new_password\":\"tea in the garden\"}")
                                .status())
                .isIn(403, 422);
        assertThat(town.house().stranger().get(BOTS).status()).isEqualTo(401);
        assertThat(make(town.mina(), " ").details().has("nickname")).isTrue();
        assertThat(make(town.mina(), "🤖".repeat(51)).details().has("nickname")).isTrue();
    }

    @Test
    void so_many_and_no_more_even_at_once() throws Exception {
        Person bora = town.person("bora");
        List<Integer> statuses = new ArrayList<>();
        try (var crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Answer>> all = new ArrayList<>();
            for (int i = 0; i < Bots.MOST + 5; i++) {
                all.add(() -> make(bora, "one of many"));
            }
            for (var answer : crowd.invokeAll(all)) {
                statuses.add(answer.get().status());
            }
        }
        assertThat(statuses.stream().filter(status -> status == 201)).hasSize(Bots.MOST);
        assertThat(statuses.stream().filter(status -> status == 409)).hasSize(5);
        assertThat(list(bora)).hasSize(Bots.MOST);
    }

    @Test
    void people_are_found_by_their_whole_name_alone() {
        Person hyun = town.person("현우.Park");
        for (String handle : List.of("현우.Park", "현우.PARK", "현우.park")) {
            List<JsonNode> found = search(handle);
            assertThat(found).as(handle).hasSize(1);
            assertThat(found.getFirst().get("id").stringValue()).isEqualTo(hyun.id());
            assertThat(found.getFirst().propertyNames())
                    .containsExactlyInAnyOrder(
                            "id",
                            "username",
                            "nickname",
                            "profile_image_url",
                            "status_message",
                            "is_bot");
        }
        for (String handle : List.of("현우", "현우.Par", "nobody-at-all", "", "%", "a@b.kr", "🍵")) {
            assertThat(search(handle)).as(handle).isEmpty();
        }
        assertThat(town.mina().http().get("/api/v1/users/search").details().has("handle")).isTrue();
        assertThat(town.house().stranger().get("/api/v1/users/search?handle=mina").status())
                .isEqualTo(401);
        try (Town strict = Town.open(Map.of("MADANG_RATE_LIMIT_USER_SEARCH", "2/minute"))) {
            Http mina = strict.mina().http();
            for (int i = 0; i < 2; i++) {
                assertThat(mina.get("/api/v1/users/search?handle=joon").status()).isEqualTo(200);
            }
            assertThat(mina.get("/api/v1/users/search?handle=joon").status()).isEqualTo(429);
        }
    }

    private static List<JsonNode> search(String handle) {
        List<JsonNode> found = new ArrayList<>();
        town.mina()
                .http()
                .get(
                        "/api/v1/users/search?handle="
                                + java.net.URLEncoder.encode(
                                        handle, java.nio.charset.StandardCharsets.UTF_8))
                .data()
                .get("items")
                .forEach(found::add);
        return found;
    }

    private static Answer make(Person owner, String nickname) {
        return owner.http().post(BOTS, json(Map.of("nickname", nickname)));
    }

    private static String id(Answer made) {
        return made.data().get("bot").get("id").stringValue();
    }

    private static List<JsonNode> list(Person owner) {
        List<JsonNode> bots = new ArrayList<>();
        owner.http().get(BOTS).data().get("items").forEach(bots::add);
        return bots;
    }

    private static Http as(String token) {
        return town.house().stranger().with("Authorization", "Bearer " + token);
    }

    private static Db db() {
        return town.house().wiring().db();
    }
}
