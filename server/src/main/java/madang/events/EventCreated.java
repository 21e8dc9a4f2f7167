package madang.events;

import madang.kit.Fact;
import madang.kit.Id;
import madang.kit.User;

/// Somebody proposed an event.
public record EventCreated(Id<Event> event, Id<User> creator) implements Fact {
    @Override
    public Id<Event> aggregate() {
        return event;
    }
}
