package madang.chat;

import madang.kit.Fact;
import madang.kit.Id;

/// A public room became a private one.
public record RoomHidden(Id<Room> room) implements Fact {
    @Override
    public Id<Room> aggregate() {
        return room;
    }
}
