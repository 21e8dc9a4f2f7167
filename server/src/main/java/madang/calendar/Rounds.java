package madang.calendar;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import madang.calendar.Sync.Whose;
import madang.calendar.Turns.Lease;
import madang.identity.Identity;
import madang.identity.Me;
import madang.kit.Caller;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.User;
import madang.social.Social;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Goes round among connected users and syncs those for whom it is time: something changed here or
/// there, or nobody has looked for long. A few at once; one whose calendar is away holds up nobody
/// else.
final class Rounds {
    private static final Logger log = LoggerFactory.getLogger(Rounds.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration STOPPING = Duration.ofSeconds(2);
    private static final int AT_ONCE = 16;

    private final Sync.Tools tools;
    private final Turns turns;
    private final Channels channels;
    private final CalendarClient client;
    private final Social social;
    private final Identity identity;
    private final Semaphore wake = new Semaphore(0);
    private final Semaphore places = new Semaphore(AT_ONCE);
    private volatile boolean isOpen = true;
    private final Thread thread = Thread.ofVirtual().name("calendar").unstarted(this::run);

    Rounds(
            Sync.Tools tools,
            Turns turns,
            Channels channels,
            CalendarClient client,
            Social social,
            Identity identity) {
        this.tools = tools;
        this.turns = turns;
        this.channels = channels;
        this.client = client;
        this.social = social;
        this.identity = identity;
    }

    void start() {
        thread.start();
    }

    /// What is under way may end; what does not is somebody else's when its lease is over.
    void stop() throws InterruptedException {
        isOpen = false;
        wake();
        if (thread.isAlive()) {
            thread.join(STOPPING);
        }
        if (!places.tryAcquire(AT_ONCE, STOPPING.toMillis(), TimeUnit.MILLISECONDS)) {
            log.info("some calendars are synced later");
        }
    }

    /// There may be something to do.
    void wake() {
        wake.release();
    }

    /// Does this with one user's calendar outside of the rounds, alone.
    <T> T alone(Id<User> user, Function<Sync, T> work) {
        Lease lease = turns.of(user);
        try {
            return work.apply(sync(lease, remote(user)));
        } finally {
            lease.release();
        }
    }

    RemoteCalendar remote(Id<User> user) {
        return new RemoteCalendar(client, social, user);
    }

    private void run() {
        try {
            while (isOpen) {
                goRound();
                if (wake.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                    wake.drainPermits();
                }
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /// As many as there are places free.
    private void goRound() throws InterruptedException {
        places.acquire();
        int free = 1 + places.drainPermits();
        List<Lease> due = List.of();
        try {
            due = turns.due(free);
        } catch (RuntimeException databaseAway) {
            log.warn("calendars are looked at later: {}", databaseAway.toString());
        } finally {
            places.release(free - due.size());
        }
        due.forEach(
                lease -> Thread.ofVirtual().name("calendar-round").start(() -> inItsPlace(lease)));
    }

    private void inItsPlace(Lease lease) {
        try {
            sync(lease);
        } catch (RuntimeException databaseAway) {
            log.warn("a calendar waits for its lease to end: {}", databaseAway.toString());
        } finally {
            places.release();
            wake();
        }
    }

    private void sync(Lease lease) {
        try {
            lease.done(isSynced(lease));
        } catch (RuntimeException failed) {
            lease.failed(failed);
        }
    }

    /// First what changed there, so that what is written knows it. False where more is left.
    private boolean isSynced(Lease lease) {
        Optional<Connection> connection =
                tools.db().read(tx -> tools.connections().of(tx, lease.user()));
        if (connection.isEmpty()) {
            return true;
        }
        RemoteCalendar remote = remote(lease.user());
        Sync sync = sync(lease, remote);
        if (lease.isPull()) {
            channels.open(connection.get(), remote);
            sync.pull(connection.get().syncToken());
        }
        return sync.push();
    }

    private Sync sync(Lease lease, RemoteCalendar remote) {
        return new Sync(tools, whose(lease.user()), remote, lease::hold);
    }

    /// Who is gone has no calendar any more.
    private Whose whose(Id<User> user) {
        Me me =
                identity.account(user)
                        .orElseThrow(() -> Failure.unauthenticated("PROVIDER_TOKEN_INVALID"));
        return new Whose(
                new Caller.Away(user, me.language(), "his calendar at Google"),
                ZoneId.of(me.timeZone()));
    }
}
