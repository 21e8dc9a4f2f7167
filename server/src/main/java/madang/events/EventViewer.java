package madang.events;

import static java.util.stream.Collectors.groupingBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import madang.chat.Room;
import madang.chat.Rooms;
import madang.events.EventsViews.ChangeView;
import madang.events.EventsViews.EventView;
import madang.events.EventsViews.ListedEventView;
import madang.events.EventsViews.ParticipantView;
import madang.identity.Identity;
import madang.identity.UserView;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Db;
import org.jspecify.annotations.Nullable;

/// Puts people and what they have not read beside events: one question each for a whole page.
final class EventViewer {
    private static final int MOST_SHOWN = 100;
    private static final int MOST_SHOWN_IN_LISTS = 10;

    private final Db db;
    private final ParticipantStore participants;
    private final Rooms rooms;
    private final Identity identity;

    EventViewer(Db db, ParticipantStore participants, Rooms rooms, Identity identity) {
        this.db = db;
        this.participants = participants;
        this.rooms = rooms;
        this.identity = identity;
    }

    EventView view(Event event, Id<User> reader) {
        return views(List.of(event), reader, MOST_SHOWN).getFirst();
    }

    List<EventView> views(List<Event> events, Id<User> reader) {
        return views(events, reader, MOST_SHOWN_IN_LISTS);
    }

    private List<EventView> views(List<Event> events, Id<User> reader, int each) {
        List<Id<Event>> asked = events.stream().map(Event::id).toList();
        List<Participant> found = db.read(tx -> participants.firstOf(tx, asked, each));
        Map<Id<Event>, List<Participant>> byEvent =
                found.stream().collect(groupingBy(Participant::event));
        Map<Id<User>, UserView> people = identity.people(people(events, found));
        Map<Id<Room>, Integer> unread =
                rooms.unread(reader, events.stream().map(Event::room).toList());
        return events.stream()
                .map(event ->
                        view(
                                event,
                                views(byEvent.getOrDefault(event.id(), List.of()), people),
                                people.get(event.creator()),
                                unread.getOrDefault(event.room(), 0)))
                .toList();
    }

    private static Set<Id<User>> people(List<Event> events, List<Participant> participants) {
        Set<Id<User>> people = new HashSet<>();
        events.forEach(event -> people.add(event.creator()));
        participants.forEach(participant -> people.add(participant.user()));
        return people;
    }

    private static EventView view(
            Event event,
            List<ParticipantView> participants,
            @Nullable UserView creator,
            int unread) {
        boolean isTalking = event.mine() != null && event.mine().takesPart();
        return new EventView(
                event.id(),
                event.title(),
                event.description(),
                event.location(),
                event.startTime(),
                event.endTime(),
                event.status(),
                event.version(),
                event.creator(),
                creator,
                event.mine(),
                participants,
                event.participantCount(),
                event.series(),
                isTalking ? event.room() : null,
                unread,
                event.createdAt(),
                event.updatedAt(),
                event.deletedAt());
    }

    /// What the house shows of an event to those who run it: not what is said there.
    EventView forStaff(Event event) {
        List<Participant> found =
                db.read(tx -> participants.firstOf(tx, List.of(event.id()), MOST_SHOWN));
        Map<Id<User>, UserView> people = identity.people(people(List.of(event), found));
        return view(event, views(found, people), people.get(event.creator()), 0);
    }

    List<ListedEventView> listed(List<Event> events) {
        Map<Id<User>, UserView> people = identity.people(people(events, List.of()));
        return events.stream()
                .map(event -> ListedEventView.of(event, people.get(event.creator())))
                .toList();
    }

    List<ParticipantView> participants(List<Participant> found) {
        return views(found, identity.people(found.stream().map(Participant::user).toList()));
    }

    private static List<ParticipantView> views(
            List<Participant> found, Map<Id<User>, UserView> people) {
        List<ParticipantView> views = new ArrayList<>(found.size());
        for (Participant participant : found) {
            @Nullable UserView user = people.get(participant.user());
            if (user != null) {
                views.add(ParticipantView.of(participant, user));
            }
        }
        return views;
    }

    List<ChangeView> changes(List<EventChange> changes) {
        Map<Id<User>, UserView> people =
                identity.people(
                        changes.stream()
                                .flatMap(change -> Stream.of(change.actor(), change.subject()))
                                .filter(Objects::nonNull)
                                .distinct()
                                .toList());
        return changes.stream().map(change -> view(change, people)).toList();
    }

    private static ChangeView view(EventChange change, Map<Id<User>, UserView> people) {
        return new ChangeView(
                change.id(),
                change.event(),
                change.actor() == null ? null : people.get(change.actor()),
                change.kind(),
                change.field(),
                change.subject() == null ? null : people.get(change.subject()),
                change.oldValue(),
                change.newValue(),
                change.changedAt());
    }
}
