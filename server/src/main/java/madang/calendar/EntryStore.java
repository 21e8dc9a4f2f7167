package madang.calendar;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import madang.calendar.CalendarClient.Draft;
import madang.events.Event;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Tx;
import org.jspecify.annotations.Nullable;

/// The table `calendar.entry`.
final class EntryStore {
    private static final String SELECT =
            """
            select user_id, event_id, etag, is_tentative,
                   start_time, end_time, title, description, location, due_at
            from calendar.entry where user_id = :user
            """;

    /// To be looked at, and for those who are connected and have it not yet: to be written.
    void add(Tx tx, Id<User> user, Collection<Id<Event>> events, Instant now) {
        tx.sql(
                        """
                        insert into calendar.entry as e (user_id, event_id, due_at)
                        select c.user_id, event, :now
                        from calendar.connection c, unnest(cast(:events as uuid[])) event
                        where c.user_id = :user
                        on conflict (user_id, event_id) do update set due_at = :now
                        """)
                .with("user", user)
                .withIds("events", events)
                .with("now", now)
                .count();
    }

    /// Everybody's entries of an event are to be looked at.
    void touch(Tx tx, Id<Event> event, Instant now) {
        tx.sql("update calendar.entry set due_at = :now where event_id = :event")
                .with("event", event)
                .with("now", now)
                .count();
    }

    List<Entry> due(Tx tx, Id<User> user, int most) {
        return tx.sql(SELECT + " and due_at is not null order by due_at limit :most")
                .with("user", user)
                .with("most", most)
                .list(Entry.class);
    }

    Optional<Entry> of(Tx tx, Id<User> user, Id<Event> event) {
        return tx.sql(SELECT + " and event_id = :event")
                .with("user", user)
                .with("event", event)
                .first(Entry.class);
    }

    List<Entry> among(Tx tx, Id<User> user, Collection<Id<Event>> events) {
        return tx.sql(SELECT + " and event_id = any(:events)")
                .with("user", user)
                .withIds("events", events)
                .list(Entry.class);
    }

    /// Those that stand there, behind this one.
    List<Entry> written(Tx tx, Id<User> user, @Nullable Id<Event> after, int most) {
        return tx.sql(
                        SELECT
                                + """
                                 and etag is not null
                                   and (cast(:after as uuid) is null or event_id > :after)
                                order by event_id limit :most
                                """)
                .with("user", user)
                .with("after", after)
                .with("most", most)
                .list(Entry.class);
    }

    /// Both sides say this. What became due since the entry was read stays due.
    void agreed(Tx tx, Entry entry, Draft draft, String etag) {
        Content content = draft.content();
        tx.sql(
                        """
                        update calendar.entry
                        set etag = :newEtag, is_tentative = :tentative, title = :title,
                            description = :description, location = :location,
                            start_time = :start, end_time = :end,
                            due_at = case when due_at is distinct from :dueAt then due_at end
                        where user_id = :user and event_id = :event
                        """)
                .with(content)
                .with("user", entry.user())
                .with("event", entry.event())
                .with("dueAt", entry.dueAt())
                .with("newEtag", etag)
                .with("tentative", draft.isTentative())
                .count();
    }

    /// Nothing is to be written, or it cannot be.
    void settled(Tx tx, Entry entry) {
        tx.sql(
                        """
                        update calendar.entry set due_at = null
                        where user_id = :user and event_id = :event
                          and due_at is not distinct from :dueAt
                        """)
                .with("user", entry.user())
                .with("event", entry.event())
                .with("dueAt", entry.dueAt())
                .count();
    }

    void remove(Tx tx, Entry entry) {
        tx.sql("delete from calendar.entry where user_id = :user and event_id = :event")
                .with("user", entry.user())
                .with("event", entry.event())
                .count();
    }
}
