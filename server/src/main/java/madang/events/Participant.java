package madang.events;

import java.time.Instant;
import madang.kit.Id;
import madang.kit.User;
import org.jspecify.annotations.Nullable;

/// Somebody who was asked to come, and what he said.
///
/// @param invitedBy null where that one is gone
/// @param respondedAt null until he answers
public record Participant(
        Id<Event> event,
        Id<User> user,
        Standing standing,
        @Nullable Id<User> invitedBy,
        InviteMethod inviteMethod,
        Instant invitedAt,
        @Nullable Instant respondedAt) {}
