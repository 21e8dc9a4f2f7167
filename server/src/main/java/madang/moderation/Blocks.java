package madang.moderation;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Db;
import madang.port.Bus;
import org.jspecify.annotations.Nullable;

/// Whom each user has blocked, remembered because it is asked at every message between two people.
/// A change is known on this node at once and on the others as soon as the bus tells it; where the
/// bus lost it, after ten seconds.
final class Blocks implements AutoCloseable {
    private static final String TOPIC = "moderation.blocks";
    private static final int MAX_REMEMBERED = 50_000;
    private static final Duration REMEMBERED = Duration.ofSeconds(10);

    private final Db db;
    private final BlockStore store;
    private final Bus bus;
    private final Cache<Id<User>, Set<Id<User>>> blocked =
            Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).expireAfterWrite(REMEMBERED).build();
    private final AtomicLong changes = new AtomicLong();
    private final List<Consumer<Id<User>>> listeners = new CopyOnWriteArrayList<>();
    private Bus.@Nullable Subscription subscription;

    Blocks(Db db, BlockStore store, Bus bus) {
        this.db = db;
        this.store = store;
        this.bus = bus;
    }

    void start() {
        subscription = bus.subscribe(TOPIC, hint -> heard(new String(hint, US_ASCII)));
    }

    /// Whom each of these has blocked.
    Map<Id<User>, Set<Id<User>>> of(Collection<Id<User>> blockers) {
        Set<Id<User>> wanted = new HashSet<>(blockers);
        Map<Id<User>, Set<Id<User>>> known = new HashMap<>(blocked.getAllPresent(wanted));
        wanted.removeAll(known.keySet());
        if (!wanted.isEmpty()) {
            known.putAll(read(wanted));
        }
        return known;
    }

    /// Called on every node when somebody blocks or unblocks, with who did. Runs on the bus's
    /// thread and must not block.
    void onChanged(Consumer<Id<User>> listener) {
        listeners.add(listener);
    }

    /// What this user has blocked is another set from now on, and that is committed.
    void tell(Id<User> blocker) {
        learn(blocker);
        bus.publish(TOPIC, blocker.toString().getBytes(US_ASCII));
    }

    @Override
    public void close() {
        if (subscription != null) {
            subscription.close();
        }
    }

    /// What was read may be out of date by the time it is remembered: then it is forgotten again.
    private Map<Id<User>, Set<Id<User>>> read(Set<Id<User>> blockers) {
        long before = changes.get();
        Map<Id<User>, Set<Id<User>>> read = db.read(tx -> store.blockedBy(tx, blockers));
        blocked.putAll(read);
        if (changes.get() != before) {
            blocked.invalidateAll(blockers);
        }
        return read;
    }

    private void heard(String hint) {
        Id<User> blocker = Id.parse(hint);
        if (blocker != null) {
            learn(blocker);
        }
    }

    private void learn(Id<User> blocker) {
        changes.incrementAndGet();
        blocked.invalidate(blocker);
        listeners.forEach(listener -> listener.accept(blocker));
    }
}
