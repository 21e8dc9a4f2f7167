package madang.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import madang.bench.Figures.Target;
import org.junit.jupiter.api.Test;

class FiguresTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Figures figures = new Figures(new PrintStream(printed, true, UTF_8));

    @Test
    void a_line_tells_figure_target_and_command() {
        figures.from("./madang bench me");
        figures.line("CPU each", 63.27, "µs", Target.atMost(80, "µs"), "12,000/s");
        assertThat(printed.toString(UTF_8).replaceAll(" +", " ").strip())
                .isEqualTo("CPU each 63.3 µs ≤ 80 µs ✓ 12,000/s · ./madang bench me");
        assertThat(figures.areAllMet()).isTrue();
    }

    @Test
    void one_miss_is_remembered() {
        figures.line("sends", 7_999, "/s", Target.atLeast(8_000, "/s"), "");
        figures.line("memory", 1, "MiB", Target.atMost(2, "MiB"), "");
        assertThat(figures.areAllMet()).isFalse();
        assertThat(printed.toString(UTF_8)).contains("7,999 /s", "✗");
    }

    @Test
    void latencies_count_every_one() {
        var latencies = new Latencies();
        for (int millis = 2_000; millis > 0; millis--) {
            latencies.add(millis * 1_000_000L);
        }
        assertThat(latencies.toString()).isEqualTo("p50 1000.0, p95 1900.0, p99 1980.0 ms");
    }

    @Test
    void a_histogram_is_summed_over_its_labels_and_told_since_an_earlier_reading() {
        Histogram before = Histogram.read(transactions(10, 10, 10), "db_transaction_seconds");
        Histogram after = Histogram.read(transactions(100, 105, 110), "db_transaction_seconds");
        Histogram since = after.since(before);
        assertThat(since.count()).isEqualTo(200);
        assertThat(since.millis(0.9)).isEqualTo(5);
        assertThat(since.millis(0.95)).isEqualTo(50);
        assertThat(since.millis(0.99)).isEqualTo(Double.POSITIVE_INFINITY);
    }

    private static String transactions(int within5, int within50, int all) {
        return """
        db_transaction_seconds_bucket{of="a",le="0.005"} %1$d
        db_transaction_seconds_bucket{of="a",le="0.05"} %2$d
        db_transaction_seconds_bucket{of="a",le="+Inf"} %3$d
        db_transaction_seconds_bucket{of="b",le="0.005"} %1$d
        db_transaction_seconds_bucket{of="b",le="0.05"} %2$d
        db_transaction_seconds_bucket{of="b",le="+Inf"} %3$d
        db_transaction_seconds_count{of="b"} %3$d
        """
                .formatted(within5, within50, all);
    }
}
