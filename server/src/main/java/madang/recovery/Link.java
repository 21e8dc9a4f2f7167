package madang.recovery;

import java.time.Instant;
import madang.kit.Id;
import madang.kit.User;
import org.jspecify.annotations.Nullable;

/// A link that was mailed to an address, as its use finds it.
record Link(@Nullable Id<User> userId, String email, Instant expiresAt) {}
