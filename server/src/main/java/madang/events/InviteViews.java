package madang.events;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import madang.identity.UserView;
import madang.kit.Id;
import madang.kit.User;
import org.jspecify.annotations.Nullable;

/// Invitations as they are shown; the names of the components are the names of the members.
final class InviteViews {

    /// A link as who made it sees it.
    record InviteLinkView(
            String code,
            String link,
            int maxUses,
            int useCount,
            InviteLink.State state,
            Instant createdAt,
            Instant expiresAt) {
        static InviteLinkView of(InviteLink link, String address, Instant now) {
            return new InviteLinkView(
                    link.code(),
                    address,
                    link.maxUses(),
                    link.uses(),
                    link.state(now),
                    link.createdAt(),
                    link.expiresAt());
        }
    }

    /// What a link leads to, for somebody who is shown it: enough to decide, and nobody else who is
    /// in it.
    record InviteView(
            InvitedTo event, @Nullable UserView creator, Action action, Instant expiresAt) {}

    record InvitedTo(
            Id<Event> id,
            String title,
            @Nullable String location,
            Instant startTime,
            Instant endTime,
            EventStatus status,
            int participantCount) {
        static InvitedTo of(Event event) {
            return new InvitedTo(
                    event.id(),
                    event.title(),
                    event.location(),
                    event.startTime(),
                    event.endTime(),
                    event.status(),
                    event.participantCount());
        }
    }

    /// What its reader may do next.
    enum Action {
        CONFIRM,
        ALREADY_JOINED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    record Joined(Id<Event> eventId) {}

    /// Who is asked now, and who was in already.
    record Invited(List<Id<User>> invited, List<Id<User>> alreadyParticipant) {}

    private InviteViews() {}
}
