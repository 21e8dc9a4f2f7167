package madang.chat;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.ConstraintViolated;
import madang.kit.db.Sql;
import madang.kit.db.Tx;
import org.jspecify.annotations.Nullable;

/// Rooms, in SQL.
final class RoomStore {
    private static final String COLUMNS =
            """
            select r.id, r.name, r.description, r.type, r.is_default, r.channel is not null,
                   r.password_hash is not null, r.max_members, r.slow_mode_seconds,
                   r.created_by, r.member_count, r.created_at,
                   case when r.low_user = :me then r.high_user else r.low_user end,
                   m.user_id is null
                       and exists (select from chat.ban b where b.room_id = r.id and b.user_id = :me),
                   m.role, m.read_seq, m.muted_until
            """;

    private static final String ROOMS =
            """
            from chat.room r
            left join chat.member m on m.room_id = r.id and m.user_id = :me
            where r.deleted_at is null
            """;

    /// A room from outside: what somebody finds there who wants to come in.
    record Door(Room room, @Nullable String passwordHash) {}

    private record Owned(Id<Room> room, Id<User> owner) {}

    /// A room of mine: when it was made, and whether it stands in the list before anything was said
    /// there. Somebody who was only about to talk to me does not show.
    record Mine(Id<Room> room, Instant madeAt, boolean isShownEmpty) {}

    /// A room that this user may see; anything else is not there.
    Room visible(Tx tx, Id<Room> id, Id<User> me) {
        return tx.sql(COLUMNS + ROOMS + "and r.id = :id")
                .with("id", id)
                .with("me", me)
                .first(Room.class)
                .filter(Room::isVisible)
                .orElseThrow(Room::notFound);
    }

    /// The same, locked against other changes of the room until the transaction ends.
    Room lockVisible(Tx tx, Id<Room> id, Id<User> me) {
        lock(tx, id);
        return visible(tx, id, me);
    }

    /// A room that this user may see or come into.
    Door door(Tx tx, Id<Room> id, Id<User> me) {
        return tx.sql(COLUMNS + ", r.password_hash " + ROOMS + "and r.id = :id")
                .with("id", id)
                .with("me", me)
                .first(Door.class)
                .orElseThrow(Room::notFound);
    }

    Door lockDoor(Tx tx, Id<Room> id, Id<User> me) {
        lock(tx, id);
        return door(tx, id, me);
    }

    /// Holds a living room until the transaction ends. A statement of its own: one that waited for
    /// the lock would go on with members as they were when it began.
    void lock(Tx tx, Id<Room> id) {
        boolean isThere =
                !tx.sql("select id from chat.room where id = :id and deleted_at is null for update")
                        .with("id", id)
                        .ids()
                        .isEmpty();
        if (!isThere) {
            throw Room.notFound();
        }
    }

    boolean exists(Tx tx, Id<Room> id) {
        return tx.sql("select exists (select from chat.room where id = :id and deleted_at is null)")
                .with("id", id)
                .one(Boolean.class);
    }

    /// Every room in this user's list.
    Map<Id<Room>, Mine> mine(Tx tx, Id<User> me) {
        Map<Id<Room>, Mine> mine = new HashMap<>();
        tx.sql(
                        """
                        select r.id, r.created_at, r.type <> 'DIRECT' or r.created_by = :me
                        from chat.member m
                        join chat.room r on r.id = m.room_id and r.deleted_at is null
                        where m.user_id = :me and r.channel is null
                        """)
                .with("me", me)
                .list(Mine.class)
                .forEach(room -> mine.put(room.room(), room));
        return mine;
    }

    /// These rooms as the user sees them, by id.
    Map<Id<Room>, Room> byId(Tx tx, List<Id<Room>> ids, Id<User> me) {
        Map<Id<Room>, Room> rooms = new HashMap<>();
        tx.sql(COLUMNS + ROOMS + "and r.id = any(:ids)")
                .withIds("ids", ids)
                .with("me", me)
                .list(Room.class)
                .forEach(room -> rooms.put(room.id(), room));
        return rooms;
    }

    /// Public rooms by name, behind this name.
    List<Room> publicAfter(Tx tx, Id<User> me, @Nullable String afterNameKey, int limit) {
        return tx.sql(
                        COLUMNS
                                + ROOMS
                                + """
                                and r.type = 'PUBLIC' and r.name_key > coalesce(:after, '')
                                order by r.name_key limit :limit
                                """)
                .with("me", me)
                .with("after", afterNameKey)
                .with("limit", limit)
                .list(Room.class);
    }

    /// Public rooms and those that this user is in, as a list of all shows them: the default room,
    /// then the oldest first. Where there are more than are shown, his own stay, then the youngest.
    List<Room> visibleTo(Tx tx, Id<User> me, int limit) {
        return tx.sql(
                        COLUMNS
                                + ROOMS
                                + """
                                and r.id in (
                                    select seen.id from chat.room seen
                                    left join chat.member own
                                        on own.room_id = seen.id and own.user_id = :me
                                    where seen.deleted_at is null
                                      and (seen.type = 'PUBLIC' or own.role is not null)
                                      and seen.type <> 'DIRECT' and seen.channel is null
                                    order by seen.is_default desc, own.role is not null desc,
                                             seen.created_at desc
                                    limit :limit)
                                order by r.is_default desc, r.created_at, r.id
                                """)
                .with("me", me)
                .with("limit", limit)
                .list(Room.class);
    }

    /// Who owns each of these rooms; those that belong to nobody are left out.
    Map<Id<Room>, Id<User>> owners(Tx tx, Collection<Id<Room>> ids) {
        Map<Id<Room>, Id<User>> owners = new HashMap<>();
        tx.sql(
                        """
                        select room_id, user_id from chat.member
                        where room_id = any(:ids) and role = 'OWNER'
                        """)
                .withIds("ids", ids)
                .list(Owned.class)
                .forEach(owned -> owners.put(owned.room(), owned.owner()));
        return owners;
    }

    /// The rooms of `visibleTo`, whoever may see them, some of them skipped.
    List<Room> opened(Tx tx, Id<User> me, long skipped, int limit) {
        return tx.sql(
                        COLUMNS
                                + ROOMS
                                + """
                                and r.type <> 'DIRECT' and r.channel is null
                                order by r.is_default desc, r.created_at, r.id
                                offset :skipped limit :limit
                                """)
                .with("me", me)
                .with("skipped", skipped)
                .with("limit", limit)
                .list(Room.class);
    }

    long countOpened(Tx tx) {
        return tx.sql(
                        """
                        select count(*) from chat.room
                        where deleted_at is null and type <> 'DIRECT' and channel is null
                        """)
                .one(Long.class);
    }

    void add(Tx tx, Room room, @Nullable String passwordHash) {
        named(() ->
                settings(
                                tx.sql(
                                        """
                                        insert into chat.room (id, name, name_key, description, type, password_hash,
                                                               max_members, slow_mode_seconds, created_by, created_at)
                                        values (:id, :name, :nameKey, :description, :type, :passwordHash,
                                                :maxMembers, :slowModeSeconds, :createdBy, :createdAt)
                                        """),
                                room)
                        .with("passwordHash", passwordHash)
                        .count());
    }

    /// Whether any living room has this name, held still for a room that is about to take it.
    boolean isNameTaken(Tx tx, String nameKey) {
        tx.sql("select 1 from pg_advisory_xact_lock(hashtextextended('chat.room ' || :nameKey, 0))")
                .with("nameKey", nameKey)
                .one(Integer.class);
        return tx.sql(
                        """
                        select exists (select from chat.room
                                       where name_key = :nameKey and type <> 'DIRECT' and channel is null
                                         and deleted_at is null)
                        """)
                .with("nameKey", nameKey)
                .one(Boolean.class);
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

    /// Makes the room of these two; false if they have one. Who comes second waits for the first.
    boolean addDirect(Tx tx, Id<Room> id, Id<User> me, Id<User> other, Instant now) {
        return tx.sql(
                        """
                        insert into chat.room (id, name, name_key, description, type, created_by, created_at,
                                               low_user, high_user)
                        values (:id, '', '', '', 'DIRECT', :me, :now,
                                least(:me, :other), greatest(:me, :other))
                        on conflict on constraint room_one_direct_a_pair do nothing
                        """)
                .with("id", id)
                .with("me", me)
                .with("other", other)
                .with("now", now)
                .changed();
    }

    Id<Room> directOf(Tx tx, Id<User> me, Id<User> other) {
        return tx.sql(
                        """
                        select id from chat.room
                        where low_user = least(:me, :other) and high_user = greatest(:me, :other)
                        """)
                .with("me", me)
                .with("other", other)
                .<Room>ids()
                .getFirst();
    }

    /// Makes a neighbour's room, if there is none under this name of his.
    boolean addChannel(Tx tx, Id<Room> id, String channel, String name, Instant now) {
        return tx.sql(
                        """
                        insert into chat.room (id, name, name_key, description, type, created_at, channel)
                        values (:id, :name, :nameKey, '', 'PRIVATE', :now, :channel)
                        on conflict (channel) where channel is not null and deleted_at is null do nothing
                        """)
                .with("id", id)
                .with("name", name)
                .with("nameKey", Room.nameKey(name))
                .with("channel", channel)
                .with("now", now)
                .changed();
    }

    Optional<Id<Room>> channel(Tx tx, String channel) {
        return tx
                .sql("select id from chat.room where channel = :channel and deleted_at is null")
                .with("channel", channel)
                .<Room>ids()
                .stream()
                .findFirst();
    }

    /// Whether a room's log tells who comes and goes: not where everybody is, and not where a
    /// neighbour tells it in his own words.
    boolean tellsMembers(Tx tx, Id<Room> id) {
        return tx.sql(
                        """
                        select exists (select from chat.room
                                       where id = :id and not is_default and channel is null
                                         and deleted_at is null)
                        """)
                .with("id", id)
                .one(Boolean.class);
    }

    void change(Tx tx, Room room) {
        named(() ->
                settings(
                                tx.sql(
                                        """
                                        update chat.room
                                        set name = :name, name_key = :nameKey, description = :description,
                                            type = :type, max_members = :maxMembers,
                                            slow_mode_seconds = :slowModeSeconds
                                        where id = :id
                                        """),
                                room)
                        .count());
    }

    void setPassword(Tx tx, Id<Room> id, @Nullable String passwordHash) {
        tx.sql("update chat.room set password_hash = :passwordHash where id = :id")
                .with("id", id)
                .with("passwordHash", passwordHash)
                .count();
    }

    /// False if it was deleted already.
    boolean delete(Tx tx, Id<Room> id, Instant now) {
        boolean wasThere =
                tx.sql(
                                """
                                update chat.room set deleted_at = :now, member_count = 0, password_hash = null
                                where id = :id and deleted_at is null
                                """)
                        .with("id", id)
                        .with("now", now)
                        .changed();
        tx.sql("delete from chat.member where room_id = :id").with("id", id).count();
        tx.sql("delete from chat.restraint where room_id = :id").with("id", id).count();
        tx.sql("delete from chat.ban where room_id = :id").with("id", id).count();
        return wasThere;
    }

    /// Deleted rooms in which something said may be left.
    List<Id<Room>> toErase(Tx tx, int limit) {
        return tx.sql(
                        """
                        select id from chat.room
                        where deleted_at is not null and erased_at is null
                        order by deleted_at limit :limit
                        """)
                .with("limit", limit)
                .ids();
    }

    void erased(Tx tx, Id<Room> id, Instant now) {
        tx.sql("update chat.room set erased_at = :now where id = :id")
                .with("id", id)
                .with("now", now)
                .count();
    }

    private static Sql settings(Sql sql, Room room) {
        return sql.with(room).with("type", room.type()).with("nameKey", Room.nameKey(room.name()));
    }

    private static void named(Runnable write) {
        try {
            write.run();
        } catch (ConstraintViolated violated) {
            throw violated.is("room_name_taken") ? nameTaken() : violated;
        }
    }

    static Failure nameTaken() {
        return Failure.conflict("CHAT_ROOM_NAME_TAKEN");
    }
}
