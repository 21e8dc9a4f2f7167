package madang.nodes;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import madang.embedded.MemoryPresence;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Db;
import madang.kit.db.Tx;
import madang.nodes.Guests.Elsewhere;
import madang.nodes.Guests.Guest;
import madang.port.Presence;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The presence of nodes that share a PostgreSQL. Each node knows its own connections by heart and
/// writes down only a user's first and last one here; what is written down together is one
/// statement, so that ten thousand who come at once are some dozens. Who is elsewhere is remembered
/// for a second, so that asking costs no query.
///
/// What this node knows is the truth about it: where writing failed, or PostgreSQL or the other
/// nodes forgot it, all of it is written again. Until then nobody is refused for it; at worst
/// somebody's coming or going is told twice.
public final class PostgresPresence implements Presence, Nodes.Heir {
    private static final Duration REMEMBERED = Duration.ofSeconds(1);
    private static final int MOST_PLACES_REMEMBERED = 20_000;
    private static final int MOST_NAMED = 200;
    private static final int MAX_BATCH = 1_000;
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Logger log = LoggerFactory.getLogger(PostgresPresence.class);

    private final MemoryPresence here = new MemoryPresence();
    private final Guests guests;
    private final Cache<String, Elsewhere> elsewhere =
            Caffeine.newBuilder()
                    .maximumSize(MOST_PLACES_REMEMBERED)
                    .expireAfterWrite(REMEMBERED)
                    .build();
    private final BlockingQueue<Step> waiting = new LinkedBlockingQueue<>();
    private final AtomicBoolean isInDoubt = new AtomicBoolean();
    private final List<Lost> listeners = new CopyOnWriteArrayList<>();
    private final Thread thread = Thread.ofVirtual().name("presence").unstarted(this::write);
    private volatile boolean isOpen = true;

    private enum Kind {
        ENTER,
        LEAVE
    }

    /// `nodes` is through how many the guest is there afterwards; null where that is not known.
    private record Step(Kind kind, Guest guest, CompletableFuture<@Nullable Integer> nodes) {}

    public PostgresPresence(Db db, Id<Nodes> me) {
        guests = new Guests(db, me);
    }

    public void start() {
        thread.start();
    }

    /// After the last connection has left.
    public void stop() throws InterruptedException {
        isOpen = false;
        if (thread.isAlive() && !thread.join(LOOK.multipliedBy(3))) {
            thread.interrupt();
        }
    }

    @Override
    public boolean enter(String place, Id<User> user, String connection) {
        CompletableFuture<@Nullable Integer> nodes;
        synchronized (this) {
            if (!here.enter(place, user, connection)) {
                return false;
            }
            nodes = submit(Kind.ENTER, new Guest(place, user));
        }
        @Nullable Integer through = nodes.join();
        boolean isFirst = through == null || through == 1;
        if (!isFirst) {
            elsewhere.invalidate(place);
        }
        return isFirst;
    }

    @Override
    public boolean leave(String place, Id<User> user, String connection) {
        CompletableFuture<@Nullable Integer> nodes;
        synchronized (this) {
            if (!here.leave(place, user, connection)) {
                return false;
            }
            nodes = submit(Kind.LEAVE, new Guest(place, user));
        }
        @Nullable Integer through = nodes.join();
        boolean wasLast = through == null || through == 0;
        if (!wasLast) {
            elsewhere.invalidate(place);
        }
        return wasLast;
    }

    @Override
    public List<Id<User>> online(String place, int limit) {
        return online(place, elsewhere(place), limit);
    }

    @Override
    public Map<String, List<Id<User>>> online(Collection<String> places, int limit) {
        Map<String, List<Id<User>>> there = new HashMap<>();
        elsewhere(places)
                .forEach((place, others) -> there.put(place, online(place, others, limit)));
        return there;
    }

    private List<Id<User>> online(String place, Elsewhere others, int limit) {
        Set<Id<User>> there = new LinkedHashSet<>(here.online(place, limit));
        others.some().stream().takeWhile(_ -> there.size() < limit).forEach(there::add);
        return List.copyOf(there);
    }

    @Override
    public Set<Id<User>> among(String place, Collection<Id<User>> users) {
        Set<Id<User>> there = new HashSet<>(here.among(place, users));
        Set<Id<User>> others = new HashSet<>(users);
        others.removeAll(there);
        if (!others.isEmpty()) {
            try {
                there.addAll(guests.among(place, others));
            } catch (RuntimeException databaseAway) {
                log.warn("who is elsewhere is not known: {}", BackOff.why(databaseAway));
            }
        }
        return there;
    }

    @Override
    public int count(String place) {
        return here.count(place) + elsewhere(place).count();
    }

    @Override
    public void onLost(Lost listener) {
        listeners.add(listener);
    }

    @Override
    public void inherits(Tx tx, List<Id<Nodes>> dead) {
        List<Guest> gone = Guests.sweep(tx, dead);
        tx.afterCommit(() -> Thread.startVirtualThread(() -> gone.forEach(this::tellLost)));
    }

    /// The others thought this node dead, or PostgreSQL forgot: everything is written again.
    public void sayAgain() {
        isInDoubt.set(true);
    }

    private void tellLost(Guest guest) {
        for (Lost listener : listeners) {
            try {
                listener.left(guest.place(), guest.user());
            } catch (RuntimeException failed) {
                log.warn("a guest of a dead node is not announced", failed);
            }
        }
    }

    private Elsewhere elsewhere(String place) {
        return elsewhere(Set.of(place)).getOrDefault(place, Elsewhere.NOBODY);
    }

    /// Asks once for all that are not remembered.
    private Map<String, Elsewhere> elsewhere(Collection<String> places) {
        try {
            return elsewhere.getAll(
                    places, unknown -> guests.elsewhere(Set.copyOf(unknown), MOST_NAMED));
        } catch (RuntimeException databaseAway) {
            log.warn("who is elsewhere is not known: {}", BackOff.why(databaseAway));
            return places.stream()
                    .distinct()
                    .collect(Collectors.toMap(place -> place, _ -> Elsewhere.NOBODY));
        }
    }

    /// In the order in which `here` was changed, under the same lock.
    private CompletableFuture<@Nullable Integer> submit(Kind kind, Guest guest) {
        CompletableFuture<@Nullable Integer> nodes = new CompletableFuture<>();
        if (isOpen) {
            waiting.add(new Step(kind, guest, nodes));
        } else {
            nodes.complete(null);
        }
        return nodes;
    }

    private void write() {
        List<Step> steps = new ArrayList<>();
        while (isOpen || !waiting.isEmpty()) {
            try {
                @Nullable Step first = waiting.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                if (first != null) {
                    steps.add(first);
                    waiting.drainTo(steps, MAX_BATCH - 1);
                    rounds(steps).forEach(this::write);
                }
                settleDoubt();
            } catch (InterruptedException hurried) {
                isOpen = false;
                waiting.drainTo(steps);
            } catch (RuntimeException databaseAway) {
                log.warn("who is here is written later: {}", BackOff.why(databaseAway));
                isInDoubt.set(true);
            } finally {
                steps.forEach(step -> step.nodes().complete(null));
                steps.clear();
            }
        }
    }

    /// Steps of one guest come one after the other, those of different guests together.
    private static List<Map<Guest, Step>> rounds(List<Step> steps) {
        List<Map<Guest, Step>> rounds = new ArrayList<>();
        for (Step step : steps) {
            Map<Guest, Step> round =
                    rounds.stream()
                            .filter(known -> !known.containsKey(step.guest()))
                            .findFirst()
                            .orElseGet(() -> {
                                rounds.add(new LinkedHashMap<>());
                                return rounds.getLast();
                            });
            round.put(step.guest(), step);
        }
        return rounds;
    }

    private void write(Map<Guest, Step> round) {
        Map<Guest, Integer> came = guests.enter(those(round, Kind.ENTER));
        Map<Guest, Integer> left = guests.leave(those(round, Kind.LEAVE));
        for (Step step : round.values()) {
            Map<Guest, Integer> known =
                    switch (step.kind()) {
                        case ENTER -> came;
                        case LEAVE -> left;
                    };
            step.nodes().complete(known.getOrDefault(step.guest(), 0));
        }
    }

    private static List<Guest> those(Map<Guest, Step> round, Kind kind) {
        return round.values().stream()
                .filter(step -> step.kind() == kind)
                .map(Step::guest)
                .toList();
    }

    private void settleDoubt() {
        if (isInDoubt.getAndSet(false)) {
            List<Guest> all = new ArrayList<>();
            here.each((place, user) -> all.add(new Guest(place, user)));
            guests.agree(all);
        }
    }
}
