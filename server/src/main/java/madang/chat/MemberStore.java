package madang.chat;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Sql;
import madang.kit.db.Tx;
import org.jspecify.annotations.Nullable;

/// Who is in which room, in SQL.
final class MemberStore {
    private static final String MEMBERS =
            "select user_id, role, joined_at, muted_until from chat.member where room_id = :room ";

    /// False if the user was a member already.
    boolean add(Tx tx, Id<Room> room, Id<User> user, RoomRole role, long readSeq, Instant now) {
        return !addAll(tx, room, List.of(user), role, readSeq, now).isEmpty();
    }

    /// Those of these users who were no members yet. What held somebody back when he left holds him
    /// again.
    List<Id<User>> addAll(
            Tx tx,
            Id<Room> room,
            Collection<Id<User>> users,
            RoomRole role,
            long readSeq,
            Instant now) {
        List<Id<User>> isNew =
                tx.sql(
                                """
                                with held as (
                                    delete from chat.restraint
                                    where room_id = :room and user_id = any(:users)
                                    returning user_id, muted_until, spoke_at)
                                insert into chat.member
                                    (room_id, user_id, role, read_seq, joined_at, muted_until, spoke_at)
                                select :room, new.id, :role, :readSeq, :now, held.muted_until, held.spoke_at
                                from unnest(:users) as new(id) left join held on held.user_id = new.id
                                on conflict do nothing returning user_id
                                """)
                        .with("room", room)
                        .withIds("users", users)
                        .with("role", role)
                        .with("readSeq", readSeq)
                        .with("now", now)
                        .ids();
        count(tx, room, isNew.size());
        return isNew;
    }

    /// Takes somebody's place. A mute, and when he spoke in slow mode, outlive it.
    boolean remove(Tx tx, Id<Room> room, Id<User> user) {
        boolean wasThere =
                !tx.sql(
                                """
                                with gone as (
                                    delete from chat.member where room_id = :room and user_id = :user
                                    returning room_id, user_id, muted_until, spoke_at),
                                held as (
                                    insert into chat.restraint (room_id, user_id, muted_until, spoke_at)
                                    select room_id, user_id, muted_until, spoke_at from gone
                                    where num_nonnulls(muted_until, spoke_at) > 0)
                                select user_id from gone
                                """)
                        .with("room", room)
                        .with("user", user)
                        .ids()
                        .isEmpty();
        return wasThere && count(tx, room, -1);
    }

    /// Forgets what holds nobody back any more.
    void forgetRestraints(Tx tx, Instant now) {
        tx.sql(
                        """
                        delete from chat.restraint
                        where greatest(muted_until, spoke_at + make_interval(secs => :longest)) <= :now
                        """)
                .with("longest", Room.MOST_SLOW_SECONDS)
                .with("now", now)
                .count();
    }

    private static boolean count(Tx tx, Id<Room> room, int more) {
        return tx.sql("update chat.room set member_count = member_count + :more where id = :room")
                .with("room", room)
                .with("more", more)
                .changed();
    }

    Optional<Member> find(Tx tx, Id<Room> room, Id<User> user) {
        return tx.sql(MEMBERS + "and user_id = :user")
                .with("room", room)
                .with("user", user)
                .first(Member.class);
    }

    /// How far this user has read in each of these rooms that he is in.
    List<MessageStore.Marker> markersOf(Tx tx, Id<User> user, Collection<Id<Room>> rooms) {
        return tx.sql(
                        """
                        select room_id, read_seq from chat.member
                        where user_id = :user and room_id = any(:rooms)
                        """)
                .with("user", user)
                .withIds("rooms", rooms)
                .list(MessageStore.Marker.class);
    }

    void setRole(Tx tx, Id<Room> room, Id<User> user, RoomRole role) {
        tx.sql("update chat.member set role = :role where room_id = :room and user_id = :user")
                .with("room", room)
                .with("user", user)
                .with("role", role)
                .count();
    }

    void mute(Tx tx, Id<Room> room, Id<User> user, @Nullable Instant until) {
        tx.sql(
                        """
                        update chat.member set muted_until = :until
                        where room_id = :room and user_id = :user
                        """)
                .with("room", room)
                .with("user", user)
                .with("until", until)
                .count();
    }

    /// Those of these users who are in the room.
    List<Id<User>> among(Tx tx, Id<Room> room, Collection<Id<User>> users) {
        return tx.sql(
                        """
                        select user_id from chat.member
                        where room_id = :room and user_id = any(:users)
                        """)
                .with("room", room)
                .withIds("users", users)
                .ids();
    }

    /// Those who are in the room, in the order in which they would take it over: a moderator before
    /// a member, the longest-standing first; some of them skipped.
    List<Id<User>> inLine(Tx tx, Id<Room> room, int skipped, int limit) {
        return tx.sql(
                        """
                        select user_id from chat.member where room_id = :room
                        order by role = 'MODERATOR' desc, joined_at, user_id
                        offset :skipped limit :limit
                        """)
                .with("room", room)
                .with("skipped", skipped)
                .with("limit", limit)
                .ids();
    }

    /// The rooms that this user is in and can leave.
    List<Id<Room>> leavable(Tx tx, Id<User> user) {
        return tx.sql(
                        """
                        select r.id from chat.member m
                        join chat.room r on r.id = m.room_id
                        where m.user_id = :user and r.deleted_at is null
                          and r.type <> 'DIRECT' and not r.is_default and r.channel is null
                        """)
                .with("user", user)
                .ids();
    }

    /// Members in the order of their ids, behind this one.
    List<Member> after(Tx tx, Id<Room> room, @Nullable Id<User> after, int limit) {
        return page(tx, MEMBERS, room, after, limit).list(Member.class);
    }

    /// Those of these people who are in a room with this user, of the rooms that not everybody is
    /// in.
    List<Id<User>> sharing(Tx tx, Id<User> user, Collection<Id<User>> people) {
        return tx.sql(
                        """
                        select distinct theirs.user_id
                        from chat.member theirs
                        join chat.member mine
                            on mine.room_id = theirs.room_id and mine.user_id = :user
                        join chat.room r on r.id = mine.room_id and not r.is_default
                        where theirs.user_id = any(:people) and r.deleted_at is null
                        """)
                .with("user", user)
                .withIds("people", people)
                .ids();
    }

    /// How far each member has read, as it was written last, in the order of their ids.
    List<ReadMarkers.Marker> markersAfter(
            Tx tx, Id<Room> room, @Nullable Id<User> after, int limit) {
        return page(
                        tx,
                        "select user_id, read_seq from chat.member where room_id = :room ",
                        room,
                        after,
                        limit)
                .list(ReadMarkers.Marker.class);
    }

    private static Sql page(
            Tx tx, String members, Id<Room> room, @Nullable Id<User> after, int limit) {
        return tx.sql(
                        members
                                + """
                                and user_id > coalesce(:after, '00000000-0000-0000-0000-000000000000'::uuid)
                                order by user_id limit :limit
                                """)
                .with("room", room)
                .with("after", after)
                .with("limit", limit);
    }

    /// What is to be known of each of these who want to say something; nothing where there is no
    /// such room.
    List<Admission> admissions(Tx tx, List<Id<Room>> rooms, List<Id<User>> users) {
        return tx.sql(
                        """
                        select asked.room_id, asked.user_id, r.type, r.password_hash is not null,
                               r.slow_mode_seconds,
                               case when r.low_user = asked.user_id then r.high_user else r.low_user end,
                               m.role, m.muted_until, m.spoke_at,
                               m.user_id is null and exists (
                                   select from chat.ban b
                                   where b.room_id = asked.room_id and b.user_id = asked.user_id)
                        from unnest(:rooms, :users) as asked(room_id, user_id)
                        join chat.room r on r.id = asked.room_id and r.deleted_at is null
                        left join chat.member m
                            on m.room_id = asked.room_id and m.user_id = asked.user_id
                        """)
                .withIds("rooms", rooms)
                .withIds("users", users)
                .list(Admission.class);
    }

    /// Gives each of these his turn to speak in slow mode; who has spoken too lately gets none.
    /// Whoever asks on another node at the same time waits and is told so.
    List<Speaker> takeTurns(Tx tx, List<Id<Room>> rooms, List<Id<User>> users, Instant now) {
        return tx.sql(
                        """
                        update chat.member m set spoke_at = :now
                        from unnest(:rooms, :users) as asked(room_id, user_id)
                        join chat.room r on r.id = asked.room_id
                        where m.room_id = asked.room_id and m.user_id = asked.user_id
                          and (m.spoke_at is null
                               or m.spoke_at <= :now - make_interval(secs => r.slow_mode_seconds))
                        returning m.room_id, m.user_id
                        """)
                .withIds("rooms", rooms)
                .withIds("users", users)
                .with("now", now)
                .list(Speaker.class);
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
}
