package madang.social;

import java.util.List;
import java.util.Optional;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.ConstraintViolated;
import madang.kit.db.Tx;
import org.jspecify.annotations.Nullable;

/// The table `social.link`.
final class LinkStore {
    private static final String COLUMNS =
            """
            id, user_id, provider, issuer, subject, nickname, email, is_email_verified, scopes,
            linked_at, last_used_at
            """;

    /// From here to the end of the transaction nobody else lets this person in, so that two who
    /// come with him at once make one account.
    void lock(Tx tx, Person person) {
        tx.sql("select pg_advisory_xact_lock(hashtextextended(:who, 17))")
                .with("who", person.issuer() + " " + person.subject())
                .one(String.class);
    }

    Optional<Link> of(Tx tx, String issuer, String subject) {
        return tx.sql(
                        "select "
                                + COLUMNS
                                + " from social.link where issuer = :issuer and subject = :subject")
                .with("issuer", issuer)
                .with("subject", subject)
                .first(Link.class);
    }

    List<Link> of(Tx tx, Id<User> user) {
        return tx.sql(
                        "select "
                                + COLUMNS
                                + " from social.link where user_id = :user order by provider")
                .with("user", user)
                .list(Link.class);
    }

    /// A link with what opens things at its provider.
    record Opening(
            Id<Link> id,
            String subject,
            @Nullable String email,
            List<String> scopes,
            Seals.Sealed tokens) {}

    Optional<Opening> opening(Tx tx, Id<User> user, Provider provider) {
        return tx.sql(
                        """
                        select id, subject, email, scopes,
                               access_token, access_token_until, refresh_token
                        from social.link where user_id = :user and provider = :provider
                        """)
                .with("user", user)
                .with("provider", provider)
                .first(Opening.class);
    }

    /// New tokens for those that it had, unless it lost them meanwhile.
    void renew(Tx tx, Id<Link> link, Seals.Sealed tokens) {
        tx.sql(
                        """
                        update social.link
                        set access_token = :accessToken, access_token_until = :accessTokenUntil,
                            refresh_token = coalesce(:refreshToken, refresh_token)
                        where id = :link and refresh_token is not null
                        """)
                .with("link", link)
                .with(tokens)
                .count();
    }

    boolean isLinked(Tx tx, Id<User> user) {
        return tx.sql("select exists (select from social.link where user_id = :user)")
                .with("user", user)
                .one(Boolean.class);
    }

    boolean isLinked(Tx tx, Id<User> user, Provider provider) {
        return tx.sql(
                        """
                        select exists (
                            select from social.link where user_id = :user and provider = :provider)
                        """)
                .with("user", user)
                .with("provider", provider)
                .one(Boolean.class);
    }

    /// `PROVIDER_ALREADY_LINKED` where the user has another account of this provider.
    void add(Tx tx, Link link, Seals.Sealed tokens) {
        try {
            insert(tx, link, tokens);
        } catch (ConstraintViolated violated) {
            throw violated.is("link_of_user")
                    ? Failure.conflict("PROVIDER_ALREADY_LINKED")
                    : violated;
        }
    }

    private static void insert(Tx tx, Link link, Seals.Sealed tokens) {
        tx.sql(
                        """
                        insert into social.link
                            (id, user_id, provider, issuer, subject, nickname, email,
                             is_email_verified, scopes, access_token, access_token_until,
                             refresh_token, linked_at, last_used_at)
                        values (:id, :user, :provider, :issuer, :subject, :nickname, :email,
                                :isEmailVerified, :scopes, :accessToken, :accessTokenUntil,
                                :refreshToken, :linkedAt, :lastUsedAt)
                        """)
                .with(link)
                .withTexts("scopes", link.scopes())
                .with(tokens)
                .count();
    }

    /// A provider who gives no new tokens leaves the old ones good.
    void save(Tx tx, Link link, Seals.Sealed tokens) {
        tx.sql(
                        """
                        update social.link
                        set nickname = :nickname, email = :email,
                            is_email_verified = :isEmailVerified, scopes = :scopes,
                            access_token = coalesce(:accessToken, access_token),
                            access_token_until = case when cast(:accessToken as text) is null
                                then access_token_until else :accessTokenUntil end,
                            refresh_token = coalesce(:refreshToken, refresh_token),
                            last_used_at = :lastUsedAt
                        where id = :id
                        """)
                .with(link)
                .withTexts("scopes", link.scopes())
                .with(tokens)
                .count();
    }

    boolean remove(Tx tx, Id<Link> link) {
        return tx.sql("delete from social.link where id = :link").with("link", link).changed();
    }

    void forgetTokens(Tx tx, Id<Link> link) {
        tx.sql(
                        """
                        update social.link
                        set access_token = null, access_token_until = null, refresh_token = null,
                            scopes = '{}'
                        where id = :link
                        """)
                .with("link", link)
                .count();
    }

    void removeAll(Tx tx, Id<User> user) {
        tx.sql("delete from social.link where user_id = :user").with("user", user).count();
        tx.sql("delete from social.attempt where linker_id = :user").with("user", user).count();
    }
}
