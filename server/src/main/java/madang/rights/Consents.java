package madang.rights;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import madang.audit.Audit;
import madang.audit.AuditEntry;
import madang.identity.Agreed;
import madang.identity.Staff;
import madang.kit.Caller;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.Ids;
import madang.kit.Text;
import madang.kit.User;
import madang.kit.db.Db;
import madang.kit.db.Tx;
import org.jspecify.annotations.Nullable;

/// What people have agreed to. Whoever does something that needs a yes asks [#has] each time: a yes
/// can be taken back at any moment, and as easily as it was given.
public final class Consents {
    private final Db db;
    private final ConsentStore store;
    private final boolean isAskedAtSignUp;
    private final Audit audit;
    private final Ids ids;
    private final InstantSource clock;

    Consents(
            Db db,
            ConsentStore store,
            boolean isAskedAtSignUp,
            Audit audit,
            Ids ids,
            InstantSource clock) {
        this.db = db;
        this.store = store;
        this.isAskedAtSignUp = isAskedAtSignUp;
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
            if (!before.isChangedBy(command)) {
                return before;
            }
            store.add(tx, List.of(word(caller.user(), kind, command)));
            return standing(store.standing(tx, caller.user(), kind));
        });
    }

    /// Takes down what somebody agrees to as he signs up. Refused, and the sign-up with it, where a
    /// version is not the present one (`CONSENT_OUTDATED`), or where the house asks at sign-up and
    /// one of the required is missing (`SIGN_UP_NEEDS_CONSENT`).
    void agree(Tx tx, Id<User> user, Agreed agreed) {
        Map<ConsentKind, String> versions = kinds(agreed);
        if (isAskedAtSignUp) {
            requireAll(versions.keySet());
        }
        if (!versions.isEmpty()) {
            store.lock(tx, user);
            store.add(tx, news(tx, user, versions));
        }
    }

    private List<ConsentStore.Word> news(Tx tx, Id<User> user, Map<ConsentKind, String> versions) {
        List<ConsentStore.Word> news = new ArrayList<>();
        for (ConsentStore.Standing standing : store.standings(tx, user)) {
            @Nullable String version = versions.get(standing.kind());
            if (version != null) {
                DecideConsent yes = new DecideConsent(version, true);
                if (!standing.version().equals(version)) {
                    throw Failure.conflict("CONSENT_OUTDATED");
                }
                if (standing.isChangedBy(yes)) {
                    news.add(word(user, standing.kind(), yes));
                }
            }
        }
        return news;
    }

    private ConsentStore.Word word(Id<User> user, ConsentKind kind, DecideConsent decision) {
        return new ConsentStore.Word(
                ids.next(), user, kind, decision.version(), decision.granted(), clock.instant());
    }

    private static void requireAll(Set<ConsentKind> agreed) {
        Map<String, Object> missing = new LinkedHashMap<>();
        for (ConsentKind kind : ConsentKind.values()) {
            if (kind.isRequired() && !agreed.contains(kind)) {
                missing.put("consents." + kind, Text.of("invalid.required"));
            }
        }
        if (!missing.isEmpty()) {
            throw Failure.of(Failure.Kind.INVALID, "SIGN_UP_NEEDS_CONSENT").with(missing);
        }
    }

    private static Map<ConsentKind, String> kinds(Agreed agreed) {
        Map<ConsentKind, String> versions = new EnumMap<>(ConsentKind.class);
        agreed.versions()
                .forEach((word, version) ->
                        versions.put(
                                ConsentKind.of(word)
                                        .orElseThrow(() -> Failure.invalid("consents", "consents")),
                                version));
        return versions;
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
