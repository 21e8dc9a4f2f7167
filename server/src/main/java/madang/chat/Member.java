package madang.chat;

import java.time.Instant;
import madang.kit.Id;
import madang.kit.User;
import org.jspecify.annotations.Nullable;

/// Somebody who is in a room. One who is muted may not speak until then.
public record Member(
        Id<User> user, RoomRole role, Instant joinedAt, @Nullable Instant mutedUntil) {}
