package madang.port;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import madang.kit.Id;
import madang.kit.User;

/// Who is where, over all nodes: a place is a chat room, a table of a game. A user is there while
/// at least one of his connections is, so that three tabs are one guest. Never stored for long: a
/// node that dies takes its connections along, and those who left with it are gone within 15
/// seconds.
///
/// Whose coming and going makes him the first or the last is decided over all nodes at once. What
/// is told of guests on other nodes may be a second old.
///
/// Every method may be repeated without harm: entering twice is being there, leaving twice is being
/// away.
public interface Presence {

    /// The connection (a name that is unique over all nodes) is there now. True when it is this
    /// user's first one in the place: the moment to tell others.
    boolean enter(String place, Id<User> user, String connection);

    /// The connection is gone. True when it was this user's last one in the place.
    boolean leave(String place, Id<User> user, String connection);

    /// Some of the users who are there, at most `limit`, in no promised order.
    List<Id<User>> online(String place, int limit);

    /// The same of several places; those where nobody is may be left out.
    default Map<String, List<Id<User>>> online(Collection<String> places, int limit) {
        Map<String, List<Id<User>>> there = new HashMap<>();
        places.forEach(place -> there.put(place, online(place, limit)));
        return there;
    }

    /// Which of these users are there; asked once for all of them.
    Set<Id<User>> among(String place, Collection<Id<User>> users);

    /// How many users are there.
    int count(String place);

    /// Hears of users who are gone though nobody called `leave`, because their last connection was
    /// on a node that died. One node hears of each of them, to tell the others; where there is only
    /// one, nobody can be lost.
    default void onLost(Lost listener) {}

    interface Lost {
        void left(String place, Id<User> user);
    }
}
