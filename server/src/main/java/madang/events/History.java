package madang.events;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import madang.events.EventChange.Kind;
import madang.kit.Id;
import madang.kit.Ids;
import madang.kit.User;
import madang.kit.db.Tx;
import org.jspecify.annotations.Nullable;

/// Writes down what happens to events, in the transaction in which it happens.
final class History {
    private final HistoryStore store;
    private final Ids ids;

    History(HistoryStore store, Ids ids) {
        this.store = store;
        this.ids = ids;
    }

    /// Something became of the whole event. `by` is null where the house did it.
    void note(Tx tx, Event event, Kind kind, @Nullable Id<User> by) {
        note(tx, event, kind, by, event.updatedAt());
    }

    /// The same beside the event, which stays what it is.
    void note(Tx tx, Event event, Kind kind, @Nullable Id<User> by, Instant now) {
        store.add(tx, List.of(change(event, by, kind, null, null, null, null, now)));
    }

    /// These fields are others now.
    void note(Tx tx, Event before, Event after, List<EventField> fields, Id<User> by) {
        store.add(
                tx,
                fields.stream()
                        .map(field ->
                                change(
                                        after,
                                        by,
                                        Kind.UPDATED,
                                        field,
                                        null,
                                        field.of(before),
                                        field.of(after),
                                        after.updatedAt()))
                        .toList());
    }

    /// Something became of these participants.
    void note(
            Tx tx,
            Event event,
            Kind kind,
            Collection<Id<User>> subjects,
            Id<User> by,
            Instant now) {
        store.add(
                tx,
                subjects.stream()
                        .map(subject -> change(event, by, kind, null, subject, null, null, now))
                        .toList());
    }

    private EventChange change(
            Event event,
            @Nullable Id<User> by,
            Kind kind,
            @Nullable EventField field,
            @Nullable Id<User> subject,
            @Nullable String before,
            @Nullable String after,
            Instant now) {
        return new EventChange(
                ids.next(), event.id(), by, kind, field, subject, before, after, now);
    }
}
