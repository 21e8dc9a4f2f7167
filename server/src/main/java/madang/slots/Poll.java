package madang.slots;

import java.time.Instant;
import madang.events.Event;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.User;
import org.jspecify.annotations.Nullable;

/// A question after a time that suits several. Whoever knows its code may look and answer.
///
/// @param event what came of it; null while it is open
record Poll(
        Id<Poll> id,
        String code,
        Id<User> creator,
        String title,
        @Nullable String description,
        @Nullable String location,
        Instant createdAt,
        @Nullable Id<Event> event) {

    /// Who answers a poll; beyond that nobody finds a time.
    static final int MOST_VOTERS = 100;

    /// A time that was proposed.
    record Option(Id<Option> id, Instant startTime, Instant endTime) {}

    /// What one person said to one of them.
    record Vote(Id<Option> option, Id<User> user, CastVotes.Answer answer) {}

    static Failure notFound() {
        return Failure.notFound("POLL_NOT_FOUND");
    }

    void requireOpen() {
        if (event != null) {
            throw Failure.conflict("POLL_CLOSED");
        }
    }

    void requireCreator(Id<User> user) {
        if (!creator.equals(user)) {
            throw Failure.forbidden();
        }
    }
}
