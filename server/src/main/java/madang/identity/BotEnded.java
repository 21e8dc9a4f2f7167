package madang.identity;

import madang.kit.Fact;
import madang.kit.Id;
import madang.kit.User;

/// A bot was ended by its owner: it will never do anything again.
public record BotEnded(Id<User> bot) implements Fact {
    @Override
    public Id<User> aggregate() {
        return bot;
    }
}
