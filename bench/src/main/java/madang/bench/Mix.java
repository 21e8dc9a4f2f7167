package madang.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import madang.bench.ClosedLoad.Answered;
import madang.bench.Figures.Target;
import madang.bench.Town.Person;

/// A thousand people in fifty rooms who chat and read, each about once in two seconds, whatever the
/// server does: what one of them waits is counted from the moment at which he wanted it.
final class Mix {
    private static final int PEOPLE = 1_000;
    private static final int ROOMS = 50;
    private static final int CONNECTIONS = 64;
    private static final int HISTORY = 60;
    private static final double ACTS_A_SECOND = 500;
    private static final Duration LENGTH = Duration.ofSeconds(20);
    private static final Target P95 = Target.atMost(200, "ms");
    private static final Target DATABASE_P95 = Target.atMost(50, "ms");
    private static final String TRANSACTIONS = "db_transaction_seconds";
    private static final byte[] SEQ = "\"seq\":".getBytes(UTF_8);

    private final Town town;
    private final Refrain life;
    private final Http http;
    private final SplittableRandom random = new SplittableRandom(7);
    private final List<Resident> residents = new ArrayList<>();
    private final Tally all = new Tally();
    private final List<Act> acts =
            List.of(
                    new Act("chat.send", 30, this::say),
                    new Act("GET /chat/messages", 25, this::read),
                    new Act("GET /chat/rooms", 15, this::lookAround),
                    new Act("GET /auth/me", 10, this::me),
                    new Act("chat.read", 10, this::mark),
                    new Act("GET /chat/rooms/{room}/changes", 10, this::catchUp));
    private long said;
    private int underWay;

    private interface Doing {
        void act(Resident who, Answered then);
    }

    private record Act(String name, int percent, Doing doing, Tally tally) {
        Act(String name, int percent, Doing doing) {
            this(name, percent, doing, new Tally());
        }
    }

    /// Somebody with a socket that hears one room.
    private static final class Resident {
        final Person person;
        final SocketPeer socket;
        final String room;
        long heard;

        Resident(Person person, SocketPeer socket, String room) {
            this.person = person;
            this.socket = socket;
            this.room = room;
            socket.onPush(this::hear);
        }

        private void hear(Frame frame) {
            if (frame.isMessage()) {
                heard = frame.number(SEQ);
            }
        }
    }

    private Mix(Town town) {
        this.town = town;
        life = new Refrain(town.loop());
        http = town.connections(CONNECTIONS);
        List<Person> people = town.people(PEOPLE);
        for (int i = 0; i < ROOMS; i++) {
            settle(people.subList(i * PEOPLE / ROOMS, (i + 1) * PEOPLE / ROOMS));
        }
    }

    private void settle(List<Person> neighbours) {
        String room = town.room(neighbours);
        town.fill(room, neighbours.getFirst(), HISTORY);
        List<SocketPeer> sockets = town.sockets(neighbours);
        town.askAll(sockets, "chat.open", Sends.in(room));
        for (int i = 0; i < sockets.size(); i++) {
            residents.add(new Resident(neighbours.get(i), sockets.get(i), room));
        }
    }

    static void measure(Town town, Figures figures) {
        var mix = new Mix(town);
        mix.measure(figures);
        mix.end();
    }

    private void measure(Figures figures) {
        life.begin(System.nanoTime(), this::pause, this::act);
        Span.warmUp(town);
        all.cut();
        acts.forEach(act -> act.tally.cut());
        Histogram before = transactions();
        Span span = Span.measure(town, all, LENGTH);
        Histogram during = transactions().since(before);
        acts.forEach(act -> print(figures, act));
        printWhole(figures, span);
        printDatabase(figures, during);
    }

    private void end() {
        life.end("the last acts", () -> underWay == 0);
        residents.forEach(resident -> resident.socket.close());
        http.close();
    }

    /// People come at random, not in step.
    private long pause() {
        return (long) (-Math.log(1 - random.nextDouble()) / ACTS_A_SECOND * 1e9);
    }

    private void act(long since) {
        Act act = any();
        underWay++;
        act.doing.act(
                residents.get(random.nextInt(PEOPLE)),
                wrong -> {
                    underWay--;
                    act.tally.add(since, wrong);
                    all.add(since, wrong);
                });
    }

    private Act any() {
        int left = random.nextInt(100);
        for (Act act : acts) {
            left -= act.percent;
            if (left < 0) {
                return act;
            }
        }
        throw new IllegalStateException("the shares make no hundred");
    }

    private void say(Resident who, Answered then) {
        String message = Sends.message(who.room, Words.line(++said), "m" + said);
        who.socket.ask("chat.send", message, answer -> then.answered(answer.error()));
    }

    private void mark(Resident who, Answered then) {
        String upTo = "{\"room\":\"" + who.room + "\",\"seq\":" + who.heard + "}";
        who.socket.ask("chat.read", upTo, answer -> then.answered(answer.error()));
    }

    private void read(Resident who, Answered then) {
        get("/api/v1/chat/messages?limit=50&room=" + who.room, who, then);
    }

    private void lookAround(Resident who, Answered then) {
        get("/api/v1/chat/rooms?scope=mine", who, then);
    }

    private void me(Resident who, Answered then) {
        get("/api/v1/auth/me", who, then);
    }

    private void catchUp(Resident who, Answered then) {
        long after = Math.max(0, who.heard - 10);
        get("/api/v1/chat/rooms/" + who.room + "/changes?after=" + after, who, then);
    }

    private void get(String path, Resident who, Answered then) {
        http.ask(
                Http.get(path, who.person.token()),
                (status, body) -> then.answered(Http.wrong(status, body)));
    }

    private Histogram transactions() {
        return Histogram.read(town.server().metrics(), TRANSACTIONS);
    }

    private static void print(Figures figures, Act act) {
        Latencies latencies = act.tally.cut().latencies();
        figures.line(
                "1,000 people, " + act.name + ", p95",
                latencies.millis(0.95),
                "ms",
                P95,
                latencies.count() + " of them, " + latencies);
    }

    private static void printWhole(Figures figures, Span span) {
        figures.line(
                "1,000 people, CPU of the server an act",
                span.serverMicrosEach(),
                "µs",
                Target.NONE,
                String.format(
                        "%s acts/s, PostgreSQL %s µs an act%s",
                        Figures.number(span.perSecond()),
                        Figures.number(span.postgresMicrosEach()),
                        span.disturbance()));
    }

    private static void printDatabase(Figures figures, Histogram transactions) {
        if (transactions.count() == 0) {
            throw new IllegalStateException("no " + TRANSACTIONS + " in the server's metrics");
        }
        figures.line(
                "1,000 people, time in the database, p95",
                transactions.millis(0.95),
                "ms",
                DATABASE_P95,
                String.format(
                        "%s transactions, p99 ≤ %s ms, by the server's own metrics",
                        Figures.number(transactions.count()),
                        Figures.number(transactions.millis(0.99))));
    }
}
