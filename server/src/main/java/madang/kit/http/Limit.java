package madang.kit.http;

import java.util.Locale;

/// Every rate limit of the product, by the name that its `RateLimit` headers show. How much each
/// allows is in `LimitSettings`; a verified token keys the limit by its user, anything else by
/// address.
public enum Limit {
    /// No limit: health, pages and their files.
    NONE,
    /// What holds where nothing else is said.
    API,
    /// New accounts, by address.
    SIGN_UP,
    /// Reports, which each cost an administrator's time.
    REPORT;

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
