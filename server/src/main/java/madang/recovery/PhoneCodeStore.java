package madang.recovery;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Tx;
import org.jspecify.annotations.Nullable;

/// The table `recovery.phone_code`.
final class PhoneCodeStore {

    /// Holds back others who ask for this phone, so that the bound is kept.
    void takeTurn(Tx tx, String phone) {
        tx.sql("select 1 from pg_advisory_xact_lock(hashtextextended(:phone, 0))")
                .with("phone", "recovery.phone_code " + phone)
                .one(Integer.class);
    }

    long countOf(Tx tx, String phone, Instant since) {
        return tx.sql(
                        """
                        select count(*) from recovery.phone_code
                        where phone = :phone and created_at > :since
                        """)
                .with("phone", phone)
                .with("since", since)
                .one(Long.class);
    }

    long count(Tx tx, Instant since) {
        return tx.sql("select count(*) from recovery.phone_code where created_at > :since")
                .with("since", since)
                .one(Long.class);
    }

    void add(Tx tx, PhoneCode code) {
        tx.sql(
                        """
                        insert into recovery.phone_code (
                            id, phone, user_id, sealed_code, created_at, expires_at)
                        values (:id, :phone, :userId, :sealedCode, :createdAt, :expiresAt)
                        """)
                .with(code)
                .count();
    }

    Optional<PhoneCode> lock(Tx tx, Id<PhoneCode> id) {
        return find(tx, id, "for update");
    }

    Optional<PhoneCode> byId(Tx tx, Id<PhoneCode> id) {
        return find(tx, id, "");
    }

    void tried(Tx tx, Id<PhoneCode> id, @Nullable Instant usedAt) {
        tx.sql(
                        """
                        update recovery.phone_code set tries = tries + 1, used_at = :usedAt
                        where id = :id
                        """)
                .with("id", id)
                .with("usedAt", usedAt)
                .count();
    }

    void removeOf(Tx tx, Id<User> user, List<String> phones) {
        tx.sql("delete from recovery.phone_code where user_id = :user or phone = any(:phones)")
                .with("user", user)
                .withTexts("phones", phones)
                .count();
    }

    int removeBefore(Tx tx, Instant time) {
        return tx.sql("delete from recovery.phone_code where created_at < :time")
                .with("time", time)
                .count();
    }

    private static Optional<PhoneCode> find(Tx tx, Id<PhoneCode> id, String lock) {
        return tx.sql(
                        """
                        select id, phone, user_id, sealed_code, tries, created_at, expires_at,
                            used_at
                        from recovery.phone_code where id = :id
                        """
                                + lock)
                .with("id", id)
                .first(PhoneCode.class);
    }
}
