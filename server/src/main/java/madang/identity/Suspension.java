package madang.identity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Why somebody is shut out, in the words of who did it, and until when; null: until he is let in.
public record Suspension(@Nullable String reason, @Nullable Instant until) {
    public static final Suspension WITHOUT_END = new Suspension(null, null);
}
