package madang.identity;

import java.time.Instant;
import madang.kit.Fact;
import madang.kit.Id;
import madang.kit.User;

/// Somebody who had withdrawn came back before his account was sealed.
public record WithdrawalUndone(Id<User> user, Instant at) implements Fact {
    @Override
    public Id<User> aggregate() {
        return user;
    }
}
