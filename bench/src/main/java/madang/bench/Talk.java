package madang.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import madang.bench.Figures.Target;
import madang.bench.Town.Person;

/// An ordinary evening: a hundred people hold a socket, hear one of five rooms, and each says
/// something every two seconds. Nothing is refused, nothing is missed, and nobody waits.
final class Talk {
    private static final byte[] AFTER = "\"after\":".getBytes(UTF_8);
    private static final byte[] CHANGED_SEQ = "\"changed_seq\":".getBytes(UTF_8);
    private static final byte[] LAST_SEQ = "\"last_seq\":".getBytes(UTF_8);
    private static final int PEOPLE = 100;
    private static final int ROOM_SIZE = 20;
    private static final long PAUSE_NANOS = Duration.ofSeconds(2).toNanos();
    private static final Duration LENGTH = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Target NONE = Target.atMost(0, "");

    private final Town town;
    private final Refrain talk;
    private final List<Talker> talkers = new ArrayList<>();
    private Latencies answered = new Latencies();
    private Latencies heard = new Latencies();
    private int said;
    private int underWay;
    private int refused;
    private int holes;

    private Talk(Town town) {
        this.town = town;
        talk = new Refrain(town.loop());
        List<Person> people = town.people(PEOPLE);
        List<SocketPeer> sockets = town.sockets(people);
        for (int first = 0; first < PEOPLE; first += ROOM_SIZE) {
            String room = town.room(people.subList(first, first + ROOM_SIZE));
            sockets.subList(first, first + ROOM_SIZE)
                    .forEach(socket -> talkers.add(new Talker(socket, room)));
        }
    }

    static void measure(Town town, Figures figures) {
        var talk = new Talk(town);
        talk.begin();
        Span.warmUp(town);
        talk.answered = new Latencies();
        talk.heard = new Latencies();
        Span span = Span.measure(town, new Tally(), LENGTH);
        talk.end();
        figures.line(
                "100 sockets talk: holes in what they hear",
                talk.holes,
                "",
                NONE,
                Figures.number(talk.said) + " said");
        figures.line("100 sockets talk: refused", talk.refused, "", NONE, "");
        figures.line(
                "100 sockets talk: said to answered, p99",
                talk.answered.millis(0.99),
                "ms",
                Target.atMost(50, "ms"),
                talk.answered + span.disturbance());
        figures.line(
                "100 sockets talk: said to heard, p99",
                talk.heard.millis(0.99),
                "ms",
                Target.atMost(50, "ms"),
                talk.heard + span.disturbance());
    }

    /// All hear before the first one speaks, each at a moment of his own.
    private void begin() {
        talkers.forEach(Talker::open);
        town.loop()
                .turnUntil(
                        "all to hear", () -> talkers.stream().allMatch(Talker::isThere), PATIENCE);
        long now = System.nanoTime();
        for (int i = 0; i < PEOPLE; i++) {
            talk.begin(now + PAUSE_NANOS * i / PEOPLE, () -> PAUSE_NANOS, talkers.get(i)::say);
        }
    }

    private void end() {
        talk.end("the last answers", () -> underWay == 0);
        talkers.forEach(talker -> talker.socket.close());
    }

    private final class Talker {
        private final SocketPeer socket;
        private final String room;
        private final List<Step> early = new ArrayList<>();
        private long position = -1;

        /// A push that leads from one place of the log to the next.
        private record Step(long after, long seq) {}

        Talker(SocketPeer socket, String room) {
            this.socket = socket;
            this.room = room;
            socket.onPush(this::pushed);
        }

        boolean isThere() {
            return position >= 0;
        }

        void open() {
            socket.ask(
                    "chat.open",
                    Sends.in(room),
                    answer -> {
                        position = answer.number(LAST_SEQ);
                        early.forEach(this::follow);
                    });
        }

        /// What comes before the answer waits for the place that it names.
        private void pushed(Frame frame) {
            if (!frame.isMessage()) {
                return;
            }
            var step = new Step(frame.number(AFTER), frame.number(CHANGED_SEQ));
            if (!isThere()) {
                early.add(step);
                return;
            }
            follow(step);
            long since = frame.number(Words.STAMP);
            if (since >= 0) {
                heard.add(System.nanoTime() - since);
            }
        }

        private void follow(Step step) {
            if (step.seq > position) {
                holes += step.after > position ? 1 : 0;
                position = step.seq;
            }
        }

        private void say(long since) {
            underWay++;
            socket.ask(
                    "chat.send",
                    Sends.message(room, Words.stamped(since), "t" + ++said),
                    answer -> {
                        underWay--;
                        if (answer.error() == null) {
                            answered.add(System.nanoTime() - since);
                        } else {
                            refused++;
                        }
                    });
        }
    }
}
