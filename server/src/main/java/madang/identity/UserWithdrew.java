package madang.identity;

import java.time.Instant;
import madang.kit.Fact;
import madang.kit.Id;
import madang.kit.User;

/// Somebody leaves, and may come back until his account is sealed.
public record UserWithdrew(Id<User> user, Instant at) implements Fact {
    @Override
    public Id<User> aggregate() {
        return user;
    }
}
