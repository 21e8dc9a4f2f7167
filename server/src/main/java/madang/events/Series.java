package madang.events;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import madang.chat.Room;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.User;
import org.jspecify.annotations.Nullable;

/// Appointments that come again: when, and what each is like as long as nobody changes it alone.
///
/// @param isConfirmed whether those that are made from now on are confirmed already
record Series(
        Id<Series> id,
        Id<User> creatorId,
        Recurrence recurrence,
        Instant firstEnd,
        String title,
        @Nullable String description,
        @Nullable String location,
        boolean isConfirmed,
        Instant createdAt) {

    /// How far ahead the events of a series are made; the next one always is.
    static final Duration AHEAD = Duration.ofDays(92);

    static final int MOST_OF_ONE = 100;

    /// Every event of a series has its own people: with more of them a day's change would be one
    /// for a million rows.
    static final int MOST_PARTICIPANTS = 100;

    /// One event of a series, as it is now and as the series has it.
    record Occurrence(Event event, Instant start) {}

    static void requireRepeatable(Event event) {
        if (event.participantCount() > MOST_PARTICIPANTS) {
            throw Failure.conflict("REPEAT_TOO_MANY_PEOPLE", MOST_PARTICIPANTS);
        }
    }

    /// What comes again when this event does.
    static Series of(Id<Series> id, Event event, Recurrence recurrence, Instant now) {
        return new Series(
                id,
                event.creator(),
                recurrence,
                event.endTime(),
                event.title(),
                event.description(),
                event.location(),
                event.status() == EventStatus.CONFIRMED,
                now);
    }

    /// The series that the rest of this one becomes when one of its starts is changed.
    Series changed(Id<Series> newId, Instant start, ChangeEvent command, Instant now) {
        Instant newStart = command.startTime().or(start);
        Instant newEnd = command.endTime().or(newStart.plus(length()));
        EventTime.require(newStart, newEnd);
        Recurrence moved = recurrence.moved(start, newStart);
        return new Series(
                newId,
                creatorId,
                moved,
                moved.first().plus(Duration.between(newStart, newEnd)),
                command.title().map(String::strip).or(title),
                command.description().or(description),
                command.location().or(location),
                isConfirmed,
                now);
    }

    Series with(Recurrence other) {
        return new Series(
                id,
                creatorId,
                other,
                firstEnd,
                title,
                description,
                location,
                isConfirmed,
                createdAt);
    }

    Series confirmed() {
        return new Series(
                id, creatorId, recurrence, firstEnd, title, description, location, true, createdAt);
    }

    Duration length() {
        return Duration.between(recurrence.first(), firstEnd);
    }

    /// A new event of it at this start.
    Event event(Instant start, Id<Event> event, Id<Room> room, Instant now) {
        return new Event(
                event,
                creatorId,
                title,
                description,
                location,
                start,
                start.plus(length()),
                isConfirmed ? EventStatus.CONFIRMED : EventStatus.PROPOSED,
                1,
                room,
                0,
                now,
                now,
                null,
                id,
                Standing.CREATOR);
    }

    /// What its event at this start is to be.
    ChangeEvent at(Instant start) {
        return ChangeEvent.to(title, description, location, start, start.plus(length()));
    }

    /// Whether nobody has changed this one alone: then it goes along with the rest.
    boolean stillHas(Occurrence occurrence) {
        Event event = occurrence.event();
        return event.status().isOpen()
                && event.deletedAt() == null
                && event.startTime().equals(occurrence.start())
                && event.endTime().equals(occurrence.start().plus(length()))
                && event.title().equals(title)
                && Objects.equals(event.description(), description)
                && Objects.equals(event.location(), location);
    }

    /// The starts of the events that are to be made behind this one by now.
    List<Instant> startsToMake(Instant last, Instant now) {
        return recurrence.startsAfter(last.isAfter(now) ? last : now, now.plus(AHEAD));
    }

    /// When to look again, once the last one made begins here: soon enough for the next to be made
    /// so far ahead, or when that one begins; null when there is no other.
    @Nullable Instant dueAfter(Instant last) {
        List<Instant> next = recurrence.startsAfter(last, last);
        if (next.isEmpty()) {
            return null;
        }
        Instant ahead = next.getFirst().minus(AHEAD);
        return ahead.isBefore(last) ? ahead : last;
    }
}
