package madang.rights;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What people are asked to agree to, each on its own. Whoever has an account has agreed to the
/// required ones; the others are free, and nothing else depends on them.
public enum ConsentKind {
    TERMS(true),
    PRIVACY(true),
    /// That one is fourteen or older, in one's own words (Art. 22-2).
    AGE(true),
    /// Health, moods, beliefs (Personal Information Protection Act Art. 23): asked apart.
    SENSITIVE(false),
    /// Sending what one writes to a language model of somebody else.
    LLM(false),
    MARKETING(false);

    private final boolean isRequired;

    ConsentKind(boolean isRequired) {
        this.isRequired = isRequired;
    }

    public boolean isRequired() {
        return isRequired;
    }

    static Optional<ConsentKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.toString().equals(word)).findAny();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
