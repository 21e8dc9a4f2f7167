package madang.kit.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import javax.sql.DataSource;
import madang.kit.Turnstile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The door to PostgreSQL. A turnstile stands in front of the pool, because thousands of virtual
/// threads may ask at once.
public final class Db implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Db.class);

    /// How long to wait at the turnstile, and then for a connection. A client hears within 2.5 s
    /// that PostgreSQL is away or overrun; the rest of that is for the way there and back.
    private static final Duration MAX_WAIT = Duration.ofMillis(1_100);

    private static final Duration MAX_CONNECT = Duration.ofSeconds(1);

    private static final int MAX_TRIES = 4;

    private static final ScopedValue<Tx> OUTER = ScopedValue.newInstance();

    private final HikariDataSource pool;
    private final Turnstile turnstile;
    private final Outbox outbox;
    private LongConsumer transactions = _ -> {};

    /// A pool: its name, how many connections its users share, how many more housekeeping (jobs,
    /// health) may take past the turnstile, how long one lives, and its sessions' own settings.
    public record Pool(
            String name, int connections, int spare, Duration lifetime, String sessionSettings) {

        public static Pool named(String name, int connections, int spare, Duration lifetime) {
            return new Pool(name, connections, spare, lifetime, "");
        }

        /// The same with one more setting of PostgreSQL in each session.
        public Pool set(String setting, String value) {
            return new Pool(
                    name,
                    connections,
                    spare,
                    lifetime,
                    sessionSettings + " -c " + setting + "=" + value);
        }
    }

    public Db(DatabaseAddress address, Pool pool, Outbox outbox) {
        this.pool = open(address, pool);
        turnstile = new Turnstile(pool.connections(), MAX_WAIT);
        this.outbox = outbox;
    }

    /// Runs `work` in a transaction and commits when it returns. Inside another one, such as the
    /// web layer opens for an idempotent request, it joins that one. A deadlock is tried again.
    public <T> T tx(Function<Tx, T> work) {
        return OUTER.isBound() ? work.apply(OUTER.get()) : retried(() -> commit(work));
    }

    public void run(Consumer<Tx> work) {
        boolean done =
                tx(tx -> {
                    work.accept(tx);
                    return true;
                });
        assert done;
    }

    /// Asks without a transaction: right for a single statement, which is its own snapshot.
    public <T> T read(Function<Tx, T> question) {
        return OUTER.isBound()
                ? question.apply(OUTER.get())
                : withConnection(connection -> question.apply(new Tx(connection, outbox)));
    }

    /// Makes this transaction the outer one for everything that `work` does.
    public <T> T joined(Tx tx, ScopedValue.CallableOp<T, RuntimeException> work) {
        return ScopedValue.where(OUTER, tx).call(work);
    }

    /// Whether the caller holds a transaction, his own or an outer one.
    public static boolean isInTransaction() {
        return OUTER.isBound();
    }

    /// Tells how long each transaction or single question held its connection, in nanoseconds.
    public void timesTransactions(LongConsumer nanos) {
        transactions = nanos;
    }

    /// The pool itself, for libraries that bring their own SQL (jobs, migrations).
    public DataSource dataSource() {
        return pool;
    }

    public boolean isAlive() {
        try (var connection = pool.getConnection()) {
            return connection.isValid(1);
        } catch (SQLException dead) {
            return false;
        }
    }

    public record Load(int active, int idle, int waiting) {}

    public Load load() {
        @Nullable HikariPoolMXBean bean = pool.getHikariPoolMXBean();
        return bean == null
                ? new Load(0, 0, 0)
                : new Load(
                        bean.getActiveConnections(),
                        bean.getIdleConnections(),
                        turnstile.waiting() + bean.getThreadsAwaitingConnection());
    }

    @Override
    public void close() {
        pool.close();
    }

    private <T> T commit(Function<Tx, T> work) {
        record Done<T>(Tx tx, T result) {}
        Done<T> done =
                withConnection(connection -> {
                    Tx tx = new Tx(connection, outbox);
                    connection.setAutoCommit(false);
                    boolean isDone = false;
                    try {
                        T result = joined(tx, () -> work.apply(tx));
                        connection.commit();
                        isDone = true;
                        return new Done<>(tx, result);
                    } finally {
                        if (!isDone) {
                            rollBack(connection);
                        }
                    }
                });
        done.tx().committed();
        return done.result();
    }

    /// What went wrong before says more than that this could not be done on top of it; and a
    /// connection that is lost was rolled back by its end.
    private static void rollBack(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException lost) {
            log.debug("a transaction ended with its connection", lost);
        }
    }

    private interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    private <T> T withConnection(Work<T> work) {
        return turnstile.pass(() -> lend(work));
    }

    /// The pool gives a connection back as it lends it: committing by itself.
    private <T> T lend(Work<T> work) {
        long started = System.nanoTime();
        try (Connection connection = pool.getConnection()) {
            return work.with(connection);
        } catch (SQLException refused) {
            throw Sql.inWords(new StatementFailed(refused));
        } finally {
            transactions.accept(System.nanoTime() - started);
        }
    }

    private interface Try<T> {
        T run();
    }

    private static <T> T retried(Try<T> work) {
        for (int tries = 1; ; tries++) {
            try {
                return work.run();
            } catch (RuntimeException refused) {
                if (tries == MAX_TRIES || !isRetryable(refused)) {
                    throw refused;
                }
            }
        }
    }

    /// A deadlock or a serialization failure: the other one won, and a second try may succeed.
    private static boolean isRetryable(RuntimeException refused) {
        @Nullable SQLException cause = Sql.sqlCause(refused);
        @Nullable String state = cause == null ? null : cause.getSQLState();
        return "40P01".equals(state) || "40001".equals(state);
    }

    private static HikariDataSource open(DatabaseAddress address, Pool pool) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(pool.name());
        config.setJdbcUrl(address.jdbcUrl());
        config.setUsername(address.user());
        config.setPassword(address.password().value());
        config.setMaximumPoolSize(pool.connections() + pool.spare());
        config.setMinimumIdle(pool.connections());
        config.setMaxLifetime(pool.lifetime().toMillis());
        config.setConnectionTimeout(MAX_CONNECT.toMillis());
        config.setValidationTimeout(MAX_CONNECT.toMillis());
        config.setInitializationFailTimeout(-1);
        driver(pool.name(), pool.sessionSettings()).forEach(config::addDataSourceProperty);
        return new HikariDataSource(config);
    }

    /// How every connection of the house behaves; `sessionSettings` are one's own beyond that.
    static Map<String, String> driver(String name, String sessionSettings) {
        return Map.of(
                "ApplicationName", name,
                "connectTimeout", "3",
                "socketTimeout", "15",
                "tcpKeepAlive", "true",
                "logServerErrorDetail", "false",
                "prepareThreshold", "3",
                "binaryTransferEnable", BinaryArray.TOLD_TO_THE_DRIVER,
                "options",
                        "-c statement_timeout=5000 -c lock_timeout=2000"
                                + " -c idle_in_transaction_session_timeout=10000 -c timezone=UTC"
                                + sessionSettings);
    }
}
