package madang.identity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import madang.identity.RefreshTokens.RefreshToken;
import madang.kit.Caller;
import madang.kit.Id;
import madang.kit.Language;
import madang.kit.Role;
import madang.kit.Session;
import madang.kit.User;
import madang.kit.db.Tx;
import org.jspecify.annotations.Nullable;

/// The tables `identity.session` and `identity.socket_ticket`.
final class SessionStore {

    /// A session as a refresh finds it.
    record Row(
            Id<User> user,
            int generation,
            byte[] tokenHash,
            Instant rotatedAt,
            Instant idleUntil,
            Instant absoluteUntil,
            @Nullable Instant endedAt) {}

    /// How somebody came in, on what, from about where.
    record SignIn(SignInMethod method, String device, String address) {
        static SignIn of(SignInMethod method, Visitor visitor) {
            return new SignIn(method, visitor.device(), visitor.network());
        }
    }

    void add(
            Tx tx,
            RefreshToken token,
            Id<User> user,
            @Nullable SignIn signIn,
            Instant now,
            Instant idleUntil,
            Instant absoluteUntil) {
        tx.sql(
                        """
                        insert into identity.session (
                            id, user_id, generation, token_hash, method, device, address,
                            created_at, rotated_at, last_used_at, idle_until, absolute_until)
                        values (
                            :id, :user, :generation, :tokenHash, :method, :device, :address,
                            :now, :now, :now, :idleUntil, :absoluteUntil)
                        """)
                .with("id", token.session())
                .with("user", user)
                .with("generation", token.generation())
                .with("tokenHash", token.hash())
                .with("method", signIn == null ? null : signIn.method())
                .with("device", signIn == null ? null : signIn.device())
                .with("address", signIn == null ? null : signIn.address())
                .with("now", now)
                .with("idleUntil", idleUntil)
                .with("absoluteUntil", absoluteUntil)
                .count();
    }

    /// Puts the successor in the place of the living token; nothing where the token that came is
    /// not the living one or its session is over.
    Optional<Row> rotate(
            Tx tx, RefreshToken came, RefreshToken successor, Instant now, Instant idleUntil) {
        return tx.sql(
                        """
                        update identity.session
                        set generation = :next, token_hash = :nextHash, rotated_at = :now,
                            last_used_at = :now,
                            idle_until = least(:idleUntil, absolute_until)
                        where id = :id and generation = :generation and token_hash = :tokenHash
                            and ended_at is null and idle_until > :now
                        returning user_id, generation, token_hash, rotated_at, idle_until,
                            absolute_until, ended_at
                        """)
                .with("id", came.session())
                .with("generation", came.generation())
                .with("tokenHash", came.hash())
                .with("next", successor.generation())
                .with("nextHash", successor.hash())
                .with("now", now)
                .with("idleUntil", idleUntil)
                .first(Row.class);
    }

    Optional<Row> lock(Tx tx, Id<Session> id) {
        return tx.sql(
                        """
                        select user_id, generation, token_hash, rotated_at, idle_until,
                            absolute_until, ended_at
                        from identity.session where id = :id for update
                        """)
                .with("id", id)
                .first(Row.class);
    }

    /// Lets a session live on that is used without its refresh token. False if it is over.
    boolean prolong(Tx tx, Id<Session> id, Instant now, Instant idleUntil) {
        return tx.sql(
                        """
                        update identity.session
                        set idle_until = least(:idleUntil, absolute_until), last_used_at = :now
                        where id = :id and ended_at is null
                        """)
                .with("id", id)
                .with("now", now)
                .with("idleUntil", idleUntil)
                .changed();
    }

    /// False if it was over already.
    boolean end(Tx tx, Id<Session> id, Instant now) {
        return tx.sql(
                        """
                        update identity.session set ended_at = :now
                        where id = :id and ended_at is null
                        """)
                .with("id", id)
                .with("now", now)
                .changed();
    }

    /// False if this user has no such session, or no more.
    boolean end(Tx tx, Id<User> user, Id<Session> id, Instant now) {
        return tx.sql(
                        """
                        update identity.session set ended_at = :now
                        where id = :id and user_id = :user and ended_at is null
                        """)
                .with("id", id)
                .with("user", user)
                .with("now", now)
                .changed();
    }

    /// Living sessions of a user from the newest on, or from the one before this.
    List<SessionView> page(
            Tx tx,
            Id<User> user,
            Id<Session> current,
            @Nullable Id<Session> before,
            Instant now,
            int limit) {
        return tx.sql(
                        """
                        select id, method, device, address, created_at, last_used_at,
                            id = :current as current
                        from identity.session
                        where user_id = :user and ended_at is null and idle_until > :now
                            and (cast(:before as uuid) is null or id < :before)
                        order by id desc limit :limit
                        """)
                .with("user", user)
                .with("current", current)
                .with("before", before)
                .with("now", now)
                .with("limit", limit)
                .list(SessionView.class);
    }

    /// Ends all sessions of a user, but for the one to keep, and names them.
    List<Id<Session>> endAll(Tx tx, Id<User> user, @Nullable Id<Session> kept, Instant now) {
        return ids(
                tx.sql(
                                """
                                update identity.session set ended_at = :now
                                where user_id = :user and ended_at is null
                                    and id is distinct from :kept
                                returning id
                                """)
                        .with("user", user)
                        .with("kept", kept)
                        .with("now", now));
    }

    List<Id<Session>> endAllWithBots(Tx tx, Id<User> user, Instant now) {
        return ids(
                tx.sql(
                                """
                                update identity.session set ended_at = :now
                                where ended_at is null and user_id in (
                                    select :user
                                    union all
                                    select user_id from identity.bot where owner_id = :user)
                                returning id
                                """)
                        .with("user", user)
                        .with("now", now));
    }

    /// Ends the sessions that nobody used for too long, so that their sockets close too.
    List<Id<Session>> endIdle(Tx tx, Instant now) {
        return ids(
                tx.sql(
                                """
                                update identity.session set ended_at = :now
                                where ended_at is null and idle_until <= :now
                                returning id
                                """)
                        .with("now", now));
    }

    /// When the session was opened; empty where it is over.
    Optional<Instant> openedAt(Tx tx, Id<Session> id) {
        return tx.sql("select created_at from identity.session where id = :id and ended_at is null")
                .with("id", id)
                .first(Instant.class);
    }

    /// Forgets all sessions of a user that are over for so long that no node asks for them, and of
    /// the others on what they were.
    void forgetOf(Tx tx, Id<User> user, Instant endedBefore) {
        tx.sql(
                        """
                        delete from identity.socket_ticket
                        where session_id in (select id from identity.session where user_id = :user)
                        """)
                .with("user", user)
                .count();
        tx.sql("delete from identity.session where user_id = :user and ended_at < :endedBefore")
                .with("user", user)
                .with("endedBefore", endedBefore)
                .count();
        tx.sql("update identity.session set device = null, address = null where user_id = :user")
                .with("user", user)
                .count();
    }

    record Ended(Id<Session> id, Instant endedAt) {}

    List<Ended> endedSince(Tx tx, Instant since) {
        return tx.sql("select id, ended_at from identity.session where ended_at > :since")
                .with("since", since)
                .list(Ended.class);
    }

    int forgetEndedBefore(Tx tx, Instant time) {
        return tx.sql("delete from identity.session where ended_at < :time")
                .with("time", time)
                .count();
    }

    void addTicket(Tx tx, byte[] hash, Id<Session> session, Instant expiresAt) {
        tx.sql(
                        """
                        insert into identity.socket_ticket (hash, session_id, expires_at)
                        values (:hash, :session, :expiresAt)
                        """)
                .with("hash", hash)
                .with("session", session)
                .with("expiresAt", expiresAt)
                .count();
    }

    private record Holder(Id<User> user, Id<Session> session, Role role, Language language) {}

    /// Takes the ticket away and says whose it was; its row is its one use.
    Optional<Caller.Member> takeTicket(Tx tx, byte[] hash, Instant now) {
        return tx.sql(
                        """
                        delete from identity.socket_ticket ticket
                        using identity.session session, identity.users users
                        where ticket.hash = :hash and ticket.expires_at > :now
                            and session.id = ticket.session_id and session.ended_at is null
                            and users.id = session.user_id
                        returning users.id, session.id, users.role, users.language
                        """)
                .with("hash", hash)
                .with("now", now)
                .first(Holder.class)
                .map(it -> new Caller.Member(it.user, it.session, it.role, it.language));
    }

    int forgetTicketsBefore(Tx tx, Instant time) {
        return tx.sql("delete from identity.socket_ticket where expires_at < :time")
                .with("time", time)
                .count();
    }

    private static List<Id<Session>> ids(madang.kit.db.Sql asked) {
        record Named(Id<Session> id) {}
        return asked.list(Named.class).stream().map(Named::id).toList();
    }
}
