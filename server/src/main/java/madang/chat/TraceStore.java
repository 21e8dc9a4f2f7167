package madang.chat;

import java.time.Instant;
import java.util.List;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Tx;

/// What is left of somebody in the tables of rooms: where he is, what he made, whom he shut out.
final class TraceStore {

    /// A place in a room, as whoever has it takes it away.
    record Membership(Id<Room> room, String name, RoomType type, RoomRole role, Instant joinedAt) {}

    List<Membership> memberships(Tx tx, Id<User> user) {
        return tx.sql(
                        """
                        select r.id, r.name, r.type, m.role, m.joined_at
                        from chat.member m join chat.room r on r.id = m.room_id
                        where m.user_id = :user order by m.joined_at, r.id
                        """)
                .with("user", user)
                .list(Membership.class);
    }

    /// Places too that nobody gives up: where everybody is, and where two talk alone.
    void forget(Tx tx, Id<User> user) {
        tx.sql(
                        """
                        with gone as (
                            delete from chat.member where user_id = :user returning room_id)
                        update chat.room set member_count = member_count - 1
                        from gone where id = gone.room_id
                        """)
                .with("user", user)
                .count();
        tx.sql("delete from chat.public_key where user_id = :user").with("user", user).count();
        tx.sql("delete from chat.restraint where user_id = :user").with("user", user).count();
        tx.sql("delete from chat.ban where user_id = :user").with("user", user).count();
        tx.sql("update chat.ban set reason = null where banned_by = :user and reason is not null")
                .with("user", user)
                .count();
        tx.sql("update chat.room set created_by = null where created_by = :user")
                .with("user", user)
                .count();
    }
}
