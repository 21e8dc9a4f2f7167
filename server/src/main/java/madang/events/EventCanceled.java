package madang.events;

import madang.kit.Fact;
import madang.kit.Id;
import madang.kit.User;
import org.jspecify.annotations.Nullable;

/// It will not take place. `by` is null where the house called it off.
public record EventCanceled(Id<Event> event, @Nullable Id<User> by) implements Fact {
    @Override
    public Id<Event> aggregate() {
        return event;
    }
}
