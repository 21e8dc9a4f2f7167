package madang.events;

import madang.kit.Fact;
import madang.kit.Id;
import madang.kit.User;

/// An event comes again from now on, by a new rule perhaps; or it is the last one of its series.
public record EventRepeated(Id<Event> event, Id<User> by, boolean isLast) implements Fact {
    @Override
    public Id<Event> aggregate() {
        return event;
    }
}
