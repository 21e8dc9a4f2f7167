package madang.people;

import java.time.Instant;
import madang.kit.Fact;
import madang.kit.Id;
import madang.kit.User;

/// Somebody asked somebody to be friends, and that one may know it.
public record FriendRequested(Id<User> sender, Id<User> receiver, Instant at) implements Fact {
    @Override
    public Id<User> aggregate() {
        return receiver;
    }
}
