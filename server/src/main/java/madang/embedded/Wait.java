package madang.embedded;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Waits that end.
final class Wait {
    private static final Duration STEP = Duration.ofMillis(10);

    private Wait() {}

    /// Whether it happened in time.
    static boolean atMost(Duration patience, CompletableFuture<?> event) {
        return event.thenApply(happened -> true)
                .completeOnTimeout(false, patience.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    /// The same for what nobody tells us: other people's locks and processes.
    static boolean atMost(Duration patience, BooleanSupplier happened) {
        long start = System.nanoTime();
        while (!happened.getAsBoolean()) {
            if (System.nanoTime() - start > patience.toNanos()) {
                return false;
            }
            rest();
        }
        return true;
    }

    /// A moment, where there is nothing to wait for.
    static void rest() {
        try {
            Thread.sleep(STEP);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CannotStartPostgres("interrupted while waiting for PostgreSQL", stopped);
        }
    }
}
