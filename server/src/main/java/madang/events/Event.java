package madang.events;

import java.time.Instant;
import madang.chat.Room;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.User;
import org.jspecify.annotations.Nullable;

/// An event as one caller finds it: the event, and what he is to it. Its methods are the rules.
///
/// @param version grows with every change of what is agreed; people come and go beside it
/// @param room where its people talk
/// @param participantCount without its creator
/// @param deletedAt hidden from lists since then
/// @param series what it is one event of, where it comes again
/// @param mine null where the house looks
public record Event(
        Id<Event> id,
        Id<User> creator,
        String title,
        @Nullable String description,
        @Nullable String location,
        Instant startTime,
        Instant endTime,
        EventStatus status,
        long version,
        Id<Room> room,
        int participantCount,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant deletedAt,
        @Nullable Id<Series> series,
        @Nullable Standing mine) {

    /// More than fit into any hall; and few enough that all of them are told in one breath.
    static final int MOST_PARTICIPANTS = 10_000;

    static Failure notFound() {
        return Failure.notFound("EVENT_NOT_FOUND");
    }

    /// Its version as a strong tag (RFC 9110 §8.8.3).
    public String etag() {
        return "\"" + version + "\"";
    }

    /// Refuses what this caller may not do now.
    Transition allow(Deed deed) {
        Transition transition = Transition.of(status, mine, deed);
        if (transition instanceof Transition.Refused(Failure why)) {
            throw why;
        }
        return transition;
    }

    void requireOver(Instant now) {
        if (now.isBefore(endTime)) {
            throw Failure.conflict("EVENT_NOT_OVER");
        }
    }

    void requireSpaceFor(int more) {
        if (participantCount + more > MOST_PARTICIPANTS) {
            throw Failure.conflict("EVENT_FULL", MOST_PARTICIPANTS);
        }
    }

    /// Its chat is for those who take part.
    void requireTakingPart() {
        if (mine == null || !mine.takesPart()) {
            throw Failure.forbidden();
        }
    }

    static Event proposedBy(
            Id<User> creator, Id<Event> id, Id<Room> room, CreateEvent command, Instant now) {
        return new Event(
                id,
                creator,
                command.title().strip(),
                command.description(),
                command.location(),
                command.startTime(),
                command.endTime(),
                EventStatus.PROPOSED,
                1,
                room,
                0,
                now,
                now,
                null,
                null,
                Standing.CREATOR);
    }

    /// The event after a change; what the command does not name stays.
    Event changed(ChangeEvent command, Instant now) {
        Event changed =
                next(
                        command.title().map(String::strip).or(title),
                        command.description().or(description),
                        command.location().or(location),
                        command.startTime().or(startTime),
                        command.endTime().or(endTime),
                        status,
                        now);
        EventTime.require(changed.startTime, changed.endTime);
        return changed;
    }

    Event in(EventStatus nextStatus, Instant now) {
        return next(title, description, location, startTime, endTime, nextStatus, now);
    }

    /// Without the words of its creator, who is gone.
    Event emptied() {
        return next("", null, null, startTime, endTime, status, updatedAt);
    }

    private Event next(
            String nextTitle,
            @Nullable String nextDescription,
            @Nullable String nextLocation,
            Instant nextStart,
            Instant nextEnd,
            EventStatus nextStatus,
            Instant now) {
        return new Event(
                id,
                creator,
                nextTitle,
                nextDescription,
                nextLocation,
                nextStart,
                nextEnd,
                nextStatus,
                version + 1,
                room,
                participantCount,
                createdAt,
                now,
                deletedAt,
                series,
                mine);
    }

    Event hidden(Instant now) {
        return new Event(
                id,
                creator,
                title,
                description,
                location,
                startTime,
                endTime,
                status,
                version,
                room,
                participantCount,
                createdAt,
                updatedAt,
                deletedAt == null ? now : deletedAt,
                series,
                mine);
    }
}
