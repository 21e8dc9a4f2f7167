package madang.calendar;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import madang.calendar.CalendarClient.Changes;
import madang.calendar.CalendarClient.Draft;
import madang.calendar.CalendarClient.Written;
import madang.events.Event;
import madang.events.EventStatus;
import madang.events.Events;
import madang.events.Standing;
import madang.kit.Caller;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Db;
import madang.kit.http.IfMatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes one user's events and their copies in his calendar say the same, for one turn. Whatever is
/// done here can be done again: it looks at both sides and at what they agreed on last, and never
/// at what was said to have happened.
final class Sync {
    private static final Logger log = LoggerFactory.getLogger(Sync.class);

    /// So often the other side may have changed between a look and a write.
    private static final int MOST_TRIES = 5;

    private static final int BATCH = 100;

    /// How events refuse who knows an older version of one.
    private static final Set<Failure.Kind> CHANGED_MEANWHILE =
            Set.of(Failure.Kind.PRECONDITION_FAILED, Failure.Kind.CONFLICT, Failure.Kind.NOT_FOUND);

    /// What the work is done with.
    record Tools(
            Db db,
            ConnectionStore connections,
            EntryStore entries,
            Events events,
            InstantSource clock) {}

    /// For whom: what is done to his events is his deed.
    record Whose(Caller.Away caller, ZoneId zone) {
        Id<User> user() {
            return caller.user();
        }
    }

    private final Tools tools;
    private final Whose whose;
    private final RemoteCalendar remote;
    private final Runnable isStillMyTurn;

    /// @param isStillMyTurn throws where somebody else may be at it
    Sync(Tools tools, Whose whose, RemoteCalendar remote, Runnable isStillMyTurn) {
        this.tools = tools;
        this.whose = whose;
        this.remote = remote;
        this.isStillMyTurn = isStillMyTurn;
    }

    // What changed there

    void pull(@Nullable String syncToken) {
        if (syncToken == null || !pulled(syncToken)) {
            pullEverything();
        }
    }

    /// False where the other side does not know any more what we know.
    private boolean pulled(String syncToken) {
        @Nullable String page = null;
        do {
            switch (remote.changes(syncToken, page)) {
                case Changes.Forgotten _ -> {
                    return false;
                }
                case Changes.Told told -> {
                    meet(told.events());
                    page = told.nextPage();
                    keep(told.nextSince());
                }
            }
        } while (page != null);
        return true;
    }

    /// All there is; and what should be there and is not among it, is gone.
    private void pullEverything() {
        Set<Id<Event>> seen = new HashSet<>();
        @Nullable String page = null;
        do {
            if (!(remote.changes(null, page) instanceof Changes.Told told)) {
                throw Failure.of(Failure.Kind.UNAVAILABLE, "PROVIDER_UNAVAILABLE");
            }
            seen.addAll(meet(told.events()).keySet());
            page = told.nextPage();
            if (page == null) {
                lookForRest(seen);
            }
            keep(told.nextSince());
        } while (page != null);
    }

    private void lookForRest(Set<Id<Event>> seen) {
        @Nullable Id<Event> last = null;
        List<Entry> some;
        do {
            @Nullable Id<Event> after = last;
            some = tools.db().read(tx -> tools.entries().written(tx, whose.user(), after, BATCH));
            for (Entry entry : some) {
                last = entry.event();
                if (!seen.contains(entry.event())) {
                    isStillMyTurn.run();
                    find(entry, 1);
                }
            }
        } while (some.size() == BATCH);
    }

    private void keep(@Nullable String syncToken) {
        if (syncToken != null) {
            tools.db().run(tx -> tools.connections().keepSyncToken(tx, whose.user(), syncToken));
        }
    }

    /// Those of them that are events of ours, met; what else is in his calendar is his own
    /// business.
    private Map<Id<Event>, RemoteEvent> meet(List<RemoteEvent> told) {
        Map<Id<Event>, RemoteEvent> ours = new HashMap<>();
        for (RemoteEvent event : told) {
            @Nullable Id<Event> id = Entry.eventOf(event.id());
            if (id != null) {
                ours.put(id, event);
            }
        }
        if (!ours.isEmpty()) {
            List<Entry> known =
                    tools.db().read(tx -> tools.entries().among(tx, whose.user(), ours.keySet()));
            for (Entry entry : known) {
                isStillMyTurn.run();
                meet(entry, Objects.requireNonNull(ours.get(entry.event())), 1);
            }
        }
        return ours;
    }

    // What changed here

    /// Writes what is due; false where more is left.
    boolean push() {
        List<Entry> due = tools.db().read(tx -> tools.entries().due(tx, whose.user(), BATCH));
        due.forEach(this::pushOne);
        return due.size() < BATCH;
    }

    /// What the vendor never takes as it is waits until it is changed here.
    private void pushOne(Entry entry) {
        isStillMyTurn.run();
        try {
            push(entry, 1);
        } catch (Failure refused) {
            if (!refused.code().equals("CALENDAR_REFUSED")) {
                throw refused;
            }
            log.warn("an event is not taken by its user's calendar");
            tools.db().run(tx -> tools.entries().settled(tx, entry));
        }
    }

    /// The event as it stands there from now on; nothing where it has no place there.
    Optional<RemoteEvent> write(Entry entry) {
        push(entry, 1);
        return remote.find(Entry.remoteId(entry.event())).filter(event -> !event.isCancelled());
    }

    private void push(Entry entry, int tries) {
        Optional<Event> event = wanted(entry);
        if (event.isEmpty()) {
            remote.delete(Entry.remoteId(entry.event()));
            forget(entry);
            return;
        }
        Draft draft = draft(event.get());
        if (entry.says(draft)) {
            tools.db().run(tx -> tools.entries().settled(tx, entry));
        } else {
            write(entry, entry.etag(), draft, tries);
        }
    }

    private void write(Entry entry, @Nullable String etag, Draft draft, int tries) {
        String id = Entry.remoteId(entry.event());
        Written written = etag == null ? remote.insert(id, draft) : remote.update(id, etag, draft);
        switch (written) {
            case Written.Done(RemoteEvent event) ->
                    tools.db().run(tx -> tools.entries().agreed(tx, entry, draft, event.etag()));
            case Written.Taken _, Written.Changed _, Written.Missing _ -> find(entry, tries + 1);
        }
    }

    // Where the two sides meet

    private void find(Entry entry, int tries) {
        if (tries > MOST_TRIES) {
            throw Failure.of(Failure.Kind.UNAVAILABLE, "PROVIDER_UNAVAILABLE");
        }
        remote.find(Entry.remoteId(entry.event()))
                .ifPresentOrElse(
                        theirs -> meet(entry, theirs, tries), () -> isGoneThere(entry, tries));
    }

    private void meet(Entry entry, RemoteEvent theirs, int tries) {
        if (theirs.etag().equals(entry.etag())) {
            return;
        }
        Optional<Event> event = wanted(entry);
        if (event.isEmpty()) {
            remote.delete(theirs.id());
            forget(entry);
        } else if (!theirs.isCancelled()) {
            agree(entry, event.get(), theirs, tries);
        } else if (entry.etag() == null) {
            write(entry, theirs.etag(), draft(event.get()), tries);
        } else {
            takenOut(entry, event.get());
        }
    }

    private void isGoneThere(Entry entry, int tries) {
        Optional<Event> event = wanted(entry);
        if (event.isPresent() && entry.etag() == null) {
            write(entry, null, draft(event.get()), tries);
        } else if (event.isPresent()) {
            takenOut(entry, event.get());
        } else {
            forget(entry);
        }
    }

    /// Ours takes over what it may, and theirs is told what then differs. What we cannot read is
    /// left alone.
    private void agree(Entry entry, Event event, RemoteEvent theirs, int tries) {
        @Nullable Content there = theirs.content(whose.zone());
        if (there == null) {
            return;
        }
        Event agreed;
        try {
            agreed = takenOver(entry, event, there, theirs.updatedAt());
        } catch (Failure refused) {
            if (!CHANGED_MEANWHILE.contains(refused.kind())) {
                throw refused;
            }
            find(entry, tries + 1);
            return;
        }
        Draft draft = draft(agreed);
        if (draft.content().equals(there) && draft.isTentative() == theirs.isTentative()) {
            tools.db().run(tx -> tools.entries().agreed(tx, entry, draft, theirs.etag()));
        } else {
            write(entry, theirs.etag(), draft, tries);
        }
    }

    /// The event with what its creator has changed there. What no event of ours can be, stays as it
    /// was; one that was changed here meanwhile is a failure.
    private Event takenOver(
            Entry entry, Event event, Content there, @Nullable Instant updatedThere) {
        if (event.mine() != Standing.CREATOR || !event.status().isOpen()) {
            return event;
        }
        Content here = Content.of(event);
        boolean areTheirsLater = updatedThere != null && updatedThere.isAfter(event.updatedAt());
        Content merged = Content.merged(entry.agreed(), here, there, areTheirsLater);
        if (merged.equals(here)) {
            return event;
        }
        try {
            return tools.events()
                    .change(
                            whose.caller(),
                            event.id(),
                            merged.changeOf(here),
                            new IfMatch(false, Set.of(event.etag())));
        } catch (Failure refused) {
            if (refused.kind() == Failure.Kind.INVALID) {
                return event;
            }
            throw refused;
        }
    }

    /// Deleted there: its creator calls it off, whoever was asked will not come. What took place
    /// cannot be undone by it.
    private void takenOut(Entry entry, Event event) {
        if (event.status().isOpen()) {
            try {
                if (event.mine() == Standing.CREATOR) {
                    tools.events().cancel(whose.caller(), event.id(), IfMatch.ANY);
                } else {
                    tools.events().decline(whose.caller(), event.id());
                }
            } catch (Failure endedMeanwhile) {
                log.debug("an event ended while it was taken out: {}", endedMeanwhile.code());
            }
        }
        forget(entry);
    }

    private void forget(Entry entry) {
        tools.db().run(tx -> tools.entries().remove(tx, entry));
    }

    /// The event, if it is to stand in his calendar.
    private Optional<Event> wanted(Entry entry) {
        try {
            Event event = tools.events().find(whose.caller(), entry.event());
            boolean isWanted =
                    event.mine() != Standing.DECLINED
                            && event.status() != EventStatus.CANCELED
                            && event.deletedAt() == null;
            return isWanted ? Optional.of(event) : Optional.empty();
        } catch (Failure gone) {
            if (gone.kind() == Failure.Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw gone;
        }
    }

    private Draft draft(Event event) {
        boolean isSettled =
                event.status() == EventStatus.CONFIRMED || event.status() == EventStatus.DONE;
        return new Draft(
                Content.of(event), whose.zone(), !isSettled || event.mine() == Standing.PENDING);
    }
}
