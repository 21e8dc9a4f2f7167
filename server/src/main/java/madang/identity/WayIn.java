package madang.identity;

import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Tx;

/// A way to sign in that another feature keeps: a passkey, an account at Kakao. What a verified
/// e-mail or phone and a password open, identity knows by itself.
public interface WayIn {

    /// Whether this user could come in by it now.
    boolean isOpenTo(Tx tx, Id<User> user);
}
