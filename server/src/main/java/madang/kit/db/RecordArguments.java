package madang.kit.db;

import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.argument.NamedArgumentFinder;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/// The components of a record as named parameters. Jdbi's own finder sees public records only, and
/// says nothing about the others.
final class RecordArguments implements NamedArgumentFinder {
    private static final ClassValue<List<RecordComponent>> COMPONENTS =
            new ClassValue<>() {
                @Override
                protected List<RecordComponent> computeValue(Class<?> type) {
                    List<RecordComponent> all = List.of(type.getRecordComponents());
                    all.forEach(component -> component.getAccessor().setAccessible(true));
                    return all;
                }
            };

    private final Record values;

    RecordArguments(Record values) {
        this.values = values;
    }

    @Override
    public Optional<Argument> find(String name, StatementContext context) {
        for (RecordComponent component : COMPONENTS.get(values.getClass())) {
            if (component.getName().equals(name)) {
                return argument(component.getType(), value(component), context);
            }
        }
        return Optional.empty();
    }

    @Override
    public Collection<String> getNames() {
        return COMPONENTS.get(values.getClass()).stream().map(RecordComponent::getName).toList();
    }

    private static Optional<Argument> argument(
            Class<?> type, @Nullable Object value, StatementContext context) {
        if (type == Instant.class) {
            return context.findArgumentFor(
                    OffsetDateTime.class,
                    value instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : null);
        }
        if (type.isEnum()) {
            return context.findArgumentFor(
                    String.class, value instanceof Enum<?> constant ? constant.name() : null);
        }
        return context.findArgumentFor(type, value);
    }

    private @Nullable Object value(RecordComponent component) {
        try {
            return component.getAccessor().invoke(values);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Names only: values are what people wrote.
    @Override
    public String toString() {
        return Arrays.toString(getNames().toArray());
    }
}
