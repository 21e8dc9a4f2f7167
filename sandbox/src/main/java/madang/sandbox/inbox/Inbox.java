package madang.sandbox.inbox;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The last five hundred that arrived, the newest first.
final class Inbox {
    private static final int MOST = 500;

    private final Deque<Received> all = new ArrayDeque<>();
    private final InstantSource clock;
    private long count;

    Inbox(InstantSource clock) {
        this.clock = clock;
    }

    synchronized Received add(Received.Arriving arriving) {
        Received received = arriving.as(Long.toString(++count), clock.instant());
        all.addFirst(received);
        if (all.size() > MOST) {
            all.removeLast();
        }
        return received;
    }

    /// To this address or number; to anybody where it is empty.
    synchronized List<Received> to(String address) {
        return all.stream().filter(one -> address.isEmpty() || one.isTo(address)).toList();
    }

    synchronized @Nullable Received find(String id) {
        return all.stream().filter(one -> one.id().equals(id)).findAny().orElse(null);
    }

    synchronized void clear() {
        all.clear();
    }
}
