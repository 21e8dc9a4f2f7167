package madang.kit.db;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import madang.kit.Failure;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/// One connection to PostgreSQL for what a pool cannot lend: the notifications of a channel, or a
/// lock that ends when its holder does. A line that fails is over; whoever needs one opens another.
/// One thread at a time uses it. Whatever fails because PostgreSQL is away is
/// `SERVICE_UNAVAILABLE`.
public final class Line implements AutoCloseable {
    private final Connection connection;

    private Line(Connection connection) {
        this.connection = connection;
    }

    /// `settings` are PostgreSQL's own, of this session: ` -c enable_seqscan=off`.
    public static Line open(DatabaseAddress address, String name, String settings) {
        Properties properties = new Properties();
        properties.putAll(Db.driver(name, settings));
        properties.put("user", address.user());
        properties.put("password", address.password().value());
        try {
            return new Line(DriverManager.getConnection(address.jdbcUrl(), properties));
        } catch (SQLException away) {
            throw Failure.unavailable(away);
        }
    }

    /// A statement, which is its own transaction.
    public Sql sql(String text) {
        return new Sql(connection, text);
    }

    /// Takes a lock that nobody else may hold, until this line ends; false where somebody does.
    public boolean takesAlone(long lock) {
        return sql("select pg_try_advisory_lock(:lock)").with("lock", lock).one(Boolean.class);
    }

    /// Takes a lock together with others, until this line ends; false where somebody has it alone.
    public boolean takesWithOthers(long lock) {
        return sql("select pg_try_advisory_lock_shared(:lock)")
                .with("lock", lock)
                .one(Boolean.class);
    }

    /// From now on this line hears what is notified on the channel, a plain word.
    public void listen(String channel) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("listen " + channel);
        } catch (SQLException away) {
            throw Failure.unavailable(away);
        }
    }

    /// What was notified since it was asked last; waits for something, at most this long.
    public List<String> heard(Duration atMost) {
        try {
            @Nullable PGNotification[] heard =
                    connection
                            .unwrap(PGConnection.class)
                            .getNotifications(Math.toIntExact(atMost.toMillis()));
            return heard == null
                    ? List.of()
                    : Arrays.stream(heard)
                            .flatMap(
                                    one -> Stream.ofNullable(one).map(PGNotification::getParameter))
                            .toList();
        } catch (SQLException away) {
            throw Failure.unavailable(away);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException goneAlready) {
            // There is nothing left to close.
        }
    }
}
