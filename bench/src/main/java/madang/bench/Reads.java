package madang.bench;

import java.util.ArrayList;
import java.util.List;
import madang.bench.Figures.Target;
import madang.bench.Town.Person;

/// What a read costs: 64 clients, each with an account and a connection of its own.
final class Reads {
    private static final int CLIENTS = 64;
    private static final int ROOM_SIZE = 500;
    private static final int PAGE = 50;
    private static final Target P99 = Target.atMost(15, "ms");

    private Reads() {}

    static void me(Town town, Figures figures) {
        List<byte[]> requests =
                town.people(CLIENTS).stream()
                        .map(person -> Http.get("/api/v1/auth/me", person.token()))
                        .toList();
        print(figures, "GET /auth/me", measure(town, requests), Target.atMost(80, "µs"));
    }

    /// Pages from all over a room, not only the newest.
    static void history(Town town, Figures figures) {
        List<Person> people = town.people(CLIENTS);
        String room = town.room(people);
        town.fill(room, people.getFirst(), ROOM_SIZE);
        var requests = new ArrayList<byte[]>();
        for (Person person : people) {
            int before = PAGE + 1 + requests.size() * (ROOM_SIZE - PAGE) / CLIENTS;
            String path =
                    "/api/v1/chat/messages?room=" + room + "&limit=" + PAGE + "&before=" + before;
            requests.add(Http.get(path, person.token()));
        }
        print(
                figures,
                "GET a page of 50 messages",
                measure(town, requests),
                Target.atMost(130, "µs"));
    }

    /// One client for each request, which it asks again and again.
    static Span measure(Town town, List<byte[]> requests) {
        try (Http http = town.connections(requests.size())) {
            return ClosedLoad.measure(town, requests.size(), asking(http, requests));
        }
    }

    /// The same requests, so many a second.
    static Span paced(Town town, List<byte[]> requests, int perSecond) {
        try (Http http = town.connections(requests.size())) {
            return PacedLoad.measure(town, perSecond, requests.size(), asking(http, requests));
        }
    }

    private static ClosedLoad.Asks asking(Http http, List<byte[]> requests) {
        return (client, then) ->
                http.ask(
                        requests.get(client),
                        (status, body) -> then.answered(Http.wrong(status, body)));
    }

    private static void print(Figures figures, String what, Span span, Target cpu) {
        figures.line(
                what + ", CPU of the server each",
                span.serverMicrosEach(),
                "µs",
                cpu,
                String.format(
                        "%s/s, PostgreSQL %s µs each%s",
                        Figures.number(span.perSecond()),
                        Figures.number(span.postgresMicrosEach()),
                        span.disturbance()));
        figures.line(
                what + ", p99 at 64 clients",
                span.latencies().millis(0.99),
                "ms",
                P99,
                span.latencies() + span.disturbance());
    }
}
