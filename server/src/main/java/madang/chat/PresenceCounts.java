package madang.chat;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import madang.kit.Id;
import madang.port.Presence;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells crowded rooms how many are there, at most once a second, however many come and go.
final class PresenceCounts {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final Logger log = LoggerFactory.getLogger(PresenceCounts.class);

    private final Presence presence;
    private final RoomFeed feed;
    private final Set<Id<Room>> changed = ConcurrentHashMap.newKeySet();
    private final Thread thread = Thread.ofVirtual().name("presence-counts").unstarted(this::run);

    PresenceCounts(Presence presence, RoomFeed feed) {
        this.presence = presence;
        this.feed = feed;
    }

    void start() {
        thread.start();
    }

    void stop() {
        thread.interrupt();
    }

    void changed(Id<Room> room) {
        changed.add(room);
    }

    private void tell(Id<Room> room) {
        changed.remove(room);
        try {
            int count = presence.count(RoomFeed.topic(room));
            feed.tell(room, Hint.Kind.PRESENCE, new ChatSocket.Present(room, null, null, count));
        } catch (RuntimeException failed) {
            log.warn("the number of those in room {} is not told", room, failed);
        }
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(PAUSE);
                Set.copyOf(changed).forEach(this::tell);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
