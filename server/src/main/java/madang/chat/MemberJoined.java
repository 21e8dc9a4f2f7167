package madang.chat;

import madang.kit.Fact;
import madang.kit.Id;
import madang.kit.User;

/// Somebody became a member of a room.
public record MemberJoined(Id<Room> room, Id<User> user) implements Fact {
    @Override
    public Id<Room> aggregate() {
        return room;
    }
}
