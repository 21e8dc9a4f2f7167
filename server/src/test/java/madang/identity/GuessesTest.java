package madang.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import madang.identity.Guesses.Target;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.settings.Rate;
import org.junit.jupiter.api.Test;

class GuessesTest {
    private static final Id<User> MINA = new Id<>(new UUID(1, 1));
    private Instant now = Instant.parse("2026-11-21T00:00:00Z");
    private final InstantSource clock = () -> now;
    private final Guesses guesses =
            new Guesses(Rate.parse("5/15minute"), Rate.parse("300/hour"), clock);

    private Target mina(int from) {
        return new Target.Account(MINA, "10.0." + (from >> 8) + "." + (from & 0xff));
    }

    private boolean isWrongGuessLetThrough(Target target) {
        try {
            assertThat(guesses.tried(target, () -> false)).isFalse();
            return true;
        } catch (Failure refused) {
            return false;
        }
    }

    private long retryAfter(Target target) {
        try {
            guesses.tried(target, () -> true);
            return 0;
        } catch (Failure refused) {
            assertThat(refused.code()).isEqualTo("RATE_LIMIT_EXCEEDED");
            return refused.retryAfterSeconds();
        }
    }

    @Test
    void five_are_free_then_one_each_15_seconds_for_the_right_password_too() {
        for (int i = 0; i < 5; i++) {
            assertThat(isWrongGuessLetThrough(mina(i))).isTrue();
        }
        assertThat(isWrongGuessLetThrough(mina(9))).isFalse();
        assertThat(retryAfter(mina(9))).isEqualTo(15);
        now = now.plusSeconds(14);
        assertThat(retryAfter(mina(9))).isEqualTo(1);
        now = now.plusSeconds(1);
        assertThat(isWrongGuessLetThrough(mina(9))).isTrue();
        assertThat(retryAfter(mina(9))).isEqualTo(15);
        now = now.plusSeconds(15);
        assertThat(retryAfter(mina(9))).isZero();
    }

    @Test
    void after_15_quiet_minutes_five_are_free_again() {
        for (int i = 0; i < 5; i++) {
            isWrongGuessLetThrough(mina(i));
        }
        now = now.plus(Duration.ofMinutes(15));
        for (int i = 0; i < 5; i++) {
            assertThat(isWrongGuessLetThrough(mina(i))).isTrue();
        }
        assertThat(isWrongGuessLetThrough(mina(9))).isFalse();
    }

    @Test
    void a_right_password_counts_nothing() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(retryAfter(mina(1))).isZero();
        }
    }

    @Test
    void what_could_not_be_tried_counts_nothing() {
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() ->
                            guesses.tried(
                                    mina(1),
                                    () -> {
                                        throw Failure.unavailable();
                                    }))
                    .isInstanceOf(Failure.class);
        }
        assertThat(retryAfter(mina(1))).isZero();
    }

    @Test
    void a_thousand_addresses_guess_no_more_than_100_a_day_and_10_a_minute() {
        int today = 0;
        int thisMinute = 0;
        Duration step = Duration.ofSeconds(1);
        for (int second = 0; second < 86_400; second++) {
            if (second % 60 == 0) {
                assertThat(thisMinute).isLessThanOrEqualTo(10);
                thisMinute = 0;
            }
            if (isWrongGuessLetThrough(mina(second % 1_000))) {
                today++;
                thisMinute++;
            }
            now = now.plus(step);
        }
        assertThat(today).isEqualTo(100);
        assertThat(isWrongGuessLetThrough(mina(1))).as("a new day").isTrue();
    }

    @Test
    void her_own_device_gets_in_while_others_guess() {
        Target device = new Target.KnownDevice("kitchen tablet");
        for (int second = 0; second < 3_600; second++) {
            isWrongGuessLetThrough(mina(second % 1_000));
            assertThat(retryAfter(device)).isZero();
            now = now.plusSeconds(1);
        }
    }

    @Test
    void a_stolen_device_guesses_five_in_15_minutes_and_no_more() {
        Target device = new Target.KnownDevice("stolen phone");
        for (int i = 0; i < 5; i++) {
            assertThat(isWrongGuessLetThrough(device)).isTrue();
        }
        now = now.plusSeconds(60);
        assertThat(isWrongGuessLetThrough(device)).isFalse();
        assertThat(retryAfter(device)).isEqualTo(14 * 60);
        assertThat(retryAfter(mina(1))).as("others are not held up").isZero();
    }

    @Test
    void an_address_guesses_300_an_hour_over_all_accounts() {
        int let = 0;
        for (int i = 0; i < 400; i++) {
            Target target = new Target.UnknownName("somebody" + i, "192.0.2.1");
            let += isWrongGuessLetThrough(target) ? 1 : 0;
            now = now.plusSeconds(5);
        }
        assertThat(let).isEqualTo(300);
        Target another = new Target.UnknownName("somebody", "192.0.2.2");
        assertThat(isWrongGuessLetThrough(another)).isTrue();
    }

    @Test
    void a_network_of_ipv6_is_one_address() {
        int let = 0;
        for (int i = 0; i < 400; i++) {
            Target target = new Target.UnknownName("n" + i, "2001:db8::" + Integer.toHexString(i));
            let += isWrongGuessLetThrough(target) ? 1 : 0;
        }
        assertThat(let).isEqualTo(300);
    }

    @Test
    void a_name_that_nobody_has_is_bounded_alike() {
        for (int i = 0; i < 5; i++) {
            assertThat(isWrongGuessLetThrough(new Target.UnknownName("nobody", "192.0.2." + i)))
                    .isTrue();
        }
        assertThat(retryAfter(new Target.UnknownName("nobody", "192.0.2.9"))).isEqualTo(15);
    }

    @Test
    void fifty_at_once_are_five() throws InterruptedException {
        AtomicInteger tried = new AtomicInteger();
        CountDownLatch allKnocked = new CountDownLatch(50);
        try (var guessers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                int from = i;
                guessers.execute(() -> {
                    try {
                        guesses.tried(
                                mina(from),
                                () -> {
                                    tried.incrementAndGet();
                                    allKnocked.countDown();
                                    await(allKnocked);
                                    return false;
                                });
                    } catch (Failure refused) {
                        allKnocked.countDown();
                    }
                });
            }
        }
        assertThat(tried).hasValue(5);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
