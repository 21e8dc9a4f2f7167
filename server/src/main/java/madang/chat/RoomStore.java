package madang.chat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.ConstraintViolated;
import madang.kit.db.Tx;
import org.jspecify.annotations.Nullable;

/// Rooms, in SQL.
final class RoomStore {
    private static final String ROOMS =
            """
            select r.id, r.name, r.description, r.type, r.is_default, r.created_by, r.member_count,
                   r.created_at, m.role, m.read_seq
            from chat.room r
            left join chat.member m on m.room_id = r.id and m.user_id = :me
            """;

    /// A room that this user may see; anything else is not there.
    Room visible(Tx tx, Id<Room> id, Id<User> me) {
        return seen(
                tx.sql(ROOMS + "where r.id = :id and r.deleted_at is null")
                        .with("id", id)
                        .with("me", me)
                        .first(Room.class));
    }

    /// The same, locked against other changes of the room until the transaction ends.
    Room lockVisible(Tx tx, Id<Room> id, Id<User> me) {
        return seen(
                tx.sql(ROOMS + "where r.id = :id and r.deleted_at is null for update of r")
                        .with("id", id)
                        .with("me", me)
                        .first(Room.class));
    }

    boolean exists(Tx tx, Id<Room> id) {
        return tx.sql("select exists (select from chat.room where id = :id and deleted_at is null)")
                .with("id", id)
                .one(Boolean.class);
    }

    private static Room seen(Optional<Room> found) {
        return found.filter(Room::isVisible).orElseThrow(Room::notFound);
    }

    private record Made(Id<Room> room, Instant at) {}

    /// Every room this user is in, and when it was made.
    Map<Id<Room>, Instant> mineSince(Tx tx, Id<User> me) {
        Map<Id<Room>, Instant> made = new HashMap<>();
        tx.sql(
                        """
                        select r.id, r.created_at from chat.member m
                        join chat.room r on r.id = m.room_id and r.deleted_at is null
                        where m.user_id = :me
                        """)
                .with("me", me)
                .list(Made.class)
                .forEach(room -> made.put(room.room(), room.at()));
        return made;
    }

    /// These rooms as the user sees them, by id.
    Map<Id<Room>, Room> byId(Tx tx, List<Id<Room>> ids, Id<User> me) {
        Map<Id<Room>, Room> rooms = new HashMap<>();
        tx.sql(ROOMS + "where r.id = any(:ids) and r.deleted_at is null")
                .withIds("ids", ids)
                .with("me", me)
                .list(Room.class)
                .forEach(room -> rooms.put(room.id(), room));
        return rooms;
    }

    /// Public rooms by name, behind this name.
    List<Room> publicAfter(Tx tx, Id<User> me, @Nullable String afterNameKey, int limit) {
        return tx.sql(
                        ROOMS
                                + """
                                where r.type = 'PUBLIC' and r.deleted_at is null
                                  and r.name_key > coalesce(:after, '')
                                order by r.name_key limit :limit
                                """)
                .with("me", me)
                .with("after", afterNameKey)
                .with("limit", limit)
                .list(Room.class);
    }

    /// Public rooms and those that this user is in: the default room, then the oldest first.
    List<Room> visibleTo(Tx tx, Id<User> me, int limit) {
        return tx.sql(
                        ROOMS
                                + """
                                where (r.type = 'PUBLIC' or m.role is not null)
                                  and r.type <> 'DIRECT' and r.deleted_at is null
                                order by r.is_default desc, r.created_at, r.id limit :limit
                                """)
                .with("me", me)
                .with("limit", limit)
                .list(Room.class);
    }

    void add(Tx tx, Room room) {
        named(() ->
                tx.sql(
                                """
                                insert into chat.room (id, name, name_key, description, type, is_default,
                                                       created_by, member_count, created_at)
                                values (:id, :name, :nameKey, :description, :type, :isDefault,
                                        :createdBy, 0, :createdAt)
                                """)
                        .with(room)
                        .with("type", room.type())
                        .with("nameKey", Room.nameKey(room.name()))
                        .count());
    }

    /// Makes the room that everybody is in, if there is none.
    boolean addDefault(Tx tx, Id<Room> id, String name, Instant now) {
        return tx.sql(
                        """
                        insert into chat.room (id, name, name_key, description, type, is_default, created_at)
                        select :id, :name, :nameKey, '', 'PUBLIC', true, :now
                        where not exists (select from chat.room where is_default)
                        on conflict do nothing
                        """)
                .with("id", id)
                .with("name", name)
                .with("nameKey", Room.nameKey(name))
                .with("now", now)
                .changed();
    }

    Id<Room> defaultRoom(Tx tx) {
        return tx.sql("select id from chat.room where is_default").<Room>ids().getFirst();
    }

    void change(Tx tx, Room room) {
        named(() ->
                tx.sql(
                                """
                                update chat.room
                                set name = :name, name_key = :nameKey, description = :description,
                                    type = :type
                                where id = :id
                                """)
                        .with(room)
                        .with("type", room.type())
                        .with("nameKey", Room.nameKey(room.name()))
                        .count());
    }

    void delete(Tx tx, Id<Room> id, Instant now) {
        tx.sql("update chat.room set deleted_at = :now where id = :id")
                .with("id", id)
                .with("now", now)
                .count();
        tx.sql("delete from chat.member where room_id = :id").with("id", id).count();
    }

    private static void named(Runnable write) {
        try {
            write.run();
        } catch (ConstraintViolated violated) {
            throw violated.is("room_name_taken")
                    ? Failure.conflict("CHAT_ROOM_NAME_TAKEN")
                    : violated;
        }
    }
}
