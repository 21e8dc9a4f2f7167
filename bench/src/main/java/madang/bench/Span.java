package madang.bench;

import java.time.Duration;

/// What was done in a span of time, and what server and database took of the CPU for it.
record Span(Tally.Count count, double seconds, double serverSeconds, double postgresSeconds) {
    private static final double MICROS = 1e6;

    /// Lets what is under way warm up, then measures it. Nothing may go wrong meanwhile.
    static Span measure(Town town, Tally tally, Duration warmup, Duration length) {
        Server server = town.server();
        town.loop().turnFor(warmup);
        tally.cut();
        long begun = System.nanoTime();
        double serverBefore = server.cpuSeconds();
        double postgresBefore = server.postgresCpuSeconds();
        town.loop().turnFor(length);
        Tally.Count count = tally.cut();
        count.requireGood();
        return new Span(
                count,
                (System.nanoTime() - begun) / 1e9,
                server.cpuSeconds() - serverBefore,
                server.postgresCpuSeconds() - postgresBefore);
    }

    double perSecond() {
        return count.done() / seconds;
    }

    double serverMicrosEach() {
        return serverSeconds * MICROS / count.done();
    }

    double postgresMicrosEach() {
        return postgresSeconds * MICROS / count.done();
    }

    Latencies latencies() {
        return count.latencies();
    }
}
