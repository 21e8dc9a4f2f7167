package madang.chat;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import madang.kit.Id;
import madang.port.Presence;

/// Tells crowded rooms how many are there, at most once a second, however many come and go.
final class PresenceCounts {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    record Count(Id<Room> room, int onlineCount) {}

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

    private void run() {
        try {
            while (true) {
                Thread.sleep(PAUSE);
                for (Id<Room> room : Set.copyOf(changed)) {
                    changed.remove(room);
                    feed.tell(
                            room,
                            Hint.Kind.PRESENCE,
                            new Count(room, presence.count(RoomFeed.topic(room))));
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
