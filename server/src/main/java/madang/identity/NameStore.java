package madang.identity;

import java.util.Optional;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Tx;

/// The e-mail addresses and phone numbers in `identity.users`: whose they are, and who proved it.
final class NameStore {

    /// Who has a name, and whether he proved that it is his.
    record Holder(Id<User> user, boolean isVerified) {}

    Optional<Holder> lockHolder(Tx tx, LoginName name) {
        return tx.sql(
                        """
                        select id, %s from identity.users where %s = :key for update
                        """
                                .formatted(verified(name.kind()), AccountStore.column(name.kind())))
                .with("key", name.key())
                .first(Holder.class);
    }

    /// The name is his, and he proved it.
    void confirm(Tx tx, Id<User> id, LoginName name) {
        tx.sql(
                        switch (name.kind()) {
                            case EMAIL ->
                                    """
                                    update identity.users
                                    set email = :shown, email_key = :key, is_email_verified = true,
                                        is_guest = false
                                    where id = :id
                                    """;
                            case PHONE ->
                                    """
                                    update identity.users
                                    set phone = :key, is_phone_verified = true, is_guest = false
                                    where id = :id
                                    """;
                            case USERNAME -> throw noProof();
                        })
                .with("id", id)
                .with("shown", name.shown())
                .with("key", name.key())
                .count();
    }

    /// Takes a name from whoever has it without having proved it.
    void release(Tx tx, Id<User> id, LoginName.Kind kind) {
        tx.sql(
                        switch (kind) {
                            case EMAIL ->
                                    """
                                    update identity.users set email = null, email_key = null
                                    where id = :id and not is_email_verified
                                    """;
                            case PHONE ->
                                    """
                                    update identity.users set phone = null
                                    where id = :id and not is_phone_verified
                                    """;
                            case USERNAME -> throw noProof();
                        })
                .with("id", id)
                .count();
    }

    private static String verified(LoginName.Kind kind) {
        return switch (kind) {
            case EMAIL -> "is_email_verified";
            case PHONE -> "is_phone_verified";
            case USERNAME -> throw noProof();
        };
    }

    private static IllegalArgumentException noProof() {
        return new IllegalArgumentException("nobody can prove a username");
    }
}
