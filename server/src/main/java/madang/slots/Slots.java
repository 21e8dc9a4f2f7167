package madang.slots;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import madang.events.AddParticipant;
import madang.events.Event;
import madang.events.Events;
import madang.kit.Caller;
import madang.kit.Cursor;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.Ids;
import madang.kit.Page;
import madang.kit.Role;
import madang.kit.User;
import madang.kit.db.Db;
import madang.kit.db.Tx;
import madang.kit.http.IfMatch;
import madang.moderation.Moderation;
import madang.slots.SlotStore.Place;
import madang.slots.SlotStore.Question;
import madang.slots.WeeklyHours.Span;
import org.jspecify.annotations.Nullable;

/// Time that is offered: published, found, held, booked, given back, closed. Of any number who want
/// the last place at once one gets it. Whoever books has an event with the host, made in the same
/// transaction.
public final class Slots {
    static final Duration HOLD = Duration.ofMinutes(5);
    private static final int MOST_OPEN = 2_000;
    private static final int MOST_AT_ONCE = 1_000;
    private static final int MOST_HELD = 3;
    private static final Set<Role> HOSTS = Set.of(Role.BUSINESS, Role.EXPERT);

    private final Db db;
    private final SlotStore slots;
    private final Events events;
    private final Moderation moderation;
    private final InstantSource clock;
    private final Ids ids;

    Slots(
            Db db,
            SlotStore slots,
            Events events,
            Moderation moderation,
            InstantSource clock,
            Ids ids) {
        this.db = db;
        this.slots = slots;
        this.events = events;
        this.moderation = moderation;
        this.clock = clock;
        this.ids = ids;
    }

    // The host's

    Slot publish(Caller.Member caller, PublishSlot command) {
        Span span = new Span(command.startTime(), command.endTime());
        if (!span.startTime().isAfter(clock.instant())) {
            throw Failure.invalid("start_time", "slot_past");
        }
        Id<Slot> id = ids.next();
        return db.tx(tx -> {
            offer(tx, caller, null, command.offer(), List.of(id), List.of(span));
            return find(tx, id, caller.user());
        });
    }

    record Published(Id<Slot.Series> series, int count) {}

    /// Publishes what fits into the hours of these weeks and is still to come.
    Published publish(Caller.Member caller, PublishSeries command) {
        Instant now = clock.instant();
        List<Span> spans =
                WeeklyHours.spans(command).stream()
                        .filter(span -> span.startTime().isAfter(now))
                        .toList();
        if (spans.isEmpty() || spans.size() > MOST_AT_ONCE) {
            throw Failure.invalid("hours", "slot_count");
        }
        Id<Slot.Series> series = ids.next();
        List<Id<Slot>> fresh = Stream.<Id<Slot>>generate(ids::next).limit(spans.size()).toList();
        db.run(tx -> offer(tx, caller, series, command.offer(), fresh, spans));
        return new Published(series, spans.size());
    }

    private void offer(
            Tx tx,
            Caller.Member caller,
            @Nullable Id<Slot.Series> series,
            Offer offer,
            List<Id<Slot>> fresh,
            List<Span> spans) {
        if (!HOSTS.contains(caller.role()) && !caller.isAdmin()) {
            throw Failure.forbidden();
        }
        Instant now = clock.instant();
        slots.lockHost(tx, caller.user());
        if (slots.countOpen(tx, caller.user(), now) + spans.size() > MOST_OPEN) {
            throw Failure.conflict("SLOT_LIMIT", MOST_OPEN);
        }
        slots.add(tx, caller.user(), series, offer, fresh, spans, now);
    }

    /// Offers it no more, and calls off what was booked. Closing it twice changes nothing.
    void close(Caller caller, Id<Slot> id) {
        db.run(tx -> {
            Slot slot = locked(tx, id, caller.user());
            if (!slot.host().equals(caller.user())) {
                throw slot.isOpen() ? Failure.forbidden() : Slot.notFound();
            }
            if (slots.close(tx, id, clock.instant())) {
                slots.giveAll(tx, id, clock.instant());
                callOff(tx, slot);
            }
        });
    }

    /// Closes those of a series in which nobody has a place; how many that were.
    int closeFree(Caller caller, Id<Slot.Series> series) {
        return db.tx(tx -> {
            slots.lockHost(tx, caller.user());
            if (!slots.isSeriesOf(tx, caller.user(), series)) {
                throw Failure.notFound("SLOT_NOT_FOUND");
            }
            return slots.closeFree(tx, caller.user(), series, clock.instant());
        });
    }

    // Everybody's

    Page<Slot> list(@Nullable Id<User> reader, Question asked, @Nullable Place after, int limit) {
        List<Slot> found =
                db.read(tx -> slots.page(tx, asked, reader, after, clock.instant(), limit + 1));
        return Page.of(found, limit, slot -> Cursor.encode(slot.startTime(), slot.id()));
    }

    /// Whether somebody offers slots that are still to come.
    boolean isOffering(Id<User> host) {
        return db.read(tx -> slots.countOpen(tx, host, clock.instant())) > 0;
    }

    /// A slot that is closed is still there for its host, and for who had a place in it.
    Slot find(@Nullable Id<User> reader, Id<Slot> id) {
        return db.read(tx -> find(tx, id, reader));
    }

    /// Keeps a place for five minutes. Again, it changes nothing: nobody holds for ever by asking.
    Slot hold(Caller caller, Id<Slot> id) {
        Id<User> me = caller.user();
        return db.tx(tx -> {
            Slot slot = bookable(tx, caller, id);
            if (slot.mine() == BookingState.HELD) {
                return slot;
            }
            if (slots.heldBy(tx, me, clock.instant()) >= MOST_HELD) {
                throw Failure.conflict("SLOT_HOLD_LIMIT", MOST_HELD);
            }
            Instant now = clock.instant();
            slots.take(tx, id, me, BookingState.HELD, now.plus(HOLD), now);
            return find(tx, id, me);
        });
    }

    record Booking(Slot slot, Event event) {}

    /// Takes a place, the one that is held or a free one, and makes the event of it or comes in.
    Booking book(Caller caller, Id<Slot> id) {
        Id<User> me = caller.user();
        return db.tx(tx -> {
            Slot slot = bookable(tx, caller, id);
            slots.take(tx, id, me, BookingState.BOOKED, null, clock.instant());
            Id<Event> event = db.joined(tx, () -> meet(slot, me));
            slots.hasEvent(tx, id, event);
            return new Booking(find(tx, id, me), db.joined(tx, () -> events.find(caller, event)));
        });
    }

    /// Gives a place back, held or booked; the last one who goes ends the event.
    void giveBack(Caller caller, Id<Slot> id) {
        Id<User> me = caller.user();
        db.run(tx -> {
            Slot slot = locked(tx, id, me);
            if (slot.mine() == null) {
                throw Failure.notFound("SLOT_BOOKING_NOT_FOUND");
            }
            if (slot.mine() == BookingState.BOOKED && slot.event() != null) {
                Id<Event> event = slot.event();
                db.joined(tx, () -> leave(event, me));
            }
            give(tx, slot, me);
        });
    }

    // What becomes of the event becomes of the booking

    /// Somebody is in the event no more.
    void left(Id<Event> event, Id<User> user) {
        db.run(tx -> lockedOf(tx, event, user).ifPresent(slot -> give(tx, slot, user)));
    }

    /// Somebody who had said no comes after all: where his place is gone, he is out again.
    void cameBack(Id<Event> event, Id<User> user) {
        db.run(tx ->
                lockedOf(tx, event, user)
                        .filter(slot -> slot.mine() != BookingState.BOOKED)
                        .filter(slot -> !slot.host().equals(user))
                        .ifPresent(slot -> seatAgain(tx, slot, event, user)));
    }

    private void seatAgain(Tx tx, Slot slot, Id<Event> event, Id<User> user) {
        if (slot.mine() == BookingState.HELD || slot.taken() < slot.capacity()) {
            slots.take(tx, slot.id(), user, BookingState.BOOKED, null, clock.instant());
        } else {
            db.joined(tx, () -> leave(event, user));
        }
    }

    /// The host called it off: then it is not offered any more either.
    void calledOff(Id<Event> event) {
        db.run(tx ->
                lockedOf(tx, event, null)
                        .ifPresent(slot -> {
                            slots.close(tx, slot.id(), clock.instant());
                            slots.giveAll(tx, slot.id(), clock.instant());
                        }));
    }

    /// Rows of holds that nobody used.
    void sweep() {
        db.run(tx -> slots.forgetHolds(tx, clock.instant().minus(HOLD)));
    }

    // Parts

    /// The slot of a host who may be booked by this one, held against all others; refused where
    /// there is no place for him now.
    private Slot bookable(Tx tx, Caller caller, Id<Slot> id) {
        Slot slot = locked(tx, id, caller.user());
        if (slot.host().equals(caller.user())) {
            throw Failure.conflict("SLOT_IS_YOURS");
        }
        boolean isUnwelcome =
                db.joined(
                        tx,
                        () ->
                                !moderation
                                        .between(
                                                List.of(
                                                        new Moderation.Pair(
                                                                caller.user(), slot.host())))
                                        .isEmpty());
        if (isUnwelcome) {
            throw Slot.notFound();
        }
        slot.requireAvailable(clock.instant());
        return slot;
    }

    /// Two questions: one that waited for the lock would go on with places as they were before.
    private Slot locked(Tx tx, Id<Slot> id, @Nullable Id<User> me) {
        slots.lockHost(tx, find(tx, id, me).host());
        return find(tx, id, me);
    }

    private Optional<Slot> lockedOf(Tx tx, Id<Event> event, @Nullable Id<User> user) {
        return slots.ofEvent(tx, event)
                .map(id -> locked(tx, id, user))
                .filter(slot -> event.equals(slot.event()));
    }

    private Slot find(Tx tx, Id<Slot> id, @Nullable Id<User> me) {
        return slots.find(tx, id, me, clock.instant()).orElseThrow(Slot::notFound);
    }

    /// In the host's name: he offered it. The one who booked has said yes by that.
    private Id<Event> meet(Slot slot, Id<User> booker) {
        Caller host = Caller.onBehalfOf(slot.host(), "offered a slot");
        Id<Event> event;
        if (slot.event() == null) {
            event = events.create(host, slot.asEvent(booker)).id();
        } else {
            event = slot.event();
            events.add(host, event, new AddParticipant(booker));
        }
        events.accept(Caller.onBehalfOf(booker, "booked a slot"), event);
        return event;
    }

    private boolean leave(Id<Event> event, Id<User> user) {
        events.remove(Caller.onBehalfOf(user, "gave a slot back"), event, user);
        return true;
    }

    private void give(Tx tx, Slot slot, Id<User> user) {
        slots.give(tx, slot.id(), user, clock.instant());
        if (!slots.isBooked(tx, slot.id())) {
            slots.hasEvent(tx, slot.id(), null);
            callOff(tx, slot);
        }
    }

    private void callOff(Tx tx, Slot slot) {
        if (slot.event() == null) {
            return;
        }
        Id<Event> event = slot.event();
        Caller host = Caller.onBehalfOf(slot.host(), "nobody comes to the slot");
        db.joined(
                tx,
                () -> {
                    if (events.find(host, event).status().isOpen()) {
                        events.cancel(host, event, IfMatch.ANY);
                    }
                    return true;
                });
    }
}
