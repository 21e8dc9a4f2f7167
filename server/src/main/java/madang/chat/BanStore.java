package madang.chat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Tx;
import org.jspecify.annotations.Nullable;

/// Who may not come into which room, in SQL.
final class BanStore {
    private static final String BANS =
            "select user_id, banned_by, reason, created_at from chat.ban where room_id = :room ";

    /// False if he was banned already; the first ban stands.
    boolean add(Tx tx, Id<Room> room, Ban ban) {
        return tx.sql(
                        """
                        insert into chat.ban (room_id, user_id, banned_by, reason, created_at)
                        values (:room, :user, :by, :reason, :createdAt)
                        on conflict do nothing
                        """)
                .with("room", room)
                .with(ban)
                .changed();
    }

    boolean remove(Tx tx, Id<Room> room, Id<User> user) {
        return tx.sql("delete from chat.ban where room_id = :room and user_id = :user")
                .with("room", room)
                .with("user", user)
                .changed();
    }

    Optional<Ban> find(Tx tx, Id<Room> room, Id<User> user) {
        return tx.sql(BANS + "and user_id = :user")
                .with("room", room)
                .with("user", user)
                .first(Ban.class);
    }

    /// The newest first, behind this one.
    List<Ban> after(
            Tx tx, Id<Room> room, @Nullable Instant after, @Nullable Id<User> tie, int limit) {
        return tx.sql(
                        BANS
                                + """
                                and (:after::timestamptz is null or created_at < :after
                                     or (created_at = :after and user_id > :tie))
                                order by created_at desc, user_id limit :limit
                                """)
                .with("room", room)
                .with("after", after)
                .with("tie", tie)
                .with("limit", limit)
                .list(Ban.class);
    }
}
