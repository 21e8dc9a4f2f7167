package madang.moderation;

import java.time.Instant;
import madang.kit.Fact;
import madang.kit.Id;
import madang.kit.User;

/// Somebody wants to hear nothing more from somebody.
public record UserBlocked(Id<User> blocker, Id<User> blocked, Instant at) implements Fact {
    @Override
    public Id<User> aggregate() {
        return blocker;
    }
}
