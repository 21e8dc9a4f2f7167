package madang.events;

import java.time.Instant;
import java.util.List;
import madang.chat.Room;
import madang.identity.UserView;
import madang.kit.Id;
import madang.kit.User;
import org.jspecify.annotations.Nullable;

/// What people are shown of events; the names of the components are the names of the members.
public final class EventsViews {

    /// An event as its reader sees it.
    ///
    /// @param version changes with what is agreed; `If-Match` names it in quotes
    /// @param myStatus what the reader is to it
    /// @param participants the first of them, without the creator
    /// @param series what it is one event of, where it comes again
    /// @param room its chat; null for who does not take part
    public record EventView(
            Id<Event> id,
            String title,
            @Nullable String description,
            @Nullable String location,
            Instant startTime,
            Instant endTime,
            EventStatus status,
            long version,
            Id<User> creatorId,
            @Nullable UserView creator,
            @Nullable Standing myStatus,
            List<ParticipantView> participants,
            int participantCount,
            @Nullable Id<Series> series,
            @Nullable Id<Room> room,
            int unreadMessages,
            Instant createdAt,
            Instant updatedAt,
            @Nullable Instant deletedAt) {}

    /// An event in the list of those who run the house: not what was agreed.
    public record ListedEventView(
            Id<Event> id,
            String title,
            EventStatus status,
            Instant startTime,
            Instant endTime,
            Id<User> creatorId,
            @Nullable UserView creator,
            int participantCount,
            Instant createdAt,
            @Nullable Instant deletedAt) {
        static ListedEventView of(Event event, @Nullable UserView creator) {
            return new ListedEventView(
                    event.id(),
                    event.title(),
                    event.status(),
                    event.startTime(),
                    event.endTime(),
                    event.creator(),
                    creator,
                    event.participantCount(),
                    event.createdAt(),
                    event.deletedAt());
        }
    }

    /// Somebody who was asked, and what he said.
    public record ParticipantView(
            Id<User> id,
            @Nullable String username,
            String nickname,
            @Nullable String profileImageUrl,
            Standing status,
            boolean confirmed,
            @Nullable Instant confirmedAt,
            @Nullable Id<User> invitedBy,
            InviteMethod inviteMethod,
            Instant invitedAt,
            @Nullable Instant respondedAt) {
        static ParticipantView of(Participant participant, UserView user) {
            boolean isComing = participant.standing() == Standing.ACCEPTED;
            return new ParticipantView(
                    user.id(),
                    user.username(),
                    user.nickname(),
                    user.profileImageUrl(),
                    participant.standing(),
                    isComing,
                    isComing ? participant.respondedAt() : null,
                    participant.invitedBy(),
                    participant.inviteMethod(),
                    participant.invitedAt(),
                    participant.respondedAt());
        }
    }

    /// A line of the history.
    ///
    /// @param actor null: the house, or somebody who is gone
    /// @param user whom it tells of, where it tells of a participant
    public record ChangeView(
            Id<EventChange> changeId,
            Id<Event> eventId,
            @Nullable UserView actor,
            EventChange.Kind changeType,
            @Nullable EventField fieldName,
            @Nullable UserView user,
            @Nullable String oldValue,
            @Nullable String newValue,
            Instant changedAt) {}

    private EventsViews() {}
}
