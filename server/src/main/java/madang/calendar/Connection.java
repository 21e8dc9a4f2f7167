package madang.calendar;

import java.time.Instant;
import madang.kit.Id;
import madang.kit.User;
import org.jspecify.annotations.Nullable;

/// Somebody's calendar elsewhere that is kept the same as his events here.
///
/// @param syncToken up to where its changes are known here
record Connection(
        Id<User> user,
        State state,
        Instant connectedAt,
        @Nullable Instant syncedAt,
        @Nullable String syncToken,
        int tries,
        @Nullable String channelId,
        @Nullable String channelResource,
        @Nullable Instant channelUntil) {

    enum State {
        ACTIVE,
        /// What was allowed has ended there; only its user can allow it again.
        NEEDS_RECONNECT
    }
}
