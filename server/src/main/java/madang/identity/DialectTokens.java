package madang.identity;

import java.time.Duration;
import madang.kit.Caller;
import madang.kit.http.TokenReader;

/// Tokens of an audience of its own: a dialect's. They belong to the sessions that all tokens
/// belong to, so that whoever signs out is out everywhere; and no audience takes the tokens of
/// another. Reading the token of somebody who is suspended says so (`ACCOUNT_SUSPENDED`).
public interface DialectTokens extends TokenReader {

    /// A token for this session whose subject is the user by the name that this audience knows.
    String issue(Caller.Member caller, String subject);

    /// Whose token it is that wants to be renewed, also when it expired at most this long ago. Its
    /// session lives on.
    Caller.Member renew(String token, Duration late);
}
