package madang.kit.db;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import madang.kit.Fact;
import madang.kit.json.Json;
import org.jspecify.annotations.Nullable;

/// Facts on their way: written in the transaction in which they happened, kept until every listener
/// has heard them (`OutboxRelay`). Listeners name themselves, because what a listener has processed
/// is remembered under its name.
public final class Outbox {
    static final int SHARDS = 16;

    /// A fact as a listener hears it, with the number that makes a second hearing recognisable.
    public record Heard<F extends Fact>(long id, F fact) {}

    private record Listener<F extends Fact>(String name, Consumer<Heard<F>> hear) {}

    private final Json json;
    private final InstantSource clock;
    private final Map<Class<?>, String> kinds = new ConcurrentHashMap<>();
    private final Map<String, Class<? extends Fact>> types = new HashMap<>();
    private final Map<String, List<Listener<?>>> listeners = new HashMap<>();
    private final List<Runnable> wakeUps = new CopyOnWriteArrayList<>();

    public Outbox(Json json, InstantSource clock) {
        this.json = json;
        this.clock = clock;
    }

    /// Listens for one kind of fact. A listener that throws is tried again later, with all others
    /// of that fact; so it writes `tx.processed(name, heard)` beside its effect, or is idempotent.
    public <F extends Fact> void listen(String name, Class<F> type, Consumer<Heard<F>> hear) {
        String kind = kind(type);
        types.put(kind, type);
        listeners
                .computeIfAbsent(kind, _ -> new CopyOnWriteArrayList<>())
                .add(new Listener<>(name, hear));
    }

    /// Called after every commit that published something.
    void onPublished(Runnable wakeUp) {
        wakeUps.add(wakeUp);
    }

    /// Facts of one aggregate are numbered in the order they commit: its lock is held from here to
    /// the end of the transaction. A fact that nobody listens for is not written.
    void write(Tx tx, Fact fact) {
        String kind = kind(fact.getClass());
        if (!listeners.containsKey(kind)) {
            return;
        }
        tx.sql(
                        """
                        with turn as materialized (select pg_advisory_xact_lock(hashtextextended(:aggregate::text, 0)))
                        insert into kit.fact (aggregate, shard, kind, body, published_at)
                        select :aggregate, :shard, :kind, :body, :now from turn
                        """)
                .with("aggregate", fact.aggregate())
                .with("shard", Math.floorMod(fact.aggregate().hashCode(), SHARDS))
                .with("kind", kind)
                .with("body", new String(json.write(fact), UTF_8))
                .with("now", clock.instant())
                .count();
        tx.afterCommit(() -> wakeUps.forEach(Runnable::run));
    }

    void deliver(long id, String kind, String body) {
        @Nullable Class<? extends Fact> type = types.get(kind);
        if (type == null) {
            throw new IllegalStateException("nobody listens for " + kind + " any more");
        }
        Fact fact = json.readOwn(body.getBytes(UTF_8), type);
        for (Listener<?> listener : listeners.getOrDefault(kind, List.of())) {
            hear(listener, id, fact);
        }
    }

    @SuppressWarnings("unchecked") // a listener is kept under the kind of the facts it hears
    private static <F extends Fact> void hear(Listener<F> listener, long id, Fact fact) {
        listener.hear().accept(new Heard<>(id, (F) fact));
    }

    /// `madang.chat.MemberJoined` → `chat.MemberJoined`.
    private String kind(Class<?> type) {
        return kinds.computeIfAbsent(type, t -> t.getName().replaceFirst("^madang\\.", ""));
    }
}
