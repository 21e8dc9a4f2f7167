package madang.social;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Set;
import madang.audit.Audit;
import madang.audit.AuditEntry;
import madang.identity.Identity;
import madang.kit.Caller;
import madang.kit.Failure;
import madang.kit.db.Db;
import madang.kit.db.Tx;

/// What a provider tells us of its own accord, and what we make of it. Only the events that stand
/// here have an effect, by their names; all others (`user-linked` among them) have none. Nobody's
/// account is ever withdrawn on a provider's word: it may end a link, tokens and sessions.
final class VendorNews {
    /// The account was disconnected from our app, or is no more.
    private static final Set<String> LINK_IS_OVER = Set.of("user-unlinked", "account-purged");

    /// Somebody else may sit in it: whoever came in by it proves anew who he is.
    private static final Set<String> DANGER =
            Set.of(
                    "sessions-revoked",
                    "account-disabled",
                    "account-credential-change-required",
                    "credential-compromise");

    private static final Set<String> TOKENS_ARE_OVER = Set.of("tokens-revoked", "token-revoked");

    /// Longer than an event is believed.
    private static final Duration REMEMBERED = Duration.ofDays(32);

    private final Db db;
    private final EventStore events;
    private final LinkStore links;
    private final Identity identity;
    private final Audit audit;
    private final InstantSource clock;

    VendorNews(
            Db db,
            EventStore events,
            LinkStore links,
            Identity identity,
            Audit audit,
            InstantSource clock) {
        this.db = db;
        this.events = events;
        this.links = links;
        this.identity = identity;
        this.audit = audit;
        this.clock = clock;
    }

    /// An event that the provider has signed; the second time it has no effect.
    void hear(OidcLogin.VendorEvent event) {
        db.run(tx -> {
            if (event.subject() != null && events.hear(tx, event, clock.instant())) {
                links.of(tx, event.issuer(), event.subject())
                        .ifPresent(link -> act(tx, link, event.types()));
            }
        });
    }

    /// The provider says that somebody has disconnected his account from our app.
    void linkIsOver(String issuer, String subject) {
        db.run(tx -> links.of(tx, issuer, subject).ifPresent(link -> end(tx, link)));
    }

    void forgetOld() {
        db.run(tx -> events.forget(tx, clock.instant().minus(REMEMBERED)));
    }

    private void act(Tx tx, Link link, Set<String> types) {
        if (isOneOf(types, LINK_IS_OVER)) {
            end(tx, link);
        }
        if (isOneOf(types, TOKENS_ARE_OVER)) {
            links.forgetTokens(tx, link.id());
        }
        if (isOneOf(types, DANGER)) {
            identity.endSessions(tx, link.user());
            note(tx, link, "SOCIAL_SESSIONS_ENDED");
        }
    }

    /// Whose only way in this was keeps the empty link and is signed out: should he connect his
    /// account again, he finds what is his instead of a stranger's empty house.
    private void end(Tx tx, Link link) {
        if (!removed(tx, link)) {
            links.forgetTokens(tx, link.id());
            identity.endSessions(tx, link.user());
        }
        note(tx, link, "SOCIAL_UNLINKED");
    }

    private boolean removed(Tx tx, Link link) {
        try {
            return tx.savepoint(() -> {
                boolean isRemoved = links.remove(tx, link.id());
                identity.requireWayIn(tx, link.user());
                return isRemoved;
            });
        } catch (Failure lastWayIn) {
            return false;
        }
    }

    private void note(Tx tx, Link link, String action) {
        audit.note(
                tx,
                AuditEntry.of(
                                Caller.system("told by " + link.provider()),
                                action,
                                "user",
                                link.user())
                        .with("provider", link.provider().toString()));
    }

    private static boolean isOneOf(Set<String> types, Set<String> wanted) {
        return !Collections.disjoint(types, wanted);
    }
}
