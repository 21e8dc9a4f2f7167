package madang.chat;

import madang.kit.Fact;
import madang.kit.Id;
import madang.kit.User;

/// Somebody may not come into a room any more, and was put out if he was in.
public record MemberBanned(Id<Room> room, Id<User> user, boolean wasMember) implements Fact {
    @Override
    public Id<Room> aggregate() {
        return room;
    }
}
