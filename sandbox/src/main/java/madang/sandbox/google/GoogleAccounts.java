package madang.sandbox.google;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import madang.sandbox.stand.Kept;
import org.jspecify.annotations.Nullable;

/// What Google knows of a product's users: what each has granted, and every code and token that is
/// out. In memory: a restart of the house forgets it, as if everybody had revoked.
final class GoogleAccounts {
    static final Duration CODE_LIFE = Duration.ofMinutes(10);
    static final Duration ACCESS_LIFE = Duration.ofSeconds(3_599);

    /// Half a year without use ends a refresh token; here half a year at all does.
    private static final Duration REFRESH_LIFE = Duration.ofDays(182);

    private static final String CODE_FORM = "4/0A";
    private static final String ACCESS_FORM = "ya29.";
    private static final String REFRESH_FORM = "1//0";

    /// How a code may be redeemed.
    ///
    /// @param challenge of PKCE, null where none was sent
    record Code(
            Pass pass,
            String redirectUri,
            @Nullable String challenge,
            boolean isPlain,
            boolean givesRefresh) {}

    /// What a token stands for.
    record Pass(String user, String client, List<String> scopes, @Nullable String nonce) {}

    private final Map<String, Set<String>> granted = new ConcurrentHashMap<>();
    private final Kept<Code> codes;
    private final Kept<Pass> accessTokens;
    private final Kept<Pass> refreshTokens;

    GoogleAccounts(InstantSource clock) {
        codes = new Kept<>(clock);
        accessTokens = new Kept<>(clock);
        refreshTokens = new Kept<>(clock);
    }

    Set<String> granted(String user) {
        return granted.getOrDefault(user, Set.of());
    }

    void grant(String user, Collection<String> scopes) {
        granted.merge(
                user,
                Set.copyOf(scopes),
                (before, more) -> {
                    Set<String> both = new LinkedHashSet<>(before);
                    both.addAll(more);
                    return Set.copyOf(both);
                });
    }

    String code(Code code) {
        return CODE_FORM + codes.keep(code, CODE_LIFE);
    }

    static boolean isCode(String text) {
        return text.startsWith(CODE_FORM);
    }

    @Nullable Code useCode(String code) {
        Kept.@Nullable Held<Code> held = codes.take(bare(code, CODE_FORM));
        return held == null ? null : held.thing();
    }

    String access(Pass pass) {
        return ACCESS_FORM + accessTokens.keep(pass, ACCESS_LIFE);
    }

    Kept.@Nullable Held<Pass> findAccess(@Nullable String token) {
        return accessTokens.find(bare(token, ACCESS_FORM));
    }

    String refresh(Pass pass) {
        return REFRESH_FORM + refreshTokens.keep(pass, REFRESH_LIFE);
    }

    @Nullable Pass findRefresh(@Nullable String token) {
        Kept.@Nullable Held<Pass> held = refreshTokens.find(bare(token, REFRESH_FORM));
        return held == null ? null : held.thing();
    }

    /// Whose token it is, and nothing of his is good any more; null where it is nobody's.
    @Nullable String revoke(String token) {
        Kept.@Nullable Held<Pass> access = findAccess(token);
        @Nullable Pass pass = access == null ? findRefresh(token) : access.thing();
        if (pass == null) {
            return null;
        }
        revokeAll(pass.user());
        return pass.user();
    }

    void revokeAll(String user) {
        granted.remove(user);
        codes.forget(code -> code.pass().user().equals(user));
        accessTokens.forget(pass -> pass.user().equals(user));
        refreshTokens.forget(pass -> pass.user().equals(user));
    }

    private static @Nullable String bare(@Nullable String token, String form) {
        return token == null || !token.startsWith(form) ? null : token.substring(form.length());
    }
}
