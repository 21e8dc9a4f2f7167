package madang.identity;

import java.time.Instant;
import madang.kit.Fact;
import madang.kit.Id;
import madang.kit.User;

/// An account has another password, by its old one or by a proof of another kind.
public record PasswordChanged(Id<User> user, Instant at) implements Fact {
    @Override
    public Id<User> aggregate() {
        return user;
    }
}
