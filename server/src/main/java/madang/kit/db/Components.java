package madang.kit.db;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The components of a record type by name, private ones too, looked up once.
record Components(List<Component> all) {
    private static final ClassValue<Components> KNOWN =
            new ClassValue<>() {
                @Override
                protected Components computeValue(Class<?> type) {
                    return new Components(
                            Arrays.stream(type.getRecordComponents())
                                    .map(c ->
                                            new Component(c.getName(), accessor(type, c.getName())))
                                    .toList());
                }
            };

    record Component(String name, MethodHandle accessor) {
        @Nullable Object of(Record values) {
            try {
                return accessor.invoke(values);
            } catch (RuntimeException | Error thrown) {
                throw thrown;
            } catch (Throwable impossible) {
                throw new IllegalStateException(name, impossible);
            }
        }
    }

    static List<Component> of(Class<? extends Record> type) {
        return KNOWN.get(type).all();
    }

    private static MethodHandle accessor(Class<?> type, String name) {
        try {
            return MethodHandles.privateLookupIn(type, MethodHandles.lookup())
                    .unreflect(type.getDeclaredMethod(name))
                    .asType(MethodType.methodType(Object.class, Record.class));
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
