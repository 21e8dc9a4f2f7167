package madang.bench;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;

/// So many questions a second from people who know nothing of each other, whatever became of the
/// earlier ones: how long each waits at a pace that the server can hold. Waiting begins when the
/// question was due, also where no connection was free for it then.
final class PacedLoad {
    private final double nanosBetween;
    private final ClosedLoad.Asks asks;
    private final SplittableRandom random = new SplittableRandom(7);
    private final Deque<Integer> free = new ArrayDeque<>();
    private final Deque<Long> due = new ArrayDeque<>();
    private final int clients;
    private final Tally tally = new Tally();

    private PacedLoad(int perSecond, int clients, ClosedLoad.Asks asks) {
        this.nanosBetween = 1e9 / perSecond;
        this.clients = clients;
        this.asks = asks;
        for (int client = 0; client < clients; client++) {
            free.add(client);
        }
    }

    static Span measure(Town town, int perSecond, int clients, ClosedLoad.Asks asks) {
        var load = new PacedLoad(perSecond, clients, asks);
        var calls = new Refrain(town.loop());
        calls.begin(System.nanoTime(), load::gap, load::come);
        Span span = Span.measure(town, load.tally);
        calls.end("the last answers", () -> load.free.size() == load.clients);
        return span;
    }

    /// As between calls that come by chance (a Poisson process).
    private long gap() {
        return (long) (-Math.log1p(-random.nextDouble()) * nanosBetween);
    }

    private void come(long since) {
        due.add(since);
        serve();
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
