package madang.kit.db;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import madang.kit.Id;
import madang.kit.Ids;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries facts from the outbox to their listeners. Each node holds its share of the shards by
/// lease, so the facts of one aggregate are heard on one node, in order. A fact whose listener
/// fails is tried again with growing pauses and holds back what follows in its aggregate; after ten
/// failures the aggregate is parked until somebody looks.
public final class OutboxRelay {
    static final int MAX_ATTEMPTS = 10;
    private static final int BATCH = 100;
    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Duration RENEWAL = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);

    private final Db db;
    private final Outbox outbox;
    private final InstantSource clock;
    private final Id<OutboxRelay> me;
    private final Semaphore wake = new Semaphore(0);
    private final Thread thread;
    private volatile boolean isOpen = true;
    private IntSupplier liveNodes = () -> 1;
    private Instant renewedAt = Instant.EPOCH;

    private record Waiting(long id, Instant publishedAt, String kind, String body, int attempts) {}

    public OutboxRelay(Db db, Outbox outbox, InstantSource clock, Ids ids) {
        this.db = db;
        this.outbox = outbox;
        this.clock = clock;
        this.me = ids.next();
        outbox.onPublished(wake::release);
        thread = Thread.ofVirtual().name("outbox").unstarted(this::carry);
    }

    /// Before the start: the shards are divided among so many nodes. What this one publishes may be
    /// for another to carry, so the others are called.
    public void shares(IntSupplier withLiveNodes, Runnable calling) {
        liveNodes = withLiveNodes;
        outbox.onPublished(calling);
    }

    public void start() {
        thread.start();
    }

    /// Another node has published something.
    public void wake() {
        wake.release();
    }

    public void stop() throws InterruptedException {
        isOpen = false;
        wake.release();
        if (thread.isAlive() && thread.join(Duration.ofSeconds(5))) {
            release();
        }
    }

    private void release() {
        try {
            releaseShards();
        } catch (RuntimeException databaseAway) {
            log.info("shards stay ours until their lease ends: {}", databaseAway.toString());
        }
    }

    /// Delivers everything that is due now; says how many facts it tried. Tests call it to move on.
    public synchronized int drain() {
        int tried = 0;
        int found;
        do {
            holdShards();
            List<Waiting> due = db.read(this::due);
            due.stream().takeWhile(_ -> holdsShards()).forEach(this::deliver);
            found = due.size();
            tried += found;
        } while (found > 0 && isOpen);
        return tried;
    }

    private void carry() {
        while (isOpen) {
            try {
                drain();
                wake.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS);
                wake.drainPermits();
            } catch (InterruptedException stopping) {
                return;
            } catch (RuntimeException databaseAway) {
                log.warn("facts wait: {}", databaseAway.toString());
                pause();
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException stopping) {
            isOpen = false;
        }
    }

    /// While this is so nobody else delivers our facts; when listeners were slow it may not be.
    private boolean holdsShards() {
        return clock.instant().isBefore(renewedAt.plus(LEASE));
    }

    /// So that the next node need not wait for our lease to end.
    private void releaseShards() {
        db.read(tx ->
                tx.sql(
                                """
                                update kit.fact_shard set holder = null, held_until = 'epoch'
                                where holder = :me
                                """)
                        .with("me", me)
                        .count());
    }

    private void holdShards() {
        Instant now = clock.instant();
        if (now.isBefore(renewedAt.plus(RENEWAL))) {
            return;
        }
        Instant until = now.plus(LEASE);
        db.run(tx -> {
            takeShare(tx, now, until);
            giveBackRest(tx, until);
        });
        renewedAt = now;
    }

    /// What is ours already comes first, so that shards stay where they are.
    private void takeShare(Tx tx, Instant now, Instant until) {
        tx.sql(
                        """
                        update kit.fact_shard set holder = :me, held_until = :until
                        where shard in (select shard from kit.fact_shard
                                        where holder = :me or held_until < :now
                                        order by holder is distinct from :me, shard
                                        limit :share
                                        for update skip locked)
                        """)
                .with("me", me)
                .with("until", until)
                .with("now", now)
                .with("share", Math.ceilDiv(Outbox.SHARDS, Math.max(1, liveNodes.getAsInt())))
                .count();
    }

    private void giveBackRest(Tx tx, Instant until) {
        tx.sql(
                        """
                        update kit.fact_shard set holder = null, held_until = 'epoch'
                        where holder = :me and held_until < :until
                        """)
                .with("me", me)
                .with("until", until)
                .count();
    }

    /// The oldest waiting fact of each aggregate in our shards, if its time has come.
    private List<Waiting> due(Tx tx) {
        return tx.sql(
                        """
                        select id, published_at, kind, body, attempts
                        from (select distinct on (aggregate) *
                              from kit.fact
                              where delivered_at is null
                                and shard in (select shard from kit.fact_shard
                                              where holder = :me and held_until > :now)
                              order by aggregate, id) oldest
                        where attempts < :maxAttempts and (next_try_at is null or next_try_at <= :now)
                        order by id
                        limit :batch
                        """)
                .with("me", me)
                .with("now", clock.instant())
                .with("maxAttempts", MAX_ATTEMPTS)
                .with("batch", BATCH)
                .list(Waiting.class);
    }

    private void deliver(Waiting fact) {
        try {
            outbox.deliver(fact.id(), fact.kind(), fact.body());
            delivered(fact);
        } catch (RuntimeException thrown) {
            log.warn(
                    "fact {} {} failed, attempt {}",
                    fact.id(),
                    fact.kind(),
                    fact.attempts() + 1,
                    thrown);
            failed(fact);
        }
    }

    private void delivered(Waiting fact) {
        db.read(tx ->
                tx.sql(
                                """
                                update kit.fact set delivered_at = :now
                                where id = :id and published_at = :publishedAt
                                """)
                        .with(fact)
                        .with("now", clock.instant())
                        .count());
    }

    private void failed(Waiting fact) {
        db.read(tx ->
                tx.sql(
                                """
                                update kit.fact
                                set attempts = attempts + 1, next_try_at = :nextTryAt
                                where id = :id and published_at = :publishedAt
                                """)
                        .with(fact)
                        .with("nextTryAt", clock.instant().plus(backOff(fact.attempts())))
                        .count());
    }

    /// 1 s, 2 s, 4 s … at most 5 min.
    static Duration backOff(int attempts) {
        return Duration.ofSeconds(Math.min(300, 1L << Math.min(attempts, 9)));
    }

    /// Makes the partitions of the coming days and drops those whose facts have all been delivered
    /// a week ago. A job calls this every night.
    public void turnPartitions() {
        db.run(tx -> FactPartitions.turn(tx, clock.instant()));
    }

    /// How long the oldest undelivered fact has waited, in seconds; 0 where none waits.
    public long ageSeconds() {
        return db.read(tx ->
                tx.sql(
                                """
                                select coalesce(extract(epoch from :now - min(published_at)), 0)::bigint
                                from kit.fact where delivered_at is null
                                """)
                        .with("now", clock.instant())
                        .one(Long.class));
    }
}
