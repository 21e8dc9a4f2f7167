package madang.bench;

import java.util.Arrays;
import java.util.Locale;

/// How long things took: every one of them, because the slow ones are the news.
final class Latencies {
    private long[] nanos = new long[1024];
    private int count;

    void add(long tookNanos) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, count * 2);
        }
        nanos[count++] = tookNanos;
    }

    void clear() {
        count = 0;
    }

    int count() {
        return count;
    }

    /// So that a `share` of all took no longer; 0 where nothing was measured.
    double millis(double share) {
        if (count == 0) {
            return 0;
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return sorted[(int) Math.ceil(share * count) - 1] / 1e6;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "p50 %.1f, p95 %.1f, p99 %.1f ms",
                millis(0.5),
                millis(0.95),
                millis(0.99));
    }
}
