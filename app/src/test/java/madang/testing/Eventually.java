package madang.testing;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Waiting for what happens by itself. The limit is far beyond what anything takes.
public final class Eventually {
    private static final long PATIENCE_SECONDS = 20;

    public static void eventually(BooleanSupplier isSo) {
        long begin = System.nanoTime();
        while (!isSo.getAsBoolean()) {
            if (System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
                throw new AssertionError("never happened");
            }
            try {
                Thread.sleep(5);
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
        }
    }

    private Eventually() {}
}
