package madang.calendar;

import java.time.Instant;
import java.util.Optional;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Tx;

/// The table `calendar.feed`.
final class FeedStore {

    /// In the place of the one that he had.
    void put(Tx tx, Id<User> user, byte[] tokenHash, Instant now) {
        tx.sql(
                        """
                        insert into calendar.feed (user_id, token_hash, created_at)
                        values (:user, :hash, :now)
                        on conflict (user_id) do update set token_hash = :hash, created_at = :now
                        """)
                .with("user", user)
                .with("hash", tokenHash)
                .with("now", now)
                .count();
    }

    Optional<Id<User>> userOf(Tx tx, byte[] tokenHash) {
        return tx
                .sql("select user_id from calendar.feed where token_hash = :hash")
                .with("hash", tokenHash)
                .<User>ids()
                .stream()
                .findAny();
    }

    Optional<Instant> madeAt(Tx tx, Id<User> user) {
        return tx.sql("select created_at from calendar.feed where user_id = :user")
                .with("user", user)
                .first(Instant.class);
    }

    boolean remove(Tx tx, Id<User> user) {
        return tx.sql("delete from calendar.feed where user_id = :user")
                .with("user", user)
                .changed();
    }
}
