package madang.passkeys;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Db;
import madang.kit.db.Tx;
import org.jspecify.annotations.Nullable;

/// Random bytes for an authenticator to sign, each good for one answer in one ceremony of one user.
/// Owns the table `passkeys.challenge`.
final class Challenges {
    static final Duration LIFE = Duration.ofMinutes(5);
    private static final int BYTES = 32;

    enum Ceremony {
        REGISTER,
        SIGN_IN
    }

    private final Db db;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    Challenges(Db db, InstantSource clock) {
        this.db = db;
        this.clock = clock;
    }

    /// @param user who registers; null where somebody signs in, whom nobody knows yet
    byte[] make(Ceremony ceremony, @Nullable Id<User> user) {
        byte[] challenge = new byte[BYTES];
        random.nextBytes(challenge);
        db.run(tx ->
                tx.sql(
                                """
                                insert into passkeys.challenge (hash, ceremony, user_id, expires_at)
                                values (:hash, :ceremony, :user, :expiresAt)
                                """)
                        .with("hash", hash(challenge))
                        .with("ceremony", ceremony)
                        .with("user", user)
                        .with("expiresAt", clock.instant().plus(LIFE))
                        .count());
        return challenge;
    }

    /// Spends a challenge, whatever becomes of the answer to it. False where it was not made for
    /// this, was spent, or is too old.
    boolean spend(byte[] challenge, Ceremony ceremony, @Nullable Id<User> user) {
        return db.tx(tx ->
                tx.sql(
                                """
                                delete from passkeys.challenge
                                where hash = :hash and ceremony = :ceremony and expires_at > :now
                                    and user_id is not distinct from :user::uuid
                                """)
                        .with("hash", hash(challenge))
                        .with("ceremony", ceremony)
                        .with("user", user)
                        .with("now", clock.instant())
                        .changed());
    }

    void sweep() {
        db.run(tx ->
                tx.sql("delete from passkeys.challenge where expires_at <= :now")
                        .with("now", clock.instant())
                        .count());
    }

    void removeAll(Tx tx, Id<User> user) {
        tx.sql("delete from passkeys.challenge where user_id = :user").with("user", user).count();
    }

    private static byte[] hash(byte[] challenge) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(challenge);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
