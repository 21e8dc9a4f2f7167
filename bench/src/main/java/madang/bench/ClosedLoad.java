package madang.bench;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// So many clients that each ask again as soon as they are answered: what the server can do at
/// most, and how long each of so many waits then.
final class ClosedLoad {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// Asks once for that client and tells when the answer is there.
    interface Asks {
        void ask(int client, Answered then);
    }

    /// `wrong` is null where the answer was the one hoped for.
    interface Answered {
        void answered(@Nullable String wrong);
    }

    private final Asks asks;
    private final Tally tally = new Tally();
    private int underWay;
    private boolean isOver;

    private ClosedLoad(Asks asks) {
        this.asks = asks;
    }

    static Span measure(Town town, int clients, Asks asks) {
        var load = new ClosedLoad(asks);
        for (int client = 0; client < clients; client++) {
            load.next(client);
        }
        Span span = Span.measure(town, load.tally);
        load.isOver = true;
        town.loop().turnUntil("the last answers", () -> load.underWay == 0, PATIENCE);
        return span;
    }

    private void next(int client) {
        long since = System.nanoTime();
        underWay++;
        asks.ask(
                client,
                wrong -> {
                    underWay--;
                    tally.add(since, wrong);
                    if (!isOver) {
                        next(client);
                    }
                });
    }
}
