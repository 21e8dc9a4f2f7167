package madang.chat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import madang.kit.Id;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the search index behind the logs. Each node files what was written on it, half a second
/// later and in small steps, and rests as long as it worked, so that it takes no more than half a
/// core from those who talk. What a node left behind when it died, another finds within minutes.
final class Indexer implements RoomWriter.Listener {
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration AFTER_A_FAULT = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMinutes(2);
    private static final int MOST_FOUND = 10_000;
    private static final Logger log = LoggerFactory.getLogger(Indexer.class);

    private final SearchIndex index;
    private final RoomWriter.Listener next;
    private final Set<Id<Room>> waiting = ConcurrentHashMap.newKeySet();
    private @Nullable Thread thread;

    /// Hears of what is stored, and passes it on.
    Indexer(SearchIndex index, RoomWriter.Listener next) {
        this.index = index;
        this.next = next;
    }

    void start() {
        thread = Thread.ofVirtual().name("search-indexer").start(this::run);
    }

    void stop() throws InterruptedException {
        if (thread != null) {
            thread.interrupt();
            thread.join(AFTER_A_FAULT);
        }
    }

    @Override
    public void stored(Message message) {
        waiting.add(message.room());
        next.stored(message);
    }

    @Override
    public void maybeStored(Id<Room> room) {
        waiting.add(room);
        next.maybeStored(room);
    }

    private void run() {
        long lookedAt = System.nanoTime() - LOOK.toNanos();
        while (!Thread.currentThread().isInterrupted()) {
            try {
                if (System.nanoTime() - lookedAt >= LOOK.toNanos()) {
                    waiting.addAll(index.rest(MOST_FOUND));
                    lookedAt = System.nanoTime();
                }
                fileAll();
                Thread.sleep(PAUSE);
            } catch (InterruptedException stopped) {
                return;
            } catch (RuntimeException away) {
                log.warn("the search index stays behind for now", away);
                rest(AFTER_A_FAULT);
            }
        }
    }

    /// A step for each room in turn, so that a flood in one does not hold up the others.
    private void fileAll() throws InterruptedException {
        while (!waiting.isEmpty()) {
            for (Id<Room> room : List.copyOf(waiting)) {
                long started = System.nanoTime();
                waiting.remove(room);
                if (index.advance(room)) {
                    waiting.add(room);
                }
                Thread.sleep(Duration.ofNanos(System.nanoTime() - started));
            }
        }
    }

    private static void rest(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
