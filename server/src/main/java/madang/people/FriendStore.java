package madang.people;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Sql;
import madang.kit.db.Tx;
import org.jspecify.annotations.Nullable;

/// The tables `people.friend` and `people.request`.
final class FriendStore {

    /// The other one of a friendship or of a request, and since when.
    record Other(Id<User> user, Instant since) {}

    /// What two people do to each other they do one after the other, whoever begins.
    void lockPair(Tx tx, Id<User> one, Id<User> other) {
        boolean isOrdered = one.compareTo(other) < 0;
        tx.sql("select pg_advisory_xact_lock(hashtextextended(:pair, 1))")
                .with("pair", isOrdered ? one + " " + other : other + " " + one)
                .list(String.class);
    }

    /// Makes two people friends; false where they were. Their requests are answered by it.
    boolean befriend(Tx tx, Id<User> one, Id<User> other, Instant now) {
        removeRequests(tx, one, other);
        return tx.sql(
                        """
                        insert into people.friend (user_id, friend_id, created_at)
                        values (:one, :other, :now), (:other, :one, :now)
                        on conflict do nothing
                        """)
                .with("one", one)
                .with("other", other)
                .with("now", now)
                .changed();
    }

    /// False where they were none.
    boolean part(Tx tx, Id<User> one, Id<User> other) {
        return tx.sql(
                        """
                        delete from people.friend
                        where user_id = :one and friend_id = :other
                           or user_id = :other and friend_id = :one
                        """)
                .with("one", one)
                .with("other", other)
                .changed();
    }

    Optional<Instant> friendsSince(Tx tx, Id<User> one, Id<User> other) {
        return tx.sql(
                        """
                        select created_at from people.friend
                        where user_id = :one and friend_id = :other
                        """)
                .with("one", one)
                .with("other", other)
                .first(Instant.class);
    }

    long countFriends(Tx tx, Id<User> user) {
        return tx.sql("select count(*) from people.friend where user_id = :user")
                .with("user", user)
                .one(Long.class);
    }

    /// Those of these people who are friends of this one.
    Set<Id<User>> among(Tx tx, Id<User> user, Collection<Id<User>> people) {
        return Set.copyOf(
                tx.sql(
                                """
                                select friend_id from people.friend
                                where user_id = :user and friend_id = any(:people)
                                """)
                        .with("user", user)
                        .withIds("people", people)
                        .<User>ids());
    }

    /// The newest friendships first, behind this one.
    List<Other> friends(Tx tx, Id<User> user, @Nullable Other after, int limit) {
        return page(
                tx.sql(
                        """
                        select friend_id, created_at from people.friend
                        where user_id = :user
                          and (:at::timestamptz is null or (created_at, friend_id) < (:at, :last))
                        order by created_at desc, friend_id desc limit :limit
                        """),
                user,
                after,
                limit);
    }

    /// Who asks this one, as far as he may know it; the newest first.
    List<Other> incoming(Tx tx, Id<User> user, @Nullable Other after, int limit) {
        return page(
                tx.sql(
                        """
                        select sender_id, created_at from people.request
                        where receiver_id = :user and declined_at is null
                          and (:at::timestamptz is null or (created_at, sender_id) < (:at, :last))
                        order by created_at desc, sender_id desc limit :limit
                        """),
                user,
                after,
                limit);
    }

    /// Whom this one asks, as far as he knows; the newest first.
    List<Other> outgoing(Tx tx, Id<User> user, @Nullable Other after, int limit) {
        return page(
                tx.sql(
                        """
                        select receiver_id, created_at from people.request
                        where sender_id = :user and cancelled_at is null
                          and (:at::timestamptz is null or (created_at, receiver_id) < (:at, :last))
                        order by created_at desc, receiver_id desc limit :limit
                        """),
                user,
                after,
                limit);
    }

    /// A request as it stands. `declinedAt` is its sender's least business.
    record Request(
            Instant createdAt, @Nullable Instant declinedAt, @Nullable Instant cancelledAt) {}

    Optional<Request> request(Tx tx, Id<User> sender, Id<User> receiver) {
        return tx.sql(
                        """
                        select created_at, declined_at, cancelled_at from people.request
                        where sender_id = :sender and receiver_id = :receiver
                        """)
                .with("sender", sender)
                .with("receiver", receiver)
                .first(Request.class);
    }

    long countOutgoing(Tx tx, Id<User> sender) {
        return tx.sql(
                        """
                        select count(*) from people.request
                        where sender_id = :sender and cancelled_at is null
                        """)
                .with("sender", sender)
                .one(Long.class);
    }

    /// `declinedAt` where the receiver shall never see it.
    void addRequest(
            Tx tx, Id<User> sender, Id<User> receiver, Instant now, @Nullable Instant declinedAt) {
        tx.sql(
                        """
                        insert into people.request (sender_id, receiver_id, created_at, declined_at)
                        values (:sender, :receiver, :now, :declinedAt)
                        """)
                .with("sender", sender)
                .with("receiver", receiver)
                .with("now", now)
                .with("declinedAt", declinedAt)
                .count();
    }

    /// The sender asks again for what was declined and taken back: he sees it again, nobody else.
    void askAgain(Tx tx, Id<User> sender, Id<User> receiver, Instant now) {
        tx.sql(
                        """
                        update people.request set cancelled_at = null, created_at = :now
                        where sender_id = :sender and receiver_id = :receiver
                          and cancelled_at is not null
                        """)
                .with("sender", sender)
                .with("receiver", receiver)
                .with("now", now)
                .count();
    }

    /// False where there was nothing to decline.
    boolean decline(Tx tx, Id<User> sender, Id<User> receiver, Instant now) {
        return tx.sql(
                        """
                        update people.request set declined_at = :now
                        where sender_id = :sender and receiver_id = :receiver
                          and declined_at is null
                        """)
                .with("sender", sender)
                .with("receiver", receiver)
                .with("now", now)
                .changed();
    }

    /// Takes a request back. True where its receiver had it before his eyes.
    boolean cancel(Tx tx, Id<User> sender, Id<User> receiver, Instant now) {
        tx.sql(
                        """
                        update people.request set cancelled_at = :now
                        where sender_id = :sender and receiver_id = :receiver
                          and declined_at is not null
                        """)
                .with("sender", sender)
                .with("receiver", receiver)
                .with("now", now)
                .count();
        return tx.sql(
                        """
                        delete from people.request
                        where sender_id = :sender and receiver_id = :receiver
                          and declined_at is null
                        """)
                .with("sender", sender)
                .with("receiver", receiver)
                .changed();
    }

    void removeRequests(Tx tx, Id<User> one, Id<User> other) {
        tx.sql(
                        """
                        delete from people.request
                        where sender_id = :one and receiver_id = :other
                           or sender_id = :other and receiver_id = :one
                        """)
                .with("one", one)
                .with("other", other)
                .count();
    }

    int forgetDeclined(Tx tx, Instant before) {
        return tx.sql("delete from people.request where declined_at < :before")
                .with("before", before)
                .count();
    }

    /// Everything between this one and everybody.
    void forget(Tx tx, Id<User> user) {
        tx.sql("delete from people.friend where user_id = :user or friend_id = :user")
                .with("user", user)
                .count();
        tx.sql("delete from people.request where sender_id = :user or receiver_id = :user")
                .with("user", user)
                .count();
    }

    private static List<Other> page(Sql asked, Id<User> user, @Nullable Other after, int limit) {
        return asked.with("user", user)
                .with("at", after == null ? null : after.since())
                .with("last", after == null ? null : after.user())
                .with("limit", limit)
                .list(Other.class);
    }
}
