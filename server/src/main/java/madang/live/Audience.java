package madang.live;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Which sockets stand under a key. Reading takes no lock and sees at least those that stood there
/// from beginning to end; keys without sockets cost nothing.
final class Audience<K> {
    private final ConcurrentHashMap<K, Set<LiveSocket>> sockets = new ConcurrentHashMap<>();

    /// Adds the socket if it is still admitted. The question is asked under the lock of the key
    /// that a removal needs as well: a socket that ends meanwhile is either not added, or removed.
    boolean add(K key, LiveSocket socket, BooleanSupplier isAdmitted) {
        @Nullable Set<LiveSocket> there =
                sockets.compute(
                        key,
                        (_, before) -> {
                            if (!isAdmitted.getAsBoolean()) {
                                return before;
                            }
                            Set<LiveSocket> now =
                                    before == null ? ConcurrentHashMap.newKeySet(2) : before;
                            now.add(socket);
                            return now;
                        });
        return there != null && there.contains(socket);
    }

    void remove(K key, LiveSocket socket) {
        remove(key, socket, () -> {});
    }

    /// Removes the socket, and what is to be undone with it under the same lock.
    void remove(K key, LiveSocket socket, Runnable undo) {
        sockets.computeIfPresent(
                key,
                (_, there) -> {
                    there.remove(socket);
                    undo.run();
                    return there.isEmpty() ? null : there;
                });
    }

    Set<LiveSocket> of(K key) {
        return sockets.getOrDefault(key, Set.of());
    }

    int keys() {
        return sockets.size();
    }
}
