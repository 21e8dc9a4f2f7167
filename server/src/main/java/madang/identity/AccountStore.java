package madang.identity;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.Role;
import madang.kit.Text;
import madang.kit.User;
import madang.kit.db.ConstraintViolated;
import madang.kit.db.Tx;
import org.jspecify.annotations.Nullable;

/// The table `identity.users`.
final class AccountStore {
    private static final String COLUMNS =
            """
            id, username, email, is_email_verified, phone, is_phone_verified, password_hash,
            nickname, profile_image_url, status_message, role, language, time_zone, region,
            interests, created_at, last_login_at, is_bot, is_guest, suspended_at, suspended_until,
            withdrawn_at, sealed_at
            """;

    /// The names under which an account can be found, each by the unique key of its kind.
    record Names(
            @Nullable LoginName username, @Nullable LoginName email, @Nullable LoginName phone) {}

    /// Stores a new account, or says which of its names somebody else has.
    void add(Tx tx, Account account, Names names) {
        try {
            tx.sql(
                            """
                            insert into identity.users (
                                id, username, username_key, email, email_key, is_email_verified,
                                phone, is_phone_verified, password_hash, nickname,
                                profile_image_url, role, language, time_zone, created_at,
                                last_login_at, is_guest)
                            values (
                                :id, :username, :usernameKey, :email, :emailKey, :isEmailVerified,
                                :phone, :isPhoneVerified, :passwordHash, :nickname,
                                :profileImageUrl, :role, :language, :timeZone, :createdAt,
                                :lastLoginAt, :isGuest)
                            """)
                    .with("id", account.id())
                    .with("username", account.username())
                    .with("usernameKey", key(names.username()))
                    .with("email", account.email())
                    .with("emailKey", key(names.email()))
                    .with("isEmailVerified", account.isEmailVerified())
                    .with("phone", key(names.phone()))
                    .with("isPhoneVerified", account.isPhoneVerified())
                    .with("passwordHash", account.passwordHash())
                    .with("nickname", account.nickname())
                    .with("profileImageUrl", account.profileImageUrl())
                    .with("role", account.role())
                    .with("language", account.language().tag())
                    .with("timeZone", account.timeZone())
                    .with("createdAt", account.createdAt())
                    .with("lastLoginAt", account.lastLoginAt())
                    .with("isGuest", account.isGuest())
                    .count();
        } catch (ConstraintViolated taken) {
            throw inWords(taken);
        }
    }

    Optional<Account> byName(Tx tx, LoginName name) {
        return tx.sql(
                        "select "
                                + COLUMNS
                                + " from identity.users where "
                                + column(name.kind())
                                + " = :key")
                .with("key", name.key())
                .first(Account.class);
    }

    private record Named(String key, Id<User> user) {}

    Map<String, Id<User>> byUsernameKeys(Tx tx, Collection<String> keys) {
        Map<String, Id<User>> named = new HashMap<>();
        tx.sql("select username_key, id from identity.users where username_key = any(:keys)")
                .withTexts("keys", keys)
                .list(Named.class)
                .forEach(found -> named.put(found.key(), found.user()));
        return named;
    }

    Optional<Account> byId(Tx tx, Id<User> id) {
        return tx.sql("select " + COLUMNS + " from identity.users where id = :id")
                .with("id", id)
                .first(Account.class);
    }

    Optional<Account> lock(Tx tx, Id<User> id) {
        return tx.sql("select " + COLUMNS + " from identity.users where id = :id for update")
                .with("id", id)
                .first(Account.class);
    }

    void saveProfile(Tx tx, Account account) {
        tx.sql(
                        """
                        update identity.users
                        set nickname = :nickname, profile_image_url = :profileImageUrl,
                            status_message = :statusMessage, language = :language,
                            time_zone = :timeZone, region = :region, interests = :interests
                        where id = :id
                        """)
                .with("id", account.id())
                .with("nickname", account.nickname())
                .with("profileImageUrl", account.profileImageUrl())
                .with("statusMessage", account.statusMessage())
                .with("language", account.language().tag())
                .with("timeZone", account.timeZone())
                .with("region", account.region())
                .withTexts("interests", account.interests())
                .count();
    }

    /// Notes that the account was entered; a withdrawal is undone by that.
    void entered(Tx tx, Id<User> id, Instant now) {
        tx.sql(
                        """
                        update identity.users set last_login_at = :now, withdrawn_at = null
                        where id = :id
                        """)
                .with("id", id)
                .with("now", now)
                .count();
    }

    /// Another hash of the same password or of a new one; false if it was changed since it was
    /// checked.
    boolean changePassword(Tx tx, Account checked, String passwordHash) {
        return tx.sql(
                        """
                        update identity.users set password_hash = :passwordHash
                        where id = :id and password_hash is not distinct from :checked
                        """)
                .with("id", checked.id())
                .with("checked", checked.passwordHash())
                .with("passwordHash", passwordHash)
                .changed();
    }

    Optional<Role> role(Tx tx, Id<User> id) {
        return tx.sql("select role from identity.users where id = :id")
                .with("id", id)
                .first(Role.class);
    }

    /// False if nobody has this id.
    boolean suspend(Tx tx, Id<User> id, Suspension suspension, Instant now) {
        return tx.sql(
                        """
                        update identity.users
                        set suspended_at = :now, suspended_until = :until,
                            suspension_reason = :reason
                        where id = :id
                        """)
                .with("id", id)
                .with("now", now)
                .with(suspension)
                .changed();
    }

    /// False if nobody has this id.
    boolean reinstate(Tx tx, Id<User> id) {
        return tx.sql(
                        """
                        update identity.users
                        set suspended_at = null, suspended_until = null, suspension_reason = null
                        where id = :id
                        """)
                .with("id", id)
                .changed();
    }

    boolean isSuspended(Tx tx, Id<User> id, Instant now) {
        return tx.sql(
                        """
                        select coalesce(suspended_until, 'infinity') > :now
                        from identity.users where id = :id and suspended_at is not null
                        """)
                .with("id", id)
                .with("now", now)
                .first(Boolean.class)
                .orElse(false);
    }

    /// Makes a member of a guest: names, a password, and what he is called. Says which of the names
    /// somebody else has.
    void settle(Tx tx, Id<User> id, Names names, String passwordHash, String nickname) {
        try {
            tx.sql(
                            """
                            update identity.users
                            set username = :username, username_key = :usernameKey, email = :email,
                                email_key = :emailKey, phone = :phone,
                                password_hash = :passwordHash, nickname = :nickname,
                                is_guest = false
                            where id = :id
                            """)
                    .with("id", id)
                    .with("username", names.username() == null ? null : names.username().shown())
                    .with("usernameKey", key(names.username()))
                    .with("email", names.email() == null ? null : names.email().shown())
                    .with("emailKey", key(names.email()))
                    .with("phone", key(names.phone()))
                    .with("passwordHash", passwordHash)
                    .with("nickname", Account.tidy(nickname))
                    .count();
        } catch (ConstraintViolated taken) {
            throw inWords(taken);
        }
    }

    /// He is a guest no more, because he has a way to come back.
    void becomeMember(Tx tx, Id<User> id) {
        tx.sql("update identity.users set is_guest = false where id = :id").with("id", id).count();
    }

    /// Puts a password in the place of whatever was there.
    void setPassword(Tx tx, Id<User> id, String passwordHash) {
        tx.sql("update identity.users set password_hash = :passwordHash where id = :id")
                .with("id", id)
                .with("passwordHash", passwordHash)
                .count();
    }

    boolean hasPassword(Tx tx, Id<User> id) {
        return tx.sql("select password_hash is not null from identity.users where id = :id")
                .with("id", id)
                .first(Boolean.class)
                .orElse(false);
    }

    /// All accounts in the order of their making, some of them skipped.
    List<Account> all(Tx tx, long skipped, int limit) {
        return tx.sql(
                        "select "
                                + COLUMNS
                                + " from identity.users order by id offset :skipped limit :limit")
                .with("skipped", skipped)
                .with("limit", limit)
                .list(Account.class);
    }

    long count(Tx tx) {
        return tx.sql("select count(*) from identity.users").one(Long.class);
    }

    List<UserView> views(Tx tx, Collection<Id<User>> ids) {
        return tx.sql(
                        """
                        select id, username, nickname, profile_image_url, status_message, is_bot
                        from identity.users where id = any(:ids)
                        """)
                .withIds("ids", ids)
                .list(UserView.class);
    }

    /// The column by which names of this kind are unique.
    static String column(LoginName.Kind kind) {
        return switch (kind) {
            case USERNAME -> "username_key";
            case EMAIL -> "email_key";
            case PHONE -> "phone";
        };
    }

    private static @Nullable String key(@Nullable LoginName name) {
        return name == null ? null : name.key();
    }

    private static RuntimeException inWords(ConstraintViolated violated) {
        for (String name : List.of("username", "email", "phone")) {
            if (violated.is("users_" + name + "_taken")) {
                return Failure.conflict("USER_ALREADY_EXISTS")
                        .with(Map.of(name, Text.of("invalid.taken")));
            }
        }
        return violated;
    }
}
