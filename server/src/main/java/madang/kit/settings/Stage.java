package madang.kit.settings;

import java.util.Locale;

/// How much is at stake in this run.
public enum Stage {
    DEVELOPMENT,
    STAGING,
    PRODUCTION;

    /// The key that sets it.
    static final String KEY = "APP_ENV";

    /// Real people may be behind it: no sandbox, secrets are given and not made, placeholders are
    /// refused.
    public boolean isGuarded() {
        return this != DEVELOPMENT;
    }

    /// The word that `APP_ENV` has for it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
