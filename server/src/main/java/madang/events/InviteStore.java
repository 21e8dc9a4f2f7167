package madang.events;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Tx;
import org.jspecify.annotations.Nullable;

/// Invite links, in SQL.
final class InviteStore {
    private static final String LINKS =
            """
            select code, event_id, created_by, max_uses, uses, created_at, expires_at, deactivated_at
            from events.invite_link
            """;

    /// Where a page ended.
    record Place(Instant createdAt, String code) {}

    void add(Tx tx, InviteLink link) {
        tx.sql(
                        """
                        insert into events.invite_link (code, event_id, created_by, max_uses, created_at, expires_at)
                        values (:code, :eventId, :createdBy, :maxUses, :createdAt, :expiresAt)
                        """)
                .with(link)
                .count();
    }

    Optional<InviteLink> find(Tx tx, String code) {
        return tx.sql(LINKS + "where code = :code").with("code", code).first(InviteLink.class);
    }

    /// An event's links, the newest first.
    List<InviteLink> page(Tx tx, Id<Event> event, @Nullable Place after, int limit) {
        return tx.sql(
                        LINKS
                                + """
                                where event_id = :event
                                  and (:at::timestamptz is null or (created_at, code) < (:at, :last))
                                order by created_at desc, code desc limit :limit
                                """)
                .with("event", event)
                .with("at", after == null ? null : after.createdAt())
                .with("last", after == null ? null : after.code())
                .with("limit", limit)
                .list(InviteLink.class);
    }

    int countOf(Tx tx, Id<Event> event) {
        return tx.sql("select count(*)::int from events.invite_link where event_id = :event")
                .with("event", event)
                .one(Integer.class);
    }

    /// Counts one who comes in; false where the link lets nobody in any more.
    boolean use(Tx tx, String code, Instant now) {
        return tx.sql(
                        """
                        update events.invite_link set uses = uses + 1
                        where code = :code and deactivated_at is null and expires_at > :now
                          and (max_uses = 0 or uses < max_uses)
                        """)
                .with("code", code)
                .with("now", now)
                .changed();
    }

    /// False where the event has no such link.
    boolean deactivate(Tx tx, Id<Event> event, String code, Instant now) {
        return tx.sql(
                        """
                        update events.invite_link set deactivated_at = coalesce(deactivated_at, :now)
                        where code = :code and event_id = :event
                        """)
                .with("event", event)
                .with("code", code)
                .with("now", now)
                .changed();
    }

    void forget(Tx tx, Id<User> user) {
        tx.sql("delete from events.invite_link where created_by = :user")
                .with("user", user)
                .count();
    }

    List<InviteLink> madeBy(Tx tx, Id<User> user, int limit) {
        return tx.sql(LINKS + "where created_by = :user order by created_at desc limit :limit")
                .with("user", user)
                .with("limit", limit)
                .list(InviteLink.class);
    }
}
