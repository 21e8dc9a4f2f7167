package madang.kit.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import madang.testing.Answer;
import madang.testing.Form;
import madang.testing.Furnished;
import madang.testing.Furnished.Caller;
import madang.testing.Http;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Every route of the table, asked by whom it does not concern, about things that are there. What
/// each of them gets stands in `foreign-callers.txt`; afterwards who has the right asks the very
/// same, so that no refusal was an accident.
class ForeignCallersTest {
    private static final String TABLE = "foreign-callers.txt";

    /// An event stream that is let in answers for as long as one listens (`EventStreamTest`).
    private static final Set<String> ENDLESS = Set.of("GET /api/v1/chat/sse");

    /// One line of the table: what nobody, a stranger and a member without the right are told.
    private record Row(
            String nobody,
            String stranger,
            String member,
            String route,
            String query,
            @Nullable String body) {
        static Row of(String line) {
            String[] parts = line.split("\\s+", 6);
            String[] target = parts[4].split("\\?", 2);
            return new Row(
                    parts[0],
                    parts[1],
                    parts[2],
                    parts[3] + " " + target[0],
                    target.length > 1 ? "?" + target[1] : "",
                    parts.length > 5 ? parts[5] : null);
        }

        boolean has(String told) {
            return List.of(nobody, stranger, member).contains(told);
        }
    }

    @AutoClose private static Furnished house;
    private static Map<String, Route> routes;
    private static List<Row> table;
    private static @Nullable Caller usual;

    private final List<String> faults = new ArrayList<>();
    private final List<Long> realNanos = new ArrayList<>();
    private final List<Long> unrealNanos = new ArrayList<>();
    private int asked;

    @BeforeAll
    static void open() throws IOException {
        house = Furnished.open();
        routes = new HashMap<>();
        house.house().wiring().routes().all().forEach(route -> routes.put(route.toString(), route));
        table = table();
    }

    @Test
    void every_route_says_what_foreigners_get() {
        assertThat(rowless(routes.values())).isEmpty();
        assertThat(table.stream().map(Row::route))
                .doesNotHaveDuplicates()
                .isSubsetOf(routes.keySet());
        Route hay =
                new Routes()
                        .get("/api/v1/hay", Access.USER, Limit.API, _ -> ApiResponse.of(200, ""));
        assertThat(rowless(List.of(hay))).containsExactly("GET /api/v1/hay");
    }

    @Test
    void foreigners_get_nothing_and_who_has_the_right_gets_the_same_thing() {
        for (Row row : table) {
            ask(row, "nobody", Caller.NOBODY, row.nobody());
            ask(row, "a stranger", stranger(row), row.stranger());
            if (!row.member().equals("may")) {
                ask(row, "a member", house.joon(), row.member());
            }
        }
        int foreign = asked;
        table.stream()
                .sorted(Comparator.comparingInt(ForeignCallersTest::harm))
                .forEach(this::confirm);
        System.out.printf(
                "foreign callers: %d routes, %d requests, %d leaks; not mine %d µs, not there %d µs; %d requests of those who may%n",
                table.size(),
                foreign,
                faults.size(),
                median(realNanos),
                median(unrealNanos),
                asked - foreign);
        assertThat(faults).isEmpty();
    }

    private void ask(Row row, String who, Caller caller, String told) {
        if (told.equals("-")) {
            return;
        }
        Answer answer = answer(row, caller, house.real(path(row)));
        if (answer.text().contains(Furnished.WORD_OF_ONE)
                || (!caller.equals(house.joon())
                        && answer.text().contains(Furnished.WORD_OF_SEVERAL))) {
            fault(row, who, "is told " + answer.text());
        }
        if (!isTold(told, row, answer)) {
            fault(row, who, "gets " + answer.status() + " " + answer.text() + ", not " + told);
        }
        if (told.equals("404") || told.equals("422")) {
            String nothing = timed(unrealNanos, row, caller, house.unreal(path(row)));
            String something = timed(realNanos, row, caller, house.real(path(row)));
            if (!nothing.equals(something)) {
                fault(row, who, "can tell " + something + " from " + nothing);
            }
        }
    }

    private String timed(List<Long> nanos, Row row, Caller caller, String target) {
        long begin = System.nanoTime();
        Answer answer = answer(row, caller, target);
        nanos.add(System.nanoTime() - begin);
        return timeless(answer);
    }

    /// What he has of his own and asks for may be nothing yet.
    private static boolean isTold(String told, Row row, Answer answer) {
        return switch (told) {
            case "may" -> !isShut(answer) || (answer.status() == 404 && !row.route().contains("{"));
            case "none" -> answer.status() == 404;
            default -> answer.status() == Integer.parseInt(told);
        };
    }

    /// One who is refused is as strange afterwards as he was before.
    private static Caller stranger(Row row) {
        if (row.stranger().equals("may")) {
            return house.stranger();
        }
        if (usual == null) {
            usual = house.stranger();
        }
        return usual;
    }

    /// The same request by those who have the right.
    private void confirm(Row row) {
        boolean isRefused = row.has("404") || row.has("403");
        if (ENDLESS.contains(row.route())) {
            return;
        }
        if (row.nobody().equals("-")) {
            isLetIn(row, "nobody", Caller.NOBODY);
        }
        if (row.stranger().equals("-")) {
            isLetIn(row, "a stranger", house.stranger());
        }
        if (row.member().equals("-")) {
            house.admitJoon();
            isLetIn(row, "Joon", house.joon());
        } else if (isRefused && route(row).access() == Access.USER) {
            house.admitJoon();
            isLetIn(row, "Mina", house.mina());
        } else if (isRefused && route(row).access() != Access.PUBLIC) {
            isLetIn(row, "the keeper", house.keeper());
        }
    }

    private void isLetIn(Row row, String who, Caller caller) {
        Answer answer =
                route(row).access() == Access.OPERATOR
                        ? house.house().operator().get(house.real(path(row)))
                        : answer(row, caller, house.real(path(row)));
        if (isShut(answer)) {
            fault(row, who, "has the right and gets " + answer.status() + " " + answer.text());
        }
    }

    private Answer answer(Row row, Caller caller, String target) {
        asked++;
        Route route = route(row);
        Http http =
                route.face() == null ? house.http(caller) : house.dialect(caller, route.isOwn());
        return switch (row.body()) {
            case null -> http.send(route.method(), target, (byte[]) null);
            case "FORM" -> http.upload(target, Form.of("tea.txt", "tea".getBytes(UTF_8)));
            case String body -> http.send(route.method(), target, house.body(body));
        };
    }

    private void fault(Row row, String who, String what) {
        faults.add(row.route() + ": " + who + " " + what);
    }

    /// What does no harm first; what is gone at last takes nothing else along.
    private static int harm(Row row) {
        Route route = route(row);
        return switch (route.method()) {
            case "GET" -> 0;
            case "PUT", "PATCH" -> 1;
            case "POST" -> route.path().endsWith("/leave") ? 3 : 2;
            default -> 9 - route.placeNames().size();
        };
    }

    private static boolean isShut(Answer answer) {
        return answer.status() >= 500 || Set.of(401, 403, 404).contains(answer.status());
    }

    private static String timeless(Answer answer) {
        return answer.text().replaceAll("\"(timestamp|request_id)\":\"[^\"]*\"", "");
    }

    private static String path(Row row) {
        return route(row).path() + row.query();
    }

    private static Route route(Row row) {
        return Objects.requireNonNull(routes.get(row.route()), row.route());
    }

    /// Stand-ins of vendors are as open as those.
    private static Set<String> rowless(Collection<Route> all) {
        Set<String> names =
                all.stream()
                        .filter(route -> !route.path().startsWith("/sandbox"))
                        .map(Route::toString)
                        .collect(Collectors.toCollection(TreeSet::new));
        table.forEach(row -> names.remove(row.route()));
        return names;
    }

    private static List<Row> table() throws IOException {
        try (InputStream in = ForeignCallersTest.class.getResourceAsStream(TABLE)) {
            return new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Row::of)
                    .toList();
        }
    }

    private static long median(List<Long> nanos) {
        return nanos.stream().sorted().skip(nanos.size() / 2).findFirst().orElse(0L) / 1_000;
    }
}
