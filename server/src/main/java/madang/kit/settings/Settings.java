package madang.kit.settings;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The settings of one run: every record complete, valid, and agreed upon by all who set it.
public final class Settings {
    /// The kit's own records, in the order of the reference.
    public static final List<Class<? extends Record>> KIT =
            List.of(
                    ServerSettings.class,
                    HttpSettings.class,
                    DatabaseSettings.class,
                    NodeSettings.class,
                    SecretSettings.class,
                    LimitSettings.class,
                    LogSettings.class);

    private final Map<Class<?>, Record> records;
    private final List<String> notices;

    private Settings(Map<Class<?>, Record> records, List<String> notices) {
        this.records = records;
        this.notices = notices;
    }

    /// Reads these records. Everything that is wrong comes back as one [SettingsProblem]; secrets
    /// that development lacks are made, and kept once nothing is wrong. A guarded stage that lacks
    /// one has a problem by then.
    public static Settings load(Sources sources, List<Class<? extends Record>> types) {
        Reading reading = new Reading(sources, Aliases.ofHouse(), KeySpec.of(types));
        Map<String, String> made = reading.makeMissingSecrets();
        Problems problems = reading.problems();
        Map<Class<?>, Record> records = new HashMap<>();
        for (Class<? extends Record> type : types) {
            if (isComplete(type, reading)) {
                problems.collect(() -> records.put(type, build(type, reading)));
            }
        }
        problems.stopIfAny();
        reading.keep(made);
        problems.stopIfAny();
        return new Settings(records, reading.notices());
    }

    public <R extends Record> R get(Class<R> type) {
        return type.cast(Objects.requireNonNull(records.get(type), type.getName()));
    }

    /// What the operator should hear at the start: names that are set and have no effect, and what
    /// was made.
    public List<String> notices() {
        return notices;
    }

    /// None of its values is missing or unreadable; otherwise that is a problem already.
    private static boolean isComplete(Class<? extends Record> type, Reading reading) {
        return KeySpec.of(type)
                .allMatch(spec -> {
                    Reading.@Nullable Held held = reading.held(spec);
                    return held == null ? spec.isOptional() : held.value() != null;
                });
    }

    private static Record build(Class<? extends Record> type, Reading reading) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] values =
                Arrays.stream(components).map(component -> value(component, reading)).toArray();
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (InvocationTargetException refused) {
            if (refused.getCause() instanceof SettingsProblem rule) {
                throw rule;
            }
            throw new IllegalStateException(type + " failed", refused.getCause());
        } catch (ReflectiveOperationException hidden) {
            throw new IllegalStateException(type + " must be a public record", hidden);
        }
    }

    private static @Nullable Object value(RecordComponent component, Reading reading) {
        @Nullable Key key = component.getAnnotation(Key.class);
        if (key == null) {
            return reading.stage();
        }
        Reading.@Nullable Held held = reading.held(KeySpec.of(component));
        if (held != null) {
            return held.value();
        }
        return component.getType() == List.class ? List.of() : null;
    }
}
