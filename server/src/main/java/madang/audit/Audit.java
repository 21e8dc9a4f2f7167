package madang.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import madang.kit.Caller;
import madang.kit.Cursor;
import madang.kit.Id;
import madang.kit.Ids;
import madang.kit.Page;
import madang.kit.User;
import madang.kit.db.Db;
import madang.kit.db.Tx;
import madang.kit.json.Json;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The log of what must be provable later: it grows, and nothing else ever happens to it.
public final class Audit {
    private static final Logger log = LoggerFactory.getLogger(Audit.class);

    /// What the law asks for, and then some; the tables refuse to forget anything younger.
    private static final int YEARS_KEPT = 5;

    private static final int AT_ONCE = 500;

    /// An entry that is younger than this may still be on its way into the chain.
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Db db;
    private final AuditStore store;
    private final Json json;
    private final Ids ids;
    private final InstantSource clock;

    Audit(Db db, AuditStore store, Json json, Ids ids, InstantSource clock) {
        this.db = db;
        this.store = store;
        this.json = json;
        this.ids = ids;
        this.clock = clock;
    }

    /// Notes a deed in the transaction of the deed: both are committed or neither. Waits for
    /// nobody; the seal follows the commit.
    public void note(Tx tx, AuditEntry entry) {
        store.add(tx, noted(entry));
        tx.afterCommit(this::seal);
    }

    /// Seals what stands in line. Where somebody else is sealing, he or the next one does it.
    void seal() {
        while (db.tx(this::sealSome) == AT_ONCE) {
            // more stand in line
        }
    }

    private int sealSome(Tx tx) {
        if (!store.takeSealing(tx)) {
            return 0;
        }
        List<Noted> waiting = store.waiting(tx, AT_ONCE);
        if (!waiting.isEmpty()) {
            store.seal(tx, Chain.sealed(store.last(tx).orElse(null), waiting, clock.instant()));
        }
        return waiting.size();
    }

    Page<Noted> page(AuditStore.Question question) {
        List<Noted> found = db.read(tx -> store.page(tx, question));
        return Page.of(found, question.limit() - 1, entry -> Cursor.encode(entry.id()));
    }

    /// Walks along the whole chain and looks at every entry; `head` is what an earlier walk named,
    /// or null.
    public AuditCheck check(@Nullable String head) {
        Walk walk = new Walk(head);
        List<AuditStore.Sealed> some;
        do {
            long from = walk.number;
            some = db.read(tx -> store.chain(tx, from, AT_ONCE));
        } while (!some.isEmpty() && walk.on(some));
        walk.end(db.read(tx -> store.neverSealed(tx, clock.instant().minus(PATIENCE))));
        return new AuditCheck(
                walk.fault == null,
                walk.entries,
                db.read(store::countWaiting),
                walk.head(),
                walk.fault);
    }

    /// One walk along the chain. It ends at the first fault.
    private static final class Walk {
        private final @Nullable String wanted;
        private boolean isWantedSeen;
        private long entries;
        private long number;
        private byte @Nullable [] hash;
        private AuditCheck.@Nullable Fault fault;

        Walk(@Nullable String wanted) {
            this.wanted = wanted;
            isWantedSeen = wanted == null;
        }

        boolean on(List<AuditStore.Sealed> some) {
            for (AuditStore.Sealed next : some) {
                AuditCheck.@Nullable Kind kind = faultOf(next);
                if (kind != null) {
                    fault = AuditCheck.Fault.at(next.seal(), kind);
                    return false;
                }
                entries++;
                number = next.seal().number();
                hash = next.seal().hash();
                isWantedSeen |= Objects.equals(head(), wanted);
            }
            return true;
        }

        /// What was forgotten after its years leaves a chain whose first seal is taken as it is.
        private AuditCheck.@Nullable Kind faultOf(AuditStore.Sealed next) {
            Seal seal = next.seal();
            boolean isNext =
                    hash == null
                            ? seal.number() > 1 || Arrays.equals(seal.previous(), Chain.BEGINNING)
                            : seal.number() == number + 1 && Arrays.equals(seal.previous(), hash);
            if (!isNext) {
                return AuditCheck.Kind.CHAIN_BROKEN;
            }
            @Nullable Noted entry = next.entry();
            boolean isTrue =
                    entry != null
                            && Arrays.equals(
                                    seal.hash(), Chain.hash(seal.previous(), seal.number(), entry));
            return isTrue ? null : AuditCheck.Kind.ENTRY_CHANGED;
        }

        void end(Optional<Id<Noted>> neverSealed) {
            if (fault == null && neverSealed.isPresent()) {
                fault = new AuditCheck.Fault(null, neverSealed.get(), AuditCheck.Kind.NEVER_SEALED);
            }
            if (fault == null && !isWantedSeen) {
                fault = new AuditCheck.Fault(null, null, AuditCheck.Kind.HEAD_LOST);
            }
        }

        @Nullable String head() {
            return hash == null ? null : number + ":" + HexFormat.of().formatHex(hash);
        }
    }

    /// Lets go of what is older than it may be needed, and tells the log of the house where the
    /// chain stands tonight: that log leaves the machine, and the end of a chain that is cut off
    /// leaves no other trace.
    void turn() {
        Instant before =
                clock.instant().atOffset(ZoneOffset.UTC).minusYears(YEARS_KEPT).toInstant();
        while (db.tx(tx -> store.forget(tx, before, AT_ONCE)) == AT_ONCE) {
            // older ones are left
        }
        db.read(store::last)
                .ifPresent(last ->
                        log.info(
                                "audit chain stands at {}:{}",
                                last.number(),
                                HexFormat.of().formatHex(last.hash())));
    }

    private Noted noted(AuditEntry entry) {
        return new Noted(
                ids.next(),
                user(entry.by()),
                reason(entry.by()),
                entry.action(),
                entry.targetType(),
                entry.target(),
                entry.address(),
                new String(json.write(entry.details()), UTF_8),
                clock.instant());
    }

    private static @Nullable Id<User> user(Caller by) {
        return by instanceof Caller.Member || by instanceof Caller.Away ? by.user() : null;
    }

    private static @Nullable String reason(Caller by) {
        return switch (by) {
            case Caller.Member _ -> null;
            case Caller.Away away -> away.by();
            case Caller.House house -> house.reason();
            case Caller.Proxy proxy -> proxy.reason();
            case Caller.Stranger _ -> "stranger";
        };
    }
}
