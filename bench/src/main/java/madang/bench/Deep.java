package madang.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import madang.bench.Figures.Target;
import madang.bench.Town.Person;
import madang.embedded.EmbeddedPostgres;
import madang.kit.db.DatabaseAddress;

/// Pages of a room in which ten million things were said: the first one, and those a hundred
/// thousand pages further down. The room is filled past the server, set-based, in a PostgreSQL of
/// its own; this takes minutes and some gigabytes under the folder of the run.
final class Deep {
    private static final int ROWS = 10_000_000;
    private static final int ROWS_AT_ONCE = 250_000;
    private static final int PAGE = 50;
    private static final int DEPTH = 100_000 * PAGE;
    private static final int CLIENTS = 16;
    private static final int PACE = 1_000;
    private static final Target P99 = Target.atMost(15, "ms");

    private Deep() {}

    static void measure(Grounds grounds, Figures figures) {
        try (var postgres = EmbeddedPostgres.start(grounds.folder("deep-database"));
                Server server =
                        grounds.start(
                                "deep",
                                Map.of("MADANG_DATABASE_URL", Starts.url(postgres.address())));
                var town = new Town(server)) {
            List<Person> people = town.people(CLIENTS);
            // Nobody joins: the house would tell the room of it, in the midst of what is said.
            String room = town.room(people.subList(0, 1));
            fill(postgres.address(), room);
            List<byte[]> newest = pages(people, room, ROWS);
            List<byte[]> below = pages(people, room, ROWS - DEPTH);
            line(figures, "a first page of 10,000,000 messages", Reads.paced(town, newest, PACE));
            line(figures, "a page 100,000 pages further down", Reads.paced(town, below, PACE));
            Span first = Reads.measure(town, newest);
            Span deep = Reads.measure(town, below);
            figures.line(
                    "how much longer it takes down there",
                    first.perSecond() / deep.perSecond(),
                    "times",
                    Target.atMost(1.2, "times"),
                    String.format(
                            "%s and %s/s by %s clients without a pause, p99 %.1f and %.1f ms",
                            Figures.number(first.perSecond()),
                            Figures.number(deep.perSecond()),
                            CLIENTS,
                            first.latencies().millis(0.99),
                            deep.latencies().millis(0.99)));
        }
    }

    /// Each client reads pages of its own near that place, so that no page is read twice in a row.
    private static List<byte[]> pages(List<Person> people, String room, int before) {
        var requests = new ArrayList<byte[]>();
        for (Person person : people) {
            int place = before - requests.size() * PAGE + 1;
            requests.add(
                    Http.get(
                            "/api/v1/chat/messages?room="
                                    + room
                                    + "&limit="
                                    + PAGE
                                    + "&before="
                                    + place,
                            person.token()));
        }
        return requests;
    }

    private static void line(Figures figures, String what, Span span) {
        figures.line(
                "GET " + what + ", p99 at " + Figures.number(PACE) + "/s",
                span.latencies().millis(0.99),
                "ms",
                P99,
                String.format(
                        "%s, %s/s, CPU of the server each %s µs%s",
                        span.latencies(),
                        Figures.number(span.perSecond()),
                        Figures.number(span.serverMicrosEach()),
                        span.disturbance()));
    }

    private static void fill(DatabaseAddress address, String room) {
        try (Connection connection =
                DriverManager.getConnection(
                        address.jdbcUrl(), address.user(), address.password().value())) {
            run(connection, "set synchronous_commit = off");
            for (int from = 1; from <= ROWS; from += ROWS_AT_ONCE) {
                say(connection, room, from);
            }
            end(connection, room);
            run(connection, "vacuum analyze chat.message");
        } catch (SQLException refused) {
            throw new IllegalStateException("the room cannot be filled: " + refused.getMessage());
        }
    }

    /// Ids grow with time, as the server's own do.
    private static void say(Connection connection, String room, int from) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement(
                        """
                        insert into chat.message
                            (room_id, seq, changed_seq, id, kind, author_id, text, client_key, created_at)
                        select m.room_id, n, n,
                               ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
                               'TEXT', m.user_id,
                               '마당에서 차 한 잔 해요, tea at three in the garden? bring your own cup ' || n,
                               'k' || n, timestamptz '2026-01-01' + n * interval '1 second'
                        from generate_series(?, ?) n,
                             (select room_id, user_id from chat.member
                              where room_id = ? and role = 'OWNER') m
                        """)) {
            insert.setInt(1, from);
            insert.setInt(2, from + ROWS_AT_ONCE - 1);
            insert.setObject(3, UUID.fromString(room));
            insert.executeUpdate();
        }
    }

    private static void end(Connection connection, String room) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement(
                        """
                        insert into chat.room_log (room_id, last_seq, last_at) values (?, ?, now())
                        on conflict (room_id) do update set last_seq = excluded.last_seq, last_at = now()
                        """)) {
            insert.setObject(1, UUID.fromString(room));
            insert.setLong(2, ROWS);
            insert.executeUpdate();
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
