package madang.events;

import java.time.Duration;
import java.time.Instant;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.User;
import org.jspecify.annotations.Nullable;

/// A way into an event for whoever is shown it.
///
/// @param maxUses how many may come in by it; 0: as many as like
/// @param deactivatedAt closed by who made it
record InviteLink(
        String code,
        Id<Event> eventId,
        Id<User> createdBy,
        int maxUses,
        int uses,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant deactivatedAt) {
    static final int MOST_USES = 10_000;
    static final int MOST_HOURS = 30 * 24;
    static final Duration USUAL_LIFE = Duration.ofDays(7);

    enum State {
        ACTIVE,
        INACTIVE,
        EXPIRED,
        USED_UP
    }

    static InviteLink made(Id<Event> event, Id<User> by, MakeInviteLink command, Instant now) {
        Duration life =
                command.expiresInHours() == null
                        ? USUAL_LIFE
                        : Duration.ofHours(command.expiresInHours());
        return new InviteLink(
                InviteCode.next(),
                event,
                by,
                command.maxUses() == null ? 0 : command.maxUses(),
                0,
                now,
                now.plus(life),
                null);
    }

    State state(Instant now) {
        if (deactivatedAt != null) {
            return State.INACTIVE;
        }
        if (!now.isBefore(expiresAt)) {
            return State.EXPIRED;
        }
        return maxUses > 0 && uses >= maxUses ? State.USED_UP : State.ACTIVE;
    }

    /// Whoever is in already is shown the event by a link that is used up, perhaps by himself.
    void requireLeadsIn(boolean isIn, Instant now) {
        switch (state(now)) {
            case ACTIVE -> {}
            case INACTIVE -> throw Failure.of(Failure.Kind.GONE, "INVITE_INACTIVE");
            case EXPIRED -> throw Failure.of(Failure.Kind.GONE, "INVITE_EXPIRED");
            case USED_UP -> {
                if (!isIn) {
                    throw usedUp();
                }
            }
        }
    }

    static Failure usedUp() {
        return Failure.conflict("INVITE_USED_UP");
    }

    static Failure notFound() {
        return Failure.notFound("INVITE_NOT_FOUND");
    }
}
