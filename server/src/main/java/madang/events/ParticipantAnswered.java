package madang.events;

import madang.kit.Fact;
import madang.kit.Id;
import madang.kit.User;

/// Somebody will come, or will not.
public record ParticipantAnswered(Id<Event> event, Id<User> user, boolean isComing)
        implements Fact {
    @Override
    public Id<Event> aggregate() {
        return event;
    }
}
