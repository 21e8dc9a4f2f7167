package madang.chat;

import madang.kit.Id;
import madang.kit.User;

/// Somebody who wants to say something in a room.
record Speaker(Id<Room> room, Id<User> user) {}
