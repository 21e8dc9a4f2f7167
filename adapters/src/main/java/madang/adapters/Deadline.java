package madang.adapters;

import java.time.Duration;

/// When whoever waits has waited long enough, over however many calls.
record Deadline(long nanoTime) {

    static Deadline in(Duration patience) {
        return new Deadline(System.nanoTime() + patience.toNanos());
    }

    /// What is left, and never more than this; zero or less when it is over.
    Duration left(Duration atMost) {
        return Duration.ofNanos(Math.min(nanoTime - System.nanoTime(), atMost.toNanos()));
    }
}
