package madang.events;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import madang.audit.Audit;
import madang.audit.AuditEntry;
import madang.identity.Staff;
import madang.kit.Cursor;
import madang.kit.Id;
import madang.kit.Page;
import madang.kit.db.Db;
import madang.kit.db.Tx;
import org.jspecify.annotations.Nullable;

/// What administrators see of other people's events and do with them. Whatever they look at or do
/// stands in the audit log with it.
final class EventOffice {
    private final Db db;
    private final EventStore store;
    private final Events events;
    private final Audit audit;

    EventOffice(Db db, EventStore store, Events events, Audit audit) {
        this.db = db;
        this.store = store;
        this.events = events;
        this.audit = audit;
    }

    /// All events, the newest first.
    Page<Event> page(@Nullable EventStatus status, @Nullable Id<Event> before, int limit) {
        List<Event> found = db.read(tx -> store.newest(tx, status, before, limit + 1));
        return Page.of(found, limit, event -> Cursor.encode(event.id()));
    }

    Event view(Staff staff, Id<Event> id) {
        return db.tx(tx -> {
            Event event = store.find(tx, id).orElseThrow(Event::notFound);
            note(tx, staff, "EVENT_VIEWED", id);
            return event;
        });
    }

    Event cancel(Staff staff, Id<Event> id) {
        return db.tx(tx -> {
            Event canceled = events.callOff(tx, id);
            note(tx, staff, "EVENT_CANCELED", id);
            return canceled;
        });
    }

    /// How many there are in which status.
    Map<String, Long> figures() {
        Map<String, Long> figures = new LinkedHashMap<>();
        long total = 0;
        for (EventStore.Count count : db.read(store::countByStatus)) {
            figures.put("events_" + count.status().name().toLowerCase(Locale.ROOT), count.events());
            total += count.events();
        }
        figures.put("total_events", total);
        return figures;
    }

    private void note(Tx tx, Staff staff, String action, Id<Event> id) {
        audit.note(tx, AuditEntry.of(staff.caller(), action, "event", id).from(staff.address()));
    }
}
