package madang.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import madang.bench.Figures.Target;
import madang.bench.Town.Person;

/// What staying signed in costs, and what a crowd that signs in costs everybody else.
final class Accounts {
    private static final int CLIENTS = 64;
    private static final int READERS = 16;
    private static final int LOGINS_AT_ONCE = 250;

    /// Fewer than those who sign in, because to make one costs as much as to let one in; and enough
    /// that no account is tried by more at once than may guess at it.
    private static final int ACCOUNTS = 64;

    /// As the server ships; other profiles lower it.
    private static final Map<String, String> SHIPPED = Map.of("MADANG_BCRYPT_COST", "12");

    /// What the server asks of who was turned away.
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private static final Duration LENGTH = Duration.ofSeconds(8);
    private static final int UNAVAILABLE = 503;

    private Accounts() {}

    /// Every client swaps the token that its last answer brought.
    static void refresh(Town town, Figures figures) {
        List<String> tokens = new ArrayList<>(town.refreshTokens(CLIENTS));
        try (Http http = town.connections(CLIENTS)) {
            Span span =
                    ClosedLoad.measure(
                            town,
                            CLIENTS,
                            (client, then) ->
                                    http.ask(
                                            renewal(tokens.get(client)),
                                            (status, body) -> {
                                                String answer = UTF_8.decode(body).toString();
                                                if (status == 200) {
                                                    tokens.set(
                                                            client,
                                                            Town.text(answer, "refresh_token"));
                                                }
                                                then.answered(
                                                        status == 200
                                                                ? null
                                                                : status + " " + answer);
                                            }));
            figures.line(
                    "refreshes at 64 clients",
                    span.perSecond(),
                    "/s",
                    Target.atLeast(3_000, "/s"),
                    String.format(
                            "server %s µs each, PostgreSQL %s µs, %s%s",
                            Figures.number(span.serverMicrosEach()),
                            Figures.number(span.postgresMicrosEach()),
                            span.latencies(),
                            span.disturbance()));
        }
    }

    /// What `GET /auth/me` takes alone, and beside 250 people who sign in all the time.
    static void logins(Grounds grounds, Figures figures) {
        try (Server server = grounds.start("logins", SHIPPED);
                Town town = new Town(server)) {
            List<Person> people = town.people(ACCOUNTS);
            Span alone = reads(town, people);
            var crowd = new Crowd(town);
            crowd.begin();
            town.loop().turnFor(RETRY_AFTER.multipliedBy(2));
            crowd.letIn = 0;
            Span beside = reads(town, people);
            long letIn = crowd.letIn;
            crowd.end();
            double before = alone.latencies().millis(0.99);
            figures.line(
                    "GET /auth/me beside 250 logins, p99 by p99 alone",
                    beside.latencies().millis(0.99) / before,
                    "×",
                    Target.atMost(2, "×"),
                    String.format(
                            "alone %s; beside %s; %d let in, %d turned away%s",
                            alone.latencies(),
                            beside.latencies(),
                            letIn,
                            crowd.turnedAway,
                            beside.disturbance()));
        }
    }

    private static Span reads(Town town, List<Person> people) {
        List<byte[]> requests =
                IntStream.range(0, READERS)
                        .mapToObj(i -> Http.get("/api/v1/auth/me", people.get(i).token()))
                        .toList();
        return Reads.measure(town, requests);
    }

    private static byte[] renewal(String token) {
        return Http.post("/api/v1/auth/refresh", null, "{\"refresh_token\":\"" + token + "\"}");
    }

    /// People who sign in again as soon as they are in, and come back later when it is too full.
    private static final class Crowd {
        private final Town town;
        private final Http http;
        private boolean isOver;
        private int underWay;
        private long letIn;
        private long turnedAway;

        Crowd(Town town) {
            this.town = town;
            this.http = town.connections(LOGINS_AT_ONCE);
        }

        void begin() {
            IntStream.range(0, LOGINS_AT_ONCE).forEach(this::signIn);
        }

        void end() {
            isOver = true;
            town.loop().turnUntil("the last logins", () -> underWay == 0, LENGTH.multipliedBy(8));
            http.close();
        }

        private void signIn(int client) {
            if (!isOver) {
                underWay++;
                http.ask(
                        Town.logIn(client % ACCOUNTS),
                        (status, body) -> answered(client, status, body));
            }
        }

        private void answered(int client, int status, ByteBuffer body) {
            underWay--;
            if (status == UNAVAILABLE) {
                turnedAway++;
                town.loop().at(System.nanoTime() + RETRY_AFTER.toNanos(), () -> signIn(client));
            } else if (status == 200) {
                letIn++;
                signIn(client);
            } else {
                throw new IllegalStateException(
                        "the server answered " + status + " " + UTF_8.decode(body));
            }
        }
    }
}
