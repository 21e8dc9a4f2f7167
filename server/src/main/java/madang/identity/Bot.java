package madang.identity;

import java.time.Instant;
import madang.kit.Id;
import madang.kit.User;
import org.jspecify.annotations.Nullable;

/// A bot as its owner sees it. When it was last used is known to the minute.
record Bot(
        Id<User> id,
        String nickname,
        @Nullable String profileImageUrl,
        Instant createdAt,
        Instant tokenMadeAt,
        @Nullable Instant lastUsedAt) {}
