package madang.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import madang.kit.Failure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PasswordsTest {
    private final Passwords passwords = new Passwords(4, 1);

    @AfterEach
    void close() {
        passwords.close();
    }

    @Test
    void the_right_one_matches_and_no_other() {
        String hash = passwords.hash("tea at three");
        assertThat(hash).startsWith("$2a$04$");
        assertThat(passwords.matches("tea at three", hash)).isTrue();
        assertThat(passwords.matches("tea at four", hash)).isFalse();
        assertThat(passwords.matches("", hash)).isFalse();
    }

    @Test
    void nothing_after_72_bytes_is_ignored() {
        String hash = passwords.hash("가".repeat(24));
        assertThat(passwords.matches("가".repeat(24), hash)).isTrue();
        assertThat(passwords.matches("가".repeat(24) + "!", hash)).isFalse();
    }

    @Test
    void each_try_costs_one_hash_whoever_it_is() {
        String hash = passwords.hash("tea at three");
        long before = passwords.runs();
        passwords.matches("tea at three", hash);
        passwords.matches("wrong", hash);
        passwords.matches("x".repeat(500), hash);
        assertThat(passwords.matches("whoever", null)).isFalse();
        assertThat(passwords.runs() - before).isEqualTo(4);
    }

    @Test
    void a_hash_of_another_cost_is_stale() {
        String hash = passwords.hash("tea at three");
        assertThat(passwords.isStale(hash)).isFalse();
        try (Passwords dearer = new Passwords(5, 1)) {
            assertThat(dearer.isStale(hash)).isTrue();
            assertThat(dearer.matches("tea at three", hash)).isTrue();
        }
    }

    @Test
    void a_flood_is_turned_away_and_the_rest_is_served() throws Exception {
        try (Passwords slow = new Passwords(8, 1);
                var guests = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> flood = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                flood.add(() -> isServed(slow));
            }
            int served = 0;
            for (Future<Boolean> answer : guests.invokeAll(flood)) {
                served += answer.get() ? 1 : 0;
            }
            assertThat(served).isBetween(51, 299);
            assertThat(slow.runs()).isEqualTo(served);
        }
    }

    private static boolean isServed(Passwords passwords) {
        try {
            passwords.matches("guess", null);
            return true;
        } catch (Failure full) {
            assertThat(full.status()).isEqualTo(503);
            assertThat(full.retryAfterSeconds()).isPositive();
            return false;
        }
    }
}
