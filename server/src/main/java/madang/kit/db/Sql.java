package madang.kit.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import madang.kit.Failure;
import madang.kit.Id;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// One statement on its way: whole text, named parameters, then what is wanted of it.
public final class Sql {
    private final Connection connection;
    private final NamedSql named;
    private final @Nullable Object[] values;
    private final boolean[] isBound;

    Sql(Connection connection, String text) {
        this.connection = connection;
        named = NamedSql.of(text);
        values = new Object[named.names().size()];
        isBound = new boolean[values.length];
    }

    /// Names that the statement does not use are passed over, so that a record may know more.
    public Sql with(String name, @Nullable Object value) {
        for (int i = 0; i < values.length; i++) {
            if (named.names().get(i).equals(name)) {
                values[i] = value;
                isBound[i] = true;
            }
        }
        return this;
    }

    /// Every component of a record under its own name, `:roomId`.
    public Sql with(Record values) {
        for (Components.Component component : Components.of(values.getClass())) {
            with(component.name(), component.of(values));
        }
        return this;
    }

    public Sql withIds(String name, Collection<? extends @Nullable Id<?>> ids) {
        return with(name, BinaryArray.ofIds(ids));
    }

    public Sql withTexts(String name, Collection<? extends @Nullable String> texts) {
        return with(name, BinaryArray.ofTexts(texts));
    }

    public Sql withLongs(String name, Collection<? extends @Nullable Long> numbers) {
        return with(name, BinaryArray.ofLongs(numbers));
    }

    public Sql withInstants(String name, Collection<? extends @Nullable Instant> instants) {
        return with(name, BinaryArray.ofInstants(instants));
    }

    public <T> List<T> list(Class<T> type) {
        return asked(statement -> {
            try (ResultSet lent = statement.executeQuery()) {
                ResultSet rows = driversOwn(lent);
                Rows<T> made = Rows.of(type).fits(rows);
                List<T> all = new ArrayList<>();
                while (rows.next()) {
                    all.add(made.of(rows));
                }
                return all;
            }
        });
    }

    public <T> Optional<T> first(Class<T> type) {
        return asked(statement -> {
            try (ResultSet lent = statement.executeQuery()) {
                ResultSet rows = driversOwn(lent);
                Rows<T> made = Rows.of(type).fits(rows);
                return rows.next() ? Optional.ofNullable(made.of(rows)) : Optional.empty();
            }
        });
    }

    /// The pool's wrapper costs a call for each cell, and has nothing to do for rows that are all
    /// here already.
    private static ResultSet driversOwn(ResultSet lent) throws SQLException {
        return lent.unwrap(ResultSet.class);
    }

    /// The only row of a statement that always has one.
    public <T> T one(Class<T> type) {
        return first(type).orElseThrow(() -> new IllegalStateException("no row"));
    }

    /// The ids in the only column.
    @SuppressWarnings("unchecked") // whose ids they are, the statement knows
    public <T> List<Id<T>> ids() {
        return (List<Id<T>>) (List<?>) list(Id.class);
    }

    /// Runs a statement that changes rows and says how many.
    public int count() {
        return asked(statement -> {
            statement.execute();
            return statement.getUpdateCount();
        });
    }

    public boolean changed() {
        return count() > 0;
    }

    private interface Asking<T> {
        T ask(PreparedStatement statement) throws SQLException;
    }

    private <T> T asked(Asking<T> asking) {
        try (PreparedStatement statement = connection.prepareStatement(named.text())) {
            for (int i = 0; i < values.length; i++) {
                bind(statement, i);
            }
            return asking.ask(statement);
        } catch (SQLException refused) {
            throw inWords(new StatementFailed(named.text(), refused));
        }
    }

    private void bind(PreparedStatement statement, int i) throws SQLException {
        if (!isBound[i]) {
            throw new IllegalStateException(
                    "nothing stands for :" + named.names().get(i) + " in: " + named.text());
        }
        switch (values[i]) {
            case null -> statement.setNull(i + 1, Types.NULL);
            case Id<?> id -> statement.setObject(i + 1, id.value());
            case Instant instant -> statement.setObject(i + 1, instant.atOffset(ZoneOffset.UTC));
            case Enum<?> constant -> statement.setString(i + 1, constant.name());
            case Object plain -> statement.setObject(i + 1, plain);
        }
    }

    static RuntimeException inWords(RuntimeException refused) {
        @Nullable SQLException cause = sqlCause(refused);
        if (cause == null) {
            return refused;
        }
        if (cause instanceof SQLTransientConnectionException) {
            return Failure.unavailable(refused);
        }
        @Nullable String state = cause.getSQLState();
        if (state == null) {
            return refused;
        }
        if (state.startsWith("23")
                && cause instanceof PSQLException postgres
                && postgres.getServerErrorMessage() instanceof ServerErrorMessage message
                && message.getConstraint() instanceof String constraint) {
            return new ConstraintViolated(constraint, refused);
        }
        return isOutOfService(state) ? Failure.unavailable(refused) : refused;
    }

    static @Nullable SQLException sqlCause(Throwable thrown) {
        for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }

    /// Connection lost (08), no resources such as disk or connections (53), stopped or timed out by
    /// the server (57), a lock that took too long (55P03), an I/O error (58).
    private static boolean isOutOfService(String state) {
        return state.startsWith("08")
                || state.startsWith("53")
                || state.startsWith("57")
                || state.startsWith("58")
                || state.equals("55P03");
    }
}
