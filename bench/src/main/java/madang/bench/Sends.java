package madang.bench;

import java.util.ArrayList;
import java.util.List;
import madang.bench.Figures.Target;
import madang.bench.Town.Person;

/// Acknowledged sends, each a committed row: 400 people, each with a socket and one message under
/// way.
final class Sends {
    private static final int PEOPLE = 400;
    private static final int ROOMS = 200;
    private static final Target TARGET = Target.atLeast(15_000, "/s");
    private static final Target P99 = Target.atMost(50, "ms");

    private Sends() {}

    static void measure(Town town, Figures figures) {
        manyRooms(town, figures);
        oneRoom(town, figures);
    }

    /// Two people in each room, who hear each other.
    private static void manyRooms(Town town, Figures figures) {
        List<Person> people = town.people(PEOPLE);
        List<SocketPeer> sockets = town.sockets(people);
        var rooms = new ArrayList<String>();
        for (int room = 0; room < ROOMS; room++) {
            List<Integer> seats = List.of(room, room + ROOMS);
            rooms.add(town.room(seats.stream().map(people::get).toList()));
            town.askAll(
                    seats.stream().map(sockets::get).toList(), "chat.open", in(rooms.getLast()));
        }
        print(figures, "durable sends over 200 rooms", measure(town, sockets, rooms));
        sockets.forEach(Peer::close);
    }

    /// All of them speak and nobody listens, else it would be a figure of fan-out.
    private static void oneRoom(Town town, Figures figures) {
        List<Person> people = town.people(PEOPLE);
        List<SocketPeer> sockets = town.sockets(people);
        String room = town.room(people);
        print(figures, "durable sends in one room", measure(town, sockets, List.of(room)));
        sockets.forEach(Peer::close);
    }

    static String in(String room) {
        return "{\"room\":\"" + room + "\"}";
    }

    static String message(String room, String text, String clientKey) {
        return "{\"room\":\""
                + room
                + "\",\"text\":\""
                + text
                + "\",\"client_key\":\""
                + clientKey
                + "\"}";
    }

    private static Span measure(Town town, List<SocketPeer> sockets, List<String> rooms) {
        var said = new long[1];
        return ClosedLoad.measure(
                town,
                PEOPLE,
                (client, then) -> {
                    String room = rooms.get(client % rooms.size());
                    long number = ++said[0];
                    sockets.get(client)
                            .ask(
                                    "chat.send",
                                    message(room, Words.line(number), "k" + number),
                                    answer -> then.answered(answer.error()));
                });
    }

    private static void print(Figures figures, String what, Span span) {
        figures.line(what + ", p99", span.latencies().millis(0.99), "ms", P99, "");
        figures.line(
                what,
                span.perSecond(),
                "/s",
                TARGET,
                String.format(
                        "%s; CPU each: server %s µs, PostgreSQL %s µs%s",
                        span.latencies(),
                        Figures.number(span.serverMicrosEach()),
                        Figures.number(span.postgresMicrosEach()),
                        span.disturbance()));
    }
}
