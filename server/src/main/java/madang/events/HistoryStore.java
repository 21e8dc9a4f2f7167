package madang.events;

import java.util.List;
import madang.kit.Id;
import madang.kit.db.Tx;
import org.jspecify.annotations.Nullable;

/// What happened to events, in SQL. It only grows.
final class HistoryStore {

    void add(Tx tx, List<EventChange> changes) {
        tx.sql(
                        """
                        insert into events.change (id, event_id, actor_id, kind, field, subject_id,
                                                   old_value, new_value, changed_at)
                        select * from unnest(:ids::uuid[], :events::uuid[], :actors::uuid[], :kinds::text[],
                                             :fields::text[], :subjects::uuid[], :olds::text[], :news::text[],
                                             :times::timestamptz[])
                        """)
                .withIds("ids", changes.stream().map(EventChange::id).toList())
                .withIds("events", changes.stream().map(EventChange::event).toList())
                .withIds("actors", changes.stream().map(EventChange::actor).toList())
                .withTexts("kinds", changes.stream().map(change -> change.kind().name()).toList())
                .withTexts("fields", changes.stream().map(HistoryStore::field).toList())
                .withIds("subjects", changes.stream().map(EventChange::subject).toList())
                .withTexts("olds", changes.stream().map(EventChange::oldValue).toList())
                .withTexts("news", changes.stream().map(EventChange::newValue).toList())
                .withInstants("times", changes.stream().map(EventChange::changedAt).toList())
                .count();
    }

    private static @Nullable String field(EventChange change) {
        return change.field() == null ? null : change.field().name();
    }

    /// What was agreed once, in the words of somebody who is gone.
    void empty(Tx tx, Id<Event> event) {
        tx.sql(
                        """
                        update events.change set old_value = null, new_value = null
                        where event_id = :event and num_nonnulls(old_value, new_value) > 0
                          and field in ('TITLE', 'DESCRIPTION', 'LOCATION')
                        """)
                .with("event", event)
                .count();
    }

    /// The newest first, behind this one.
    List<EventChange> page(Tx tx, Id<Event> event, @Nullable Id<EventChange> before, int limit) {
        return tx.sql(
                        """
                        select id, event_id, actor_id, kind, field, subject_id, old_value, new_value, changed_at
                        from events.change
                        where event_id = :event and (:before::uuid is null or id < :before)
                        order by id desc limit :limit
                        """)
                .with("event", event)
                .with("before", before)
                .with("limit", limit)
                .list(EventChange.class);
    }
}
