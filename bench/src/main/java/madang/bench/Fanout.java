package madang.bench;

import java.time.Duration;
import java.util.List;
import madang.bench.Figures.Target;
import madang.bench.Town.Person;

/// One room, 500 sockets that hear it: what a delivery costs when as much is said as can be
/// delivered, and how late it comes when 20,000 deliveries a second are asked for.
final class Fanout {
    private static final int SOCKETS = 500;
    private static final int SENDERS = 64;

    /// Messages said and not yet delivered to all. More would only wait in the sockets' queues.
    private static final int UNDER_WAY = 64;

    private static final long PACE_NANOS = Duration.ofSeconds(1).toNanos() * SOCKETS / 20_000;
    private static final Duration SILENCE = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Town town;
    private final List<SocketPeer> sockets;
    private final String room;
    private final Tally tally = new Tally();
    private long said;
    private long delivered;
    private long heardAt;
    private Refrain talk;

    private Fanout(Town town) {
        this.town = town;
        talk = new Refrain(town.loop());
        List<Person> people = town.people(SOCKETS);
        room = town.room(people);
        sockets = town.sockets(people);
        town.askAll(sockets, "chat.open", Sends.in(room));
        awaitSilence();
    }

    /// The room is told of everybody who joined; that is not what is measured.
    private void awaitSilence() {
        sockets.forEach(socket -> socket.onPush(_ -> heardAt = System.nanoTime()));
        heardAt = System.nanoTime();
        town.loop()
                .turnUntil(
                        "silence", () -> System.nanoTime() - heardAt > SILENCE.toNanos(), PATIENCE);
    }

    static void measure(Town town, Figures figures) {
        var fanout = new Fanout(town);
        Span saturated = fanout.saturated();
        figures.line(
                "deliveries to 500 sockets of a room",
                saturated.perSecond(),
                "/s",
                Target.atLeast(1_500_000, "/s"),
                Figures.number(saturated.perSecond() / SOCKETS)
                        + " messages/s"
                        + saturated.disturbance());
        figures.line(
                "CPU of the server a delivery, saturated",
                saturated.serverMicrosEach(),
                "µs",
                Target.atMost(0.6, "µs"),
                "");
        Span paced = fanout.paced();
        figures.line(
                "CPU of the server a delivery, 20,000/s",
                paced.serverMicrosEach(),
                "µs",
                Target.atMost(9, "µs"),
                paced.disturbance());
        figures.line(
                "said to heard at 20,000 deliveries/s, p99",
                paced.latencies().millis(0.99),
                "ms",
                Target.atMost(8, "ms"),
                paced.latencies() + paced.disturbance());
        fanout.sockets.forEach(Peer::close);
    }

    /// Says the next thing as soon as an earlier one has reached everybody.
    private Span saturated() {
        begin(frame -> {
            tally.add();
            sayMore();
        });
        sayMore();
        return measured();
    }

    /// Says something every 25 ms, whatever became of what was said before.
    private Span paced() {
        begin(frame -> tally.add(frame.number(Words.STAMP), null));
        talk.begin(System.nanoTime(), () -> PACE_NANOS, this::say);
        return measured();
    }

    private void begin(SocketPeer.Pushed heard) {
        talk = new Refrain(town.loop());
        sockets.forEach(socket ->
                socket.onPush(frame -> {
                    if (frame.isMessage()) {
                        delivered++;
                        heard.pushed(frame);
                    }
                }));
    }

    /// What was said has reached everybody in the end, or this fails.
    private Span measured() {
        Span span = Span.measure(town, tally);
        talk.end("the last deliveries", () -> underWay() <= 0);
        return span;
    }

    private long underWay() {
        return said * SOCKETS - delivered;
    }

    private void sayMore() {
        while (!talk.isOver() && underWay() <= (UNDER_WAY - 1) * SOCKETS) {
            say(System.nanoTime());
        }
    }

    private void say(long since) {
        said++;
        SocketPeer sender = sockets.get((int) (said % SENDERS));
        sender.ask(
                "chat.send",
                Sends.message(room, Words.stamped(since), "k" + said),
                answer -> {
                    if (answer.error() != null) {
                        throw new IllegalStateException("refused: " + answer);
                    }
                });
    }
}
