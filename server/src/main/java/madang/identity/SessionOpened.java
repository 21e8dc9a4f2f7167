package madang.identity;

import java.time.Instant;
import madang.kit.Fact;
import madang.kit.Id;
import madang.kit.Session;
import madang.kit.User;

/// Somebody came in. `device` and `address` are as coarse as his list of devices shows them.
/// `isNewDevice` where an account that was entered before was entered from a device that did not
/// prove to be known.
public record SessionOpened(
        Id<User> user,
        Id<Session> session,
        SignInMethod method,
        String device,
        String address,
        boolean isNewDevice,
        Instant at)
        implements Fact {
    @Override
    public Id<User> aggregate() {
        return user;
    }
}
