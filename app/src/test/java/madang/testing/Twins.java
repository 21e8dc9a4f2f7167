package madang.testing;

import java.util.HashMap;
import java.util.Map;
import madang.kit.db.DatabaseAddress;

/// Two nodes of one Madang, on one database, in this process. Each has its own clock.
public final class Twins implements AutoCloseable {
    public static final Map<String, String> SHARED = Map.of("MADANG_BUS", "postgresql");

    private final DatabaseAddress database;
    private final House here;
    private final House there;

    private Twins(DatabaseAddress database, Map<String, String> settings) {
        this.database = database;
        here = House.on(database, settings);
        there = House.on(database, settings);
    }

    public static Twins open() {
        return open(Map.of());
    }

    public static Twins open(Map<String, String> settings) {
        return on(House.freshDatabase(), settings);
    }

    public static Twins on(DatabaseAddress database, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(SHARED);
        all.putAll(settings);
        return new Twins(database, all);
    }

    public House here() {
        return here;
    }

    public House there() {
        return there;
    }

    public DatabaseAddress database() {
        return database;
    }

    @Override
    public void close() {
        here.close();
        there.close();
    }
}
