package madang.people;

import java.util.Map;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.Text;
import madang.kit.User;
import org.jspecify.annotations.Nullable;

/// Whom somebody would like to be friends with: by id or by the exact username.
public record AskFriend(@Nullable Id<User> user, @Nullable String username) {
    public AskFriend {
        if ((user == null) == (username == null)) {
            throw Failure.invalid(Map.of("body", Text.of("invalid.user_or_username")));
        }
    }
}
