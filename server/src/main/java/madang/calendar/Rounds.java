package madang.calendar;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import madang.calendar.CalendarClient.Channel;
import madang.calendar.ConnectionStore.Turn;
import madang.calendar.Sync.Whose;
import madang.identity.Identity;
import madang.identity.Me;
import madang.kit.Caller;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.Ids;
import madang.kit.User;
import madang.kit.db.Db;
import madang.social.Social;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Goes round among connected users and syncs those for whom it is time: something changed here or
/// there, a channel ends, or nobody has looked for long. A few at once, each by one node alone; one
/// whose calendar is away holds up nobody else.
final class Rounds {
    private static final Logger log = LoggerFactory.getLogger(Rounds.class);
    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration BUSY = Duration.ofSeconds(8);
    private static final Duration RENEW_CHANNEL = Duration.ofDays(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
    private static final Duration STOPPING = Duration.ofSeconds(2);
    private static final int AT_ONCE = 16;

    private final Sync.Tools tools;
    private final CalendarClient client;
    private final Social social;
    private final Identity identity;
    private final Doorbell doorbell;
    private final Duration poll;
    private final Ids ids;
    private final InstantSource clock;
    private final Semaphore wake = new Semaphore(0);
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final Thread thread = Thread.ofVirtual().name("calendar").unstarted(this::run);

    Rounds(
            Sync.Tools tools,
            CalendarClient client,
            Social social,
            Identity identity,
            Doorbell doorbell,
            Duration poll,
            Ids ids) {
        this.tools = tools;
        this.client = client;
        this.social = social;
        this.identity = identity;
        this.doorbell = doorbell;
        this.poll = poll;
        this.ids = ids;
        this.clock = tools.clock();
    }

    void start() {
        thread.start();
    }

    /// What is under way may end; what does not is somebody else's when its lease is over.
    void stop() throws InterruptedException {
        thread.interrupt();
        if (!places.tryAcquire(AT_ONCE, STOPPING.toMillis(), TimeUnit.MILLISECONDS)) {
            log.info("some calendars are synced later");
        }
    }

    /// There may be something to do.
    void wake() {
        wake.release();
    }

    /// Does this with one user's calendar, alone; waits a while where a round is at it.
    <T> T alone(Id<User> user, Function<Sync, T> work) {
        Lease lease = new Lease(turn(user));
        try {
            return work.apply(sync(lease, remote(user)));
        } catch (Failure failed) {
            if (RemoteCalendar.isRefusal(failed)) {
                db().run(tx -> tools.connections().needsReconnect(tx, user));
            }
            throw failed;
        } finally {
            db().run(tx -> tools.connections().release(tx, lease.turn));
        }
    }

    RemoteCalendar remote(Id<User> user) {
        return new RemoteCalendar(client, social, user);
    }

    private Turn turn(Id<User> user) {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < BUSY.toNanos()) {
            Instant now = clock.instant();
            Optional<Turn> turn =
                    db().tx(tx -> tools.connections().take(tx, user, now, now.plus(LEASE)));
            if (turn.isPresent()) {
                return turn.get();
            }
            pause(Duration.ofMillis(50));
        }
        throw Failure.unavailable();
    }

    private void run() {
        try {
            while (true) {
                safely();
                if (wake.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                    wake.drainPermits();
                }
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void safely() throws InterruptedException {
        try {
            goRound();
        } catch (RuntimeException databaseAway) {
            log.warn("calendars are looked at later: {}", databaseAway.toString());
        }
    }

    private void goRound() throws InterruptedException {
        places.acquire();
        int free = 1 + places.drainPermits();
        List<Turn> turns = List.of();
        try {
            Instant now = clock.instant();
            turns =
                    db().tx(tx ->
                            tools.connections()
                                    .take(tx, now, now.plus(poll), now.plus(LEASE), free));
        } finally {
            places.release(free - turns.size());
        }
        turns.forEach(turn ->
                Thread.ofVirtual()
                        .name("calendar-round")
                        .start(() -> {
                            try {
                                take(new Lease(turn));
                            } finally {
                                places.release();
                                wake();
                            }
                        }));
    }

    private void take(Lease lease) {
        try {
            boolean isAll = sync(lease);
            db().run(tx -> {
                tools.connections().done(tx, lease.turn, clock.instant());
                if (!isAll) {
                    tools.connections().look(tx, lease.turn.user(), clock.instant());
                }
            });
        } catch (RuntimeException failed) {
            wentWrong(lease.turn, failed);
        }
    }

    /// First what changed there, so that what is written knows it. False where more is left.
    private boolean sync(Lease lease) {
        Turn turn = lease.turn;
        Optional<Connection> connection = db().read(tx -> tools.connections().of(tx, turn.user()));
        if (connection.isEmpty()) {
            return true;
        }
        RemoteCalendar remote = remote(turn.user());
        Sync sync = sync(lease, remote);
        if (turn.isPull()) {
            watch(connection.get(), remote);
            sync.pull(connection.get().syncToken());
        }
        return sync.push();
    }

    private Sync sync(Lease lease, RemoteCalendar remote) {
        return new Sync(tools, whose(lease.turn.user()), remote, lease::hold);
    }

    private Whose whose(Id<User> user) {
        Me me =
                identity.account(user)
                        .orElseThrow(() -> Failure.unauthenticated("PROVIDER_TOKEN_INVALID"));
        return new Whose(
                new Caller.Away(user, me.language(), "his calendar at Google"),
                ZoneId.of(me.timeZone()));
    }

    /// Has us told of changes, as far as we can be reached; who does not tell is asked often
    /// enough.
    private void watch(Connection connection, RemoteCalendar remote) {
        @Nullable String address = doorbell.address();
        Instant now = clock.instant();
        @Nullable Instant until = connection.channelUntil();
        if (address == null || (until != null && now.plus(RENEW_CHANNEL).isBefore(until))) {
            return;
        }
        String id = ids.next().toString();
        try {
            Channel channel = remote.watch(id, doorbell.secret(id), address);
            db().run(tx -> tools.connections().keepChannel(tx, connection.user(), channel));
            stop(connection, remote);
        } catch (Failure refused) {
            if (!refused.code().equals("CALENDAR_REFUSED")) {
                throw refused;
            }
            log.warn("Google tells us no changes of calendars; they are asked for");
        }
    }

    /// The channel that it had is over; where it is not, it ends by itself within a week.
    static void stop(Connection connection, RemoteCalendar remote) {
        if (connection.channelId() != null && connection.channelResource() != null) {
            remote.stop(connection.channelId(), connection.channelResource());
        }
    }

    private void wentWrong(Turn turn, RuntimeException failed) {
        if (failed instanceof Failure refused && RemoteCalendar.isRefusal(refused)) {
            db().run(tx -> tools.connections().needsReconnect(tx, turn.user()));
            return;
        }
        if (!(failed instanceof Failure)) {
            log.error("a calendar could not be synced", failed);
        }
        Instant now = clock.instant();
        db().run(tx -> {
            int tries = tools.connections().of(tx, turn.user()).map(Connection::tries).orElse(0);
            tools.connections().failed(tx, turn, now, now.plus(backOff(tries)));
        });
    }

    /// 1 s, 2 s, 4 s … at most 10 min, and something at random, so that not all come back at once.
    private static Duration backOff(int tries) {
        Duration doubled = Duration.ofSeconds(1L << Math.min(tries, 12));
        Duration pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        return pause.plusMillis(ThreadLocalRandom.current().nextLong(1_000));
    }

    /// A turn that is held on to while its work goes on.
    private final class Lease {
        private Turn turn;

        Lease(Turn turn) {
            this.turn = turn;
        }

        void hold() {
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            if (now.plus(LEASE.dividedBy(2)).isBefore(turn.leaseUntil())) {
                return;
            }
            Turn longer = new Turn(turn.user(), turn.isPull(), now.plus(LEASE));
            if (!db().tx(tx -> tools.connections().hold(tx, turn, longer.leaseUntil()))) {
                throw Failure.unavailable();
            }
            turn = longer;
        }
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw Failure.unavailable();
        }
    }

    private Db db() {
        return tools.db();
    }
}
