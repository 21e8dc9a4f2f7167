package madang.people;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import madang.kit.Id;
import madang.kit.User;
import madang.moderation.Moderation;
import madang.port.Presence;

/// Who is there, and who may know it.
public final class People {
    /// The place in which everybody is who has a socket open.
    static final String PLACE = "people";

    private final Presence presence;
    private final Moderation moderation;
    private final List<Acquaintance> acquaintances = new CopyOnWriteArrayList<>();

    People(Presence presence, Moderation moderation) {
        this.presence = presence;
        this.moderation = moderation;
    }

    /// One more reason to be seen.
    public void seenBy(Acquaintance acquaintance) {
        acquaintances.add(acquaintance);
    }

    /// Those of these people who are there now. Whether the reader may know it, is his asker's
    /// matter.
    public Set<Id<User>> online(Collection<Id<User>> people) {
        return people.isEmpty() ? Set.of() : presence.among(PLACE, people);
    }

    /// How many people have a socket open, on any node.
    public int countOnline() {
        return presence.count(PLACE);
    }

    /// Those of these people whom this user may see come and go: himself, and whom he knows, except
    /// for who has blocked him.
    Set<Id<User>> shownTo(Id<User> user, Set<Id<User>> people) {
        Set<Id<User>> shown = new HashSet<>();
        Set<Id<User>> rest = new HashSet<>(people);
        if (rest.remove(user)) {
            shown.add(user);
        }
        for (Acquaintance acquaintance : acquaintances) {
            if (!rest.isEmpty()) {
                Set<Id<User>> known = acquaintance.knownTo(user, rest);
                shown.addAll(known);
                rest.removeAll(known);
            }
        }
        shown.removeAll(hiddenFrom(user, shown));
        return shown;
    }

    /// Those of these people who want to hear nothing of this user, nor be seen by him.
    Set<Id<User>> hiddenFrom(Id<User> user, Set<Id<User>> people) {
        return moderation.blockersOf(user, people);
    }
}
