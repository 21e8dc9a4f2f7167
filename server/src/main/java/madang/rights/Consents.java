package madang.rights;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import madang.audit.Audit;
import madang.audit.AuditEntry;
import madang.identity.Staff;
import madang.kit.Caller;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.Ids;
import madang.kit.User;
import madang.kit.db.Db;
import org.jspecify.annotations.Nullable;

/// What people have agreed to. Whoever does something that needs a yes asks [#has] each time: a yes
/// can be taken back at any moment, and as easily as it was given.
public final class Consents {
    private final Db db;
    private final ConsentStore store;
    private final Audit audit;
    private final Ids ids;
    private final InstantSource clock;

    Consents(Db db, ConsentStore store, Audit audit, Ids ids, InstantSource clock) {
        this.db = db;
        this.store = store;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /// Whether this user has agreed, to what holds today.
    public boolean has(Id<User> user, ConsentKind kind) {
        return db.read(tx -> store.standing(tx, user, kind))
                .map(ConsentStore.Standing::holds)
                .orElse(false);
    }

    /// All that people are asked to agree to, and what the caller has said; a stranger nothing.
    List<ConsentStore.Standing> all(Caller caller) {
        @Nullable Id<User> user = caller instanceof Caller.Member member ? member.user() : null;
        return db.read(tx -> store.standings(tx, user)).stream()
                .sorted(Comparator.comparing(ConsentStore.Standing::kind))
                .toList();
    }

    /// Says yes or no. Saying the same again adds nothing. A yes is to the present version
    /// (`CONSENT_OUTDATED`); who takes back what an account needs gives up the account
    /// (`CONSENT_REQUIRED`).
    ConsentStore.Standing decide(Caller caller, ConsentKind kind, DecideConsent command) {
        if (kind.isRequired() && !command.granted()) {
            throw Failure.conflict("CONSENT_REQUIRED");
        }
        return db.tx(tx -> {
            store.lock(tx, caller.user());
            ConsentStore.Standing before = standing(store.standing(tx, caller.user(), kind));
            boolean isKnown =
                    command.granted()
                            ? before.version().equals(command.version())
                            : store.isVersion(tx, kind, command.version());
            if (!isKnown) {
                throw Failure.conflict("CONSENT_OUTDATED");
            }
            boolean isNews =
                    before.isGranted() == null
                            || before.isGranted() != command.granted()
                            || (command.granted()
                                    && !command.version().equals(before.decidedVersion()));
            if (!isNews) {
                return before;
            }
            store.add(
                    tx,
                    new ConsentStore.Word(
                            ids.next(),
                            caller.user(),
                            kind,
                            command.version(),
                            command.granted(),
                            clock.instant()));
            return standing(store.standing(tx, caller.user(), kind));
        });
    }

    /// Publishes a new version, which is the present one from now on.
    void publish(Staff staff, PublishDocument document) {
        db.run(tx -> {
            if (!store.publish(tx, document, clock.instant())) {
                throw Failure.conflict("CONSENT_VERSION_EXISTS");
            }
            audit.note(
                    tx,
                    AuditEntry.of(staff.caller(), "CONSENT_DOCUMENT_PUBLISHED", "document", null)
                            .from(staff.address())
                            .with("kind", document.kind())
                            .with("version", document.version())
                            .with("material", document.material()));
        });
    }

    List<ConsentStore.Word> words(Id<User> user) {
        return db.read(tx -> store.words(tx, user));
    }

    void forget(Instant before) {
        db.run(tx -> store.forget(tx, before));
    }

    private static ConsentStore.Standing standing(Optional<ConsentStore.Standing> found) {
        return found.orElseThrow(() -> Failure.notFound("CONSENT_NOT_FOUND"));
    }
}
