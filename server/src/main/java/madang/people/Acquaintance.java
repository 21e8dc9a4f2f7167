package madang.people;

import java.util.Set;
import madang.kit.Id;
import madang.kit.User;

/// A reason why people may see whether others are there: chat says who shares a room, friendship
/// says who are friends.
public interface Acquaintance {

    /// Those of these people whom this user knows; asked once for all of them.
    Set<Id<User>> knownTo(Id<User> user, Set<Id<User>> people);
}
