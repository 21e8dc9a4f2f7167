package madang.chat;

import madang.kit.Fact;
import madang.kit.Id;
import madang.kit.User;

/// A room belongs to somebody else now: it was passed on, or its owner left.
public record OwnerChanged(Id<Room> room, Id<User> user) implements Fact {
    @Override
    public Id<Room> aggregate() {
        return room;
    }
}
