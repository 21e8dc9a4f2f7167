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

/// Rooms and their members, in SQL.
final class RoomStore {
    private static final String ROOMS =
            """
            select r.id, r.name, r.description, r.type, r.is_default, r.created_by, r.member_count,
                   r.created_at, m.role, m.read_seq
            from chat.room r
            left join chat.member m on m.room_id = r.id and m.user_id = :me
            """;

    /// A member as a list of members shows it.
    public record Member(Id<User> user, RoomRole role, Instant joinedAt) {}

    /// What a writer must know of somebody who wants to say something in a room.
    record Admission(
            Id<Room> room, Id<User> user, RoomType type, boolean isDefault, boolean isMember) {}

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

    /// False if the user was a member already.
    boolean addMember(
            Tx tx, Id<Room> room, Id<User> user, RoomRole role, long readSeq, Instant now) {
        boolean isNew =
                tx.sql(
                                """
                                insert into chat.member (room_id, user_id, role, read_seq, joined_at)
                                values (:room, :user, :role, :readSeq, :now)
                                on conflict do nothing
                                """)
                        .with("room", room)
                        .with("user", user)
                        .with("role", role)
                        .with("readSeq", readSeq)
                        .with("now", now)
                        .changed();
        return isNew && count(tx, room, 1);
    }

    boolean removeMember(Tx tx, Id<Room> room, Id<User> user) {
        boolean wasThere =
                tx.sql("delete from chat.member where room_id = :room and user_id = :user")
                        .with("room", room)
                        .with("user", user)
                        .changed();
        return wasThere && count(tx, room, -1);
    }

    private static boolean count(Tx tx, Id<Room> room, int more) {
        return tx.sql("update chat.room set member_count = member_count + :more where id = :room")
                .with("room", room)
                .with("more", more)
                .changed();
    }

    Optional<Member> member(Tx tx, Id<Room> room, Id<User> user) {
        return tx.sql(
                        """
                        select user_id, role, joined_at from chat.member
                        where room_id = :room and user_id = :user
                        """)
                .with("room", room)
                .with("user", user)
                .first(Member.class);
    }

    /// Who takes over when the owner leaves: a moderator before a member, the longest-standing
    /// first.
    Optional<Id<User>> heir(Tx tx, Id<Room> room) {
        return tx
                .sql(
                        """
                        update chat.member set role = 'OWNER'
                        where (room_id, user_id) in (
                            select room_id, user_id from chat.member where room_id = :room
                            order by role = 'MODERATOR' desc, joined_at, user_id limit 1)
                        returning user_id
                        """)
                .with("room", room)
                .<User>ids()
                .stream()
                .findFirst();
    }

    /// Members in the order of their ids, behind this one.
    List<Member> membersAfter(Tx tx, Id<Room> room, @Nullable Id<User> after, int limit) {
        return tx.sql(
                        """
                        select user_id, role, joined_at from chat.member
                        where room_id = :room
                          and user_id > coalesce(:after, '00000000-0000-0000-0000-000000000000'::uuid)
                        order by user_id limit :limit
                        """)
                .with("room", room)
                .with("after", after)
                .with("limit", limit)
                .list(Member.class);
    }

    /// For each of these who want to say something: the room, if it exists, and whether they are
    /// in.
    Map<List<Id<?>>, Admission> admissions(Tx tx, List<Id<Room>> rooms, List<Id<User>> users) {
        Map<List<Id<?>>, Admission> admissions = new HashMap<>();
        tx.sql(
                        """
                        select asked.room_id, asked.user_id, r.type, r.is_default, m.user_id is not null
                        from unnest(:rooms, :users) as asked(room_id, user_id)
                        join chat.room r on r.id = asked.room_id and r.deleted_at is null
                        left join chat.member m
                            on m.room_id = asked.room_id and m.user_id = asked.user_id
                        """)
                .withIds("rooms", rooms)
                .withIds("users", users)
                .list(Admission.class)
                .forEach(found -> admissions.put(List.of(found.room(), found.user()), found));
        return admissions;
    }

    /// Moves read markers forward; one that is behind changes nothing.
    void read(Tx tx, List<Id<Room>> rooms, List<Id<User>> users, List<Long> seqs) {
        tx.sql(
                        """
                        update chat.member m set read_seq = mark.read_seq
                        from unnest(:rooms, :users, :seqs) as mark(room_id, user_id, read_seq)
                        where m.room_id = mark.room_id and m.user_id = mark.user_id
                          and m.read_seq < mark.read_seq
                        """)
                .withIds("rooms", rooms)
                .withIds("users", users)
                .withLongs("seqs", seqs)
                .count();
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
