package madang.events;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import madang.chat.Members;
import madang.chat.Room;
import madang.chat.Rooms;
import madang.events.EventChange.Kind;
import madang.events.EventStore.Place;
import madang.events.EventStore.Question;
import madang.identity.Identity;
import madang.kit.Caller;
import madang.kit.Cursor;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.Ids;
import madang.kit.Page;
import madang.kit.Text;
import madang.kit.User;
import madang.kit.db.Db;
import madang.kit.db.Tx;
import madang.kit.http.IfMatch;
import madang.moderation.Moderation;
import madang.moderation.Moderation.Pair;
import org.jspecify.annotations.Nullable;

/// Events' API: an event is proposed, changed, confirmed, called off, over; people are asked to it,
/// answer and leave. A stranger finds no event. Whatever changes an event or its people holds its
/// row, so that of two who act at once the second finds what the first has done; what happened, its
/// line in the history and who may hear the event's chat are one transaction.
public final class Events {
    private static final int OVER_AT_ONCE = 500;

    /// A room of an event is called by the event's title, which may change, or have to go.
    private static final String ROOM_NAME = "event";

    private final Db db;
    private final EventStore events;
    private final ParticipantStore participants;
    private final HistoryStore changes;
    private final History history;
    private final Rooms rooms;
    private final Members members;
    private final Identity identity;
    private final Moderation moderation;
    private final InstantSource clock;
    private final Ids ids;

    Events(
            Db db,
            EventStore events,
            ParticipantStore participants,
            HistoryStore changes,
            History history,
            Rooms rooms,
            Members members,
            Identity identity,
            Moderation moderation,
            InstantSource clock,
            Ids ids) {
        this.db = db;
        this.events = events;
        this.participants = participants;
        this.changes = changes;
        this.history = history;
        this.rooms = rooms;
        this.members = members;
        this.identity = identity;
        this.moderation = moderation;
        this.clock = clock;
        this.ids = ids;
    }

    // Proposing and finding

    /// Proposes an event; who is named is asked to come.
    public Event create(Caller caller, CreateEvent command) {
        Id<User> me = caller.user();
        List<Id<User>> named = named(me, command.participantIds());
        return db.tx(tx -> {
            Id<Event> id = ids.next();
            Id<Room> room = rooms.channel("event:" + id, ROOM_NAME);
            Event event = Event.proposedBy(me, id, room, command, clock.instant());
            events.add(tx, event);
            history.note(tx, event, Kind.CREATED, me);
            tx.publish(new EventCreated(id, me, false));
            members.seat(room, List.of(me));
            ask(tx, event, named, me, InviteMethod.CREATOR);
            return events.visible(tx, id, me);
        });
    }

    public Event find(Caller caller, Id<Event> id) {
        return db.read(tx -> events.visible(tx, id, caller.user()));
    }

    /// Where the people of an event talk; not for who declined.
    public Id<Room> room(Caller caller, Id<Event> id) {
        Event event = find(caller, id);
        event.requireTakingPart();
        return event.room();
    }

    /// An event as the house sees it, for neighbours who act by no user's word.
    public Optional<Event> find(Id<Event> id) {
        return db.read(tx -> events.find(tx, id));
    }

    /// My events, the latest start first, without those that I declined or that are deleted.
    public Page<Event> list(Caller caller, Question asked, @Nullable Place after, int limit) {
        List<Event> found = db.read(tx -> events.page(tx, caller.user(), asked, after, limit + 1));
        return Page.of(found, limit, event -> Cursor.encode(event.startTime(), event.id()));
    }

    /// What a user comes to and what was not over then, for his other calendars: the earliest
    /// first, without what was called off.
    public List<Event> ahead(Id<User> user, Instant from, int most) {
        return db.read(tx -> events.ahead(tx, user, from, most));
    }

    /// What happened to an event, the newest first.
    public Page<EventChange> history(
            Caller caller, Id<Event> id, @Nullable Id<EventChange> before, int limit) {
        return db.read(tx -> {
            events.visible(tx, id, caller.user());
            return Page.of(
                    changes.page(tx, id, before, limit + 1),
                    limit,
                    change -> Cursor.encode(change.id()));
        });
    }

    // Its creator's deeds

    /// Agrees to something else. What is the same already changes nothing.
    public Event change(Caller caller, Id<Event> id, ChangeEvent command, IfMatch expected) {
        return db.tx(tx -> {
            Event event = lock(tx, caller, id, Deed.CHANGE, expected);
            Event changed = event.changed(command, clock.instant());
            List<EventField> fields = EventField.between(event, changed);
            if (fields.isEmpty()) {
                return event;
            }
            events.change(tx, changed);
            history.note(tx, event, changed, fields, caller.user());
            tx.publish(new EventChanged(id, caller.user(), fields));
            return changed;
        });
    }

    public Event confirm(Caller caller, Id<Event> id, IfMatch expected) {
        return db.tx(tx -> {
            Event event = lock(tx, caller, id, Deed.CONFIRM, expected);
            tx.publish(new EventConfirmed(id, caller.user()));
            return become(tx, event, Deed.CONFIRM, Kind.CONFIRMED, caller.user());
        });
    }

    public Event cancel(Caller caller, Id<Event> id, IfMatch expected) {
        return db.tx(tx -> {
            Event event = lock(tx, caller, id, Deed.CANCEL, expected);
            return canceled(tx, event, caller.user());
        });
    }

    /// Says that it took place; before its end that is refused.
    public Event finish(Caller caller, Id<Event> id, IfMatch expected) {
        return db.tx(tx -> {
            Event event = lock(tx, caller, id, Deed.FINISH, expected);
            event.requireOver(clock.instant());
            return done(tx, event, caller.user());
        });
    }

    /// Calls it off where it is open, and hides it from everybody's list; its people may still look
    /// at it. Deleting twice changes nothing.
    public void delete(Caller caller, Id<Event> id, IfMatch expected) {
        db.run(tx -> {
            Event event = lock(tx, caller, id, Deed.DELETE, expected);
            if (event.deletedAt() != null) {
                return;
            }
            Event ended = event.status().isOpen() ? canceled(tx, event, caller.user()) : event;
            Event hidden = ended.hidden(clock.instant());
            events.change(tx, hidden);
            history.note(tx, hidden, Kind.DELETED, caller.user());
            tx.publish(new EventDeleted(id, caller.user()));
        });
    }

    /// Ends what is over.
    void finishOver() {
        List<Id<Event>> over;
        do {
            over = db.read(tx -> events.over(tx, clock.instant(), OVER_AT_ONCE));
            over.forEach(this::finishOver);
        } while (over.size() == OVER_AT_ONCE);
    }

    /// Its creator may just have moved it, or called it off.
    private void finishOver(Id<Event> id) {
        db.run(tx -> {
            Event event = events.lock(tx, id);
            boolean isOver = !clock.instant().isBefore(event.endTime());
            if (isOver && Transition.whenOver(event.status()) instanceof Transition.To) {
                done(tx, event, null);
            }
        });
    }

    /// Calls an event off in the name of the house, in the transaction of whoever decided it.
    Event callOff(Tx tx, Id<Event> id) {
        return canceled(tx, events.lock(tx, id), null);
    }

    /// Its creator is gone: what is open is called off, and his words go.
    void bury(Id<Event> id) {
        db.run(tx -> {
            Event event = events.lock(tx, id);
            Event ended = event.status().isOpen() ? canceled(tx, event, null) : event;
            events.change(tx, ended.emptied());
            changes.empty(tx, id);
        });
    }

    /// Somebody is gone: out of this event, too.
    void forget(Id<Event> id, Id<User> user) {
        db.run(tx -> {
            Event event = events.lock(tx, id);
            if (event.creator().equals(user)) {
                participants.removeCreator(tx, id);
            } else if (participants.remove(tx, id, user)) {
                tx.publish(new ParticipantLeft(id, user, false));
            }
            members.unseat(event.room(), user);
        });
    }

    private Event canceled(Tx tx, Event event, @Nullable Id<User> by) {
        tx.publish(new EventCanceled(event.id(), by));
        return become(tx, event, Deed.CANCEL, Kind.CANCELED, by);
    }

    private Event done(Tx tx, Event event, @Nullable Id<User> by) {
        tx.publish(new EventDone(event.id(), by));
        return become(tx, event, Deed.FINISH, Kind.DONE, by);
    }

    private Event become(Tx tx, Event event, Deed deed, Kind kind, @Nullable Id<User> by) {
        EventStatus next = Transition.after(event.status(), deed);
        Event changed = event.in(next, clock.instant());
        events.change(tx, changed);
        history.note(tx, changed, kind, by);
        return changed;
    }

    // Participants

    /// In the order in which they were asked; whoever belongs to the event sees them all.
    public Page<Participant> participants(
            Caller caller, Id<Event> id, ParticipantStore.@Nullable Place after, int limit) {
        return db.read(tx -> {
            events.visible(tx, id, caller.user());
            return Page.of(
                    participants.page(tx, id, after, limit + 1),
                    limit,
                    one -> Cursor.encode(one.invitedAt(), one.user()));
        });
    }

    /// All who belong to an event, its creator included.
    public List<Id<User>> people(Id<Event> id) {
        return db.read(tx -> participants.everybody(tx, id));
    }

    /// Asks one more person to come.
    public Participant add(Caller caller, Id<Event> id, AddParticipant command) {
        Id<User> user = command.participantId();
        requireInvitable(caller.user(), "participant_id", List.of(user));
        return db.tx(tx -> {
            Event event = lock(tx, caller, id, Deed.ADD, IfMatch.ANY);
            if (!participants.among(tx, id, List.of(user)).isEmpty()) {
                throw Failure.conflict("ALREADY_PARTICIPANT");
            }
            ask(tx, event, List.of(user), caller.user(), InviteMethod.CREATOR);
            return participants.find(tx, id, user).orElseThrow();
        });
    }

    /// Puts a participant out, as the creator does, or leaves, as he himself does. He hears nothing
    /// of the event's chat from then on.
    public void remove(Caller caller, Id<Event> id, Id<User> user) {
        boolean isLeaving = user.equals(caller.user());
        db.run(tx -> {
            Event event = events.lockVisible(tx, id, caller.user());
            event.allow(isLeaving ? Deed.LEAVE : Deed.REMOVE);
            if (!participants.remove(tx, id, user)) {
                throw Failure.notFound("PARTICIPANT_NOT_FOUND");
            }
            members.unseat(event.room(), user);
            history.note(
                    tx,
                    event,
                    isLeaving ? Kind.PARTICIPANT_LEFT : Kind.PARTICIPANT_REMOVED,
                    List.of(user),
                    caller.user(),
                    clock.instant());
            tx.publish(new ParticipantLeft(id, user, !isLeaving));
        });
    }

    /// Says yes. Again, it changes nothing.
    public Event accept(Caller caller, Id<Event> id) {
        return answer(caller, id, Deed.ACCEPT);
    }

    /// Says no, and leaves the event's chat; a yes brings him back.
    public Event decline(Caller caller, Id<Event> id) {
        return answer(caller, id, Deed.DECLINE);
    }

    private Event answer(Caller caller, Id<Event> id, Deed deed) {
        Id<User> me = caller.user();
        boolean isComing = deed == Deed.ACCEPT;
        return db.tx(tx -> {
            Event event = events.lockVisible(tx, id, me);
            if (event.allow(deed) instanceof Transition.Stays) {
                return event;
            }
            Instant now = clock.instant();
            Standing standing = isComing ? Standing.ACCEPTED : Standing.DECLINED;
            participants.answer(tx, id, me, standing, now);
            if (isComing) {
                members.seat(event.room(), List.of(me));
            } else {
                members.unseat(event.room(), me);
            }
            Kind kind = isComing ? Kind.ACCEPTED : Kind.DECLINED;
            history.note(tx, event, kind, List.of(me), me, now);
            tx.publish(new ParticipantAnswered(id, me, isComing));
            return events.visible(tx, id, me);
        });
    }

    /// One more event of a series: like every event, but the people of this other one come along
    /// with what they answered, and nobody is asked anew.
    Event again(Tx tx, Series series, Instant start, Id<Event> like) {
        Id<Event> id = ids.next();
        Id<Room> room = rooms.channel("event:" + id, ROOM_NAME);
        Event event = series.event(start, id, room, clock.instant());
        events.add(tx, event);
        participants.comeAlong(tx, like, event);
        members.seat(room, participants.takingPart(tx, id));
        history.note(tx, event, Kind.CREATED, series.creatorId());
        tx.publish(new EventCreated(id, series.creatorId(), true));
        return event;
    }

    /// Asks people who are not in the event yet, in the transaction of whoever holds it. By a link
    /// they come of themselves.
    void ask(Tx tx, Event event, List<Id<User>> users, Id<User> by, InviteMethod method) {
        if (users.isEmpty()) {
            return;
        }
        event.requireSpaceFor(users.size());
        Instant now = clock.instant();
        participants.add(tx, event, users, by, method, now);
        members.seat(event.room(), users);
        switch (method) {
            case CREATOR, FRIEND -> history.note(tx, event, Kind.PARTICIPANT_ADDED, users, by, now);
            case LINK, QR -> history.note(tx, event, Kind.PARTICIPANT_JOINED, users, by, now);
        }
        tx.publish(new ParticipantsJoined(event.id(), users, by, method));
    }

    // Parts

    /// The event, held, if the caller may do this to it now and it is still what he knows.
    Event lock(Tx tx, Caller caller, Id<Event> id, Deed deed, IfMatch expected) {
        Event event = events.lockVisible(tx, id, caller.user());
        if (event.mine() == Standing.CREATOR) {
            expected.require(event.etag());
        }
        event.allow(deed);
        return event;
    }

    /// Everybody once, without the creator himself.
    private List<Id<User>> named(Id<User> me, @Nullable List<Id<User>> wanted) {
        if (wanted == null) {
            return List.of();
        }
        requireInvitable(me, "participant_ids", wanted);
        Set<Id<User>> others = new LinkedHashSet<>(wanted);
        others.remove(me);
        return List.copyOf(others);
    }

    /// Who does not exist, and who is parted from the asker by a block, which is nobody's to learn.
    void requireInvitable(Id<User> me, String field, List<Id<User>> users) {
        Set<Id<User>> invitable = invitable(me, users);
        Map<String, Text> faults = new LinkedHashMap<>();
        IntStream.range(0, users.size())
                .filter(i -> !invitable.contains(users.get(i)))
                .forEach(i ->
                        faults.put(
                                field.endsWith("s") ? field + "[" + i + "]" : field,
                                Text.of("invalid.no_such_person")));
        if (!faults.isEmpty()) {
            throw Failure.invalid(faults);
        }
    }

    private Set<Id<User>> invitable(Id<User> me, Collection<Id<User>> users) {
        Set<Id<User>> known = identity.people(users).keySet();
        Set<Pair> parted =
                moderation.between(known.stream().map(user -> new Pair(me, user)).toList());
        return known.stream()
                .filter(user -> !parted.contains(new Pair(me, user)))
                .collect(Collectors.toSet());
    }
}
