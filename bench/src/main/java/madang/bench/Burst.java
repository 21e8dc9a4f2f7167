package madang.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import madang.bench.Figures.Target;
import madang.bench.Town.Person;

/// A hundred sockets that are silent, and then say three times as much as they may in one breath,
/// at the limits as shipped. Each frame is stored, or is told how long to wait; a socket that the
/// server closes fails the run.
final class Burst {
    private static final byte[] RETRY_AFTER = "\"retry_after_ms\":".getBytes(UTF_8);
    private static final Map<String, String> AS_SHIPPED =
            Map.of("MADANG_RATE_LIMIT_FRAMES", "20/second burst 40");
    private static final int SOCKETS = 100;
    private static final int FRAMES = 120;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Town town;
    private final Latencies answered = new Latencies();
    private int stored;
    private int slowed;
    private int wrong;

    private Burst(Town town) {
        this.town = town;
    }

    static void measure(Grounds grounds, Figures figures) {
        try (Server server = grounds.start("burst", AS_SHIPPED);
                var town = new Town(server)) {
            var burst = new Burst(town);
            burst.speak();
            figures.line(
                    "100 sockets, 120 frames each at once: lost",
                    burst.wrong,
                    "",
                    Target.atMost(0, ""),
                    Figures.number(burst.stored)
                            + " stored, "
                            + Figures.number(burst.slowed)
                            + " told to wait, none closed; answered in "
                            + burst.answered);
        }
    }

    private void speak() {
        List<Person> people = town.people(SOCKETS);
        String room = town.room(people);
        List<SocketPeer> sockets = town.sockets(people);
        long since = System.nanoTime();
        for (int number = 0; number < FRAMES; number++) {
            for (SocketPeer socket : sockets) {
                socket.ask(
                        "chat.send",
                        Sends.message(room, Words.line(number), "b" + number),
                        answer -> answered(answer, since));
            }
        }
        town.loop().turnUntil("all answers", () -> answered.count() == SOCKETS * FRAMES, PATIENCE);
    }

    private void answered(Frame answer, long since) {
        answered.add(System.nanoTime() - since);
        if (answer.error() == null) {
            stored++;
        } else if (answer.error().contains("\"RATE_LIMIT_EXCEEDED\"")
                && answer.number(RETRY_AFTER) > 0) {
            slowed++;
        } else {
            wrong++;
        }
    }
}
