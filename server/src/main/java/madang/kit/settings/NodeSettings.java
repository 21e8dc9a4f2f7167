package madang.kit.settings;

import org.jspecify.annotations.Nullable;

/// How this node finds the others.
public record NodeSettings(
        @Key(
                        name = "MADANG_BUS",
                        says =
                                "What carries hints between nodes: memory (one node alone) or postgresql;"
                                        + " not set: postgresql where MADANG_DATABASE_URL is set, else memory")
                @Nullable BusKind bus) {

    /// An external database may have other nodes on it; an embedded one is this process's own.
    public BusKind bus(DatabaseSettings database) {
        if (bus != null) {
            return bus;
        }
        return database.url() == null ? BusKind.MEMORY : BusKind.POSTGRESQL;
    }
}
