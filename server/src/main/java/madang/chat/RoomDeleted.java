package madang.chat;

import madang.kit.Fact;
import madang.kit.Id;

/// A room is gone, with everybody's place in it.
public record RoomDeleted(Id<Room> room) implements Fact {
    @Override
    public Id<Room> aggregate() {
        return room;
    }
}
