package madang.kit.http;

import static net.logstash.logback.argument.StructuredArguments.kv;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import madang.kit.Caller;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps count of requests: one log line and one timer each, under the route's template, so that no
/// id and no query string ever becomes a name.
final class Observer {
    private static final Logger access = LoggerFactory.getLogger("madang.access");

    private record Series(String route, int status) {}

    private final MeterRegistry metrics;
    private final Map<Series, Timer> timers = new ConcurrentHashMap<>();

    Observer(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    void saw(ApiRequest request, int status, long nanos) {
        String action = request.route() == null ? "unknown" : request.route().toString();
        timers.computeIfAbsent(new Series(action, status), this::timer)
                .record(nanos, TimeUnit.NANOSECONDS);
        if (access.isInfoEnabled()) {
            access.info(
                    "{} {}",
                    kv("action", action),
                    kv("status", status),
                    kv("ms", Math.round(nanos / 10_000.0) / 100.0),
                    kv("user_id", user(request.caller())),
                    kv("ip", request.address()),
                    kv("request_id", request.requestId()));
        }
    }

    private Timer timer(Series series) {
        String[] parts = series.route().split(" ", 2);
        return Timer.builder("http.server.requests")
                .description("Time from a request's arrival to its answer, by route and status")
                .tag("method", parts.length == 2 ? parts[0] : "")
                .tag("route", parts[parts.length - 1])
                .tag("status", Integer.toString(series.status()))
                .serviceLevelObjectives(
                        Duration.ofMillis(5),
                        Duration.ofMillis(10),
                        Duration.ofMillis(25),
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(200),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5))
                .register(metrics);
    }

    private static @Nullable String user(Caller caller) {
        return caller instanceof Caller.Member member ? member.user().toString() : null;
    }
}
