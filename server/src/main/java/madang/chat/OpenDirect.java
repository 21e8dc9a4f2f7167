package madang.chat;

import madang.kit.Id;
import madang.kit.User;

/// With whom somebody wants to talk alone.
public record OpenDirect(Id<User> user) {}
