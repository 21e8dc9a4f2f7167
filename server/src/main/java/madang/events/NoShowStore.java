package madang.events;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Tx;
import org.jspecify.annotations.Nullable;

/// Who did not come, in SQL. Whoever changes something here holds the event.
final class NoShowStore {
    private static final String NO_SHOWS =
            """
            select n.event_id, n.user_id, n.marked_at, n.objection, n.objected_at
            from events.no_show n
            """;

    /// Where a page of somebody's own ended.
    record Place(Instant markedAt, Id<Event> event) {}

    /// One of the reader's own, with the event that it was.
    record Missed(NoShow noShow, String title, Instant startTime) {}

    Optional<NoShow> find(Tx tx, Id<Event> event, Id<User> user) {
        return tx.sql(NO_SHOWS + "where n.event_id = :event and n.user_id = :user")
                .with("event", event)
                .with("user", user)
                .first(NoShow.class);
    }

    List<NoShow> page(Tx tx, Id<Event> event, @Nullable Id<User> after, int limit) {
        return tx.sql(
                        NO_SHOWS
                                + """
                                where n.event_id = :event and (:after::uuid is null or n.user_id > :after)
                                order by n.user_id limit :limit
                                """)
                .with("event", event)
                .with("after", after)
                .with("limit", limit)
                .list(NoShow.class);
    }

    /// Where somebody is said not to have come, the newest first.
    List<Missed> missedBy(Tx tx, Id<User> user, @Nullable Place after, int limit) {
        return tx.sql(
                        """
                        select n.event_id, n.user_id, n.marked_at, n.objection, n.objected_at,
                               e.title, e.start_time
                        from events.no_show n join events.event e on e.id = n.event_id
                        where n.user_id = :user
                          and (:at::timestamptz is null or (n.marked_at, n.event_id) < (:at, :last))
                        order by n.marked_at desc, n.event_id desc limit :limit
                        """)
                .with("user", user)
                .with("at", after == null ? null : after.markedAt())
                .with("last", after == null ? null : after.event())
                .with("limit", limit)
                .list(Missed.class);
    }

    /// False where he is marked already.
    boolean mark(Tx tx, Id<Event> event, Id<User> user, Id<User> by, Instant now) {
        return tx.sql(
                        """
                        insert into events.no_show (event_id, user_id, marked_by, marked_at)
                        values (:event, :user, :by, :now)
                        on conflict do nothing
                        """)
                .with("event", event)
                .with("user", user)
                .with("by", by)
                .with("now", now)
                .changed();
    }

    boolean unmark(Tx tx, Id<Event> event, Id<User> user) {
        return tx.sql("delete from events.no_show where event_id = :event and user_id = :user")
                .with("event", event)
                .with("user", user)
                .changed();
    }

    void object(Tx tx, Id<Event> event, Id<User> user, String objection, Instant now) {
        tx.sql(
                        """
                        update events.no_show set objection = :objection, objected_at = :now
                        where event_id = :event and user_id = :user
                        """)
                .with("event", event)
                .with("user", user)
                .with("objection", objection)
                .with("now", now)
                .count();
    }

    void forget(Tx tx, Id<User> user) {
        tx.sql("delete from events.no_show where user_id = :user or marked_by = :user")
                .with("user", user)
                .count();
    }
}
