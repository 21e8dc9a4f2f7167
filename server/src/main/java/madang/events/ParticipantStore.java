package madang.events;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Tx;
import org.jspecify.annotations.Nullable;

/// Who was asked to come to which event, in SQL. Whoever changes something here holds the event.
final class ParticipantStore {
    private static final String COLUMNS =
            """
            select p.event_id, p.user_id, p.standing, p.invited_by, p.invite_method, p.invited_at,
                   p.responded_at
            """;

    private static final String PARTICIPANTS =
            COLUMNS
                    + """
                    from events.participant p
                    where p.event_id = :event and p.standing <> 'CREATOR'
                    """;

    /// Where a page ended.
    record Place(Instant invitedAt, Id<User> user) {}

    Optional<Participant> find(Tx tx, Id<Event> event, Id<User> user) {
        return tx.sql(PARTICIPANTS + "and p.user_id = :user")
                .with("event", event)
                .with("user", user)
                .first(Participant.class);
    }

    /// Those of these users who are in the event already, its creator included.
    List<Id<User>> among(Tx tx, Id<Event> event, Collection<Id<User>> users) {
        return tx.sql(
                        """
                        select user_id from events.participant
                        where event_id = :event and user_id = any(:users)
                        """)
                .with("event", event)
                .withIds("users", users)
                .ids();
    }

    /// In the order in which they were asked, behind this one.
    List<Participant> page(Tx tx, Id<Event> event, @Nullable Place after, int limit) {
        return tx.sql(
                        PARTICIPANTS
                                + """
                                and (:at::timestamptz is null or (p.invited_at, p.user_id) > (:at, :last))
                                order by p.invited_at, p.user_id limit :limit
                                """)
                .with("event", event)
                .with("at", after == null ? null : after.invitedAt())
                .with("last", after == null ? null : after.user())
                .with("limit", limit)
                .list(Participant.class);
    }

    /// The first participants of each of these events.
    List<Participant> firstOf(Tx tx, Collection<Id<Event>> events, int each) {
        return tx.sql(
                        COLUMNS
                                + """
                                from unnest(:events::uuid[]) as wanted(id)
                                cross join lateral (
                                    select event_id, user_id, standing, invited_by, invite_method, invited_at,
                                           responded_at
                                    from events.participant
                                    where event_id = wanted.id and standing <> 'CREATOR'
                                    order by invited_at, user_id limit :each) p
                                order by p.invited_at, p.user_id
                                """)
                .withIds("events", events)
                .with("each", each)
                .list(Participant.class);
    }

    /// All who belong to an event, its creator included.
    List<Id<User>> everybody(Tx tx, Id<Event> event) {
        return tx.sql("select user_id from events.participant where event_id = :event")
                .with("event", event)
                .ids();
    }

    /// Adds these users, none of whom is in the event yet.
    void add(
            Tx tx,
            Event event,
            Collection<Id<User>> users,
            Id<User> by,
            InviteMethod method,
            Instant now) {
        tx.sql(
                        """
                        insert into events.participant (event_id, user_id, standing, invited_by,
                                                        invite_method, invited_at, start_time, end_time,
                                                        event_status, is_hidden)
                        select :event, new.id, 'PENDING', :by, :method, :now, :startTime, :endTime,
                               :status, :isHidden
                        from unnest(:users::uuid[]) as new(id)
                        """)
                .with("event", event.id())
                .withIds("users", users)
                .with("by", by)
                .with("method", method)
                .with("now", now)
                .with("startTime", event.startTime())
                .with("endTime", event.endTime())
                .with("status", event.status())
                .with("isHidden", event.deletedAt() != null)
                .count();
        count(tx, event.id(), users.size());
    }

    /// Lets the people of one event come along to another one of its series, with what they
    /// answered. Its creator is there already.
    void comeAlong(Tx tx, Id<Event> from, Event to) {
        int people =
                tx.sql(
                                """
                                insert into events.participant (event_id, user_id, standing, invited_by,
                                                                invite_method, invited_at, responded_at,
                                                                start_time, end_time, event_status)
                                select :to, user_id, standing, invited_by, invite_method, invited_at,
                                       responded_at, :startTime, :endTime, :status
                                from events.participant
                                where event_id = :from and standing <> 'CREATOR'
                                """)
                        .with(to)
                        .with("from", from)
                        .with("to", to.id())
                        .count();
        count(tx, to.id(), people);
    }

    /// Those who may hear an event's chat.
    List<Id<User>> takingPart(Tx tx, Id<Event> event) {
        return tx.sql(
                        """
                        select user_id from events.participant
                        where event_id = :event and standing <> 'DECLINED'
                        """)
                .with("event", event)
                .ids();
    }

    void answer(Tx tx, Id<Event> event, Id<User> user, Standing standing, Instant now) {
        tx.sql(
                        """
                        update events.participant set standing = :standing, responded_at = :now
                        where event_id = :event and user_id = :user
                        """)
                .with("event", event)
                .with("user", user)
                .with("standing", standing)
                .with("now", now)
                .count();
    }

    /// Takes an event's creator out of it, who is gone.
    void removeCreator(Tx tx, Id<Event> event) {
        tx.sql(
                        """
                        delete from events.participant
                        where event_id = :event and standing = 'CREATOR'
                        """)
                .with("event", event)
                .count();
    }

    /// False where he is no participant.
    boolean remove(Tx tx, Id<Event> event, Id<User> user) {
        boolean wasThere =
                tx.sql(
                                """
                                delete from events.participant
                                where event_id = :event and user_id = :user and standing <> 'CREATOR'
                                """)
                        .with("event", event)
                        .with("user", user)
                        .changed();
        return wasThere && count(tx, event, -1);
    }

    private static boolean count(Tx tx, Id<Event> event, int more) {
        return tx.sql(
                        """
                        update events.event set participant_count = participant_count + :more
                        where id = :event
                        """)
                .with("event", event)
                .with("more", more)
                .changed();
    }
}
