package madang.app;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import madang.kit.db.Db;
import madang.kit.db.OutboxRelay;
import madang.live.LiveHub;

/// What is measured of the process and of its parts. Parts that measure more add to it.
final class Meters {
    private static final Duration[] TRANSACTION_BUCKETS =
            IntStream.of(1, 2, 5, 10, 25, 50, 100, 200, 500)
                    .mapToObj(Duration::ofMillis)
                    .toArray(Duration[]::new);

    static PrometheusMeterRegistry of(Db db, LiveHub hub, OutboxRelay relay) {
        PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(metrics);
        new JvmGcMetrics().bindTo(metrics);
        new JvmThreadMetrics().bindTo(metrics);
        new ProcessorMetrics().bindTo(metrics);
        Gauge.builder("db.connections.active", db, d -> d.load().active()).register(metrics);
        Gauge.builder("db.connections.idle", db, d -> d.load().idle()).register(metrics);
        Gauge.builder("db.connections.waiting", db, d -> d.load().waiting()).register(metrics);
        Timer transactions =
                Timer.builder("db.transaction")
                        .serviceLevelObjectives(TRANSACTION_BUCKETS)
                        .description("Time of a transaction, the wait for its connection included")
                        .register(metrics);
        db.timesTransactions(nanos -> transactions.record(nanos, TimeUnit.NANOSECONDS));
        Gauge.builder("ws.active", hub, LiveHub::count).register(metrics);
        Gauge.builder("outbox.age.seconds", relay, OutboxRelay::ageSeconds).register(metrics);
        return metrics;
    }

    private Meters() {}
}
