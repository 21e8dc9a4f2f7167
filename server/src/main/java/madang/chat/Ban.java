package madang.chat;

import java.time.Instant;
import madang.kit.Id;
import madang.kit.User;
import org.jspecify.annotations.Nullable;

/// Somebody who may not come into a room, by whose word and why.
public record Ban(Id<User> user, Id<User> by, @Nullable String reason, Instant createdAt) {}
