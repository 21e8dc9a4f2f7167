package madang.rights;

import java.util.Locale;

/// What people are asked to agree to, each on its own. Whoever has an account has agreed to the
/// required ones; the others are free, and nothing else depends on them.
public enum ConsentKind {
    TERMS(true),
    PRIVACY(true),
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

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
