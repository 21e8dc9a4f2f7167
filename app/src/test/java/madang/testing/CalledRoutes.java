package madang.testing;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Which rows of the route table the tests of this run have called, as `GET /api/v1/…/{id}`. The
/// last test compares it with the table.
public final class CalledRoutes {
    private static final Set<String> CALLED = ConcurrentHashMap.newKeySet();

    static void called(House house, String method, String path) {
        String plain = path.split("\\?", 2)[0];
        String template = house.wiring().routes().template(plain);
        if (template != null) {
            CALLED.add((method.equals("HEAD") ? "GET" : method) + " " + template);
        }
    }

    public static Set<String> all() {
        return Set.copyOf(CALLED);
    }

    private CalledRoutes() {}
}
