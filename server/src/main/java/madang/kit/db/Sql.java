package madang.kit.db;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import madang.kit.Failure;
import madang.kit.Id;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// One statement on its way: whole text, named parameters, then what is wanted of it.
public final class Sql {
    private final Query query;

    Sql(Handle handle, String text) {
        query = handle.createQuery(text);
    }

    public Sql with(String name, @Nullable Object value) {
        switch (value) {
            case Instant instant -> query.bind(name, instant.atOffset(ZoneOffset.UTC));
            case Enum<?> constant -> query.bind(name, constant.name());
            case null, default -> query.bind(name, value);
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
        return withArray(name, "uuid", ids, id -> ((Id<?>) id).value());
    }

    public Sql withTexts(String name, Collection<? extends @Nullable String> texts) {
        return withArray(name, "text", texts, text -> text);
    }

    public Sql withLongs(String name, Collection<? extends @Nullable Long> numbers) {
        return withArray(name, "bigint", numbers, number -> number);
    }

    public Sql withInstants(String name, Collection<? extends @Nullable Instant> instants) {
        return withArray(
                name,
                "timestamptz",
                instants,
                instant -> ((Instant) instant).atOffset(ZoneOffset.UTC));
    }

    public <T> List<T> list(Class<T> type) {
        return asked(() -> query.map(Rows.of(type)).list());
    }

    public <T> Optional<T> first(Class<T> type) {
        return asked(() -> query.map(Rows.of(type)).findFirst());
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
        return asked(() ->
                query.execute((statement, context) -> {
                    var prepared = statement.get();
                    return Objects.requireNonNull(prepared).getUpdateCount();
                }));
    }

    public boolean changed() {
        return count() > 0;
    }

    private Sql withArray(
            String name,
            String type,
            Collection<? extends @Nullable Object> values,
            Function<Object, Object> toSql) {
        @Nullable Object[] array =
                values.stream().map(value -> value == null ? null : toSql.apply(value)).toArray();
        query.bind(
                name,
                (Argument)
                        (position, statement, context) ->
                                statement.setArray(
                                        position,
                                        statement.getConnection().createArrayOf(type, array)));
        return this;
    }

    private interface Asking<T> {
        T ask();
    }

    private static <T> T asked(Asking<T> asking) {
        try {
            return asking.ask();
        } catch (JdbiException refused) {
            throw inWords(refused);
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
