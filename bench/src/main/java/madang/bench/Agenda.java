package madang.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import madang.bench.Figures.Target;
import madang.bench.Town.Person;
import madang.embedded.EmbeddedPostgres;
import madang.kit.db.DatabaseAddress;

/// Pages of somebody's ten thousand events, each with three people and a chat in which one message
/// waits for him. They are made past the server, set-based, in a PostgreSQL of its own.
final class Agenda {
    private static final int EVENTS = 10_000;
    private static final int PAGE = 20;
    private static final int CLIENTS = 16;
    private static final int ASKED = 3;
    private static final Target CPU = Target.atMost(2_000, "µs");
    private static final Pattern CURSOR = Pattern.compile("\"next_cursor\":\"([^\"]+)\"");

    /// In the order of their references. The first person proposes everything; the next ones come.
    private static final List<String> STATEMENTS =
            List.of(
                    """
                    create temp table made as
                    select n, gen_random_uuid() id, gen_random_uuid() room, creator.id creator,
                           (array['PROPOSED', 'CONFIRMED', 'CANCELED', 'DONE'])[1 + n %% 4] status,
                           timestamptz '2026-01-01' + n * interval '53 minutes' as at
                    from generate_series(1, %d) n,
                         (select id from identity.users where username = 'person0') creator
                    """
                            .formatted(EVENTS),
                    """
                    create temp table asked as
                    select id from identity.users
                    where username ~ '^person[1-%d]$'
                    """
                            .formatted(ASKED),
                    """
                    insert into chat.room (id, name, name_key, description, type, created_at, channel,
                                           member_count)
                    select room, 'event', 'event', '', 'PRIVATE', at, 'event:' || id, 1 from made
                    """,
                    """
                    insert into chat.room_log (room_id, last_seq, last_at) select room, 1, at from made
                    """,
                    """
                    insert into chat.member (room_id, user_id, role, read_seq, joined_at)
                    select room, creator, 'MEMBER', 0, at from made
                    """,
                    """
                    insert into chat.message
                        (room_id, seq, changed_seq, id, kind, author_id, text, client_key, created_at)
                    select room, 1, 1, gen_random_uuid(), 'TEXT', (select id from asked limit 1),
                           '그날 보자', 'k', at from made
                    """,
                    """
                    insert into events.event (id, creator_id, title, location, start_time, end_time, status,
                                              version, room_id, participant_count, created_at, updated_at)
                    select id, creator, '차 한잔 ' || n, '서울', at, at + interval '1 hour', status, 1, room,
                           (select count(*) from asked), at, at
                    from made
                    """,
                    """
                    insert into events.participant (event_id, user_id, standing, invited_at, start_time,
                                                    end_time, event_status)
                    select id, creator, 'CREATOR', at, at, at + interval '1 hour', status from made
                    """,
                    """
                    insert into events.participant (event_id, user_id, standing, invited_by, invite_method,
                                                    invited_at, start_time, end_time, event_status)
                    select made.id, asked.id, 'ACCEPTED', creator, 'CREATOR', at, at,
                           at + interval '1 hour', status
                    from made, asked
                    """,
                    "vacuum analyze events.event, events.participant, chat.member, chat.message");

    private Agenda() {}

    static void measure(Grounds grounds, Figures figures) {
        try (var postgres = EmbeddedPostgres.start(grounds.folder("agenda-database"));
                Server server =
                        grounds.start(
                                "agenda",
                                Map.of("MADANG_DATABASE_URL", Starts.url(postgres.address())));
                var town = new Town(server)) {
            Person person = town.people(1 + ASKED).getFirst();
            fill(postgres.address());
            print(figures, "a page of 20 of 10,000 events", town, person, "");
            print(figures, "the same in one status", town, person, "&status=CONFIRMED");
            print(
                    figures,
                    "the same of one month",
                    town,
                    person,
                    "&from=2026-06-01T00:00:00%2B09:00&to=2026-07-01T00:00:00%2B09:00");
        }
    }

    /// Pages from all over the list, read again and again.
    private static void print(
            Figures figures, String what, Town town, Person person, String narrowed) {
        Span span = Reads.measure(town, pages(town, person, narrowed));
        figures.line(
                "GET " + what + ", CPU of the server each",
                span.serverMicrosEach(),
                "µs",
                CPU,
                String.format(
                        "%s/s, PostgreSQL %s µs each%s",
                        Figures.number(span.perSecond()),
                        Figures.number(span.postgresMicrosEach()),
                        span.disturbance()));
        figures.line(
                "GET " + what + ", p99 at 16 clients",
                span.latencies().millis(0.99),
                "ms",
                Target.NONE,
                span.latencies() + span.disturbance());
    }

    /// One page for each client, evenly spread over the list.
    private static List<byte[]> pages(Town town, Person person, String narrowed) {
        String path = "/api/v1/events?limit=" + PAGE + narrowed;
        var cursors = new ArrayList<>(List.of(""));
        try (Http http = town.connections(1)) {
            while (true) {
                byte[] request = Http.get(path + cursors.getLast(), person.token());
                Matcher next = CURSOR.matcher(http.all(List.of(request)).getFirst());
                if (!next.find()) {
                    break;
                }
                cursors.add("&cursor=" + next.group(1));
            }
        }
        var requests = new ArrayList<byte[]>();
        for (int client = 0; client < CLIENTS; client++) {
            String cursor = cursors.get(client * cursors.size() / CLIENTS);
            requests.add(Http.get(path + cursor, person.token()));
        }
        return requests;
    }

    private static void fill(DatabaseAddress address) {
        try (Connection connection =
                        DriverManager.getConnection(
                                address.jdbcUrl(), address.user(), address.password().value());
                var statement = connection.createStatement()) {
            for (String sql : STATEMENTS) {
                statement.execute(sql);
            }
        } catch (SQLException refused) {
            throw new IllegalStateException(
                    "the events cannot be made: " + refused.getMessage(), refused);
        }
    }
}
