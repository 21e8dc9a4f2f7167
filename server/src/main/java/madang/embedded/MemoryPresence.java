package madang.embedded;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import madang.kit.Id;
import madang.kit.User;
import madang.port.Presence;
import org.jspecify.annotations.Nullable;

/// The presence of a single node. One lock is enough: each step is a few map operations.
public final class MemoryPresence implements Presence {
    private final Map<String, Map<Id<User>, Set<String>>> places = new HashMap<>();

    @Override
    public synchronized boolean enter(String place, Id<User> user, String connection) {
        Set<String> connections =
                places.computeIfAbsent(place, _ -> new LinkedHashMap<>())
                        .computeIfAbsent(user, _ -> new HashSet<>(2));
        return connections.add(connection) && connections.size() == 1;
    }

    @Override
    public synchronized boolean leave(String place, Id<User> user, String connection) {
        Map<Id<User>, Set<String>> guests = guests(place);
        @Nullable Set<String> connections = guests.get(user);
        if (connections == null || !connections.remove(connection) || !connections.isEmpty()) {
            return false;
        }
        guests.remove(user);
        if (guests.isEmpty()) {
            places.remove(place);
        }
        return true;
    }

    @Override
    public synchronized List<Id<User>> online(String place, int limit) {
        return guests(place).keySet().stream().limit(limit).toList();
    }

    @Override
    public synchronized Set<Id<User>> among(String place, Collection<Id<User>> users) {
        Set<Id<User>> there = new HashSet<>(users);
        there.retainAll(guests(place).keySet());
        return there;
    }

    @Override
    public synchronized int count(String place) {
        return guests(place).size();
    }

    /// Everybody who is anywhere.
    public synchronized void each(BiConsumer<String, Id<User>> guest) {
        places.forEach(
                (place, guests) -> guests.keySet().forEach(user -> guest.accept(place, user)));
    }

    private Map<Id<User>, Set<String>> guests(String place) {
        return places.getOrDefault(place, Map.of());
    }
}
