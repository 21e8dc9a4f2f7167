package madang.calendar;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import madang.calendar.CalendarClient.Channel;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Tx;
import org.jspecify.annotations.Nullable;

/// The table `calendar.connection`.
final class ConnectionStore {
    private static final String COLUMNS =
            """
            user_id, state, connected_at, synced_at, sync_token, tries,
            channel_id, channel_resource, channel_until
            """;

    /// A round that is somebody's to do: a look at one user, whether Google is to be asked for
    /// changes too, and until when nobody else takes it.
    record Turn(Id<User> user, boolean isPull, Instant leaseUntil) {}

    Optional<Connection> of(Tx tx, Id<User> user) {
        return tx.sql("select " + COLUMNS + " from calendar.connection where user_id = :user")
                .with("user", user)
                .first(Connection.class);
    }

    /// Connected, for the first time or again; with another account nothing is known of it.
    void connect(Tx tx, Id<User> user, String subject, Instant now) {
        tx.sql("delete from calendar.connection where user_id = :user and subject <> :subject")
                .with("user", user)
                .with("subject", subject)
                .count();
        tx.sql(
                        """
                        insert into calendar.connection as c
                            (user_id, subject, state, connected_at, pull_at, look_at, retry_at)
                        values (:user, :subject, 'ACTIVE', :now, :now, :now, :now)
                        on conflict (user_id) do update
                        set state = 'ACTIVE', tries = 0, pull_at = :now, look_at = :now,
                            retry_at = :now,
                            connected_at = case when c.state = 'ACTIVE'
                                then c.connected_at else :now end
                        """)
                .with("user", user)
                .with("subject", subject)
                .with("now", now)
                .count();
    }

    /// Those that somebody has to look at now; whoever gets them is alone with them for a while,
    /// and they are due again only if somebody says so anew.
    List<Turn> take(Tx tx, Instant now, Instant nextPull, Instant leaseUntil, int most) {
        return tx.sql(
                        """
                        with due as (
                            select user_id, pull_at <= :now as is_pull from calendar.connection
                            where state = 'ACTIVE' and look_at <= :now
                              and retry_at <= :now and lease_until <= :now
                            order by look_at limit :most
                            for update skip locked)
                        update calendar.connection c
                        set lease_until = :leaseUntil,
                            pull_at = case when d.is_pull then :nextPull else c.pull_at end,
                            look_at = case when d.is_pull then :nextPull else c.pull_at end
                        from due d where c.user_id = d.user_id
                        returning c.user_id, d.is_pull, c.lease_until
                        """)
                .with("now", now)
                .with("nextPull", nextPull)
                .with("leaseUntil", leaseUntil)
                .with("most", most)
                .list(Turn.class);
    }

    /// This one alone, for something else than a round; what is due there stays due. Nothing where
    /// another one is at it.
    Optional<Turn> take(Tx tx, Id<User> user, Instant now, Instant leaseUntil) {
        return tx.sql(
                        """
                        update calendar.connection set lease_until = :leaseUntil
                        where user_id = :user and lease_until <= :now
                        returning user_id, false, lease_until
                        """)
                .with("user", user)
                .with("now", now)
                .with("leaseUntil", leaseUntil)
                .first(Turn.class);
    }

    /// False where the turn was not finished in time and may be another's by now.
    boolean hold(Tx tx, Turn turn, Instant leaseUntil) {
        return tx.sql(
                        """
                        update calendar.connection set lease_until = :until
                        where user_id = :user and lease_until = :leaseUntil
                        """)
                .with(turn)
                .with("until", leaseUntil)
                .changed();
    }

    void release(Tx tx, Turn turn) {
        tx.sql(
                        """
                        update calendar.connection set lease_until = 'epoch'
                        where user_id = :user and lease_until = :leaseUntil
                        """)
                .with(turn)
                .count();
    }

    void done(Tx tx, Turn turn, Instant now) {
        tx.sql(
                        """
                        update calendar.connection
                        set lease_until = 'epoch', tries = 0, synced_at = :now
                        where user_id = :user and lease_until = :leaseUntil
                        """)
                .with(turn)
                .with("now", now)
                .count();
    }

    /// It went wrong: everything again, and not before `retryAt`.
    void failed(Tx tx, Turn turn, Instant now, Instant retryAt) {
        tx.sql(
                        """
                        update calendar.connection
                        set lease_until = 'epoch', tries = tries + 1, retry_at = :retryAt,
                            look_at = :now, pull_at = case when :isPull then :now else pull_at end
                        where user_id = :user and lease_until = :leaseUntil
                        """)
                .with(turn)
                .with("now", now)
                .with("retryAt", retryAt)
                .count();
    }

    void needsReconnect(Tx tx, Id<User> user) {
        tx.sql(
                        """
                        update calendar.connection
                        set state = 'NEEDS_RECONNECT', lease_until = 'epoch', channel_id = null,
                            channel_resource = null, channel_until = null
                        where user_id = :user
                        """)
                .with("user", user)
                .count();
    }

    /// Something here has changed for those who have this event, and for this user.
    void lookAt(Tx tx, Id<?> event, Instant now) {
        tx.sql(
                        """
                        update calendar.connection set look_at = least(look_at, :now)
                        where user_id in
                            (select user_id from calendar.entry where event_id = :event)
                        """)
                .with("event", event)
                .with("now", now)
                .count();
    }

    void look(Tx tx, Id<User> user, Instant now) {
        tx.sql(
                        """
                        update calendar.connection set look_at = least(look_at, :now)
                        where user_id = :user
                        """)
                .with("user", user)
                .with("now", now)
                .count();
    }

    /// Something there has changed; false where no such channel is ours.
    boolean pull(Tx tx, String channel, Instant now) {
        return tx.sql(
                        """
                        update calendar.connection set pull_at = :now, look_at = :now
                        where channel_id = :channel
                        """)
                .with("channel", channel)
                .with("now", now)
                .changed();
    }

    void keepSyncToken(Tx tx, Id<User> user, @Nullable String token) {
        tx.sql("update calendar.connection set sync_token = :token where user_id = :user")
                .with("user", user)
                .with("token", token)
                .count();
    }

    void keepChannel(Tx tx, Id<User> user, Channel channel) {
        tx.sql(
                        """
                        update calendar.connection
                        set channel_id = :id, channel_resource = :resource, channel_until = :until
                        where user_id = :user
                        """)
                .with(channel)
                .with("user", user)
                .count();
    }

    /// With all that was agreed on.
    boolean remove(Tx tx, Id<User> user) {
        return tx.sql("delete from calendar.connection where user_id = :user")
                .with("user", user)
                .changed();
    }
}
