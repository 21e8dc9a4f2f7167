package madang.identity;

import madang.kit.Id;
import madang.kit.User;
import org.jspecify.annotations.Nullable;

/// A user as others see him.
public record UserView(
        Id<User> id,
        @Nullable String username,
        String nickname,
        @Nullable String profileImageUrl,
        @Nullable String statusMessage,
        boolean isBot) {}
