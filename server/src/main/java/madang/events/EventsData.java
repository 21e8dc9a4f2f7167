package madang.events;

import java.time.Instant;
import java.util.List;
import madang.identity.PersonalData;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Db;
import org.jspecify.annotations.Nullable;

/// Appointments as the rights of people ask for them. Who goes takes his words with him: what he
/// proposed and is still open is called off, and his people keep that something was agreed, when,
/// and what they answered. Out of the events of others he goes without a trace but in their
/// history.
final class EventsData implements PersonalData {
    private static final int AT_ONCE = 200;

    private final Db db;
    private final TraceStore traces;
    private final Events events;

    EventsData(Db db, TraceStore traces, Events events) {
        this.db = db;
        this.traces = traces;
        this.events = events;
    }

    @Override
    public String section() {
        return "events";
    }

    /// An event of his own, as he takes it away.
    record OwnEvent(
            Id<Event> id,
            String title,
            @Nullable String description,
            @Nullable String location,
            Instant startTime,
            Instant endTime,
            EventStatus status,
            Instant createdAt,
            @Nullable Instant deletedAt) {}

    /// An event to which somebody else asked him; its words are that one's.
    record Participation(
            Id<Event> event,
            Standing standing,
            Instant startTime,
            Instant invitedAt,
            @Nullable Instant respondedAt) {}

    @Override
    public void export(Id<User> user, Archive archive) {
        archive.<OwnEvent>putAll(
                "events",
                last ->
                        db.read(tx ->
                                traces.own(tx, user, last == null ? null : last.id(), AT_ONCE)));
        archive.<Participation>putAll(
                "participations",
                last ->
                        db.read(tx ->
                                traces.participations(
                                        tx, user, last == null ? null : last.event(), AT_ONCE)));
    }

    @Override
    public void erase(Id<User> user) {
        for (List<Id<Event>> some = wordy(user); !some.isEmpty(); some = wordy(user)) {
            some.forEach(events::bury);
        }
        for (List<Id<Event>> some = attended(user); !some.isEmpty(); some = attended(user)) {
            some.forEach(event -> events.forget(event, user));
        }
        db.run(tx -> traces.forgetAsker(tx, user));
    }

    private List<Id<Event>> wordy(Id<User> user) {
        return db.read(tx -> traces.wordy(tx, user, AT_ONCE));
    }

    private List<Id<Event>> attended(Id<User> user) {
        return db.read(tx -> traces.attended(tx, user, AT_ONCE));
    }
}
