package madang.chat;

import static madang.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.Ids;
import madang.kit.db.DatabaseAddress;
import madang.kit.db.Db;
import madang.kit.db.Outbox;
import madang.kit.json.Json;
import madang.testing.House;
import madang.testing.TestPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Three times as many sends as a disk can take, from people who do not wait for each other: about
/// as many are acknowledged as at the best of times, the others are told at once to come back, and
/// when they stop all is well. The disk is slow because somebody else holds the log most of the
/// time. `-Dscale=` lengthens the storm.
class OverloadTest {
    private static final Duration HELD = Duration.ofMillis(200);
    private static final int STORM_SECONDS = 5 * Integer.getInteger("scale", 1);

    private final InstantSource clock = InstantSource.system();
    private final Ids ids = new Ids(clock);
    private final Id<Room> garden = ids.next();
    private DatabaseAddress database;
    private Db db;
    private RoomWriter writer;
    private volatile boolean isSlow = true;

    @BeforeEach
    void open() {
        database = House.freshDatabase();
        db =
                new Db(
                        database,
                        Db.Pool.named("writer", 4, 0, Duration.ofMinutes(5)),
                        new Outbox(new Json(), clock));
        writer =
                new RoomWriter(
                        db,
                        new Admissions(db, new MemberStore(), Blocks.NONE),
                        new PostgresMessageStore(db, db, new Json()),
                        clock,
                        new Nobody(),
                        1);
        writer.start();
    }

    @AfterEach
    void close() throws InterruptedException {
        writer.stop();
        db.close();
        TestPostgres.drop(database);
    }

    @Test
    void overrun_it_goes_on_acknowledging_and_refuses_the_rest() throws Exception {
        assertThat(says()).isTrue();
        Thread brake = Thread.startVirtualThread(this::holdAgainAndAgain);
        int best = bestPerSecond();
        AtomicInteger acked = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        storm(3 * best, acked, refused);
        System.out.printf(
                "best %d/s; at %d/s: %d/s acked, %d/s refused%n",
                best, 3 * best, acked.get() / STORM_SECONDS, refused.get() / STORM_SECONDS);
        assertThat(acked.get()).as("no collapse").isGreaterThan(best * STORM_SECONDS / 4);
        assertThat(refused.get()).isGreaterThan(best * STORM_SECONDS / 2);

        eventually(this::says);
        isSlow = false;
        brake.join();
        assertThat(says()).isTrue();
    }

    /// As many as wait for each other can say.
    private int bestPerSecond() throws InterruptedException {
        AtomicInteger acked = new AtomicInteger();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
        List<Thread> senders = new ArrayList<>();
        for (int i = 0; i < 256; i++) {
            senders.add(
                    Thread.startVirtualThread(() -> {
                        while (System.nanoTime() < end) {
                            acked.addAndGet(says() ? 1 : 0);
                        }
                    }));
        }
        for (Thread sender : senders) {
            sender.join();
        }
        return acked.get() / 3;
    }

    private void storm(int perSecond, AtomicInteger acked, AtomicInteger refused)
            throws InterruptedException {
        List<Thread> senders = new ArrayList<>();
        long begin = System.nanoTime();
        for (int i = 0; i < perSecond * STORM_SECONDS; i++) {
            long due = begin + i * TimeUnit.SECONDS.toNanos(1) / perSecond;
            LockSupport.parkNanos(due - System.nanoTime());
            senders.add(
                    Thread.startVirtualThread(() -> (says() ? acked : refused).incrementAndGet()));
        }
        for (Thread sender : senders) {
            sender.join();
        }
    }

    private boolean says() {
        String key = ids.next().toString();
        try {
            return writer.sayFreely(MessageStore.Draft.text(garden, ids.next(), null, "tea", key))
                    .isFresh();
        } catch (Failure refused) {
            assertThat(refused.kind()).isEqualTo(Failure.Kind.UNAVAILABLE);
            return false;
        }
    }

    private void holdAgainAndAgain() {
        while (isSlow) {
            db.run(tx -> {
                tx.sql("select last_seq from chat.room_log where room_id = :room for update")
                        .with("room", garden)
                        .one(Long.class);
                LockSupport.parkNanos(HELD.toNanos());
            });
        }
    }

    private static final class Nobody implements RoomWriter.Listener {
        @Override
        public void stored(Message message) {}

        @Override
        public void maybeStored(Id<Room> room) {}
    }
}
