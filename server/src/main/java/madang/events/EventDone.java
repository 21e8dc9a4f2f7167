package madang.events;

import madang.kit.Fact;
import madang.kit.Id;
import madang.kit.User;
import org.jspecify.annotations.Nullable;

/// It took place. `by` is null where the house saw that it was over.
public record EventDone(Id<Event> event, @Nullable Id<User> by) implements Fact {
    @Override
    public Id<Event> aggregate() {
        return event;
    }
}
