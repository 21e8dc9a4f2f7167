package madang.social;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.Secret;
import madang.kit.User;
import madang.kit.db.Db;
import madang.kit.db.Tx;
import madang.social.LinkStore.Opening;
import org.jspecify.annotations.Nullable;

/// What people have allowed us at their providers beyond coming in, and the tokens for it.
final class Grants {
    /// A token that ends within a moment could end on its way.
    private static final Duration MOMENT = Duration.ofMinutes(2);

    private final Db db;
    private final LinkStore links;
    private final Seals seals;
    private final Map<Provider, SocialLogin> logins;
    private final Goodbyes goodbyes;
    private final InstantSource clock;

    Grants(
            Db db,
            LinkStore links,
            Seals seals,
            Map<Provider, SocialLogin> logins,
            Goodbyes goodbyes,
            InstantSource clock) {
        this.db = db;
        this.links = links;
        this.seals = seals;
        this.logins = logins;
        this.goodbyes = goodbyes;
        this.clock = clock;
    }

    Optional<CalendarGrant> calendar(Id<User> user) {
        return google(user)
                .map(link ->
                        new CalendarGrant(
                                link.subject(), link.email(), Grant.opensCalendar(link.scopes())));
    }

    /// Two who renew it at once both get a good one: Google leaves the older ones alive.
    Secret calendarToken(Id<User> user, boolean isRefused) {
        Opening link =
                google(user)
                        .filter(one -> Grant.opensCalendar(one.scopes()))
                        .orElseThrow(Grants::over);
        Grant grant = seals.open(link.id(), link.tokens());
        @Nullable Secret known = grant.accessToken();
        if (!isRefused && known != null && isAlive(grant)) {
            return known;
        }
        @Nullable SocialLogin login = logins.get(Provider.GOOGLE);
        if (login == null || grant.refreshToken() == null) {
            throw over();
        }
        Grant fresh = login.refresh(grant.refreshToken().value());
        if (fresh.accessToken() == null) {
            throw over();
        }
        db.run(tx -> links.renew(tx, link.id(), seals.seal(link.id(), fresh)));
        return fresh.accessToken();
    }

    void endCalendar(Tx tx, Id<User> user) {
        links.opening(tx, user, Provider.GOOGLE)
                .ifPresent(link -> {
                    goodbyes.add(tx, link.id());
                    links.forgetTokens(tx, link.id());
                });
    }

    private Optional<Opening> google(Id<User> user) {
        return db.read(tx -> links.opening(tx, user, Provider.GOOGLE));
    }

    private boolean isAlive(Grant grant) {
        @Nullable Instant until = grant.accessTokenUntil();
        return until != null && clock.instant().plus(MOMENT).isBefore(until);
    }

    private static Failure over() {
        return Failure.unauthenticated("PROVIDER_TOKEN_INVALID");
    }
}
