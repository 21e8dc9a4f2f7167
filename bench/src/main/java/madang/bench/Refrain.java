package madang.bench;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/// What is done again and again, whatever became of it before, until it ends.
final class Refrain {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Loop loop;
    private boolean isOver;

    Refrain(Loop loop) {
        this.loop = loop;
    }

    boolean isOver() {
        return isOver;
    }

    /// Does it at this moment and after each pause; what is done hears when it was due, however
    /// late that is.
    void begin(long nanos, LongSupplier pause, LongConsumer deed) {
        loop.at(
                nanos,
                () -> {
                    if (!isOver) {
                        deed.accept(nanos);
                        begin(nanos + pause.getAsLong(), pause, deed);
                    }
                });
    }

    /// Begins nothing more, and waits for the last of what was begun.
    void end(String last, BooleanSupplier isDone) {
        isOver = true;
        loop.turnUntil(last, isDone, PATIENCE);
    }
}
