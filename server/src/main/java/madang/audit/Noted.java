package madang.audit;

import java.time.Instant;
import madang.kit.Id;
import org.jspecify.annotations.Nullable;

/// An entry as it is kept. `details` is the very text that was sealed.
record Noted(
        Id<Noted> id,
        @Nullable Id<?> actor,
        @Nullable String reason,
        String action,
        String targetType,
        @Nullable Id<?> target,
        @Nullable String address,
        String details,
        Instant at) {}
