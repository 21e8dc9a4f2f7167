package madang.identity;

import java.time.Duration;
import java.time.InstantSource;
import madang.kit.Caller;
import madang.kit.Failure;
import madang.kit.db.Db;

/// The tokens of a dialect over the sessions of the house.
final class SessionTokens implements DialectTokens {
    private final Db db;
    private final AccountStore accounts;
    private final AccessTokens tokens;
    private final Sessions sessions;
    private final EndedSessions ended;
    private final InstantSource clock;

    SessionTokens(
            Db db,
            AccountStore accounts,
            AccessTokens tokens,
            Sessions sessions,
            EndedSessions ended,
            InstantSource clock) {
        this.db = db;
        this.accounts = accounts;
        this.tokens = tokens;
        this.sessions = sessions;
        this.ended = ended;
        this.clock = clock;
    }

    @Override
    public String issue(Caller.Member caller, String subject) {
        return tokens.issue(caller, subject);
    }

    @Override
    public Caller.Member read(String token) {
        return living(tokens.read(token));
    }

    @Override
    public Caller.Member renew(String token, Duration late) {
        Caller.Member caller = living(tokens.read(token, late));
        sessions.prolong(caller.session());
        return caller;
    }

    @Override
    public boolean isAdmin(Caller.Member caller) {
        return sessions.isAdmin(caller);
    }

    /// Only of an ended session it is asked why: the sessions of the suspended were ended.
    private Caller.Member living(Caller.Member caller) {
        if (!ended.contains(caller.session())) {
            return caller;
        }
        throw db.read(tx -> accounts.isSuspended(tx, caller.user(), clock.instant()))
                ? Failure.of(Failure.Kind.FORBIDDEN, "ACCOUNT_SUSPENDED")
                : Failure.unauthenticated("AUTH_TOKEN_INVALID");
    }
}
