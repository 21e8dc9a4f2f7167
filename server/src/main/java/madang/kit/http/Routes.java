package madang.kit.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The route table: the only place where a route exists. A feature adds its rows; the router, the
/// filters, the OpenAPI document, the metrics and the route test read them. A dialect adds its rows
/// to the same table, through a view that gives them its face.
public final class Routes {

    /// Answers a request without a body.
    public interface Answer {
        ApiResponse to(ApiRequest request);
    }

    /// Answers a request with a body that has been checked.
    public interface BodyAnswer<B> {
        ApiResponse to(ApiRequest request, B body);
    }

    private static final String WILDCARD = "...}";

    private final Table table;
    private final @Nullable Face face;
    private final boolean isOwn;

    public Routes() {
        this(new Table(), null, false);
    }

    private Routes(Table table, @Nullable Face face, boolean isOwn) {
        this.table = table;
        this.face = face;
        this.isOwn = isOwn;
    }

    /// The same table, for rows in a dialect: they stand at the root of the main address and at the
    /// addresses of the dialect.
    public Routes of(Face dialect) {
        return new Routes(table, dialect, false);
    }

    /// The same table, for rows that only the addresses of the dialect have.
    public Routes ownOf(Face dialect) {
        return new Routes(table, dialect, true);
    }

    public Route get(String path, Access access, Limit limit, Answer answer) {
        return add("GET", path, access, limit, null, answer::to);
    }

    public Route post(String path, Access access, Limit limit, Answer answer) {
        return add("POST", path, access, limit, null, answer::to);
    }

    public <B extends Record> Route post(
            String path, Access access, Limit limit, Class<B> body, BodyAnswer<B> answer) {
        return add("POST", path, access, limit, body, answer);
    }

    public Route put(String path, Access access, Limit limit, Answer answer) {
        return add("PUT", path, access, limit, null, answer::to);
    }

    /// A form (`multipart/form-data`) of these fields and one `file`. The route reads it by
    /// [Uploads], after it has refused those who may not send one; a `client_key` among the fields
    /// makes a second try harmless.
    public Route upload(
            String path,
            Access access,
            Limit limit,
            Class<? extends Record> fields,
            Answer answer) {
        return add("POST", path, access, limit, fields, answer::to).upload();
    }

    public <B extends Record> Route put(
            String path, Access access, Limit limit, Class<B> body, BodyAnswer<B> answer) {
        return add("PUT", path, access, limit, body, answer);
    }

    public Route patch(String path, Access access, Limit limit, Answer answer) {
        return add("PATCH", path, access, limit, null, answer::to);
    }

    public <B extends Record> Route patch(
            String path, Access access, Limit limit, Class<B> body, BodyAnswer<B> answer) {
        return add("PATCH", path, access, limit, body, answer);
    }

    public Route delete(String path, Access access, Limit limit, Answer answer) {
        return add("DELETE", path, access, limit, null, answer::to);
    }

    public <B extends Record> Route delete(
            String path, Access access, Limit limit, Class<B> body, BodyAnswer<B> answer) {
        return add("DELETE", path, access, limit, body, answer);
    }

    public List<Route> all() {
        return List.copyOf(table.all);
    }

    private <B extends Record> Route add(
            String method,
            String path,
            Access access,
            Limit limit,
            Class<B> body,
            BodyAnswer<B> answer) {
        return add(
                method,
                path,
                access,
                limit,
                body,
                request -> answer.to(request, body.cast(request.body())));
    }

    private Route add(
            String method,
            String path,
            Access access,
            Limit limit,
            @Nullable Class<? extends Record> body,
            Route.Answering answering) {
        Route route = new Route(method, path, access, limit, body, answering, face, isOwn);
        if (face != null) {
            table.ofFaces.computeIfAbsent(face.name(), _ -> new Node()).add(route);
        }
        if (!isOwn) {
            table.main.add(route);
        }
        table.all.add(route);
        return route;
    }

    /// The row that a request for this path at the main address leads to, or at the addresses of a
    /// dialect of this name.
    public @Nullable Route row(@Nullable String dialect, String method, String path) {
        @Nullable Match match = find(path, dialect);
        return match == null ? null : match.route(method);
    }

    /// The routes at a path, by method, and what its places hold in their order. Exact segments win
    /// over places.
    record Match(Map<String, Route> routes, List<String> held) {
        /// HEAD is answered by what answers GET.
        @Nullable Route route(String method) {
            return routes.get(method.equals("HEAD") ? "GET" : method);
        }

        Map<String, String> places(Route route) {
            Map<String, String> places = new HashMap<>(4);
            for (int i = 0; i < held.size(); i++) {
                places.put(route.placeNames().get(i), held.get(i));
            }
            return places;
        }
    }

    /// At the addresses of a dialect stand its own routes, and those that stand everywhere.
    @Nullable Match find(String path, @Nullable String dialect) {
        @Nullable Match main = table.main.find(path);
        if (dialect == null || (main != null && isEverywhere(main))) {
            return main;
        }
        @Nullable Node own = table.ofFaces.get(dialect);
        return own == null ? null : own.find(path);
    }

    private static boolean isEverywhere(Match match) {
        return match.routes().values().stream().anyMatch(Route::isEverywhere);
    }

    private static List<String> segments(String path) {
        return List.of(path.substring(1).split("/", -1));
    }

    /// All rows, and the trees of paths that find them.
    private static final class Table {
        private final List<Route> all = new ArrayList<>();
        private final Node main = new Node();
        private final Map<String, Node> ofFaces = new HashMap<>();
    }

    private static final class Node {
        private final Map<String, Node> exact = new HashMap<>();
        private final Map<String, Route> routes = new TreeMap<>();
        private @Nullable Node place;
        private @Nullable Node rest;

        void add(Route route) {
            Node node = this;
            for (String segment : segments(route.path())) {
                node = node.child(segment);
            }
            if (node.routes.putIfAbsent(route.method(), route) != null) {
                throw new IllegalStateException("two routes are " + route);
            }
        }

        @Nullable Match find(String path) {
            List<String> held = new ArrayList<>(4);
            @Nullable Node node = find(segments(path), 0, held);
            return node == null ? null : new Match(node.routes, held.reversed());
        }

        /// Notes what its places hold on the way back, so from the last to the first.
        private @Nullable Node find(List<String> segments, int at, List<String> held) {
            if (at == segments.size()) {
                return routes.isEmpty() ? null : this;
            }
            String segment = segments.get(at);
            @Nullable Node there = exact.get(segment);
            @Nullable Node found = there == null ? null : there.find(segments, at + 1, held);
            if (found == null && place != null && !segment.isEmpty()) {
                found = place.find(segments, at + 1, held);
                if (found != null) {
                    held.add(segment);
                }
            }
            if (found == null && rest != null) {
                held.add(String.join("/", segments.subList(at, segments.size())));
                return rest;
            }
            return found;
        }

        private Node child(String segment) {
            if (segment.endsWith(WILDCARD)) {
                rest = rest == null ? new Node() : rest;
                return rest;
            }
            if (segment.startsWith("{")) {
                place = place == null ? new Node() : place;
                return place;
            }
            return exact.computeIfAbsent(segment, _ -> new Node());
        }
    }
}
