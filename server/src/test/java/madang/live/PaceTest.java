package madang.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private long now = Long.MAX_VALUE - SECOND; // nanoTime may pass its end
    private final Pace pace = new Pace(20, 40, now);

    @Test
    void a_burst_then_twenty_a_second() {
        assertThat(admitted(100)).isEqualTo(40);
        assertThat(pace.waitNanos(now)).isEqualTo(SECOND / 20);
        now += SECOND;
        assertThat(admitted(100)).isEqualTo(20);
        now += 100 * SECOND;
        assertThat(admitted(100)).isEqualTo(40);
    }

    @Test
    void impatience_is_no_abuse() {
        for (int second = 0; second < 30; second++, now += SECOND) {
            admitted(50);
        }
        assertThat(pace.isAbusive()).isFalse();
        now += 2 * SECOND;
        admitted(1_200);
        assertThat(pace.isAbusive()).isFalse();
    }

    @Test
    void who_heeds_no_refusal_for_a_minutes_worth_is_abusive() {
        admitted(40 + 1_200);
        assertThat(pace.isAbusive()).isFalse();
        admitted(1);
        assertThat(pace.isAbusive()).isTrue();
    }

    private int admitted(int asked) {
        int admitted = 0;
        for (int i = 0; i < asked; i++) {
            admitted += pace.waitNanos(now) == 0 ? 1 : 0;
        }
        return admitted;
    }
}
