package madang.identity;

import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Tx;

/// Takes down what people agree to as they sign up. Kept by another feature, which knows what there
/// is to agree to.
public interface Agreements {

    /// Called in the transaction that makes somebody a member, by whatever way he came. Whoever may
    /// not become one with this is refused, and then nothing has happened.
    void agree(Tx tx, Id<User> user, Agreed agreed);
}
