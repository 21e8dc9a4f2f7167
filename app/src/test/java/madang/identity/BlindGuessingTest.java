package madang.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import madang.testing.Answer;
import madang.testing.House;
import madang.testing.Http;
import madang.testing.Scale;
import org.junit.jupiter.api.Test;

/// What a guesser gets who has many addresses, a day, and a clock. `-Dscale=20` makes the day dense
/// and the samples two thousand, and prints figures that mean something; times are never asserted.
class BlindGuessingTest {
    private static final int SCALE = Scale.times(1, 20);
    private static final Duration DAY = Duration.ofDays(1);
    private static final int SAMPLES = 100 * SCALE;

    /// An account takes at most a hundred wrong guesses a day.
    private static final int SAMPLES_A_NAME = 50;

    @Test
    void a_thousand_addresses_get_a_hundred_guesses_a_day_and_the_owner_always_gets_in() {
        try (House house = House.open(Map.of("MADANG_TRUSTED_PROXIES", "127.0.0.1"))) {
            Answer owner = joins(house, "mina");
            Duration pause = Duration.ofMinutes(4).dividedBy(Math.min(SCALE, 16));
            int tried = 0;
            int entered = 0;
            int visits = 0;
            Duration passed = Duration.ZERO;
            for (int i = 0; passed.compareTo(DAY) < 0; i++) {
                Answer guess =
                        from(house, "10.%d.%d.7".formatted(i % 1_000 / 250, i % 250))
                                .post("/api/v1/auth/login", login("mina", "guess " + i));
                tried += guess.status() == 401 ? 1 : 0;
                assertThat(guess.status()).isIn(401, 429);
                if (i % 30 == 0) {
                    visits++;
                    entered += enters(house, owner) ? 1 : 0;
                }
                house.clock().move(pause);
                passed = passed.plus(pause);
            }
            System.out.printf(
                    "guesses that were looked at in a day: %d; the owner came in %d of %d times%n",
                    tried, entered, visits);
            assertThat(tried).isLessThanOrEqualTo(100);
            assertThat(entered).isEqualTo(visits);
        }
    }

    @Test
    void a_minute_gives_ten_guesses_at_most() {
        try (House house = House.open(Map.of("MADANG_TRUSTED_PROXIES", "127.0.0.1"))) {
            joins(house, "joon");
            int tried = 0;
            for (int second = 0; second < 60; second++) {
                for (int i = 0; i < 3; i++) {
                    tried +=
                            from(house, "10.9.%d.%d".formatted(second, i))
                                                    .post(
                                                            "/api/v1/auth/login",
                                                            login("joon", "guess"))
                                                    .status()
                                            == 401
                                    ? 1
                                    : 0;
                }
                house.clock().move(Duration.ofSeconds(1));
            }
            assertThat(tried).isLessThanOrEqualTo(10);
        }
    }

    @Test
    void a_known_name_and_an_unknown_one_cannot_be_told_apart() {
        try (House house =
                House.open(
                        Map.of(
                                "MADANG_TRUSTED_PROXIES", "127.0.0.1",
                                "MADANG_BCRYPT_COST", SCALE > 1 ? "8" : "4",
                                "RATE_LIMIT_LOGIN", "100000/second",
                                "MADANG_RATE_LIMIT_LOGIN_ADDRESS", "100000/second"))) {
            int names = Math.ceilDiv(SAMPLES, SAMPLES_A_NAME);
            for (int i = 0; i < names; i++) {
                joins(house, "known" + i);
            }
            double[] known = new double[SAMPLES];
            double[] unknown = new double[SAMPLES];
            String refusal = "";
            for (int i = -SAMPLES_A_NAME; i < SAMPLES; i++) {
                int at = Math.max(0, i);
                boolean isKnownFirst = i % 2 == 0;
                for (boolean isKnown : new boolean[] {isKnownFirst, !isKnownFirst}) {
                    String name = (isKnown ? "known" : "never") + at / SAMPLES_A_NAME;
                    Http client = from(house, "10.8.0." + at % 200).with("X-Request-Id", "same");
                    long begin = System.nanoTime();
                    Answer refused = client.post("/api/v1/auth/login", login(name, "a guess"));
                    (isKnown ? known : unknown)[at] = (System.nanoTime() - begin) / 1e6;
                    String said = refused.status() + " " + refused.body().get("error");
                    refusal = refusal.isEmpty() ? said : refusal;
                    assertThat(said).isEqualTo(refusal);
                }
            }
            System.out.printf(
                    "unknown against known name, %d each: mean %.2f ms and %.2f ms, AUC %.3f%n",
                    SAMPLES, mean(unknown), mean(known), auc(unknown, known));
        }
    }

    private static boolean enters(House house, Answer joined) {
        return from(house, "192.0.2.9")
                        .with("X-Device-Token", joined.header("X-Device-Token"))
                        .post("/api/v1/auth/login", login("mina", password("mina")))
                        .status()
                == 200;
    }

    private static Answer joins(House house, String name) {
        return house.stranger().post("/api/v1/auth/register", login(name, password(name)));
    }

    private static Http from(House house, String address) {
        return house.stranger().with("X-Forwarded-For", address);
    }

    private static String login(String name, String password) {
        return "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(name, password);
    }

    private static String password(String name) {
        return name + " likes persimmons";
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    /// How often one of the first is slower than one of the second: a half where nothing is told.
    private static double auc(double[] one, double[] other) {
        double slower = 0;
        for (double a : one) {
            for (double b : other) {
                slower += a > b ? 1 : a == b ? 0.5 : 0;
            }
        }
        return slower / one.length / other.length;
    }
}
