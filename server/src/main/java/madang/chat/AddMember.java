package madang.chat;

import madang.kit.Id;
import madang.kit.User;

/// Whom a moderator brings into a room.
public record AddMember(Id<User> user) {}
