package madang.events;

import jakarta.validation.constraints.Size;
import java.util.List;
import madang.kit.Id;
import madang.kit.User;

/// Which of his friends the creator asks to come.
public record InviteFriends(
        @Size(min = 1, max = CreateEvent.MOST_NAMED) List<Id<User>> friendIds) {}
