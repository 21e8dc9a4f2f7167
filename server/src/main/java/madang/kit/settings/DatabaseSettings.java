package madang.kit.settings;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Where the truth is kept, and how many hands reach for it.
public record DatabaseSettings(
        @Key(
                        name = "MADANG_DATABASE_URL",
                        says =
                                "PostgreSQL 15 or newer, as postgresql://user:password@host:5432/name with"
                                        + " libpq's parameters; not set: an embedded one in MADANG_DATA")
                @Nullable DatabaseUrl url,
        @Key(
                        name = "MADANG_DATABASE_POOL_SIZE",
                        value = "10",
                        min = "1",
                        max = "1000",
                        says = "Connections in the pool")
                int poolSize,
        @Key(
                        name = "MADANG_DATABASE_POOL_OVERFLOW",
                        value = "0",
                        min = "0",
                        max = "1000",
                        says =
                                "Connections above the pool size; the pool's ceiling is both together")
                int poolOverflow,
        @Key(
                        name = "MADANG_DATABASE_CONNECTION_LIFETIME",
                        value = "30m",
                        min = "30s",
                        says = "A connection is replaced after this time")
                Duration connectionLifetime) {

    public int poolCeiling() {
        return poolSize + poolOverflow;
    }
}
