package madang.sandbox.kakao;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import madang.sandbox.stand.Kept;
import org.jspecify.annotations.Nullable;

/// What Kakao knows of an app's users: who is linked with which consents, and every code and token
/// that is out. In memory: a restart of the house forgets it, as if everybody had unlinked.
final class KakaoAccounts {
    static final Duration CODE_LIFE = Duration.ofMinutes(10);
    static final Duration ACCESS_LIFE = Duration.ofSeconds(21_599);
    static final Duration REFRESH_LIFE = Duration.ofSeconds(5_183_999);
    private static final Duration LAST_MONTH = Duration.ofDays(30);

    /// A user's tie to the app.
    record Link(Instant connectedAt, Set<String> scopes) {}

    /// What a code stands for until it is changed into tokens.
    record Code(long user, SignIn signIn, String redirectUri) {}

    /// How somebody came in; his tokens remember it.
    ///
    /// @param clientKey the key of the app that asked, which becomes the audience of id_tokens
    /// @param isForeign of another app than ours: its tokens are good, and not meant for us
    record SignIn(
            String clientKey,
            boolean isOpenid,
            @Nullable String nonce,
            Instant at,
            boolean isForeign) {}

    /// What a token stands for.
    record Pass(long user, SignIn signIn) {}

    record Tokens(String access, @Nullable String refresh, long refreshSeconds) {}

    private final Map<Long, Link> links = new ConcurrentHashMap<>();
    private final Kept<Code> codes;
    private final Kept<Pass> accessTokens;
    private final Kept<Pass> refreshTokens;
    private final InstantSource clock;

    KakaoAccounts(InstantSource clock) {
        this.clock = clock;
        codes = new Kept<>(clock);
        accessTokens = new Kept<>(clock);
        refreshTokens = new Kept<>(clock);
    }

    @Nullable Link link(long user) {
        return links.get(user);
    }

    Set<String> scopes(long user) {
        @Nullable Link link = links.get(user);
        return link == null ? Set.of() : link.scopes();
    }

    /// Agrees to these scopes beside those agreed to before.
    Link agree(long user, Collection<String> scopes) {
        return links.merge(
                user,
                new Link(clock.instant(), Set.copyOf(scopes)),
                (before, more) -> new Link(before.connectedAt(), union(before, more)));
    }

    /// Takes consents back; those that were never given are none of them.
    Link withdraw(long user, Collection<String> scopes) {
        return links.compute(
                user,
                (_, link) -> {
                    Set<String> left = new LinkedHashSet<>(link == null ? Set.of() : link.scopes());
                    left.removeAll(scopes);
                    return new Link(link == null ? clock.instant() : link.connectedAt(), left);
                });
    }

    String code(Code code) {
        return codes.keep(code, CODE_LIFE);
    }

    @Nullable Code useCode(@Nullable String code) {
        Kept.@Nullable Held<Code> held = codes.take(code);
        return held == null ? null : held.thing();
    }

    Tokens issue(Pass pass) {
        return new Tokens(
                accessTokens.keep(pass, ACCESS_LIFE),
                refreshTokens.keep(pass, REFRESH_LIFE),
                REFRESH_LIFE.toSeconds());
    }

    /// New tokens; a refresh token among them only in the last month of the old one, which dies by
    /// it.
    @Nullable Refreshed refresh(String refreshToken) {
        Kept.@Nullable Held<Pass> held = refreshTokens.find(refreshToken);
        if (held == null) {
            return null;
        }
        Pass pass = held.thing();
        boolean isOld = held.secondsLeft(clock.instant()) < LAST_MONTH.toSeconds();
        if (isOld && refreshTokens.take(refreshToken) == null) {
            return null;
        }
        return new Refreshed(
                pass,
                new Tokens(
                        accessTokens.keep(pass, ACCESS_LIFE),
                        isOld ? refreshTokens.keep(pass, REFRESH_LIFE) : null,
                        REFRESH_LIFE.toSeconds()));
    }

    record Refreshed(Pass pass, Tokens tokens) {}

    Kept.@Nullable Held<Pass> access(@Nullable String accessToken) {
        return accessTokens.find(accessToken);
    }

    void endAccess(String accessToken) {
        accessTokens.take(accessToken);
    }

    /// Ends every token of somebody; he stays linked.
    void endTokens(long user) {
        accessTokens.forget(pass -> pass.user() == user);
        refreshTokens.forget(pass -> pass.user() == user);
    }

    /// False where he was not linked.
    boolean unlink(long user) {
        boolean wasLinked = links.remove(user) != null;
        endTokens(user);
        codes.forget(code -> code.user() == user);
        return wasLinked;
    }

    private static Set<String> union(Link before, Link more) {
        Set<String> both = new LinkedHashSet<>(before.scopes());
        both.addAll(more.scopes());
        return Set.copyOf(both);
    }
}
