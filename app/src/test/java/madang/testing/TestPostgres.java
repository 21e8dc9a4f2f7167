package madang.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import madang.embedded.EmbeddedPostgres;
import madang.kit.db.DatabaseAddress;

/// One real PostgreSQL for all tests of a JVM, gone with it. A test class takes a `fresh` copy of a
/// template that was migrated once, and drops it when it is done.
public final class TestPostgres {
    private static final Map<String, Template> TEMPLATES = new ConcurrentHashMap<>();
    private static final AtomicInteger COPIES = new AtomicInteger();

    private TestPostgres() {}

    /// The template of this name; the first who asks migrates it, and closes what it opened.
    public static Template template(String name, Consumer<DatabaseAddress> migrate) {
        return TEMPLATES.computeIfAbsent(name, unknown -> Template.made(name, migrate));
    }

    /// An empty database.
    public static DatabaseAddress empty() {
        return create("empty_" + COPIES.incrementAndGet(), "template1");
    }

    /// Also under whoever is still connected; nobody connects again. Not by force, which stumbles
    /// over PostgreSQL's own vacuum: a plain drop sends that away and waits for it.
    public static void drop(DatabaseAddress address) {
        shut(address);
        execute("drop database " + name(address));
    }

    /// Takes a database away from whoever is connected, until it is opened again.
    public static void shut(DatabaseAddress address) {
        shut(name(address));
    }

    public static void open(DatabaseAddress address) {
        execute("alter database " + name(address) + " allow_connections true");
    }

    private static void shut(String name) {
        execute("alter database " + name + " allow_connections false");
        execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = '"
                        + name
                        + "' and usename = current_user");
    }

    private static String name(DatabaseAddress address) {
        String url = address.jdbcUrl();
        return url.substring(url.lastIndexOf('/') + 1);
    }

    public record Template(String name) {

        private static Template made(String name, Consumer<DatabaseAddress> migrate) {
            migrate.accept(create(name, "template1"));
            // A connection that is still closing would keep it from being copied.
            shut(name);
            return new Template(name);
        }

        public DatabaseAddress fresh() {
            return create(name + "_" + COPIES.incrementAndGet(), name);
        }
    }

    /// File by file, which is quicker here than through the log: nothing waits for the disk.
    private static DatabaseAddress create(String name, String template) {
        execute("create database %s template %s strategy file_copy".formatted(name, template));
        DatabaseAddress server = Server.ADDRESS;
        String url = server.jdbcUrl();
        return new DatabaseAddress(
                url.substring(0, url.lastIndexOf('/') + 1) + name,
                server.user(),
                server.password());
    }

    private static void execute(String sql) {
        DatabaseAddress server = Server.ADDRESS;
        try (Connection connection =
                        DriverManager.getConnection(
                                server.jdbcUrl(), server.user(), server.password().value());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failed) {
            throw new IllegalStateException(sql, failed);
        }
    }

    /// Starts when the first test needs it.
    private static final class Server {
        static final DatabaseAddress ADDRESS = start();

        private static DatabaseAddress start() {
            try {
                Path folder = Files.createTempDirectory("madang-test-postgres-");
                EmbeddedPostgres postgres = EmbeddedPostgres.startForgetful(folder);
                Runtime.getRuntime()
                        .addShutdownHook(
                                Thread.ofPlatform().unstarted(() -> end(postgres, folder)));
                return postgres.address();
            } catch (IOException noFolder) {
                throw new UncheckedIOException(noFolder);
            }
        }

        private static void end(EmbeddedPostgres postgres, Path folder) {
            postgres.close();
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            } catch (IOException left) {
                throw new UncheckedIOException(left);
            }
        }
    }
}
