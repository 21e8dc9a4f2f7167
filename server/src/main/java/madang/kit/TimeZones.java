package madang.kit;

import java.time.ZoneId;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The names of the IANA time zone database. A library may add names of its own to those that the
/// JDK knows, made up anew at each start: who kept one could not be read afterwards.
public final class TimeZones {
    private static final Set<String> NAMES =
            ZoneId.getAvailableZoneIds().stream()
                    .filter(name -> name.indexOf('~') < 0)
                    .collect(Collectors.toUnmodifiableSet());

    public static boolean knows(String name) {
        return NAMES.contains(name);
    }

    /// The zone of this name, or null where there is none.
    public static @Nullable ZoneId parse(String name) {
        return knows(name) ? ZoneId.of(name) : null;
    }

    private TimeZones() {}
}
