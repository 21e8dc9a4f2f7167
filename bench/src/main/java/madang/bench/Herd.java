package madang.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import madang.bench.Figures.Target;
import madang.bench.Town.Person;

/// Ten thousand sockets are cut at once, as a network does it, and things are said while it is
/// away: how long after its return until the last one is back and has missed nothing? They come as
/// our own client does, after pauses of full jitter that begin at half a second.
final class Herd {
    private static final byte[] LAST_SEQ = "\"last_seq\":".getBytes(UTF_8);
    private static final int SOCKETS = 10_000;
    private static final int ROOMS = 100;
    private static final int MISSED = 5;
    private static final long FIRST_RETRY_NANOS = Duration.ofMillis(500).toNanos();
    private static final long LAST_RETRY_NANOS = Duration.ofSeconds(30).toNanos();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Town town;
    private final SplittableRandom random = new SplittableRandom(7);
    private final List<Sheep> sheep = new ArrayList<>();
    private final Latencies returns = new Latencies();
    private long healedAt;
    private int tries;

    private Herd(Town town) {
        this.town = town;
    }

    static void measure(Grounds grounds, Figures figures) {
        try (Server server = grounds.start("herd");
                var town = new Town(server)) {
            var herd = new Herd(town);
            herd.gather();
            herd.scatter();
            figures.line(
                    "10,000 sockets cut at once are back, gap-free",
                    herd.returns.millis(1) / 1e3,
                    "s",
                    Target.atMost(15, "s"),
                    herd.returns + ", in " + Figures.number(herd.tries) + " tries");
        }
    }

    /// Everybody hears one of the rooms, and knows where its log stands.
    private void gather() {
        List<Person> people = town.people(SOCKETS);
        int flock = SOCKETS / ROOMS;
        for (int number = 0; number < ROOMS; number++) {
            List<Person> members = people.subList(number * flock, (number + 1) * flock);
            String room = town.room(members);
            List<SocketPeer> sockets = town.sockets(members);
            for (int seat = 0; seat < flock; seat++) {
                sheep.add(new Sheep(members.get(seat), room, sockets.get(seat)));
            }
        }
        sheep.forEach(Sheep::open);
        town.loop()
                .turnUntil(
                        "all to hear", () -> sheep.stream().allMatch(one -> one.isBack), PATIENCE);
    }

    private void scatter() {
        int flock = SOCKETS / ROOMS;
        tries = 0;
        sheep.forEach(Sheep::cut);
        for (int number = 0; number < ROOMS; number++) {
            Sheep owner = sheep.get(number * flock);
            town.fill(owner.room, owner.person, MISSED);
        }
        healedAt = System.nanoTime();
        sheep.forEach(Sheep::returnLater);
        town.loop().turnUntil("the herd to return", () -> returns.count() == SOCKETS, PATIENCE);
    }

    private long pause(int failures) {
        long longest = Math.min(LAST_RETRY_NANOS, FIRST_RETRY_NANOS << Math.min(failures, 6));
        return (long) (random.nextDouble() * longest);
    }

    private final class Sheep {
        private final Person person;
        private final String room;
        private SocketPeer socket;
        private long position = -1;
        private boolean isBack;
        private int failures;

        Sheep(Person person, String room, SocketPeer socket) {
            this.person = person;
            this.room = room;
            this.socket = socket;
        }

        void cut() {
            socket.close();
            isBack = false;
        }

        void returnLater() {
            town.loop().at(System.nanoTime() + pause(failures++), this::dial);
        }

        private void dial() {
            tries++;
            socket = town.socket(person);
            socket.onEnd(this::returnLater);
            socket.onOpen(this::open);
        }

        void open() {
            String after = position < 0 ? "" : ",\"after\":" + position;
            socket.ask("chat.open", "{\"room\":\"" + room + "\"" + after + "}", this::opened);
        }

        private void opened(Frame answer) {
            if (answer.error() != null) {
                asksAgain(answer.error());
                return;
            }
            long last = answer.number(LAST_SEQ);
            if (position >= 0) {
                requireWhole(answer, last);
                returns.add(System.nanoTime() - healedAt);
            }
            position = last;
            failures = 0;
            isBack = true;
        }

        /// A server that is asked too much says so, and is asked again after a pause.
        private void asksAgain(String error) {
            if (!error.contains("SERVICE_UNAVAILABLE")) {
                throw new IllegalStateException("refused: " + error);
            }
            tries++;
            town.loop().at(System.nanoTime() + pause(failures++), this::open);
        }

        /// Everything between the two places was told, each thing once.
        private void requireWhole(Frame answer, long last) {
            int told = answer.toString().split("\"changed_seq\":", -1).length - 1;
            if (last < position + MISSED || told != last - position) {
                throw new IllegalStateException("a gap after " + position + ": " + answer);
            }
        }
    }
}
