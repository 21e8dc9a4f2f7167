package madang.events;

import java.util.List;
import madang.kit.Fact;
import madang.kit.Id;
import madang.kit.User;

/// These are asked to come, or came in by a link; none has answered yet. `by` asked them, or made
/// the link.
public record ParticipantsJoined(
        Id<Event> event, List<Id<User>> users, Id<User> by, InviteMethod method) implements Fact {
    @Override
    public Id<Event> aggregate() {
        return event;
    }
}
