package madang.kit.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The route table: the only place where a route exists. A feature adds its rows; the router, the
/// filters, the OpenAPI document, the metrics and the route test read them.
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

    private final List<Route> all = new ArrayList<>();
    private final Node root = new Node();

    public Route get(String path, Access access, Limit limit, Answer answer) {
        return add(new Route("GET", path, access, limit, null, answer::to));
    }

    public Route post(String path, Access access, Limit limit, Answer answer) {
        return add(new Route("POST", path, access, limit, null, answer::to));
    }

    public <B extends Record> Route post(
            String path, Access access, Limit limit, Class<B> body, BodyAnswer<B> answer) {
        return add("POST", path, access, limit, body, answer);
    }

    public Route put(String path, Access access, Limit limit, Answer answer) {
        return add(new Route("PUT", path, access, limit, null, answer::to));
    }

    public <B extends Record> Route put(
            String path, Access access, Limit limit, Class<B> body, BodyAnswer<B> answer) {
        return add("PUT", path, access, limit, body, answer);
    }

    public <B extends Record> Route patch(
            String path, Access access, Limit limit, Class<B> body, BodyAnswer<B> answer) {
        return add("PATCH", path, access, limit, body, answer);
    }

    public Route delete(String path, Access access, Limit limit, Answer answer) {
        return add(new Route("DELETE", path, access, limit, null, answer::to));
    }

    public List<Route> all() {
        return List.copyOf(all);
    }

    private <B extends Record> Route add(
            String method,
            String path,
            Access access,
            Limit limit,
            Class<B> body,
            BodyAnswer<B> answer) {
        return add(
                new Route(
                        method,
                        path,
                        access,
                        limit,
                        body,
                        request -> answer.to(request, body.cast(request.body()))));
    }

    private Route add(Route route) {
        Node node = root;
        for (String segment : segments(route.path())) {
            node = node.child(segment);
        }
        if (node.routes.putIfAbsent(route.method(), route) != null) {
            throw new IllegalStateException("two routes are " + route);
        }
        all.add(route);
        return route;
    }

    /// The template of the row that a path leads to; null where it leads nowhere.
    public @Nullable String template(String path) {
        @Nullable Match match = find(path);
        return match == null ? null : match.routes().values().iterator().next().path();
    }

    /// The routes at a path, by method, and what its places hold. Exact segments win over places.
    record Match(Map<String, Route> routes, Map<String, String> places) {}

    @Nullable Match find(String path) {
        Map<String, String> places = new HashMap<>(4);
        @Nullable Node node = find(root, segments(path), 0, places);
        return node == null ? null : new Match(node.routes, places);
    }

    private static @Nullable Node find(
            Node node, List<String> segments, int at, Map<String, String> places) {
        if (at == segments.size()) {
            return node.routes.isEmpty() ? null : node;
        }
        String segment = segments.get(at);
        @Nullable Node exact = node.exact.get(segment);
        @Nullable Node found = exact == null ? null : find(exact, segments, at + 1, places);
        if (found == null && node.place != null && !segment.isEmpty()) {
            found = find(node.place, segments, at + 1, places);
            if (found != null) {
                places.put(node.placeName, segment);
            }
        }
        if (found == null && node.rest != null) {
            places.put(node.restName, String.join("/", segments.subList(at, segments.size())));
            return node.rest;
        }
        return found;
    }

    private static List<String> segments(String path) {
        return List.of(path.substring(1).split("/", -1));
    }

    private static final class Node {
        private final Map<String, Node> exact = new HashMap<>();
        private final Map<String, Route> routes = new TreeMap<>();
        private @Nullable Node place;
        private String placeName = "";
        private @Nullable Node rest;
        private String restName = "";

        private Node child(String segment) {
            if (segment.endsWith(WILDCARD)) {
                restName = segment.substring(1, segment.length() - WILDCARD.length());
                rest = rest == null ? new Node() : rest;
                return rest;
            }
            if (segment.startsWith("{")) {
                return place(segment.substring(1, segment.length() - 1));
            }
            return exact.computeIfAbsent(segment, _ -> new Node());
        }

        private Node place(String name) {
            if (place == null) {
                place = new Node();
                placeName = name;
            } else if (!placeName.equals(name)) {
                throw new IllegalStateException("one place, two names: " + placeName + ", " + name);
            }
            return place;
        }
    }
}
