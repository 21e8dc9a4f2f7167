package madang.kit.settings;

import java.util.regex.Pattern;

/// Values that examples put where a secret belongs, the five systems' own among them. Everybody
/// knows them, so they protect nobody.
final class Placeholder {
    /// An example that nobody filled in: `...`, `sk-...`, `your-kakao-client-secret`.
    private static final Pattern UNFILLED =
            Pattern.compile(".*\\.\\.\\.|(?:.*[-_ ])?your[-_ ].*|<.*>", Pattern.CASE_INSENSITIVE);

    private static final Pattern GUESSABLE =
            Pattern.compile(
                    ".*(?:change|replace)[-_ ]?(?:me|this|it|in).*"
                            + "|.*(?:placeholder|super[-_ ]?secret|secret[-_ ]?key).*"
                            + "|(?:(?:my|the|a|jwt|dev|test|local|default|admin)[-_ ]?)*"
                            + "(?:secret|password|passwd|key|token|admin|test|root|postgres|timingle)"
                            + "|(?:1234|0123)\\d*",
                    Pattern.CASE_INSENSITIVE);

    private Placeholder() {}

    static boolean isUnfilled(String value) {
        return UNFILLED.matcher(value).matches();
    }

    static boolean is(String value) {
        return isUnfilled(value) || GUESSABLE.matcher(value).matches();
    }
}
