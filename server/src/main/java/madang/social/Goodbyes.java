package madang.social;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Db;
import madang.kit.db.Tx;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends at the provider what has ended here: at once where he can be reached, else again and again,
/// ever more rarely, for about a week. Then we give up: nothing of it is used here any more, and
/// the person can end it there himself.
final class Goodbyes {
    private static final Logger log = LoggerFactory.getLogger(Goodbyes.class);
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofHours(6);
    private static final int MOST_TRIES = 35;

    private final Db db;
    private final GoodbyeStore store;
    private final Seals seals;
    private final Map<Provider, SocialLogin> logins;
    private final InstantSource clock;

    Goodbyes(
            Db db,
            GoodbyeStore store,
            Seals seals,
            Map<Provider, SocialLogin> logins,
            InstantSource clock) {
        this.db = db;
        this.store = store;
        this.seals = seals;
        this.logins = logins;
        this.clock = clock;
    }

    /// This link ends; the caller removes it in the same transaction.
    void add(Tx tx, Id<Link> link) {
        store.add(tx, link, clock.instant());
        tx.afterCommit(this::saySoon);
    }

    /// All links of a user, or those that nobody came in by since then.
    void addAll(Tx tx, Id<User> user, @Nullable Instant unusedSince) {
        store.addAll(tx, user, unusedSince, clock.instant());
        tx.afterCommit(this::saySoon);
    }

    void cancel(Tx tx, Person person) {
        store.cancel(tx, person);
    }

    /// Says all that are due. Each is taken by one node.
    void sayDue() {
        for (Optional<GoodbyeStore.Goodbye> next = next(); next.isPresent(); next = next()) {
            say(next.get());
        }
    }

    private void saySoon() {
        Thread.startVirtualThread(() -> {
            try {
                sayDue();
            } catch (RuntimeException later) {
                log.warn("goodbyes wait for the next round: {}", later.toString());
            }
        });
    }

    /// Whoever takes one and dies leaves it to the others after a minute.
    private Optional<GoodbyeStore.Goodbye> next() {
        Instant now = clock.instant();
        return db.tx(tx -> store.next(tx, now, now.plus(SHORTEST)));
    }

    private void say(GoodbyeStore.Goodbye goodbye) {
        boolean isSaid = isHeard(goodbye);
        if (!isSaid && goodbye.tries() >= MOST_TRIES) {
            log.warn("{} did not hear of an ended link in all our tries", goodbye.provider());
        }
        boolean isOver = isSaid || goodbye.tries() >= MOST_TRIES;
        db.run(tx -> {
            if (isOver) {
                store.said(tx, goodbye.id());
            } else {
                store.postpone(tx, goodbye.id(), clock.instant().plus(pause(goodbye.tries())));
            }
        });
    }

    private boolean isHeard(GoodbyeStore.Goodbye goodbye) {
        @Nullable SocialLogin login = logins.get(goodbye.provider());
        if (login == null) {
            return true;
        }
        try {
            end(login, goodbye.subject(), seals.open(goodbye.id(), goodbye.tokens()));
            return true;
        } catch (Failure refused) {
            // A token that the provider does not know any more has nothing left to end.
            return refused.kind() != Failure.Kind.UNAVAILABLE;
        }
    }

    private void end(SocialLogin login, String subject, Grant grant) {
        boolean isOld =
                grant.accessTokenUntil() == null
                        || !grant.accessTokenUntil().isAfter(clock.instant());
        login.unlink(
                subject,
                isOld && grant.refreshToken() != null
                        ? grant.then(login.refresh(grant.refreshToken().value()))
                        : grant);
    }

    private static Duration pause(int tries) {
        Duration doubled = SHORTEST.multipliedBy(1L << Math.min(tries, 20));
        return doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    }
}
