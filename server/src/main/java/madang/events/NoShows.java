package madang.events;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import madang.events.EventChange.Kind;
import madang.kit.Caller;
import madang.kit.Cursor;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.Page;
import madang.kit.User;
import madang.kit.db.Db;
import madang.kit.db.Tx;
import org.jspecify.annotations.Nullable;

/// Who said that he would come and did not: marked by the creator when the event is over, seen by
/// everybody in it, written into its history, and answered by the one whom it is about.
public final class NoShows {
    private final Db db;
    private final NoShowStore store;
    private final EventStore events;
    private final ParticipantStore participants;
    private final History history;
    private final InstantSource clock;

    NoShows(
            Db db,
            NoShowStore store,
            EventStore events,
            ParticipantStore participants,
            History history,
            InstantSource clock) {
        this.db = db;
        this.store = store;
        this.events = events;
        this.participants = participants;
        this.history = history;
        this.clock = clock;
    }

    record Marked(NoShow noShow, boolean isNew) {}

    /// Says that somebody did not come. Saying it twice changes nothing.
    Marked mark(Caller caller, Id<Event> id, Id<User> user) {
        return db.tx(tx -> {
            Event event = lockOwn(tx, caller, id);
            NoShow.requireExpected(
                    participants
                            .find(tx, id, user)
                            .orElseThrow(() -> Failure.notFound("PARTICIPANT_NOT_FOUND")));
            Instant now = clock.instant();
            NoShow.requireMissable(event, now);
            boolean isNew = store.mark(tx, id, user, caller.user(), now);
            if (isNew) {
                history.note(tx, event, Kind.NO_SHOW, List.of(user), caller.user(), now);
                tx.publish(new NoShowMarked(id, user));
            }
            return new Marked(store.find(tx, id, user).orElseThrow(), isNew);
        });
    }

    /// Takes it back. Taking it back twice changes nothing.
    void takeBack(Caller caller, Id<Event> id, Id<User> user) {
        db.run(tx -> {
            Event event = lockOwn(tx, caller, id);
            if (store.unmark(tx, id, user)) {
                history.note(
                        tx,
                        event,
                        Kind.NO_SHOW_TAKEN_BACK,
                        List.of(user),
                        caller.user(),
                        clock.instant());
                tx.publish(new NoShowMarked(id, user));
            }
        });
    }

    /// What the one whom it is about says to it; the last word that he gives stands.
    NoShow object(Caller caller, Id<Event> id, Id<User> user, ObjectToNoShow command) {
        return db.tx(tx -> {
            Event event = events.lockVisible(tx, id, caller.user());
            NoShow marked = find(tx, id, user);
            if (!caller.user().equals(user)) {
                throw Failure.forbidden();
            }
            Instant now = clock.instant();
            store.object(tx, id, user, command.objection(), now);
            if (marked.objectedAt() == null) {
                history.note(tx, event, Kind.NO_SHOW_CONTESTED, List.of(user), user, now);
            }
            return find(tx, id, user);
        });
    }

    Page<NoShow> of(Caller caller, Id<Event> id, @Nullable Id<User> after, int limit) {
        return db.read(tx -> {
            events.visible(tx, id, caller.user());
            return Page.of(
                    store.page(tx, id, after, limit + 1),
                    limit,
                    noShow -> Cursor.encode(noShow.userId()));
        });
    }

    /// Where the caller himself is said not to have come, the newest first.
    Page<NoShowStore.Missed> mine(Caller caller, NoShowStore.@Nullable Place after, int limit) {
        return Page.of(
                db.read(tx -> store.missedBy(tx, caller.user(), after, limit + 1)),
                limit,
                missed -> Cursor.encode(missed.noShow().markedAt(), missed.noShow().eventId()));
    }

    private Event lockOwn(Tx tx, Caller caller, Id<Event> id) {
        Event event = events.lockVisible(tx, id, caller.user());
        if (event.mine() != Standing.CREATOR) {
            throw Failure.forbidden();
        }
        return event;
    }

    private NoShow find(Tx tx, Id<Event> id, Id<User> user) {
        return store.find(tx, id, user).orElseThrow(() -> Failure.notFound("NO_SHOW_NOT_FOUND"));
    }
}
