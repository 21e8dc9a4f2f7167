package madang.nodes;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Pauses between tries that grow from a tenth of a second to three seconds. A thread's own.
final class BackOff {
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(3);

    private Duration next = FIRST;

    void rest() throws InterruptedException {
        Thread.sleep(next);
        Duration twice = next.multipliedBy(2);
        next = twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
    }

    /// What the log says of a failed try: the reason, where there is one behind the refusal.
    static String why(RuntimeException failed) {
        @Nullable Throwable cause = failed.getCause();
        return (cause == null ? failed : cause).toString().lines().findFirst().orElse("");
    }

    /// It worked.
    void ends() {
        next = FIRST;
    }
}
