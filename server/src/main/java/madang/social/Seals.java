package madang.social;

import java.time.Instant;
import java.util.List;
import madang.kit.Id;
import madang.kit.Secret;
import madang.kit.Vault;
import org.jspecify.annotations.Nullable;

/// Tokens of providers as they lie in the database: sealed for the link that they belong to.
final class Seals {

    /// A grant's tokens, sealed.
    record Sealed(
            @Nullable String accessToken,
            @Nullable Instant accessTokenUntil,
            @Nullable String refreshToken) {}

    private final Vault vault;

    Seals(Vault vault) {
        this.vault = vault;
    }

    Sealed seal(Id<Link> link, Grant grant) {
        return new Sealed(
                sealed(link, "access", grant.accessToken()),
                grant.accessTokenUntil(),
                sealed(link, "refresh", grant.refreshToken()));
    }

    Grant open(Id<Link> link, Sealed sealed) {
        return new Grant(
                opened(link, "access", sealed.accessToken()),
                sealed.accessTokenUntil(),
                opened(link, "refresh", sealed.refreshToken()),
                List.of());
    }

    private @Nullable String sealed(Id<Link> link, String kind, @Nullable Secret token) {
        return token == null ? null : vault.seal(token.value(), context(link, kind));
    }

    private @Nullable Secret opened(Id<Link> link, String kind, @Nullable String token) {
        return token == null ? null : new Secret(vault.open(token, context(link, kind)));
    }

    private static String context(Id<Link> link, String kind) {
        return "social.link " + link + " " + kind;
    }
}
