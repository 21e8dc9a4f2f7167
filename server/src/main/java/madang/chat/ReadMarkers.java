package madang.chat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Db;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How far people have read, on its way to the table: markers move many times a second while one
/// scrolls or talks, and are written once a second for all rooms and people together. A crash may
/// take back that second of markers, never a message.
final class ReadMarkers {
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int MAX_BATCH = 5_000;
    private static final Logger log = LoggerFactory.getLogger(ReadMarkers.class);

    private record Reader(Id<Room> room, Id<User> user) {}

    private final Db db;
    private final RoomStore rooms;
    private final Map<Reader, Long> waiting = new ConcurrentHashMap<>();
    private final Thread thread = Thread.ofVirtual().name("read-markers").unstarted(this::run);
    private volatile boolean isOpen = true;

    ReadMarkers(Db db, RoomStore rooms) {
        this.db = db;
        this.rooms = rooms;
    }

    void start() {
        thread.start();
    }

    void stop() throws InterruptedException {
        isOpen = false;
        thread.interrupt();
        thread.join(Duration.ofSeconds(3));
        flush();
    }

    void move(Id<Room> room, Id<User> user, long seq) {
        waiting.merge(new Reader(room, user), seq, Math::max);
    }

    /// The marker as it is now: what the table says, or what is on its way there.
    long now(Id<Room> room, Id<User> user, long stored) {
        return Math.max(stored, waiting.getOrDefault(new Reader(room, user), 0L));
    }

    void flush() {
        List<Map.Entry<Reader, Long>> batch =
                waiting.entrySet().stream().limit(MAX_BATCH).map(Map.Entry::copyOf).toList();
        if (batch.isEmpty()) {
            return;
        }
        List<Id<Room>> inRooms = new ArrayList<>(batch.size());
        List<Id<User>> users = new ArrayList<>(batch.size());
        List<Long> seqs = new ArrayList<>(batch.size());
        for (Map.Entry<Reader, Long> marker : batch) {
            inRooms.add(marker.getKey().room());
            users.add(marker.getKey().user());
            seqs.add(marker.getValue());
        }
        db.run(tx -> rooms.read(tx, inRooms, users, seqs));
        batch.forEach(marker -> waiting.remove(marker.getKey(), marker.getValue()));
    }

    private void run() {
        while (isOpen) {
            try {
                Thread.sleep(PAUSE);
                flush();
            } catch (InterruptedException stopping) {
                return;
            } catch (RuntimeException databaseAway) {
                log.warn("read markers wait: {}", databaseAway.toString());
            }
        }
    }
}
