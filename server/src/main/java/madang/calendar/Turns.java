package madang.calendar;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import madang.calendar.ConnectionStore.Turn;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Db;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sees to it that one user's calendar is worked on by one at a time, on whatever node: by leases,
/// so that one who dies holds up nobody for long.
final class Turns {
    private static final Logger log = LoggerFactory.getLogger(Turns.class);
    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    private final Sync.Tools tools;
    private final Duration poll;

    Turns(Sync.Tools tools, Duration poll) {
        this.tools = tools;
        this.poll = poll;
    }

    /// Those whose time has come.
    List<Lease> due(int most) {
        Instant now = now();
        return db()
                .tx(tx -> tools.connections().take(tx, now, now.plus(poll), now.plus(LEASE), most))
                .stream()
                .map(Lease::new)
                .toList();
    }

    /// This one, as soon as nobody else is at it; who waits too long is told to come back.
    Lease of(Id<User> user) {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < PATIENCE.toNanos()) {
            Instant now = now();
            Optional<Turn> turn =
                    db().tx(tx -> tools.connections().take(tx, user, now, now.plus(LEASE)));
            if (turn.isPresent()) {
                return new Lease(turn.get());
            }
            pause();
        }
        throw Failure.unavailable();
    }

    /// A turn that is held on to while its work goes on.
    final class Lease {
        private Turn turn;

        private Lease(Turn turn) {
            this.turn = turn;
        }

        Id<User> user() {
            return turn.user();
        }

        /// Whether the other side is to be asked for changes.
        boolean isPull() {
            return turn.isPull();
        }

        /// To be called again and again; throws where somebody else may be at it by now.
        void hold() {
            Instant now = now().truncatedTo(ChronoUnit.MILLIS);
            if (now.plus(LEASE.dividedBy(2)).isBefore(turn.leaseUntil())) {
                return;
            }
            Turn longer = new Turn(turn.user(), turn.isPull(), now.plus(LEASE));
            if (!db().tx(tx -> tools.connections().hold(tx, turn, longer.leaseUntil()))) {
                throw Failure.unavailable();
            }
            turn = longer;
        }

        /// Nothing was done about what is due there.
        void release() {
            db().run(tx -> tools.connections().release(tx, turn));
        }

        void done(boolean isAll) {
            db().run(tx -> {
                tools.connections().done(tx, turn, now());
                if (!isAll) {
                    tools.connections().look(tx, user(), now());
                }
            });
        }

        /// A calendar that is closed to us is left alone until its user opens it again; everything
        /// else is tried again after a while.
        void failed(RuntimeException why) {
            if (why instanceof Failure refused && RemoteCalendar.isRefusal(refused)) {
                db().run(tx -> tools.connections().needsReconnect(tx, user()));
                return;
            }
            if (!(why instanceof Failure)) {
                log.error("a calendar could not be synced", why);
            }
            Instant now = now();
            db().run(tx -> {
                int tries = tools.connections().of(tx, user()).map(Connection::tries).orElse(0);
                tools.connections().failed(tx, turn, now, now.plus(backOff(tries)));
            });
        }
    }

    /// 1 s, 2 s, 4 s … at most 10 min, and something at random, so that not all come back at once.
    static Duration backOff(int tries) {
        Duration doubled = Duration.ofSeconds(1L << Math.min(tries, 12));
        Duration pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        return pause.plusMillis(ThreadLocalRandom.current().nextLong(1_000));
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw Failure.unavailable();
        }
    }

    private Instant now() {
        return tools.clock().instant();
    }

    private Db db() {
        return tools.db();
    }
}
