package madang.audit;

import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import madang.kit.Id;
import madang.kit.db.Tx;
import org.jspecify.annotations.Nullable;

/// The tables of the schema `audit`.
final class AuditStore {
    private static final String COLUMNS =
            """
            entry.id, entry.actor_id, entry.reason, entry.action, entry.target_type,
            entry.target_id, entry.address, entry.details, entry.at
            """;

    /// Writes an entry and puts it in line for its seal.
    void add(Tx tx, Noted entry) {
        tx.sql(
                        """
                        with entry as (
                            insert into audit.entry (
                                id, actor_id, reason, action, target_type, target_id, address,
                                details, at)
                            values (
                                :id, :actor, :reason, :action, :targetType, :target, :address,
                                :details, :at)
                            returning id)
                        insert into audit.unsealed (entry_id) select id from entry
                        """)
                .with(entry)
                .count();
    }

    /// Whether this transaction is the one that seals; it stays so until its end.
    boolean takeSealing(Tx tx) {
        return tx.sql("select pg_try_advisory_xact_lock(hashtextextended('audit.seal', 0))")
                .one(Boolean.class);
    }

    List<Noted> waiting(Tx tx, int limit) {
        return tx.sql(
                        "select "
                                + COLUMNS
                                + """
                                from audit.unsealed waiting
                                join audit.entry on entry.id = waiting.entry_id
                                order by entry.id limit :limit
                                """)
                .with("limit", limit)
                .list(Noted.class);
    }

    Optional<Seal> last(Tx tx) {
        return tx.sql(
                        """
                        select number, entry_id, previous, hash, at from audit.seal
                        order by number desc limit 1
                        """)
                .first(Seal.class);
    }

    void seal(Tx tx, Collection<Seal> seals) {
        tx.sql(
                        """
                        with seal as (
                            insert into audit.seal (number, entry_id, previous, hash, at)
                            select number, entry_id, decode(previous, 'hex'), decode(hash, 'hex'), at
                            from unnest(
                                :numbers::bigint[], :entries::uuid[], :previous::text[],
                                :hashes::text[], :times::timestamptz[])
                                as seal (number, entry_id, previous, hash, at)
                            returning entry_id)
                        delete from audit.unsealed using seal
                        where unsealed.entry_id = seal.entry_id
                        """)
                .withLongs("numbers", seals.stream().map(Seal::number).toList())
                .withIds("entries", seals.stream().map(Seal::entry).toList())
                .withTexts("previous", hex(seals.stream().map(Seal::previous)))
                .withTexts("hashes", hex(seals.stream().map(Seal::hash)))
                .withInstants("times", seals.stream().map(Seal::at).toList())
                .count();
    }

    /// A seal and what it seals; null where that is gone.
    record Sealed(Seal seal, @Nullable Noted entry) {}

    /// The chain behind this number.
    List<Sealed> chain(Tx tx, long after, int limit) {
        return tx.sql(
                        "select seal.number, seal.entry_id, seal.previous, seal.hash, seal.at, "
                                + COLUMNS
                                + """
                                from audit.seal left join audit.entry on entry.id = seal.entry_id
                                where seal.number > :after
                                order by seal.number limit :limit
                                """)
                .with("after", after)
                .with("limit", limit)
                .list(Sealed.class);
    }

    /// Entries of before this time that have no seal; those that stand in line are only late.
    Optional<Id<Noted>> neverSealed(Tx tx, Instant before) {
        return tx
                .sql(
                        """
                        select entry.id from audit.entry
                        where at < :before
                          and not exists (select from audit.seal where entry_id = entry.id)
                          and not exists (select from audit.unsealed where entry_id = entry.id)
                        order by entry.id limit 1
                        """)
                .with("before", before)
                .<Noted>ids()
                .stream()
                .findFirst();
    }

    long countWaiting(Tx tx) {
        return tx.sql("select count(*) from audit.unsealed").one(Long.class);
    }

    /// What is asked of the log; null asks nothing.
    record Question(
            @Nullable Id<?> actor,
            @Nullable Id<?> target,
            @Nullable String action,
            @Nullable Instant from,
            @Nullable Instant until,
            @Nullable Id<Noted> before,
            int limit) {}

    /// The latest first. The statement names what was asked and nothing else, so that PostgreSQL
    /// sees which index leads there.
    List<Noted> page(Tx tx, Question question) {
        StringBuilder asked = new StringBuilder("true");
        clause(asked, question.actor(), " and entry.actor_id = :actor");
        clause(asked, question.target(), " and entry.target_id = :target");
        clause(asked, question.action(), " and entry.action = :action");
        clause(asked, question.from(), " and entry.at >= :from");
        clause(asked, question.until(), " and entry.at < :until");
        clause(asked, question.before(), " and entry.id < :before");
        return tx.sql(
                        "select "
                                + COLUMNS
                                + " from audit.entry where "
                                + asked
                                + " order by entry.id desc limit :limit")
                .with(question)
                .list(Noted.class);
    }

    private static void clause(StringBuilder asked, @Nullable Object value, String clause) {
        if (value != null) {
            asked.append(clause);
        }
    }

    /// Drops what was sealed before this time, from the beginning of the chain; PostgreSQL refuses
    /// where that is too young.
    int forget(Tx tx, Instant before, int limit) {
        return tx.sql(
                        """
                        with seal as (
                            delete from audit.seal
                            where number in (
                                select number from audit.seal where at < :before
                                order by number limit :limit)
                            returning entry_id)
                        delete from audit.entry using seal where entry.id = seal.entry_id
                        """)
                .with("before", before)
                .with("limit", limit)
                .count();
    }

    private static List<String> hex(Stream<byte[]> hashes) {
        return hashes.map(HexFormat.of()::formatHex).toList();
    }
}
