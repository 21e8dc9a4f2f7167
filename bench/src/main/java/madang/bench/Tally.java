package madang.bench;

import org.jspecify.annotations.Nullable;

/// Counts what was done, how long it took and what went wrong, until it is cut: then it begins
/// anew.
final class Tally {
    private long count;
    private Latencies latencies = new Latencies();
    private long failures;
    private @Nullable String firstFailure;

    record Count(long done, Latencies latencies, long failures, @Nullable String firstFailure) {
        /// Figures of a load of which something failed would be figures of something else.
        void requireGood() {
            if (failures > 0) {
                throw new IllegalStateException(
                        failures
                                + " of "
                                + (done + failures)
                                + " failed, the first: "
                                + firstFailure);
            }
        }
    }

    /// One more, of which nobody asks how long it took.
    void add() {
        count++;
    }

    /// One more, which began at that time of `System.nanoTime()`; `wrong` is null where it went
    /// well.
    void add(long sinceNanos, @Nullable String wrong) {
        if (wrong == null) {
            count++;
            latencies.add(System.nanoTime() - sinceNanos);
        } else {
            failures++;
            firstFailure = firstFailure == null ? wrong : firstFailure;
        }
    }

    long total() {
        return count + failures;
    }

    Count cut() {
        var cut = new Count(count, latencies, failures, firstFailure);
        count = 0;
        latencies = new Latencies();
        failures = 0;
        firstFailure = null;
        return cut;
    }
}
