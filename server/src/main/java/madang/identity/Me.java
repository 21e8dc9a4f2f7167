package madang.identity;

import java.time.Instant;
import java.util.List;
import madang.kit.Id;
import madang.kit.Language;
import madang.kit.Role;
import madang.kit.User;
import org.jspecify.annotations.Nullable;

/// A user as he sees himself.
public record Me(
        Id<User> id,
        @Nullable String username,
        @Nullable String email,
        boolean emailVerified,
        @Nullable String phone,
        boolean phoneVerified,
        String nickname,
        @Nullable String profileImageUrl,
        @Nullable String statusMessage,
        Role role,
        Language language,
        String timeZone,
        @Nullable String region,
        List<String> interests,
        Instant createdAt,
        @Nullable Instant lastLoginAt,
        boolean guest,
        boolean hasPassword) {}
