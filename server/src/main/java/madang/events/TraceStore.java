package madang.events;

import java.util.List;
import madang.events.EventsData.OwnEvent;
import madang.events.EventsData.Participation;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Tx;
import org.jspecify.annotations.Nullable;

/// Where somebody left traces in events, in SQL.
final class TraceStore {

    List<OwnEvent> own(Tx tx, Id<User> user, @Nullable Id<Event> after, int limit) {
        return tx.sql(
                        """
                        select id, title, description, location, start_time, end_time, status, created_at,
                               deleted_at
                        from events.event
                        where creator_id = :user and (:after::uuid is null or id > :after)
                        order by id limit :limit
                        """)
                .with("user", user)
                .with("after", after)
                .with("limit", limit)
                .list(OwnEvent.class);
    }

    List<Participation> participations(Tx tx, Id<User> user, @Nullable Id<Event> after, int limit) {
        return tx.sql(
                        """
                        select event_id, standing, start_time, invited_at, responded_at
                        from events.participant
                        where user_id = :user and standing <> 'CREATOR'
                          and (:after::uuid is null or event_id > :after)
                        order by event_id limit :limit
                        """)
                .with("user", user)
                .with("after", after)
                .with("limit", limit)
                .list(Participation.class);
    }

    /// Events that this user made and in which something of him is left.
    List<Id<Event>> wordy(Tx tx, Id<User> user, int limit) {
        return tx.sql(
                        """
                        select id from events.event
                        where creator_id = :user
                          and (title <> '' or description is not null or location is not null
                            or status in ('PROPOSED', 'CONFIRMED'))
                        limit :limit
                        """)
                .with("user", user)
                .with("limit", limit)
                .ids();
    }

    List<Id<Event>> attended(Tx tx, Id<User> user, int limit) {
        return tx.sql("select event_id from events.participant where user_id = :user limit :limit")
                .with("user", user)
                .with("limit", limit)
                .ids();
    }

    /// Those whom he asked keep that they were asked.
    void forgetAsker(Tx tx, Id<User> user) {
        tx.sql("update events.participant set invited_by = null where invited_by = :user")
                .with("user", user)
                .count();
    }
}
