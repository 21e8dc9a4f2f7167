package madang.events;

import madang.kit.Fact;
import madang.kit.Id;
import madang.kit.User;

/// Somebody is in the event no more: by himself, or because its creator put him out.
public record ParticipantLeft(Id<Event> event, Id<User> user, boolean wasRemoved) implements Fact {
    @Override
    public Id<Event> aggregate() {
        return event;
    }
}
