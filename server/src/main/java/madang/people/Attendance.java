package madang.people;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import madang.kit.Id;
import madang.kit.User;
import madang.port.Presence;

/// Keeps presence told of who has a socket on this node. The whole node is one connection of each
/// of its users, so that ten tabs cost what one costs. Who closes his last socket is gone a moment
/// later: who only loads the page anew has not been away.
final class Attendance {
    static final Duration GRACE = Duration.ofSeconds(1);

    private final Predicate<Id<User>> hasSocket;
    private final Presence presence;
    private final String node;
    private final LongSupplier nanoTime;
    private final Consumer<Id<User>> changed;

    /// Whose sockets became more or fewer, and when they did last.
    private final Map<Id<User>, Long> moved = new ConcurrentHashMap<>();

    /// Whom presence knows to be here; touched by `settle` alone.
    private final Set<Id<User>> here = new HashSet<>();

    /// `changed` is called with those who came first or went last of all nodes.
    Attendance(
            Predicate<Id<User>> hasSocket,
            Presence presence,
            String node,
            LongSupplier nanoTime,
            Consumer<Id<User>> changed) {
        this.hasSocket = hasSocket;
        this.presence = presence;
        this.node = node;
        this.nanoTime = nanoTime;
        this.changed = changed;
    }

    /// Costs a socket that opens or closes no more than this note.
    void moved(Id<User> user) {
        moved.put(user, nanoTime.getAsLong());
    }

    /// Tells presence what has changed. What it cannot be told now, it is told the next time.
    void settle() {
        long now = nanoTime.getAsLong();
        moved.forEach((user, at) -> {
            boolean isHere = hasSocket.test(user);
            if (isHere || now - at >= GRACE.toNanos()) {
                settle(user, isHere);
                moved.remove(user, at);
            }
        });
    }

    private void settle(Id<User> user, boolean isHere) {
        if (isHere == here.contains(user)) {
            return;
        }
        boolean isNews =
                isHere
                        ? presence.enter(People.PLACE, user, node)
                        : presence.leave(People.PLACE, user, node);
        if (isHere) {
            here.add(user);
        } else {
            here.remove(user);
        }
        if (isNews) {
            changed.accept(user);
        }
    }
}
