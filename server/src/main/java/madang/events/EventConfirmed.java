package madang.events;

import madang.kit.Fact;
import madang.kit.Id;
import madang.kit.User;

/// It will take place.
public record EventConfirmed(Id<Event> event, Id<User> by) implements Fact {
    @Override
    public Id<Event> aggregate() {
        return event;
    }
}
