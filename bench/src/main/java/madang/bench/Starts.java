package madang.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import madang.bench.Figures.Target;
import madang.embedded.EmbeddedPostgres;
import madang.kit.db.DatabaseAddress;

/// From the start of the process to its first yes at `/ready`.
final class Starts {
    private static final int LATER_RUNS = 3;

    private Starts() {}

    static void measure(Grounds grounds, Figures figures) {
        line(figures, "ready, first run, empty data folder", once(grounds, Map.of()), 10, "");
        line(figures, "ready, later run", median(grounds, Map.of()), 3, "median of 3");
        external(grounds, figures);
    }

    /// A PostgreSQL that runs already, as one beside Madang or on another machine would.
    private static void external(Grounds grounds, Figures figures) {
        try (var postgres = EmbeddedPostgres.start(grounds.folder("external"))) {
            var settings = Map.of("MADANG_DATABASE_URL", url(postgres.address()));
            Duration first = once(grounds, settings);
            line(
                    figures,
                    "ready, external PostgreSQL",
                    median(grounds, settings),
                    1.5,
                    "median of 3; the first, with an empty database, "
                            + Figures.number(seconds(first))
                            + " s");
        }
    }

    private static Duration median(Grounds grounds, Map<String, String> settings) {
        List<Duration> runs = new ArrayList<>();
        for (int run = 0; run < LATER_RUNS; run++) {
            runs.add(once(grounds, settings));
        }
        Collections.sort(runs);
        return runs.get(LATER_RUNS / 2);
    }

    private static Duration once(Grounds grounds, Map<String, String> settings) {
        try (Server server =
                grounds.start(settings.isEmpty() ? "starts" : "starts-outside", settings)) {
            return server.readyAfter();
        }
    }

    private static void line(
            Figures figures, String what, Duration time, double atMost, String beside) {
        figures.line(what, seconds(time), "s", Target.atMost(atMost, "s"), beside);
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1e3;
    }

    static String url(DatabaseAddress address) {
        return address.jdbcUrl()
                .replace(
                        "jdbc:postgresql://",
                        "postgresql://" + address.user() + ":" + address.password().value() + "@");
    }
}
