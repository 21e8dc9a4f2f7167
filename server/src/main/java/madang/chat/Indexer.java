package madang.chat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import madang.kit.Id;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the search index behind the logs. Each node files what was written on it, half a second
/// later and in small steps, and rests nine times as long as it worked: those who talk come first,
/// and a search looks through what waits. Only where that would take it too long, the index takes
/// half of a core. What a node left behind when it died, another finds within minutes.
final class Indexer implements RoomWriter.Listener {
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration AFTER_A_FAULT = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMinutes(2);
    private static final int MOST_FOUND = 10_000;
    private static final int ROOMS_AT_ONCE = 64;

    /// So many messages may wait while the house is busy.
    private static final long FAR_BEHIND = 500_000;

    private static final int PATIENCE = 9;
    private static final Logger log = LoggerFactory.getLogger(Indexer.class);

    private final SearchIndex index;
    private final RoomWriter.Listener next;
    private final Set<Id<Room>> waiting = ConcurrentHashMap.newKeySet();

    /// About how many messages wait: those heard of and not filed yet.
    private final AtomicLong behind = new AtomicLong();

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
        behind.incrementAndGet();
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
            List<Id<Room>> rooms = List.copyOf(waiting);
            for (int first = 0; first < rooms.size(); first += ROOMS_AT_ONCE) {
                int end = Math.min(first + ROOMS_AT_ONCE, rooms.size());
                long started = System.nanoTime();
                file(rooms.subList(first, end));
                long worked = System.nanoTime() - started;
                Thread.sleep(Duration.ofNanos(worked * patience()));
            }
        }
        behind.set(0);
    }

    /// Rooms that could not be filed wait on.
    private void file(List<Id<Room>> rooms) {
        rooms.forEach(waiting::remove);
        try {
            SearchIndex.Step step = index.advance(rooms);
            waiting.addAll(step.more());
            behind.addAndGet(-step.filed());
        } catch (RuntimeException away) {
            waiting.addAll(rooms);
            throw away;
        }
    }

    private int patience() {
        return behind.get() > FAR_BEHIND ? 1 : PATIENCE;
    }

    private static void rest(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
