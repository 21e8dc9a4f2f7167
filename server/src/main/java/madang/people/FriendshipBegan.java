package madang.people;

import java.time.Instant;
import madang.kit.Fact;
import madang.kit.Id;
import madang.kit.User;

/// Two are friends from now on: the one who had asked, and the one who has just agreed.
public record FriendshipBegan(Id<User> asker, Id<User> agreed, Instant at) implements Fact {
    @Override
    public Id<User> aggregate() {
        return asker;
    }
}
