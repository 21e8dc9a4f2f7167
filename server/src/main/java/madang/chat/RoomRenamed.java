package madang.chat;

import madang.kit.Fact;
import madang.kit.Id;
import madang.kit.User;

/// A room has another name now.
public record RoomRenamed(Id<Room> room, Id<User> by, String name) implements Fact {
    @Override
    public Id<Room> aggregate() {
        return room;
    }
}
