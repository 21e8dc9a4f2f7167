package madang.identity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import madang.kit.Caller;
import madang.kit.Id;
import madang.kit.Language;
import madang.kit.Role;
import madang.kit.Session;
import madang.kit.User;
import madang.kit.db.Tx;

/// The table `identity.bot`, and bots among the users.
final class BotStore {

    /// A user who is a program: nothing to sign in with.
    void addUser(Tx tx, Id<User> id, MakeBot bot, Language language, Instant now) {
        tx.sql(
                        """
                        insert into identity.users (
                            id, is_bot, nickname, profile_image_url, role, language, time_zone,
                            created_at)
                        values (
                            :id, true, :nickname, :profileImageUrl, :role, :language, :timeZone,
                            :now)
                        """)
                .with("id", id)
                .with("nickname", Account.tidy(bot.nickname()))
                .with("profileImageUrl", bot.profileImageUrl())
                .with("role", Role.USER)
                .with("language", language.tag())
                .with("timeZone", Account.HOME)
                .with("now", now)
                .count();
    }

    void add(
            Tx tx,
            Id<User> id,
            Id<User> owner,
            byte[] tokenHash,
            Id<Session> session,
            Instant now) {
        tx.sql(
                        """
                        insert into identity.bot (
                            user_id, owner_id, token_hash, session_id, token_made_at, created_at)
                        values (:id, :owner, :tokenHash, :session, :now, :now)
                        """)
                .with("id", id)
                .with("owner", owner)
                .with("tokenHash", tokenHash)
                .with("session", session)
                .with("now", now)
                .count();
    }

    /// The living bots of this owner, the oldest first.
    List<Bot> of(Tx tx, Id<User> owner) {
        return tx.sql(
                        """
                        select u.id, u.nickname, u.profile_image_url, b.created_at,
                            b.token_made_at, b.last_used_at
                        from identity.bot b join identity.users u on u.id = b.user_id
                        where b.owner_id = :owner and b.ended_at is null
                        order by u.id
                        """)
                .with("owner", owner)
                .list(Bot.class);
    }

    /// Puts another token in the place of the living one; false where this owner has no such bot.
    boolean renew(
            Tx tx,
            Id<User> id,
            Id<User> owner,
            byte[] tokenHash,
            Id<Session> session,
            Instant now) {
        return tx.sql(
                        """
                        update identity.bot
                        set token_hash = :tokenHash, session_id = :session, token_made_at = :now,
                            last_used_at = null
                        where user_id = :id and owner_id = :owner and ended_at is null
                        """)
                .with("id", id)
                .with("owner", owner)
                .with("tokenHash", tokenHash)
                .with("session", session)
                .with("now", now)
                .changed();
    }

    /// False where this owner has no such bot.
    boolean end(Tx tx, Id<User> id, Id<User> owner, Instant now) {
        return tx.sql(
                        """
                        update identity.bot set ended_at = :now, token_hash = null
                        where user_id = :id and owner_id = :owner and ended_at is null
                        """)
                .with("id", id)
                .with("owner", owner)
                .with("now", now)
                .changed();
    }

    private record Holder(Id<User> user, Id<Session> session, Role role, Language language) {}

    /// Whose token this is, and that it was used now.
    Optional<Caller.Member> used(Tx tx, byte[] tokenHash, Instant now) {
        return tx.sql(
                        """
                        update identity.bot bot set last_used_at = :now
                        from identity.session session, identity.users users
                        where bot.token_hash = :tokenHash
                            and session.id = bot.session_id and session.ended_at is null
                            and users.id = bot.user_id
                        returning users.id, session.id, users.role, users.language
                        """)
                .with("tokenHash", tokenHash)
                .with("now", now)
                .first(Holder.class)
                .map(it -> new Caller.Member(it.user, it.session, it.role, it.language));
    }
}
