package madang.bench;

import java.time.Duration;

/// What was done in a span of time, and what server and database took of the CPU for it.
record Span(
        Tally.Count count,
        double seconds,
        double serverSeconds,
        double postgresSeconds,
        double othersSeconds) {
    private static final double MICROS = 1e6;
    private static final Duration LENGTH = Duration.ofSeconds(8);
    private static final Duration WARMUP_STEP = Duration.ofSeconds(2);
    private static final int MIN_WARMUP_STEPS = 2;
    private static final int MAX_WARMUP_STEPS = 15;

    /// As much of a core as compilers may take of a server that counts as warm.
    private static final double WARM = 0.05;

    /// As much of the machine as its own housekeeping may take.
    private static final double DISTURBED = 0.1;

    /// Lets what is under way warm up, then measures it. Nothing may go wrong meanwhile.
    static Span measure(Town town, Tally tally) {
        warmUp(town);
        tally.cut();
        return measure(town, tally, LENGTH);
    }

    /// Goes on until the server's compilers rest, so that no figure tells of them: on few cores
    /// they take a long time, and much of the CPU.
    static void warmUp(Town town) {
        for (int step = 1; step <= MAX_WARMUP_STEPS; step++) {
            double before = town.server().compilerSeconds();
            town.loop().turnFor(WARMUP_STEP);
            double share = (town.server().compilerSeconds() - before) / WARMUP_STEP.toSeconds();
            if (step >= MIN_WARMUP_STEPS && share < WARM) {
                return;
            }
        }
    }

    static Span measure(Town town, Tally tally, Duration length) {
        Server server = town.server();
        long begun = System.nanoTime();
        double serverBefore = server.cpuSeconds();
        double postgresBefore = server.postgresCpuSeconds();
        double othersBefore = server.othersCpuSeconds();
        town.loop().turnFor(length);
        Tally.Count count = tally.cut();
        count.requireGood();
        return new Span(
                count,
                (System.nanoTime() - begun) / 1e9,
                server.cpuSeconds() - serverBefore,
                server.postgresCpuSeconds() - postgresBefore,
                server.othersCpuSeconds() - othersBefore);
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

    /// Empty on a quiet machine; else how much of it was taken by what has nothing to do with us.
    String disturbance() {
        double share = othersSeconds / seconds / Runtime.getRuntime().availableProcessors();
        return share < DISTURBED
                ? ""
                : String.format(", OTHERS TOOK %.0f %% OF THE CPU", share * 100);
    }

    Latencies latencies() {
        return count.latencies();
    }
}
