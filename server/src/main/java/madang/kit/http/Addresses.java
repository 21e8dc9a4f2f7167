package madang.kit.http;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/// Which dialect rules where: at a door of its own, or on the main door under a host name of its
/// own.
final class Addresses {
    private final Map<String, Face> byDoor = new ConcurrentHashMap<>();
    private final Map<String, Face> byHost = new ConcurrentHashMap<>();

    void give(Door door, Face dialect) {
        byDoor.put(door.getName(), dialect);
    }

    void give(String host, Face dialect) {
        byHost.put(host.toLowerCase(Locale.ROOT), dialect);
    }

    /// Null where the house speaks as itself.
    @Nullable Face dialect(Request request) {
        @Nullable Face ofDoor = byDoor.get(Door.nameOf(request));
        if (ofDoor != null || byHost.isEmpty()) {
            return ofDoor;
        }
        @Nullable String host = Request.getServerName(request);
        return host == null ? null : byHost.get(host.toLowerCase(Locale.ROOT));
    }
}
