package madang.chat;

import madang.kit.Fact;
import madang.kit.Id;
import madang.kit.User;

/// Somebody is no longer a member of a room: went himself, or was put out.
public record MemberLeft(Id<Room> room, Id<User> user, boolean wasRemoved) implements Fact {
    @Override
    public Id<Room> aggregate() {
        return room;
    }
}
