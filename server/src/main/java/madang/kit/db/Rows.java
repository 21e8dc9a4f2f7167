package madang.kit.db;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import madang.kit.Id;
import madang.kit.Language;
import org.jspecify.annotations.Nullable;

/// Makes records of rows by position: the select names its columns in the order of the record's
/// components. A component that is a record itself takes as many columns as it has components; a
/// `@Nullable` one is null where its first column is. A query that names a column too few or too
/// many fails the first time it runs.
final class Rows<T> {
    private static final ClassValue<Rows<?>> KNOWN =
            new ClassValue<>() {
                @Override
                protected Rows<?> computeValue(Class<?> type) {
                    return new Rows<>(type);
                }
            };

    private interface Column {
        @Nullable Object read(ResultSet row, int position) throws SQLException;

        default int width() {
            return 1;
        }
    }

    /// A record inside a record.
    private record Nested(Rows<?> rows, boolean isNullable) implements Column {
        @Override
        public @Nullable Object read(ResultSet row, int position) throws SQLException {
            return isNullable && row.getObject(position) == null ? null : rows.of(row, position);
        }

        @Override
        public int width() {
            return rows.width;
        }
    }

    private final Class<T> type;
    private final Column[] columns;

    /// How far behind the record's first column each component begins.
    private final int[] offsets;

    private final int width;
    private final @Nullable MethodHandle constructor;

    @SuppressWarnings("unchecked") // the value of a class is a mapper of that class
    static <T> Rows<T> of(Class<T> type) {
        return (Rows<T>) KNOWN.get(type);
    }

    private Rows(Class<T> type) {
        this.type = type;
        this.columns =
                isRow(type)
                        ? Arrays.stream(type.getRecordComponents())
                                .map(Rows::column)
                                .toArray(Column[]::new)
                        : new Column[] {column(type)};
        this.offsets = new int[columns.length];
        int end = 0;
        for (int i = 0; i < columns.length; i++) {
            offsets[i] = end;
            end += columns[i].width();
        }
        this.width = end;
        this.constructor = isRow(type) ? constructor(type) : null;
    }

    private static boolean isRow(Class<?> type) {
        return type.isRecord() && type != Id.class;
    }

    /// Asked once a query, before its first row.
    Rows<T> fits(ResultSet rows) throws SQLException {
        int found = rows.getMetaData().getColumnCount();
        if (found != width) {
            throw new IllegalStateException(
                    "%s has %d components, its select %d columns"
                            .formatted(type.getSimpleName(), width, found));
        }
        return this;
    }

    T of(ResultSet row) throws SQLException {
        return of(row, 1);
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // the constructor and the single column are of T
    private T of(ResultSet row, int first) throws SQLException {
        @Nullable Object[] values = new Object[columns.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = columns[i].read(row, first + offsets[i]);
        }
        if (constructor == null) {
            return (T) values[0];
        }
        try {
            return (T) constructor.invoke(values);
        } catch (RuntimeException | Error thrown) {
            throw thrown;
        } catch (Throwable impossible) {
            throw new IllegalStateException(type.getName(), impossible);
        }
    }

    private static MethodHandle constructor(Class<?> type) {
        try {
            var lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
            var constructor =
                    type.getDeclaredConstructor(
                            Arrays.stream(type.getRecordComponents())
                                    .map(RecordComponent::getType)
                                    .toArray(Class<?>[]::new));
            return lookup.unreflectConstructor(constructor)
                    .asSpreader(Object[].class, constructor.getParameterCount())
                    .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Column column(RecordComponent component) {
        return isRow(component.getType())
                ? new Nested(
                        of(component.getType()),
                        component.getAnnotatedType().isAnnotationPresent(Nullable.class))
                : column(component.getType());
    }

    private static Column column(Class<?> type) {
        if (type == Id.class) {
            return (row, at) ->
                    row.getObject(at, UUID.class) instanceof UUID id ? new Id<>(id) : null;
        }
        if (type == Instant.class) {
            return (row, at) ->
                    row.getObject(at, OffsetDateTime.class) instanceof OffsetDateTime time
                            ? time.toInstant()
                            : null;
        }
        if (type == String.class) {
            return ResultSet::getString;
        }
        if (type == long.class || type == Long.class) {
            return (row, at) -> orNull(row, row.getLong(at));
        }
        if (type == int.class || type == Integer.class) {
            return (row, at) -> orNull(row, row.getInt(at));
        }
        if (type == boolean.class || type == Boolean.class) {
            return (row, at) -> orNull(row, row.getBoolean(at));
        }
        if (type == byte[].class) {
            return ResultSet::getBytes;
        }
        if (type == Language.class) {
            return (row, at) -> Language.parse(row.getString(at));
        }
        if (type == List.class) {
            return (row, at) -> texts(row.getArray(at));
        }
        if (type.isEnum()) {
            Map<String, Object> constants = constants(type);
            return (row, at) ->
                    row.getString(at) instanceof String name ? constants.get(name) : null;
        }
        throw new IllegalStateException("no column holds a " + type.getName());
    }

    private static @Nullable Object orNull(ResultSet row, Object value) throws SQLException {
        return row.wasNull() ? null : value;
    }

    private static @Nullable List<String> texts(@Nullable Array array) throws SQLException {
        return array == null ? null : List.of((String[]) array.getArray());
    }

    private static Map<String, Object> constants(Class<?> type) {
        Map<String, Object> constants = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Object constant : type.getEnumConstants()) {
            constants.put(((Enum<?>) constant).name(), constant);
        }
        return constants;
    }
}
