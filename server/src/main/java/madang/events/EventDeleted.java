package madang.events;

import madang.kit.Fact;
import madang.kit.Id;
import madang.kit.User;

/// Its creator hid it from everybody's list; where it was open, it was called off before.
public record EventDeleted(Id<Event> event, Id<User> by) implements Fact {
    @Override
    public Id<Event> aggregate() {
        return event;
    }
}
