package madang.chat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
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

    /// How far somebody has read in a room.
    record Marker(Id<User> user, long seq) {}

    private record Reader(Id<Room> room, Id<User> user) {}

    private final Db db;
    private final MemberStore members;
    private final Map<Reader, Long> waiting = new ConcurrentHashMap<>();

    /// What was written last: who read the table just before it must not see his marker go back.
    private volatile Map<Reader, Long> written = Map.of();

    private final Thread thread = Thread.ofVirtual().name("read-markers").unstarted(this::run);
    private volatile boolean isOpen = true;

    ReadMarkers(Db db, MemberStore members) {
        this.db = db;
        this.members = members;
    }

    void start() {
        thread.start();
    }

    void stop() throws InterruptedException {
        isOpen = false;
        thread.interrupt();
        thread.join(Duration.ofSeconds(3));
        try {
            while (!waiting.isEmpty()) {
                flush();
            }
        } catch (RuntimeException databaseAway) {
            log.warn("{} read markers are lost: {}", waiting.size(), databaseAway.toString());
        }
    }

    void move(Id<Room> room, Id<User> user, long seq) {
        waiting.merge(new Reader(room, user), seq, Math::max);
    }

    /// The marker as it is now: what the table says, or what is on its way there.
    long now(Id<Room> room, Id<User> user, long stored) {
        Reader reader = new Reader(room, user);
        long onItsWay =
                Math.max(waiting.getOrDefault(reader, 0L), written.getOrDefault(reader, 0L));
        return Math.max(stored, onItsWay);
    }

    /// A marker as it is now, where this is what was written last.
    Marker now(Id<Room> room, Marker stored) {
        return new Marker(stored.user(), now(room, stored.user(), stored.seq()));
    }

    void flush() {
        Map<Reader, Long> batch =
                waiting.entrySet().stream()
                        .limit(MAX_BATCH)
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        if (batch.isEmpty()) {
            return;
        }
        List<Id<Room>> inRooms = new ArrayList<>(batch.size());
        List<Id<User>> users = new ArrayList<>(batch.size());
        List<Long> seqs = new ArrayList<>(batch.size());
        batch.forEach((reader, seq) -> {
            inRooms.add(reader.room());
            users.add(reader.user());
            seqs.add(seq);
        });
        db.run(tx -> members.read(tx, inRooms, users, seqs));
        written = batch;
        batch.forEach(waiting::remove);
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
