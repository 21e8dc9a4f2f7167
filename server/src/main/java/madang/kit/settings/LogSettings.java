package madang.kit.settings;

import madang.kit.Secret;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/// What is told, how, and to whom.
public record LogSettings(
        @Key(name = "MADANG_LOG_LEVEL", value = "info", says = "error, warn, info, debug or trace")
                Level level,
        @Key(
                        name = "MADANG_LOG_FORMAT",
                        value = "json",
                        says = "json for one object a line, or text")
                Format format,
        @Key(
                        name = "SENTRY_DSN",
                        says = "Where server errors are reported; not set: nothing is sent")
                @Nullable Secret sentryDsn,
        @Key(
                        name = "SENTRY_ENVIRONMENT",
                        value = "{APP_ENV}",
                        says = "The environment's name in Sentry")
                String sentryEnvironment) {

    public enum Format {
        JSON,
        TEXT
    }
}
