package madang.identity;

import java.time.Instant;
import java.util.Locale;
import madang.kit.Id;
import madang.kit.Role;
import madang.kit.User;
import org.jspecify.annotations.Nullable;

/// An account in the list of the administrators: what everybody sees of it, and how it stands. The
/// private rest is shown one by one, and each time it is noted.
public record AccountView(
        Id<User> id,
        @Nullable String username,
        String nickname,
        Role role,
        boolean isBot,
        boolean isGuest,
        State state,
        @Nullable Instant suspendedUntil,
        Instant createdAt,
        @Nullable Instant lastLoginAt) {

    /// The gravest that holds.
    public enum State {
        ACTIVE,
        SUSPENDED,
        WITHDRAWN,
        ERASED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// All of an account that its owner sees, and why he may be shut out.
    public record Whole(
            Me account,
            State state,
            boolean isBot,
            boolean isGuest,
            boolean hasPassword,
            @Nullable Instant suspendedAt,
            @Nullable Instant suspendedUntil,
            @Nullable String suspensionReason,
            @Nullable Instant withdrawnAt) {}
}
