package madang.events;

import madang.kit.Fact;
import madang.kit.Id;
import madang.kit.User;

/// Somebody proposed an event, or it was made because another one of his comes again.
public record EventCreated(Id<Event> event, Id<User> creator, boolean isRepeat) implements Fact {
    @Override
    public Id<Event> aggregate() {
        return event;
    }
}
