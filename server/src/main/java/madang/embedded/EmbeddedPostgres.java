package madang.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import madang.kit.db.DatabaseAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A PostgreSQL of our own: it starts with us, ends with us (also by kill -9), and comes back by
/// itself when it dies before us, on the same port, with all that was committed.
///
/// One thread keeps it from birth to end: it begets the process, waits for its death or for
/// `close`, and holds the lock of the data folder meanwhile.
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);

    /// For so long an earlier server may hold its memory, and other programs the ports we try.
    private static final Duration STARTS_WITHIN = Duration.ofSeconds(30);

    /// A server that dies younger than this is not started again at once.
    private static final Duration GOOD_LIFE = Duration.ofSeconds(10);

    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(20);
    private static final int DOUBLINGS = 8; // 5 s

    private final Path folder;
    private final Durability durability;
    private final ServerLog log;
    private final CompletableFuture<DatabaseAddress> started = new CompletableFuture<>();
    private final CompletableFuture<Void> closing = new CompletableFuture<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    private EmbeddedPostgres(Path folder, Durability durability) {
        this.folder = folder;
        this.durability = durability;
        log = new ServerLog(logFile(folder));
    }

    /// Starts the server of this `MADANG_DATA`, which is made where there is none, and returns when
    /// it accepts connections. Throws `CannotStartPostgres`.
    public static EmbeddedPostgres start(Path data) {
        return start(data, Durability.FULL);
    }

    /// The same without waiting for the disk: for tests, whose data nobody misses after a power
    /// failure.
    public static EmbeddedPostgres startForgetful(Path data) {
        return start(data, Durability.NONE);
    }

    /// The server of this folder, where a Madang keeps one already. Waits for one that is starting.
    public static Optional<DatabaseAddress> running(Path data) {
        try {
            return Files.isDirectory(data) ? kept(data.toRealPath()) : Optional.empty();
        } catch (IOException unreadable) {
            throw CannotStartPostgres.in(data, unreadable);
        }
    }

    public DatabaseAddress address() {
        return started.join();
    }

    /// Stops it: what is committed is on the disk, what is not is rolled back.
    @Override
    public void close() {
        closing.complete(null);
        closed.join();
    }

    private static Optional<DatabaseAddress> kept(Path folder) throws IOException {
        long since = System.nanoTime();
        while (DataLock.isTaken(folder)) {
            Optional<DatabaseAddress> address = Cluster.listening(folder);
            if (address.isPresent()) {
                return address;
            }
            if (System.nanoTime() - since > STARTS_WITHIN.toNanos()) {
                throw new CannotStartPostgres(
                        "the PostgreSQL of the Madang that runs on %s does not answer, see %s"
                                .formatted(folder, logFile(folder)));
            }
            Wait.rest();
        }
        return Optional.empty();
    }

    private static EmbeddedPostgres start(Path data, Durability durability) {
        try {
            Folders.create(data.toAbsolutePath(), Runner.folderMode());
            EmbeddedPostgres postgres = new EmbeddedPostgres(data.toRealPath(), durability);
            Thread.ofPlatform().daemon().name("postgres").start(postgres::keep);
            postgres.started.join();
            return postgres;
        } catch (IOException unusable) {
            throw CannotStartPostgres.in(data, unusable);
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof CannotStartPostgres told
                    ? told
                    : new IllegalStateException(failed);
        }
    }

    private static Path logFile(Path folder) {
        return folder.resolve("postgres.log");
    }

    private void keep() {
        try (DataLock _ = DataLock.take(folder)) {
            Cluster cluster = Cluster.in(folder, durability);
            Life first = firstLife(cluster);
            LOG.info("PostgreSQL of {} listens on port {}", folder, first.port());
            started.complete(cluster.address(first.port()));
            keepAlive(cluster, first);
        } catch (Throwable failed) { // whoever waits for the start must hear of anything
            if (!started.completeExceptionally(CannotStartPostgres.in(folder, failed))) {
                LOG.error("PostgreSQL of {} is not kept any more", folder, failed);
            }
        } finally {
            closed.complete(null);
        }
    }

    /// One process after the other, on one port after the other, until one is ready.
    private Life firstLife(Cluster cluster) throws IOException {
        long since = System.nanoTime();
        while (true) {
            Life life = begin(cluster, Port.free());
            if (life.becomesReady()) {
                return life;
            }
            String words = life.lastWords();
            if (!passes(words) || System.nanoTime() - since > STARTS_WITHIN.toNanos()) {
                throw new CannotStartPostgres(CannotStartPostgres.meaning(folder, words));
            }
            Wait.rest();
        }
    }

    /// What time cures: the port was taken in between, or an earlier server is still ending.
    private static boolean passes(String words) {
        return words.contains("could not create any TCP/IP sockets")
                || words.contains("pre-existing shared memory block")
                || words.contains("lock file \"postmaster.pid\"");
    }

    private void keepAlive(Cluster cluster, Life first) throws IOException {
        Life life = first;
        long begun = System.nanoTime();
        int youngDeaths = 0;
        while (life.endsBefore(closing)) {
            youngDeaths = System.nanoTime() - begun > GOOD_LIFE.toNanos() ? 0 : youngDeaths + 1;
            cluster.killOrphans();
            LOG.warn("PostgreSQL died and is started again; its last words: {}", life.lastWords());
            if (Wait.atMost(pauseAfter(youngDeaths), closing)) {
                return;
            }
            begun = System.nanoTime();
            life = again(cluster, life);
        }
        cluster.stop(life.pid());
    }

    private Life again(Cluster cluster, Life last) {
        try {
            return begin(cluster, last.port());
        } catch (IOException | RuntimeException failed) {
            LOG.warn("PostgreSQL cannot be started again yet", failed);
            return last;
        }
    }

    static Duration pauseAfter(int youngDeaths) {
        return SHORTEST_PAUSE.multipliedBy(1L << Math.min(youngDeaths, DOUBLINGS));
    }

    private Life begin(Cluster cluster, int port) throws IOException {
        cluster.clear();
        return new Life(cluster.start(port), port, log);
    }
}
