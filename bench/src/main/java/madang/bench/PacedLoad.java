package madang.bench;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;

/// So many questions a second from people who know nothing of each other, whatever became of the
/// earlier ones: how long each waits at a pace that the server can hold. Waiting begins when the
/// question was due, also where no connection was free for it then.
final class PacedLoad {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Town town;
    private final double nanosBetween;
    private final ClosedLoad.Asks asks;
    private final SplittableRandom random = new SplittableRandom(7);
    private final Deque<Integer> free = new ArrayDeque<>();
    private final Deque<Long> due = new ArrayDeque<>();
    private final int clients;
    private final Tally tally = new Tally();
    private boolean isOver;

    private PacedLoad(Town town, int perSecond, int clients, ClosedLoad.Asks asks) {
        this.town = town;
        this.nanosBetween = 1e9 / perSecond;
        this.clients = clients;
        this.asks = asks;
        for (int client = 0; client < clients; client++) {
            free.add(client);
        }
    }

    static Span measure(Town town, int perSecond, int clients, ClosedLoad.Asks asks) {
        var load = new PacedLoad(town, perSecond, clients, asks);
        load.comeAt(System.nanoTime());
        Span span = Span.measure(town, load.tally);
        load.isOver = true;
        town.loop().turnUntil("the last answers", () -> load.free.size() == load.clients, PATIENCE);
        return span;
    }

    /// Gaps as between calls that come by chance (a Poisson process).
    private void comeAt(long nanos) {
        town.loop()
                .at(
                        nanos,
                        () -> {
                            if (!isOver) {
                                due.add(nanos);
                                serve();
                                comeAt(
                                        nanos
                                                + (long)
                                                        (-Math.log1p(-random.nextDouble())
                                                                * nanosBetween));
                            }
                        });
    }

    private void serve() {
        if (free.isEmpty() || due.isEmpty()) {
            return;
        }
        int client = free.remove();
        long since = due.remove();
        asks.ask(
                client,
                wrong -> {
                    tally.add(since, wrong);
                    free.add(client);
                    serve();
                });
    }
}
