package madang.kit.http;

import madang.kit.Caller;

/// Who holds an access token. Identity answers; the web layer only asks.
public interface TokenReader {

    /// The caller of a good token; a `Failure` of kind UNAUTHENTICATED says what is wrong with it.
    Caller.Member read(String token);

    /// Asks anew whether this user is an administrator now.
    boolean isAdmin(Caller.Member caller);
}
