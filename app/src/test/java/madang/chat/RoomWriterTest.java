package madang.chat;

import static madang.chat.ChatRoomsTest.await;
import static madang.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
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

/// A writer in bad times. The house itself speaks here, because it needs no membership.
class RoomWriterTest {
    private final InstantSource clock = InstantSource.system();
    private final Ids ids = new Ids(clock);
    private final Id<Room> garden = ids.next();
    private final Listener listener = new Listener();
    private DatabaseAddress database;
    private Db db;
    private MessageStore store;
    private RoomWriter writer;

    @BeforeEach
    void open() {
        database = House.freshDatabase();
        db =
                new Db(
                        database,
                        Db.Pool.named("writer", 4, 0, Duration.ofMinutes(5)),
                        new Outbox(new Json(), clock));
        store = new PostgresMessageStore(db, db, new Json());
        Admissions admissions = new Admissions(db, new MemberStore(), Blocks.NONE);
        writer = new RoomWriter(db, admissions, store, clock, listener, 1);
        writer.start();
    }

    @AfterEach
    void close() throws InterruptedException {
        writer.stop();
        db.close();
        TestPostgres.drop(database);
    }

    @Test
    void when_the_log_cannot_be_written_all_who_wait_are_told_at_once_and_later_all_is_well()
            throws Exception {
        say("before");
        AtomicInteger refused = new AtomicInteger();
        CountDownLatch isFree = new CountDownLatch(1);
        Thread holder = holdLog(isFree);
        List<Thread> senders = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            String text = "while held " + i;
            senders.add(Thread.startVirtualThread(() -> countRefusal(text, refused)));
        }
        for (Thread sender : senders) {
            sender.join();
        }
        await(() -> listener.maybeStored.contains(garden), told -> told);
        isFree.countDown();
        holder.join();

        assertThat(refused.get()).isEqualTo(50);
        assertThat(say("after").isFresh()).isTrue();
        assertThat(store.after(garden, 0, 100)).hasSize(2);
    }

    @Test
    void who_would_wait_too_long_is_refused_while_those_before_him_still_wait() throws Exception {
        say("before");
        CountDownLatch isFree = new CountDownLatch(1);
        Thread holder = holdLog(isFree);
        AtomicInteger refused = new AtomicInteger();
        Thread first = Thread.startVirtualThread(() -> countRefusal("first", refused));
        AtomicInteger later = new AtomicInteger();
        eventually(() -> {
            String text = "later " + later.incrementAndGet();
            Thread.startVirtualThread(() -> countRefusal(text, refused));
            return refused.get() > 0;
        });

        assertThat(first.isAlive()).isTrue();
        isFree.countDown();
        holder.join();
        eventually(() -> sayOrNot("after"));
    }

    @Test
    void who_waits_when_it_stops_is_acknowledged_and_stored_or_neither() throws Exception {
        Collection<String> acked = new ConcurrentLinkedQueue<>();
        AtomicInteger refused = new AtomicInteger();
        List<Thread> senders = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            int sender = i;
            senders.add(
                    Thread.startVirtualThread(() -> {
                        try {
                            for (int n = 0; ; n++) {
                                acked.add(say(sender + " " + n).message().clientKey());
                            }
                        } catch (Failure stopped) {
                            assertThat(stopped.kind()).isEqualTo(Failure.Kind.UNAVAILABLE);
                            refused.incrementAndGet();
                        }
                    }));
        }
        await(acked::size, size -> size > 200);
        writer.stop();
        for (Thread sender : senders) {
            sender.join();
        }

        assertThat(refused.get()).isEqualTo(40);
        assertThat(store.after(garden, 0, 1_000_000))
                .extracting(Message::clientKey)
                .containsExactlyInAnyOrderElementsOf(acked);
        assertThatThrownBy(() -> say("too late")).isInstanceOf(Failure.class);
    }

    @Test
    void what_could_not_be_told_is_stored_and_told_to_be_looked_at() {
        listener.isDeaf = true;
        assertThat(say("tea").isFresh()).isTrue();
        await(() -> listener.maybeStored.contains(garden), told -> told);
        assertThat(store.after(garden, 0, 10)).hasSize(1);
        assertThat(say("tea").isFresh()).as("the same key").isFalse();
    }

    private void countRefusal(String text, AtomicInteger refused) {
        try {
            say(text);
        } catch (Failure away) {
            assertThat(away.kind()).isEqualTo(Failure.Kind.UNAVAILABLE);
            refused.incrementAndGet();
        }
    }

    private boolean sayOrNot(String text) {
        AtomicInteger refused = new AtomicInteger();
        countRefusal(text, refused);
        return refused.get() == 0;
    }

    private RoomWriter.Sent say(String text) {
        return writer.sayFreely(MessageStore.Draft.text(garden, ids.next(), null, text, text));
    }

    /// Somebody holds the end of the log until he is let go.
    private Thread holdLog(CountDownLatch isFree) throws InterruptedException {
        CountDownLatch isHeld = new CountDownLatch(1);
        Thread holder =
                Thread.startVirtualThread(() ->
                        db.run(tx -> {
                            tx.sql(
                                            "select last_seq from chat.room_log"
                                                    + " where room_id = :room for update")
                                    .with("room", garden)
                                    .one(Long.class);
                            isHeld.countDown();
                            try {
                                isFree.await();
                            } catch (InterruptedException stopped) {
                                Thread.currentThread().interrupt();
                            }
                        }));
        isHeld.await();
        return holder;
    }

    private static final class Listener implements RoomWriter.Listener {
        private final Collection<Id<Room>> maybeStored = new ConcurrentLinkedQueue<>();
        private volatile boolean isDeaf;

        @Override
        public void stored(Message message) {
            if (isDeaf) {
                throw new IllegalStateException("names cannot be read now");
            }
        }

        @Override
        public void maybeStored(Id<Room> room) {
            maybeStored.add(room);
        }
    }
}
