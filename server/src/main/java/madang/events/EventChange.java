package madang.events;

import java.time.Instant;
import madang.kit.Id;
import madang.kit.User;
import org.jspecify.annotations.Nullable;

/// One line of an event's history.
///
/// @param actor null: the house
/// @param field what was changed, where something of the event was
/// @param subject of whom it tells, where it tells of a participant
public record EventChange(
        Id<EventChange> id,
        Id<Event> event,
        @Nullable Id<User> actor,
        Kind kind,
        @Nullable EventField field,
        @Nullable Id<User> subject,
        @Nullable String oldValue,
        @Nullable String newValue,
        Instant changedAt) {

    public enum Kind {
        CREATED,
        UPDATED,
        CONFIRMED,
        CANCELED,
        DONE,
        DELETED,
        PARTICIPANT_ADDED,
        PARTICIPANT_JOINED,
        PARTICIPANT_REMOVED,
        PARTICIPANT_LEFT,
        ACCEPTED,
        DECLINED,
        REPEATED,
        REPEATED_NO_MORE,
        NO_SHOW,
        NO_SHOW_TAKEN_BACK,
        NO_SHOW_CONTESTED
    }
}
