package madang.rights;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Tx;
import madang.port.BlobStore.Blob;
import org.jspecify.annotations.Nullable;

/// The tables of exports, withdrawals and erasures.
final class RightsStore {

    record Export(
            Id<User> user,
            Id<Blob> blob,
            Instant requestedAt,
            @Nullable Instant readyAt,
            @Nullable Instant expiresAt,
            @Nullable Long size) {
        boolean isReady() {
            return readyAt != null;
        }
    }

    private static final String EXPORT =
            " user_id, blob_id, requested_at, ready_at, expires_at, size ";

    Optional<Export> export(Tx tx, Id<User> user) {
        return tx.sql("select" + EXPORT + "from rights.export where user_id = :user")
                .with("user", user)
                .first(Export.class);
    }

    /// Asks for an export, in the place of one that was ready. False where one is waited for.
    boolean request(Tx tx, Id<User> user, Id<Blob> blob, Instant now) {
        return tx.sql(
                        """
                        insert into rights.export (user_id, blob_id, requested_at)
                        values (:user, :blob, :now)
                        on conflict (user_id) do update
                            set blob_id = excluded.blob_id, requested_at = excluded.requested_at,
                                claimed_until = null, ready_at = null, expires_at = null, size = null
                            where export.ready_at is not null
                        """)
                .with("user", user)
                .with("blob", blob)
                .with("now", now)
                .changed();
    }

    /// Takes the one that waits longest, for so long.
    Optional<Export> claim(Tx tx, Instant now, Instant until) {
        return tx.sql(
                        "update rights.export set claimed_until = :until where user_id = ("
                                + """
                                select user_id from rights.export
                                where ready_at is null
                                  and (claimed_until is null or claimed_until < :now)
                                order by requested_at limit 1 for update skip locked)
                                returning
                                """
                                + EXPORT)
                .with("now", now)
                .with("until", until)
                .first(Export.class);
    }

    /// False where it is not asked for any more.
    boolean ready(Tx tx, Export export, long size, Instant now, Instant expiresAt) {
        return tx.sql(
                        """
                        update rights.export
                        set ready_at = :now, expires_at = :expiresAt, size = :size
                        where user_id = :user and blob_id = :blob and ready_at is null
                        """)
                .with("user", export.user())
                .with("blob", export.blob())
                .with("now", now)
                .with("expiresAt", expiresAt)
                .with("size", size)
                .changed();
    }

    List<Export> expired(Tx tx, Instant now) {
        return tx.sql("select" + EXPORT + "from rights.export where expires_at <= :now limit 500")
                .with("now", now)
                .list(Export.class);
    }

    void removeExport(Tx tx, Export export) {
        tx.sql("delete from rights.export where user_id = :user and blob_id = :blob")
                .with("user", export.user())
                .with("blob", export.blob())
                .count();
    }

    void noteWithdrawal(Tx tx, Id<User> user, @Nullable String reason, Instant now) {
        tx.sql(
                        """
                        insert into rights.withdrawal (user_id, reason, withdrawn_at)
                        values (:user, :reason, :now)
                        on conflict (user_id) do update
                            set reason = excluded.reason, withdrawn_at = excluded.withdrawn_at
                        """)
                .with("user", user)
                .with("reason", reason)
                .with("now", now)
                .count();
    }

    Optional<String> reason(Tx tx, Id<User> user) {
        return tx.sql("select reason from rights.withdrawal where user_id = :user")
                .with("user", user)
                .first(String.class);
    }

    boolean forgetWithdrawal(Tx tx, Id<User> user) {
        return tx.sql("delete from rights.withdrawal where user_id = :user")
                .with("user", user)
                .changed();
    }

    void begin(Tx tx, Id<User> user, Instant now) {
        tx.sql(
                        """
                        insert into rights.erasure (user_id, began_at) values (:user, :now)
                        on conflict do nothing
                        """)
                .with("user", user)
                .with("now", now)
                .count();
    }

    Set<String> sections(Tx tx, Id<User> user) {
        return Set.copyOf(
                tx.sql("select section from rights.erased_section where user_id = :user")
                        .with("user", user)
                        .list(String.class));
    }

    void noteSection(Tx tx, Id<User> user, String section, Instant now) {
        tx.sql(
                        """
                        insert into rights.erased_section (user_id, section, at)
                        values (:user, :section, :now)
                        on conflict do nothing
                        """)
                .with("user", user)
                .with("section", section)
                .with("now", now)
                .count();
    }

    /// False where it was done before.
    boolean finish(Tx tx, Id<User> user, Instant now) {
        return tx.sql(
                        """
                        update rights.erasure set done_at = :now
                        where user_id = :user and done_at is null
                        """)
                .with("user", user)
                .with("now", now)
                .changed();
    }
}
