package madang.testing;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import madang.kit.http.Route;

/// Which rows of the route table the tests of this run have called, as `GET /api/v1/…/{id}`. The
/// last test compares it with the table.
public final class CalledRoutes {
    private static final Set<String> CALLED = ConcurrentHashMap.newKeySet();

    static void called(House house, String method, String path) {
        called(house, null, method, path);
    }

    /// As above, at an address where only this dialect is spoken.
    static void called(House house, String dialect, String method, String path) {
        Route row = house.wiring().routes().row(dialect, method, path.split("\\?", 2)[0]);
        if (row != null) {
            CALLED.add(row.toString());
        }
    }

    public static Set<String> all() {
        return Set.copyOf(CALLED);
    }

    private CalledRoutes() {}
}
