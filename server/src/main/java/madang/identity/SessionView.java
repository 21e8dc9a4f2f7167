package madang.identity;

import java.time.Instant;
import madang.kit.Id;
import madang.kit.Session;
import org.jspecify.annotations.Nullable;

/// One of somebody's sign-ins, as he sees it in the list of his devices. `device` and `address` are
/// as coarse as they are kept; `lastUsedAt` is exact to the life of an access token.
public record SessionView(
        Id<Session> id,
        @Nullable SignInMethod method,
        @Nullable String device,
        @Nullable String address,
        Instant createdAt,
        Instant lastUsedAt,
        boolean current) {}
