package madang.passkeys;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.ConstraintViolated;
import madang.kit.db.Tx;

/// The table `passkeys.passkey`.
final class PasskeyStore {
    private static final String COLUMNS =
            """
            id, user_id, credential_id, attested, sign_count, is_backup_eligible, is_backed_up,
            transports, name, created_at, last_used_at
            """;

    /// Nobody else adds a passkey for this user until the transaction ends.
    void lock(Tx tx, Id<User> user) {
        tx.sql("select pg_advisory_xact_lock(hashtextextended('passkeys ' || :user::text, 0))")
                .with("user", user)
                .count();
    }

    void add(Tx tx, Passkey passkey) {
        try {
            tx.sql(
                            """
                            insert into passkeys.passkey (
                                id, user_id, credential_id, attested, sign_count,
                                is_backup_eligible, is_backed_up, transports, name, created_at)
                            values (
                                :id, :user, :credentialId, :attested, :signCount,
                                :isBackupEligible, :isBackedUp, :ways, :name, :createdAt)
                            """)
                    .with(passkey)
                    .withTexts("ways", passkey.transports())
                    .count();
        } catch (ConstraintViolated taken) {
            throw taken.is("passkey_credential") ? Failure.conflict("PASSKEY_EXISTS") : taken;
        }
    }

    /// All of a user, the oldest first.
    List<Passkey> of(Tx tx, Id<User> user) {
        return tx.sql(
                        "select "
                                + COLUMNS
                                + " from passkeys.passkey where user_id = :user order by id")
                .with("user", user)
                .list(Passkey.class);
    }

    boolean hasOne(Tx tx, Id<User> user) {
        return tx.sql("select exists (select from passkeys.passkey where user_id = :user)")
                .with("user", user)
                .one(Boolean.class);
    }

    /// The passkey of this credential, held until the transaction ends, so that of two signatures
    /// with one count the second is seen to be a copy.
    Optional<Passkey> lock(Tx tx, byte[] credentialId) {
        return tx.sql(
                        "select "
                                + COLUMNS
                                + " from passkeys.passkey where credential_id = :credentialId for update")
                .with("credentialId", credentialId)
                .first(Passkey.class);
    }

    void used(Tx tx, Id<Passkey> id, long signCount, boolean isBackedUp, Instant now) {
        tx.sql(
                        """
                        update passkeys.passkey
                        set sign_count = :signCount, is_backed_up = :isBackedUp, last_used_at = :now
                        where id = :id
                        """)
                .with("id", id)
                .with("signCount", signCount)
                .with("isBackedUp", isBackedUp)
                .with("now", now)
                .count();
    }

    Optional<Passkey> rename(Tx tx, Id<User> user, Id<Passkey> id, String name) {
        return tx.sql(
                        """
                        update passkeys.passkey set name = :name
                        where id = :id and user_id = :user returning
                        """
                                + COLUMNS)
                .with("id", id)
                .with("user", user)
                .with("name", name)
                .first(Passkey.class);
    }

    /// False where this user has no such passkey.
    boolean remove(Tx tx, Id<User> user, Id<Passkey> id) {
        return tx.sql("delete from passkeys.passkey where id = :id and user_id = :user")
                .with("id", id)
                .with("user", user)
                .changed();
    }

    void removeAll(Tx tx, Id<User> user) {
        tx.sql("delete from passkeys.passkey where user_id = :user").with("user", user).count();
    }
}
