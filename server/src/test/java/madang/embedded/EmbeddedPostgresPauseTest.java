package madang.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class EmbeddedPostgresPauseTest {

    @Test
    void who_dies_young_again_and_again_waits_longer_and_never_long() {
        assertThat(EmbeddedPostgres.pauseAfter(0)).isEqualTo(Duration.ofMillis(20));
        assertThat(EmbeddedPostgres.pauseAfter(3)).isEqualTo(Duration.ofMillis(160));
        assertThat(EmbeddedPostgres.pauseAfter(1_000)).isLessThan(Duration.ofSeconds(6));
    }
}
