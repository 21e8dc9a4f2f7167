package madang.social;

import madang.kit.Fact;
import madang.kit.Id;
import madang.kit.User;

/// Somebody lets us use his calendar at Google: for the first time, or once more.
public record CalendarAllowed(Id<User> user) implements Fact {
    @Override
    public Id<User> aggregate() {
        return user;
    }
}
