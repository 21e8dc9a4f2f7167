package madang.recovery;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Tx;

/// The table `recovery.link`.
final class LinkStore {

    void add(Tx tx, byte[] hash, LinkKind kind, Link link, Instant now) {
        tx.sql(
                        """
                        insert into recovery.link (
                            token_hash, kind, user_id, email, created_at, expires_at)
                        values (:hash, :kind, :userId, :email, :now, :expiresAt)
                        """)
                .with("hash", hash)
                .with("kind", kind)
                .with("now", now)
                .with(link)
                .count();
    }

    boolean isGood(Tx tx, byte[] hash, LinkKind kind, Instant now) {
        return tx.sql(
                                """
                                select count(*) from recovery.link
                                where token_hash = :hash and kind = :kind and expires_at > :now
                                """)
                        .with("hash", hash)
                        .with("kind", kind)
                        .with("now", now)
                        .one(Long.class)
                > 0;
    }

    /// Takes the link away and says what it was; its row is its one use.
    Optional<Link> take(Tx tx, byte[] hash, LinkKind kind, Instant now) {
        return tx.sql(
                        """
                        delete from recovery.link
                        where token_hash = :hash and kind = :kind and expires_at > :now
                        returning user_id, email, expires_at
                        """)
                .with("hash", hash)
                .with("kind", kind)
                .with("now", now)
                .first(Link.class);
    }

    /// Takes away the other links that would do the same.
    void removeLike(Tx tx, LinkKind kind, Link link) {
        tx.sql(
                        """
                        delete from recovery.link
                        where kind = :kind and user_id is not distinct from :userId
                            and (user_id is not null or email = :email)
                        """)
                .with("kind", kind)
                .with(link)
                .count();
    }

    void removeOf(Tx tx, Id<User> user, List<String> emails) {
        tx.sql("delete from recovery.link where user_id = :user or email = any(:emails)")
                .with("user", user)
                .withTexts("emails", emails)
                .count();
    }

    int removeExpired(Tx tx, Instant now) {
        return tx.sql("delete from recovery.link where expires_at < :now").with("now", now).count();
    }
}
