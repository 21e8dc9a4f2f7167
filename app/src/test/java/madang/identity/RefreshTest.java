package madang.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import madang.testing.Answer;
import madang.testing.Scale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Refresh tokens: spent once, answered again when the answer got lost, deadly when stolen.
/// `-Dscale=` multiplies the histories, `-Dseed=` repeats a run.
class RefreshTest {
    private static final int HISTORIES = Scale.times(200, 10_000);
    private static Gatehouse house;

    @BeforeAll
    static void open() {
        house = Gatehouse.open();
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    void a_token_is_swapped_for_the_next_one() {
        var joined = house.joins("mina");
        var renewed = house.refreshes(joined.text("refresh_token"));
        assertThat(renewed.status()).isEqualTo(200);
        assertThat(renewed.text("refresh_token")).isNotEqualTo(joined.text("refresh_token"));
        assertThat(renewed.data().get("user")).isEqualTo(joined.data().get("user"));
        assertThat(house.me(renewed.text("access_token")).status()).isEqualTo(200);
        assertThat(house.refreshes(renewed.text("refresh_token")).status()).isEqualTo(200);
    }

    @Test
    void a_lost_answer_can_be_had_again_for_ten_seconds() {
        var joined = house.joins("joon");
        var renewed = house.refreshes(joined.text("refresh_token"));
        house.passes(Duration.ofSeconds(5));
        for (int i = 0; i < 3; i++) {
            assertThat(house.refreshes(joined.text("refresh_token")).text("refresh_token"))
                    .isEqualTo(renewed.text("refresh_token"));
        }
        assertThat(house.refreshes(renewed.text("refresh_token")).status()).isEqualTo(200);
    }

    @Test
    void after_ten_seconds_it_is_a_replay_and_everybody_is_out() {
        var joined = house.joins("sora");
        var renewed = house.refreshes(joined.text("refresh_token"));
        house.passes(Duration.ofSeconds(11));
        var replayed = house.refreshes(joined.text("refresh_token"));
        assertThat(replayed.status()).isEqualTo(401);
        assertThat(replayed.code()).isEqualTo("AUTH_TOKEN_INVALID");
        assertThat(house.refreshes(renewed.text("refresh_token")).status()).isEqualTo(401);
        assertThat(house.me(renewed.text("access_token")).status()).isEqualTo(401);
        assertThat(house.me(joined.text("access_token")).status()).isEqualTo(401);
    }

    @Test
    void once_the_successor_was_used_there_is_no_grace() {
        var joined = house.joins("hana");
        var second = house.refreshes(joined.text("refresh_token"));
        var third = house.refreshes(second.text("refresh_token"));
        assertThat(house.refreshes(joined.text("refresh_token")).status()).isEqualTo(401);
        assertThat(house.refreshes(third.text("refresh_token")).status()).isEqualTo(401);
    }

    @Test
    void an_invented_token_harms_nobody() {
        var joined = house.joins("dana");
        String good = joined.text("refresh_token");
        String forged = good.substring(0, 111) + (good.charAt(111) == 'A' ? 'B' : 'A');
        assertThat(house.refreshes(forged).status()).isEqualTo(401);
        assertThat(house.refreshes("x").status()).isEqualTo(401);
        assertThat(house.post("refresh", "{}").status()).isEqualTo(401);
        assertThat(house.post("refresh", "").code()).isEqualTo("AUTH_TOKEN_MISSING");
        assertThat(house.post("refresh", "{\"refresh_token\":7}").status()).isEqualTo(422);
        assertThat(house.refreshes(good).status()).isEqualTo(200);
    }

    @Test
    void a_session_ends_unused_after_30_days_and_in_any_case_after_90() {
        try (Gatehouse other = Gatehouse.open()) {
            String idle = other.joins("yuna").text("refresh_token");
            String used = other.logsIn("yuna", Gatehouse.password("yuna")).text("refresh_token");
            for (int day = 0; day < 87; day += 29) {
                other.passes(Duration.ofDays(29));
                used = other.refreshes(used).text("refresh_token");
            }
            other.passes(Duration.ofDays(2));
            used = other.refreshes(used).text("refresh_token");
            other.passes(Duration.ofDays(1).plusSeconds(1));
            assertThat(other.refreshes(used).code()).isEqualTo("AUTH_TOKEN_EXPIRED");
            assertThat(other.refreshes(idle).code()).isEqualTo("AUTH_TOKEN_EXPIRED");
        }
    }

    @Test
    void fifty_at_once_are_one_and_nobody_is_thrown_out() throws Exception {
        for (int round = 0; round < 5; round++) {
            String token = house.joins("crowd" + round).text("refresh_token");
            Set<String> successors = new HashSet<>();
            try (var crowd = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Callable<Answer>> all = new ArrayList<>();
                for (int i = 0; i < 50; i++) {
                    all.add(() -> house.refreshes(token));
                }
                for (Future<Answer> answer : crowd.invokeAll(all)) {
                    assertThat(answer.get().status()).isEqualTo(200);
                    successors.add(answer.get().text("refresh_token"));
                }
            }
            assertThat(successors).hasSize(1);
            assertThat(house.refreshes(successors.iterator().next()).status()).isEqualTo(200);
        }
    }

    /// An honest device and a thief use copies of one token at random moments. Whatever they do,
    /// the answers are those of the rules, written down once more in the plainest way.
    @Test
    void random_histories_go_by_the_rules() {
        long seed = Scale.seed();
        Random random = new Random(seed);
        house.joins("history");
        for (int i = 0; i < HISTORIES; i++) {
            history(random, "seed " + seed + ", history " + i);
            house.passes(Duration.ofHours(1));
        }
    }

    private static void history(Random random, String name) {
        var identity = house.identity();
        List<String> tokens = new ArrayList<>();
        tokens.add(
                identity.signIn(
                                new Visitor("10.0.0.1", null, ""),
                                new LogIn(
                                        "history", null, null, null, Gatehouse.password("history")))
                        .refreshToken());
        boolean isOver = false;
        long rotatedAt = 0;
        int steps = 2 + random.nextInt(8);
        for (int step = 0; step < steps; step++) {
            if (random.nextInt(3) == 0) {
                house.passes(
                        random.nextBoolean()
                                ? Duration.ofMillis(500)
                                : Duration.ofSeconds(random.nextInt(11, 60)));
            }
            int newest = tokens.size() - 1;
            int used = random.nextBoolean() ? newest : random.nextInt(tokens.size());
            long sinceRotation = house.nowMillis() - rotatedAt;
            boolean isGrace = used == newest - 1 && sinceRotation < 10_000;
            boolean isGood = !isOver && (used == newest || isGrace);
            var answer = house.refreshes(tokens.get(used));
            assertThat(answer.status())
                    .as("%s: step %d, token %d of %d", name, step, used, newest)
                    .isEqualTo(isGood ? 200 : 401);
            if (isGood && used == newest) {
                tokens.add(answer.text("refresh_token"));
                rotatedAt = house.nowMillis();
            } else if (isGood) {
                assertThat(answer.text("refresh_token")).isEqualTo(tokens.get(newest));
            } else {
                isOver = true;
            }
        }
    }

    @Test
    void a_page_never_sees_its_refresh_token() {
        house.joins("page");
        var in = house.logsIn("page", Gatehouse.password("page"), "X-Madang-Page", "1");
        assertThat(in.data().get("refresh_token").isNull()).isTrue();
        assertThat(in.response().headers().allValues("Set-Cookie"))
                .anyMatch(it ->
                        it.startsWith("madang_refresh=")
                                && it.contains("; Path=/api/v1/auth; ")
                                && it.contains("; HttpOnly; SameSite=Strict")
                                && !it.contains("Secure"));
        String cookie = "madang_refresh=" + in.cookie("madang_refresh");
        var renewed = house.post("refresh", "", "Cookie", cookie);
        assertThat(renewed.status()).isEqualTo(200);
        assertThat(renewed.data().get("refresh_token").isNull())
                .as("also without the header, or a foreign script could ask for it")
                .isTrue();
        String next = "madang_refresh=" + renewed.cookie("madang_refresh");
        assertThat(next).isNotEqualTo(cookie);
        var overTls = house.post("refresh", "", "Cookie", next, "X-Forwarded-Proto", "https");
        assertThat(overTls.response().headers().allValues("Set-Cookie"))
                .allMatch(it -> it.endsWith("; Secure"));
        var out =
                house.post(
                        "logout",
                        "",
                        "Cookie",
                        "madang_refresh=" + overTls.cookie("madang_refresh"),
                        "Authorization",
                        "Bearer " + overTls.text("access_token"));
        assertThat(out.status()).isEqualTo(200);
        assertThat(out.response().headers().allValues("Set-Cookie"))
                .anyMatch(it -> it.startsWith("madang_refresh=; ") && it.contains("Max-Age=0"));
    }

    @Test
    void a_foreign_page_cannot_use_the_cookie() {
        house.joins("victim");
        var in = house.logsIn("victim", Gatehouse.password("victim"), "X-Madang-Page", "1");
        String cookie = "madang_refresh=" + in.cookie("madang_refresh");
        for (String origin :
                List.of(
                        "https://evil.example",
                        "null",
                        "http://madang.example",
                        "https://madang.example.evil.example",
                        "https://madang.example:444")) {
            var refused = house.post("refresh", "", "Cookie", cookie, "Origin", origin);
            assertThat(refused.status()).as(origin).isEqualTo(403);
            assertThat(refused.code()).isEqualTo("ORIGIN_REFUSED");
        }
        var ours = house.post("refresh", "", "Cookie", cookie, "Origin", "https://madang.example");
        assertThat(ours.status()).isEqualTo(200);
    }
}
