package madang.events;

import madang.kit.Fact;
import madang.kit.Id;
import madang.kit.User;

/// The creator of an event said that somebody did not come, or took it back.
public record NoShowMarked(Id<Event> event, Id<User> user) implements Fact {
    @Override
    public Id<Event> aggregate() {
        return event;
    }
}
