package madang.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import madang.kit.Id;
import madang.kit.Session;
import madang.kit.db.Db;
import madang.port.Bus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The sessions that ended so lately that one of their access tokens may still live. Every node
/// knows them within a second: the bus tells at once, and a look into the database twice a second
/// finds what the bus lost.
final class EndedSessions implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EndedSessions.class);
    private static final String TOPIC = "identity.session.ended";
    private static final Duration LOOK = Duration.ofMillis(500);

    /// How far behind the newest known end another node's clock or commit may lie.
    private static final Duration OVERLAP = Duration.ofSeconds(30);

    private final Db db;
    private final SessionStore sessions;
    private final Bus bus;
    private final Cache<Id<Session>, Boolean> ended;
    private final List<Consumer<Id<Session>>> listeners = new CopyOnWriteArrayList<>();
    private final Thread thread = Thread.ofVirtual().name("ended-sessions").unstarted(this::watch);
    private Bus.@Nullable Subscription subscription;
    private Instant newest;

    EndedSessions(Db db, SessionStore sessions, Bus bus, InstantSource clock, Duration remembered) {
        this.db = db;
        this.sessions = sessions;
        this.bus = bus;
        this.newest = clock.instant().minus(remembered);
        this.ended = Caffeine.newBuilder().expireAfterWrite(remembered).build();
    }

    /// Learns what ended lately before the first request is let in, and listens from then on.
    void start() {
        subscription = bus.subscribe(TOPIC, hint -> heard(new String(hint, US_ASCII)));
        look();
        thread.start();
    }

    /// Called once on every node for every session that ends.
    void onEnded(Consumer<Id<Session>> listener) {
        listeners.add(listener);
    }

    boolean contains(Id<Session> session) {
        return ended.getIfPresent(session) != null;
    }

    /// These ended, and that is committed: known here at once, and told to the other nodes.
    void tell(Collection<Id<Session>> sessionsEnded) {
        for (Id<Session> session : sessionsEnded) {
            learn(session);
            bus.publish(TOPIC, session.toString().getBytes(US_ASCII));
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        if (subscription != null) {
            subscription.close();
        }
    }

    private void watch() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(LOOK);
                look();
            } catch (InterruptedException closed) {
                return;
            } catch (RuntimeException noDatabase) {
                log.warn("cannot look for ended sessions: {}", noDatabase.toString());
            }
        }
    }

    private void look() {
        Instant since = newest.minus(OVERLAP);
        for (SessionStore.Ended end : db.read(tx -> sessions.endedSince(tx, since))) {
            learn(end.id());
            newest = end.endedAt().isAfter(newest) ? end.endedAt() : newest;
        }
    }

    private void heard(String hint) {
        Id<Session> session = Id.parse(hint);
        if (session != null) {
            learn(session);
        }
    }

    private void learn(Id<Session> session) {
        if (ended.asMap().putIfAbsent(session, true) == null) {
            listeners.forEach(listener -> tell(listener, session));
        }
    }

    private static void tell(Consumer<Id<Session>> listener, Id<Session> session) {
        try {
            listener.accept(session);
        } catch (RuntimeException failed) {
            log.error("a listener for ended sessions failed", failed);
        }
    }
}
