package madang.events;

import java.util.List;
import madang.kit.Fact;
import madang.kit.Id;
import madang.kit.User;

/// Its creator agreed to something else: these fields.
public record EventChanged(Id<Event> event, Id<User> by, List<EventField> what) implements Fact {
    @Override
    public Id<Event> aggregate() {
        return event;
    }
}
