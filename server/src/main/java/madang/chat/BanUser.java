package madang.chat;

import madang.kit.Id;
import madang.kit.User;
import madang.kit.json.CodePoints;
import org.jspecify.annotations.Nullable;

/// Whom a moderator keeps out of a room, and why; the reason is for moderators.
public record BanUser(Id<User> user, @CodePoints(max = 200) @Nullable String reason) {}
