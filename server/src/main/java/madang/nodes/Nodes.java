package madang.nodes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import madang.kit.CannotStart;
import madang.kit.Id;
import madang.kit.Ids;
import madang.kit.db.DatabaseAddress;
import madang.kit.db.Db;
import madang.kit.db.Line;
import madang.kit.db.Tx;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The nodes of one Madang, as their database knows them. Each says every two seconds that it
/// lives; who was silent for ten is dead, and one of the others takes over what he left behind.
///
/// A node whose bus ends at its own process must be the only one. PostgreSQL sees to that by a lock
/// that ends with the connection of its holder, however that one dies.
public final class Nodes {
    private static final Duration BEAT = Duration.ofSeconds(2);

    /// How long PostgreSQL may take to notice that the last holder of the lock was killed.
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Duration PAUSE = Duration.ofMillis(100);

    /// "madang", as a number.
    private static final long LOCK = 0x6d6164616e67L;

    private static final Logger log = LoggerFactory.getLogger(Nodes.class);

    /// Whether there may be other nodes.
    public enum Company {
        ALONE,
        SHARED
    }

    /// Takes over what dead nodes left behind, in the transaction in which they are buried, so that
    /// it happens once. What is to be told of it waits for the commit.
    public interface Heir {
        void inherits(Tx tx, List<Id<Nodes>> dead);
    }

    private final DatabaseAddress address;
    private final Db db;
    private final Company company;
    private final Id<Nodes> me;
    private final List<Heir> heirs = new ArrayList<>();
    private final List<Runnable> returns = new ArrayList<>();
    private final Thread thread = Thread.ofVirtual().name("nodes").unstarted(this::beat);
    private @Nullable Line line;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile int live = 1;

    public Nodes(DatabaseAddress address, Db db, Company company, Ids ids) {
        this.address = address;
        this.db = db;
        this.company = company;
        me = ids.next();
    }

    public Id<Nodes> me() {
        return me;
    }

    /// How many live, this one included.
    public int live() {
        return live;
    }

    public void onDeath(Heir heir) {
        heirs.add(heir);
    }

    /// Hears that the others thought this node dead, or that PostgreSQL lost its memory of the
    /// moment: what this node is to them must be said again.
    public void onReturn(Runnable listener) {
        returns.add(listener);
    }

    /// After the migrations, before anything that tells others. Refuses to start where another node
    /// would not hear this one, or not be heard.
    public void start() {
        claim();
        thread.start();
    }

    /// What this node has said last is still heard; then it is forgotten.
    public void stop() throws InterruptedException {
        stopping.countDown();
        thread.join();
        try (Line last = line) {
            if (last != null && company == Company.SHARED) {
                last.sql("update kit.node set left_at = now() where id = :me")
                        .with("me", me)
                        .count();
            }
        } catch (RuntimeException databaseAway) {
            log.info("the other nodes will miss this one: {}", BackOff.why(databaseAway));
        }
    }

    private void claim() {
        long begin = System.nanoTime();
        Line fresh = open();
        while (!takesLock(fresh)) {
            if (System.nanoTime() - begin > PATIENCE.toNanos() || isStopping(PAUSE)) {
                fresh.close();
                throw new CannotStart(refusal());
            }
        }
        line = fresh;
        if (company == Company.SHARED) {
            sayAlive(fresh);
        }
    }

    private String refusal() {
        return switch (company) {
            case ALONE ->
                    "another node runs on this database, and a bus in memory ends at its own process:"
                            + " set MADANG_BUS=postgresql on both nodes, so that they hear each"
                            + " other";
            case SHARED ->
                    "another node runs on this database with a bus in memory and would hear nothing of"
                            + " this one: set MADANG_BUS=postgresql there as well, or take"
                            + " MADANG_BUS=memory away";
        };
    }

    private void beat() {
        while (!isStopping(BEAT)) {
            try {
                beatOnce();
            } catch (RuntimeException databaseAway) {
                log.warn("no sign of life can be given: {}", BackOff.why(databaseAway));
                hangUp();
            }
        }
    }

    private void beatOnce() {
        Line current = line == null ? call() : line;
        switch (company) {
            case ALONE -> current.sql("select 1").one(Integer.class);
            case SHARED -> {
                if (sayAlive(current)) {
                    log.warn("this node was thought dead; it tells the others what it has");
                    returns.forEach(Runnable::run);
                }
                lookAround(current);
            }
        }
    }

    /// A new line, and the lock again, which ended with the old one.
    private Line call() {
        Line fresh = open();
        line = fresh;
        if (!takesLock(fresh)) {
            log.error("{}", refusal());
        }
        return fresh;
    }

    private void hangUp() {
        if (line != null) {
            line.close();
            line = null;
        }
    }

    private Line open() {
        return Line.open(address, "madang-nodes", "");
    }

    private boolean takesLock(Line holder) {
        return switch (company) {
            case ALONE -> holder.takesAlone(LOCK);
            case SHARED -> holder.takesWithOthers(LOCK);
        };
    }

    /// True where nobody knew (any more) that this node lives.
    private boolean sayAlive(Line current) {
        return current.sql(
                        """
                        insert into kit.node as n (id, started_at, seen_at) values (:me, now(), now())
                        on conflict (id) do update set seen_at = now()
                        returning n.xmax = 0
                        """)
                .with("me", me)
                .one(Boolean.class);
    }

    private record Around(int live, boolean isAnyDead) {}

    private void lookAround(Line current) {
        Around around =
                current.sql(
                                """
                                select count(*) filter (where left_at is null
                                           and seen_at > now() - interval '10 seconds')::int,
                                       coalesce(bool_or(seen_at <= now() - interval '10 seconds'), false)
                                from kit.node
                                """)
                        .one(Around.class);
        live = Math.max(1, around.live());
        if (around.isAnyDead()) {
            db.run(this::bury);
        }
    }

    private void bury(Tx tx) {
        tx.sql(
                        """
                        delete from kit.node
                        where left_at is not null and seen_at <= now() - interval '10 seconds'
                        """)
                .count();
        List<Id<Nodes>> dead =
                tx.sql(
                                """
                                delete from kit.node
                                where seen_at <= now() - interval '10 seconds' returning id
                                """)
                        .ids();
        if (!dead.isEmpty()) {
            log.warn("nodes died: {}", dead);
            heirs.forEach(heir -> heir.inherits(tx, dead));
        }
    }

    /// Waits, unless it is told to stop.
    private boolean isStopping(Duration atMost) {
        try {
            return stopping.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
