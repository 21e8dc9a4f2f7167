package madang.events;

import java.time.Duration;
import java.time.Instant;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.User;
import org.jspecify.annotations.Nullable;

/// Somebody said that he would come and did not, as the creator of the event says. Whether that is
/// so is not ours to decide: what he says to it stands beside it.
record NoShow(
        Id<Event> eventId,
        Id<User> userId,
        Instant markedAt,
        @Nullable String objection,
        @Nullable Instant objectedAt) {

    /// How long after the end it may be said; later nobody remembers.
    static final Duration MEMORY = Duration.ofDays(30);

    /// Only what took place can be missed: an event that nobody confirmed was none.
    static void requireMissable(Event event, Instant now) {
        switch (event.status()) {
            case PROPOSED, CANCELED -> throw Failure.conflict("EVENT_STATE");
            case CONFIRMED, DONE -> event.requireOver(now);
        }
        if (now.isAfter(event.endTime().plus(MEMORY))) {
            throw Failure.conflict("NO_SHOW_TOO_LATE", MEMORY.toDays());
        }
    }

    /// Who never said that he would come owes nobody his coming.
    static void requireExpected(Participant participant) {
        if (participant.standing() != Standing.ACCEPTED) {
            throw Failure.conflict("NO_SHOW_NOT_EXPECTED");
        }
    }
}
