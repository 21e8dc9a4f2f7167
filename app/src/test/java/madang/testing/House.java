package madang.testing;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import madang.app.FromSettings;
import madang.app.Wiring;
import madang.kit.ErrorReporter;
import madang.kit.db.DatabaseAddress;
import madang.kit.db.Db;
import madang.kit.db.Migrations;
import madang.kit.db.Outbox;
import madang.kit.http.PublicWeb;
import madang.kit.json.Json;
import madang.kit.settings.Settings;
import madang.kit.settings.Sources;

/// A whole house of a test: the product's own wiring on a fresh database, a free port and a clock
/// that can be moved. Limits are wide unless a test narrows them, and hashing is cheap.
public final class House implements AutoCloseable {
    private static final Json JSON = new Json();
    private static final Path NOWHERE = Path.of("target", "no-such-folder");
    private static final Map<String, String> SETTINGS =
            Map.ofEntries(
                    Map.entry("PORT", "0"),
                    Map.entry("MADANG_HOST", "127.0.0.1"),
                    Map.entry("MADANG_DATA", NOWHERE.resolve("data").toString()),
                    Map.entry("MADANG_BCRYPT_COST", "4"),
                    Map.entry("MADANG_RATE_LIMIT_API", "100000/second"),
                    Map.entry("MADANG_RATE_LIMIT_SIGN_UP", "100000/second"),
                    Map.entry("MADANG_RATE_LIMIT_SOCIAL", "100000/second"),
                    Map.entry("MADANG_RATE_LIMIT_VENDOR", "100000/second"),
                    Map.entry("MADANG_RATE_LIMIT_REPORTS", "100000/second"),
                    Map.entry("MADANG_RATE_LIMIT_RECOVERY", "100000/second"),
                    Map.entry("MADANG_RATE_LIMIT_MAIL", "100000/second"),
                    Map.entry("MADANG_RATE_LIMIT_USER_SEARCH", "100000/second"),
                    Map.entry("MADANG_RATE_LIMIT_FRIEND_REQUESTS", "100000/second"),
                    Map.entry("MADANG_RATE_LIMIT_INVITES", "100000/second"),
                    Map.entry("MADANG_RATE_LIMIT_EXPORT", "100000/second"),
                    Map.entry("MADANG_RATE_LIMIT_CALENDAR_FEED", "100000/second"),
                    Map.entry("RATE_LIMIT_FILE_UPLOAD", "100000/second"),
                    Map.entry("MADANG_RATE_LIMIT_FILE_DOWNLOAD", "100000/second"),
                    Map.entry("MADANG_STORAGE_RESERVE", "0"),
                    Map.entry("MADANG_RATE_LIMIT_WEBHOOK", "100000/second"),
                    Map.entry("MADANG_CHAT_LINK_PREVIEWS", "off"),
                    Map.entry("MADANG_RATE_LIMIT_FRAMES", "100000/second"),
                    Map.entry("MADANG_SHUTDOWN_TIMEOUT", "3s"),
                    Map.entry("MADANG_OPERATOR_TOKEN", "operator-token-of-the-tests"),
                    Map.entry("JWT_SECRET", "signing-key-of-the-tests-0123456789"),
                    Map.entry(
                            "MADANG_VAULT_KEYS", "t:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="));

    private final MovedClock clock = new MovedClock();
    private final HttpClient client = HttpClient.newHttpClient();
    private final DatabaseAddress database;
    private final boolean isDatabaseMine;
    private final boolean isSecure;
    private final Wiring wiring;

    public static House open() {
        return open(Map.of());
    }

    /// A house with some settings of its own.
    public static House open(Map<String, String> settings) {
        return open(settings, realWeb());
    }

    /// A house that finds this web outside.
    public static House open(Map<String, String> settings, PublicWeb web) {
        return new House(freshDatabase(), true, settings, web);
    }

    /// A house on the database of another one: a second start, or a second node.
    public static House on(DatabaseAddress database, Map<String, String> settings) {
        return new House(database, false, settings, realWeb());
    }

    /// A migrated database of its own.
    public static DatabaseAddress freshDatabase() {
        return TestPostgres.template("house", House::migrate).fresh();
    }

    /// Asked for nothing, for these houses look behind no link.
    private static PublicWeb realWeb() {
        return new PublicWeb(PublicWeb.Resolver.OF_SYSTEM, "test");
    }

    private House(
            DatabaseAddress database,
            boolean isDatabaseMine,
            Map<String, String> settings,
            PublicWeb web) {
        this.database = database;
        this.isDatabaseMine = isDatabaseMine;
        Map<String, String> all = new HashMap<>(SETTINGS);
        all.putAll(settings);
        wiring =
                new Wiring(
                        Settings.load(new Sources(all, NOWHERE.resolve(".env")), FromSettings.ALL),
                        database,
                        JSON,
                        new Wiring.Surroundings(clock, ErrorReporter.NONE, web));
        wiring.start();
        isSecure = all.containsKey("TLS_CERT_FILE");
    }

    public String url() {
        return (isSecure ? "https" : "http") + "://127.0.0.1:" + wiring.port();
    }

    public int port() {
        return wiring.port();
    }

    public Wiring wiring() {
        return wiring;
    }

    public MovedClock clock() {
        return clock;
    }

    public DatabaseAddress database() {
        return database;
    }

    /// The connections of its guests.
    HttpClient client() {
        return client;
    }

    /// A client that has not signed in.
    public Http stranger() {
        return new Http(this, List.of());
    }

    public Http operator() {
        return stranger().with("Authorization", "Bearer operator-token-of-the-tests");
    }

    /// Somebody with an account, signed in on one device.
    public Person person(String name) {
        return Person.signUp(this, name);
    }

    /// Stops as an operator stops it, once its guests have hung up: for those who say nothing it
    /// would wait a second.
    @Override
    public void close() {
        client.shutdown();
        try {
            wiring.stop();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        if (isDatabaseMine) {
            TestPostgres.drop(database);
        }
    }

    private static void migrate(DatabaseAddress address) {
        try (Db db =
                new Db(
                        address,
                        Db.Pool.named("migration", 2, 0, java.time.Duration.ofMinutes(5)),
                        new Outbox(JSON, java.time.InstantSource.system()))) {
            Migrations.migrate(db.dataSource());
        }
    }
}
