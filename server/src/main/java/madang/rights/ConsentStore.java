package madang.rights;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.ConstraintViolated;
import madang.kit.db.Tx;
import org.jspecify.annotations.Nullable;

/// The tables `rights.document` and `rights.consent`.
final class ConsentStore {

    /// A document as it stands today, what somebody said to it last, and whether that still holds.
    record Standing(
            ConsentKind kind,
            String version,
            @Nullable String url,
            @Nullable String decidedVersion,
            @Nullable Boolean isGranted,
            @Nullable Instant decidedAt,
            boolean holds) {

        /// Whether this says what was not said last.
        boolean isChangedBy(DecideConsent decision) {
            return isGranted == null
                    || isGranted != decision.granted()
                    || (decision.granted() && !decision.version().equals(decidedVersion));
        }
    }

    /// Of everybody's documents the newest, each with this user's word; a stranger has said
    /// nothing.
    List<Standing> standings(Tx tx, @Nullable Id<User> user) {
        return tx.sql(
                        """
                        select newest.kind, newest.version, newest.url,
                            said.version, said.is_granted, said.at,
                            coalesce(said.is_granted, false) and not exists (
                                select from rights.document agreed
                                join rights.document later on later.kind = agreed.kind
                                    and later.is_material
                                    and later.published_at > agreed.published_at
                                where agreed.kind = said.kind and agreed.version = said.version)
                        from (
                            select distinct on (kind) kind, version, url from rights.document
                            order by kind, published_at desc) newest
                        left join lateral (
                            select kind, version, is_granted, at from rights.consent
                            where user_id = :user and kind = newest.kind
                            order by id desc limit 1) said on true
                        """)
                .with("user", user)
                .list(Standing.class);
    }

    Optional<Standing> standing(Tx tx, Id<User> user, ConsentKind kind) {
        return standings(tx, user).stream().filter(one -> one.kind() == kind).findFirst();
    }

    boolean isVersion(Tx tx, ConsentKind kind, String version) {
        return tx.sql(
                        """
                        select exists (
                            select from rights.document where kind = :kind and version = :version)
                        """)
                .with("kind", kind)
                .with("version", version)
                .one(Boolean.class);
    }

    /// One who says two things at once says them one after the other.
    void lock(Tx tx, Id<User> user) {
        tx.sql(
                        "select pg_advisory_xact_lock(hashtextextended('consent ' || :user::text, 0)) is null")
                .with("user", user)
                .one(Boolean.class);
    }

    /// A word, as the ledger keeps it.
    record Word(
            Id<Word> id,
            Id<User> user,
            ConsentKind kind,
            String version,
            boolean isGranted,
            Instant at) {}

    /// Words of one user and one moment.
    void add(Tx tx, List<Word> words) {
        if (words.isEmpty()) {
            return;
        }
        Word first = words.getFirst();
        tx.sql(
                        """
                        insert into rights.consent (id, user_id, kind, version, is_granted, at)
                        select id, :user, kind, version, :isGranted, :at
                        from unnest(:ids, :kinds, :versions) as said(id, kind, version)
                        """)
                .with("user", first.user())
                .with("isGranted", first.isGranted())
                .with("at", first.at())
                .withIds("ids", words.stream().map(Word::id).toList())
                .withTexts("kinds", words.stream().map(word -> word.kind().name()).toList())
                .withTexts("versions", words.stream().map(Word::version).toList())
                .count();
    }

    /// Everything that somebody said, the first first.
    List<Word> words(Tx tx, Id<User> user) {
        return tx.sql(
                        """
                        select id, user_id, kind, version, is_granted, at from rights.consent
                        where user_id = :user order by id
                        """)
                .with("user", user)
                .list(Word.class);
    }

    /// False where there is this version already.
    boolean publish(Tx tx, PublishDocument document, Instant now) {
        try {
            return tx.savepoint(() ->
                    tx.sql(
                                    """
                                    insert into rights.document (
                                        kind, version, url, is_material, published_at)
                                    values (:kind, :version, :url, :material, :now)
                                    """)
                            .with(document)
                            .with("now", now)
                            .changed());
        } catch (ConstraintViolated taken) {
            return false;
        }
    }

    /// Lets go of what is too old to be asked for: of everybody all but his last words, of the
    /// erased those too.
    int forget(Tx tx, Instant before) {
        return tx.sql(
                        """
                        delete from rights.consent old
                        where at < :before and (
                            exists (
                                select from rights.consent later
                                where later.user_id = old.user_id and later.kind = old.kind
                                  and later.id > old.id)
                            or exists (
                                select from rights.erasure
                                where user_id = old.user_id and done_at < :before))
                        """)
                .with("before", before)
                .count();
    }
}
