package madang.identity;

import java.time.Instant;
import java.util.List;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Tx;
import org.jspecify.annotations.Nullable;

/// Those in `identity.users` who leave: withdrawn, sealed, erased.
final class DepartureStore {

    /// False where nobody has this id, or it withdrew before.
    boolean withdraw(Tx tx, Id<User> id, Instant now) {
        return tx.sql(
                        """
                        update identity.users set withdrawn_at = :now
                        where id = :id and withdrawn_at is null and erased_at is null
                        """)
                .with("id", id)
                .with("now", now)
                .changed();
    }

    boolean isHere(Tx tx, Id<User> id) {
        return tx.sql(
                        """
                        select withdrawn_at is null and erased_at is null
                        from identity.users where id = :id
                        """)
                .with("id", id)
                .first(Boolean.class)
                .orElse(false);
    }

    /// Who withdrew before this time, and the guests whose session is over; not the erased.
    List<Id<User>> gone(Tx tx, Instant withdrawnBefore, int most) {
        return tx.sql(
                        """
                        (select id from identity.users
                         where withdrawn_at < :withdrawnBefore and erased_at is null
                         limit :most)
                        union
                        (select id from identity.users
                         where is_guest and erased_at is null and not exists (
                            select from identity.session
                            where user_id = users.id and ended_at is null)
                         limit :most)
                        """)
                .with("withdrawnBefore", withdrawnBefore)
                .with("most", most)
                .ids();
    }

    /// Shuts the door for good, unless somebody came back meanwhile.
    boolean seal(Tx tx, Id<User> id, Instant withdrawnBefore, Instant now) {
        return tx.sql(
                        """
                        update identity.users set sealed_at = coalesce(sealed_at, :now)
                        where id = :id and erased_at is null
                            and (sealed_at is not null or withdrawn_at < :withdrawnBefore
                                or is_guest and not exists (
                                    select from identity.session
                                    where user_id = users.id and ended_at is null))
                        """)
                .with("id", id)
                .with("now", now)
                .with("withdrawnBefore", withdrawnBefore)
                .changed();
    }

    /// A sign-in as it is kept, the latest first.
    record SignIn(
            @Nullable SignInMethod method,
            @Nullable String device,
            @Nullable String address,
            Instant createdAt,
            Instant lastUsedAt,
            @Nullable Instant endedAt) {}

    List<SignIn> signIns(Tx tx, Id<User> user) {
        return tx.sql(
                        """
                        select method, device, address, created_at, last_used_at, ended_at
                        from identity.session where user_id = :user order by id desc
                        """)
                .with("user", user)
                .list(SignIn.class);
    }

    /// All bots that this user ever made.
    List<Id<User>> bots(Tx tx, Id<User> owner) {
        return tx.sql("select user_id from identity.bot where owner_id = :owner")
                .with("owner", owner)
                .ids();
    }

    /// Leaves an id without a person.
    void empty(Tx tx, Id<User> id, String nickname, Instant now) {
        tx.sql(
                        """
                        update identity.users
                        set username = null, username_key = null, email = null, email_key = null,
                            is_email_verified = false, phone = null, is_phone_verified = false,
                            password_hash = null, nickname = :nickname, profile_image_url = null,
                            status_message = null, role = 'USER', language = 'ko',
                            time_zone = :timeZone, region = null, interests = '{}',
                            last_login_at = null, suspension_reason = null,
                            sealed_at = coalesce(sealed_at, :now),
                            erased_at = coalesce(erased_at, :now)
                        where id = :id
                        """)
                .with("id", id)
                .with("nickname", nickname)
                .with("timeZone", Account.HOME)
                .with("now", now)
                .count();
    }
}
