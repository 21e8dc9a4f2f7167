package madang.events;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import madang.events.EventChange.Kind;
import madang.events.Series.Occurrence;
import madang.events.SeriesStore.Due;
import madang.events.SeriesStore.Place;
import madang.identity.Identity;
import madang.kit.Caller;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.Ids;
import madang.kit.User;
import madang.kit.db.Db;
import madang.kit.db.Tx;
import madang.kit.http.IfMatch;
import madang.kit.json.Patch;

/// Events that come again. Each is an event like every other, with its own people, chat and
/// history, made three months ahead; whoever changes one of them changes that one alone.
///
/// To change this one and the rest begins a new series here: the events that were to follow take
/// their places in it one after the other, so that what was said in them stays with them. One that
/// somebody changed alone, or called off, takes its place too and stays what it is.
final class Repeats {
    private static final int DUE_AT_ONCE = 100;

    /// When to look again after somebody who withdrew: he may come back.
    private static final Duration PATIENCE = Duration.ofDays(1);

    private final Db db;
    private final SeriesStore store;
    private final Events events;
    private final EventStore eventStore;
    private final History history;
    private final Identity identity;
    private final InstantSource clock;
    private final Ids ids;

    Repeats(
            Db db,
            SeriesStore store,
            Events events,
            EventStore eventStore,
            History history,
            Identity identity,
            InstantSource clock,
            Ids ids) {
        this.db = db;
        this.store = store;
        this.events = events;
        this.eventStore = eventStore;
        this.history = history;
        this.identity = identity;
        this.clock = clock;
        this.ids = ids;
    }

    /// The series that an event belongs to.
    Series of(Caller caller, Id<Event> id) {
        return db.read(tx -> series(tx, eventStore.visible(tx, id, caller.user())));
    }

    // Its creator's deeds

    /// Lets an event come again; one that does already follows the new rule from here on.
    Series repeat(Caller caller, Id<Event> id, Repeat command, IfMatch expected) {
        String zone =
                command.timeZone() == null ? identity.me(caller).timeZone() : command.timeZone();
        return db.tx(tx -> {
            store.takeTurn(tx, caller.user());
            Event event = events.lock(tx, caller, id, Deed.CHANGE, expected);
            Series.requireRepeatable(event);
            Recurrence recurrence =
                    Recurrence.of(command.rule(), ZoneId.of(zone), event.startTime());
            Instant now = clock.instant();
            Series next = Series.of(ids.next(), event, recurrence, now);
            List<Instant> starts = next.startsToMake(event.startTime(), now);
            if (event.series() == null) {
                requireFewSeries(tx, caller.user());
                begin(tx, next, new Place(id, event.startTime()));
                make(tx, next, starts, id);
            } else {
                move(tx, caller, cut(tx, event), next, event.startTime(), starts);
            }
            look(tx, next);
            history.note(tx, event, Kind.REPEATED, caller.user(), now);
            tx.publish(new EventRepeated(id, caller.user(), false));
            return next;
        });
    }

    /// Changes this event and those that follow it. A new start moves them all by as much, on the
    /// clocks of the series' zone; without a new end they last as long as before.
    Event changeRest(Caller caller, Id<Event> id, ChangeEvent command, IfMatch expected) {
        return db.tx(tx -> {
            store.takeTurn(tx, caller.user());
            Event event = events.lock(tx, caller, id, Deed.CHANGE, expected);
            Cut cut = cut(tx, event);
            Series next = cut.series().changed(ids.next(), cut.here(), command, clock.instant());
            Instant start = command.startTime().or(cut.here());
            requireAhead(start);
            move(tx, caller, cut, next, start, cut.startsIn(next, start));
            look(tx, next);
            return events.change(caller, id, withLength(command, next, start), IfMatch.ANY);
        });
    }

    /// This event is the last one; those that were to follow are called off.
    void stop(Caller caller, Id<Event> id) {
        db.run(tx -> {
            store.takeTurn(tx, caller.user());
            Event event = lockOwn(tx, caller, id);
            Series series = series(tx, event);
            Instant here = start(tx, event);
            Instant now = clock.instant();
            behind(tx, series, here).stream()
                    .filter(occurrence -> occurrence.start().isAfter(now))
                    .forEach(occurrence -> callOff(caller, occurrence.event()));
            store.change(tx, series.with(series.recurrence().endingAt(here)), null);
            history.note(tx, event, Kind.REPEATED_NO_MORE, caller.user(), now);
            tx.publish(new EventRepeated(id, caller.user(), true));
        });
    }

    /// Confirms this event and those that follow it, also those that are still to be made.
    void confirmRest(Caller caller, Id<Event> id) {
        db.run(tx -> {
            store.takeTurn(tx, caller.user());
            Event event = lockOwn(tx, caller, id);
            Series series = series(tx, event).confirmed();
            eventStore.lockOccurrences(tx, series.id(), start(tx, event)).stream()
                    .map(Occurrence::event)
                    .filter(one -> one.status() == EventStatus.PROPOSED)
                    .forEach(one -> events.confirm(caller, one.id(), IfMatch.ANY));
            look(tx, series);
        });
    }

    // Everybody's

    /// Says yes or no to this event and to those that follow it.
    void answerRest(Caller caller, Id<Event> id, boolean isComing) {
        Standing wanted = isComing ? Standing.ACCEPTED : Standing.DECLINED;
        Id<User> me = caller.user();
        db.run(tx -> {
            Event event = eventStore.visible(tx, id, me);
            event.allow(isComing ? Deed.ACCEPT : Deed.DECLINE);
            Series series = series(tx, event);
            List<Id<Event>> rest = store.toAnswer(tx, series.id(), start(tx, event), me, wanted);
            rest.forEach(one -> {
                if (isComing) {
                    events.accept(caller, one);
                } else {
                    events.decline(caller, one);
                }
            });
        });
    }

    // The house's

    /// Makes the events whose turn it is to be made.
    void makeDue() {
        db.read(tx -> store.due(tx, clock.instant(), DUE_AT_ONCE))
                .forEach(due -> db.run(tx -> makeDue(tx, due)));
    }

    /// Its creator may just have changed it, or be gone.
    private void makeDue(Tx tx, Due due) {
        store.takeTurn(tx, due.creator());
        if (!store.isDue(tx, due.series(), clock.instant())) {
            return;
        }
        Series series = series(tx, due.series());
        if (!identity.isHere(due.creator())) {
            store.change(tx, series, clock.instant().plus(PATIENCE));
            return;
        }
        Place last = store.last(tx, series.id());
        make(tx, series, series.startsToMake(last.start(), clock.instant()), last.event());
        look(tx, series);
    }

    // Parts

    /// A series at one of its events: what follows is about to become another series.
    private record Cut(Series series, Event event, Instant here, List<Occurrence> rest) {

        /// As many places in what the series becomes as there are events behind this one, when this
        /// one comes to begin at `start`.
        List<Instant> startsIn(Series next, Instant start) {
            if (rest.isEmpty()) {
                return List.of();
            }
            Duration shift = Duration.between(here, start).abs();
            Instant horizon = rest.getLast().start().plus(shift).plus(Series.AHEAD);
            return next.recurrence().startsAfter(start, horizon).stream()
                    .limit(rest.size())
                    .toList();
        }
    }

    private Cut cut(Tx tx, Event event) {
        Series series = series(tx, event);
        Instant here = start(tx, event);
        requireAhead(here);
        return new Cut(series, event, here, behind(tx, series, here));
    }

    /// What followed takes its places in the next series, one after the other; what finds none is
    /// called off, and what is missing is made. The series that was ends before.
    private void move(
            Tx tx, Caller caller, Cut cut, Series next, Instant start, List<Instant> starts) {
        List<Occurrence> rest = cut.rest();
        int kept = Math.min(rest.size(), starts.size());
        begin(tx, next, new Place(cut.event().id(), start));
        store.place(
                tx,
                next.id(),
                IntStream.range(0, kept)
                        .mapToObj(i -> new Place(rest.get(i).event().id(), starts.get(i)))
                        .toList());
        for (int i = 0; i < rest.size(); i++) {
            Occurrence one = rest.get(i);
            if (!cut.series().stillHas(one)) {
                continue;
            }
            if (i < kept) {
                events.change(caller, one.event().id(), next.at(starts.get(i)), IfMatch.ANY);
            } else {
                events.cancel(caller, one.event().id(), IfMatch.ANY);
            }
        }
        make(tx, next, starts.subList(kept, starts.size()), cut.event().id());
        Recurrence before = cut.series().recurrence().endingAt(cut.here().minusSeconds(1));
        store.change(tx, cut.series().with(before), null);
        store.dropIfEmpty(tx, cut.series().id());
    }

    private void begin(Tx tx, Series series, Place first) {
        store.add(tx, series);
        store.place(tx, series.id(), List.of(first));
    }

    private void make(Tx tx, Series series, List<Instant> starts, Id<Event> like) {
        List<Place> made = new ArrayList<>();
        for (Instant start : starts) {
            made.add(new Place(events.again(tx, series, start, like).id(), start));
        }
        store.place(tx, series.id(), made);
    }

    /// Notes when the series is to be looked after again.
    private void look(Tx tx, Series series) {
        store.change(tx, series, series.dueAfter(store.last(tx, series.id()).start()));
    }

    private void callOff(Caller caller, Event event) {
        if (event.status().isOpen()) {
            events.cancel(caller, event.id(), IfMatch.ANY);
        }
    }

    /// What is said of this event: a new start without a new end keeps the length of the series.
    private static ChangeEvent withLength(ChangeEvent command, Series next, Instant start) {
        boolean isMoved = command.startTime().given() || command.endTime().given();
        return isMoved
                ? new ChangeEvent(
                        command.title(),
                        command.description(),
                        command.location(),
                        Patch.of(start),
                        Patch.of(start.plus(next.length())),
                        Patch.absent())
                : command;
    }

    private List<Occurrence> behind(Tx tx, Series series, Instant here) {
        return eventStore.lockOccurrences(tx, series.id(), here).stream()
                .filter(occurrence -> occurrence.start().isAfter(here))
                .toList();
    }

    private Event lockOwn(Tx tx, Caller caller, Id<Event> id) {
        Event event = eventStore.lockVisible(tx, id, caller.user());
        if (event.mine() != Standing.CREATOR) {
            throw Failure.forbidden();
        }
        return event;
    }

    private Series series(Tx tx, Event event) {
        if (event.series() == null) {
            throw Failure.notFound("EVENT_NOT_REPEATED");
        }
        return series(tx, event.series());
    }

    private Series series(Tx tx, Id<Series> id) {
        return store.find(tx, id).orElseThrow(() -> Failure.notFound("EVENT_NOT_REPEATED"));
    }

    private Instant start(Tx tx, Event event) {
        return store.startOf(tx, event.id());
    }

    private void requireAhead(Instant start) {
        if (!start.isAfter(clock.instant())) {
            throw Failure.conflict("REPEAT_PAST");
        }
    }

    private void requireFewSeries(Tx tx, Id<User> creator) {
        if (store.countOf(tx, creator) >= Series.MOST_OF_ONE) {
            throw Failure.conflict("REPEAT_LIMIT", Series.MOST_OF_ONE);
        }
    }
}
