package madang.social;

import java.time.Instant;
import java.util.Optional;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Tx;
import org.jspecify.annotations.Nullable;

/// The table `social.goodbye`.
final class GoodbyeStore {
    private static final String COPY =
            """
            insert into social.goodbye
                (id, user_id, provider, issuer, subject, access_token, access_token_until,
                 refresh_token, tries, next_try_at)
            select id, user_id, provider, issuer, subject, access_token, access_token_until,
                   refresh_token, 0, :now
            from social.link
            """;
    private static final String ONCE = "on conflict (id) do nothing";

    record Goodbye(
            Id<Link> id, Provider provider, String subject, Seals.Sealed tokens, int tries) {}

    /// This link is to end at its provider as well; asked before it is removed here.
    void add(Tx tx, Id<Link> link, Instant now) {
        tx.sql(COPY + " where id = :link " + ONCE).with("link", link).with("now", now).count();
    }

    /// The same of all links of a user, or of those that nobody came in by since then.
    void addAll(Tx tx, Id<User> user, @Nullable Instant unusedSince, Instant now) {
        tx.sql(
                        COPY
                                + """
                                 where user_id = :user
                                   and (cast(:since as timestamptz) is null or last_used_at < :since)
                                """
                                + ONCE)
                .with("user", user)
                .with("since", unusedSince)
                .with("now", now)
                .count();
    }

    /// Whoever comes back does not want to be parted.
    void cancel(Tx tx, Person person) {
        tx.sql("delete from social.goodbye where issuer = :issuer and subject = :subject")
                .with("issuer", person.issuer())
                .with("subject", person.subject())
                .count();
    }

    /// One whose time has come, and who is left alone until `later` by everybody else.
    Optional<Goodbye> next(Tx tx, Instant now, Instant later) {
        return tx.sql(
                        """
                        update social.goodbye set tries = tries + 1, next_try_at = :later
                        where id = (
                            select id from social.goodbye where next_try_at <= :now
                            order by next_try_at limit 1 for update skip locked)
                        returning id, provider, subject, access_token, access_token_until,
                                  refresh_token, tries
                        """)
                .with("now", now)
                .with("later", later)
                .first(Goodbye.class);
    }

    void postpone(Tx tx, Id<Link> link, Instant until) {
        tx.sql("update social.goodbye set next_try_at = :until where id = :link")
                .with("link", link)
                .with("until", until)
                .count();
    }

    void said(Tx tx, Id<Link> link) {
        tx.sql("delete from social.goodbye where id = :link").with("link", link).count();
    }

    void removeAll(Tx tx, Id<User> user) {
        tx.sql("delete from social.goodbye where user_id = :user").with("user", user).count();
    }

    boolean isDone(Tx tx, Id<User> user) {
        return tx.sql("select not exists (select from social.goodbye where user_id = :user)")
                .with("user", user)
                .one(Boolean.class);
    }
}
