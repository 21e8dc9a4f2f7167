package madang.kit.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import madang.kit.Fact;
import madang.kit.Id;
import madang.kit.Ids;
import madang.kit.json.Json;
import madang.testing.House;
import madang.testing.MovedClock;
import madang.testing.TestPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Facts: after the commit only, at least once, in order of their aggregate.
final class OutboxTest {
    interface Garden {}

    record Bloomed(Id<Garden> aggregate, int number) implements Fact {}

    record Withered(Id<Garden> aggregate) implements Fact {}

    private final MovedClock clock = new MovedClock();
    private final DatabaseAddress database = House.freshDatabase();
    private final Outbox outbox = new Outbox(new Json(), clock);
    private final Ids ids = new Ids(clock);
    private final List<Integer> heard = new CopyOnWriteArrayList<>();
    private Db db;
    private OutboxRelay relay;

    @BeforeEach
    void open() {
        db = db(outbox);
        relay = new OutboxRelay(db, outbox, clock, ids);
    }

    @AfterEach
    void close() {
        db.close();
        TestPostgres.drop(database);
    }

    private Db db(Outbox ofNode) {
        return new Db(database, Db.Pool.named("outbox-test", 20, 3, Duration.ofMinutes(5)), ofNode);
    }

    private static Id<Garden> garden(int number) {
        return new Id<>(new UUID(0x7000L, 0x8000_0000_0000_0000L | number));
    }

    private void bloom(Id<Garden> garden, int number) {
        db.run(tx -> tx.publish(new Bloomed(garden, number)));
    }

    @Test
    void facts_are_heard_after_the_commit_and_never_after_a_rollback() {
        outbox.listen("ear", Bloomed.class, fact -> heard.add(fact.fact().number()));
        db.run(tx -> {
            tx.publish(new Bloomed(garden(1), 1));
            assertThat(CompletableFuture.supplyAsync(relay::drain).join()).isZero();
        });
        assertThatThrownBy(() ->
                        db.run(tx -> {
                            tx.publish(new Bloomed(garden(1), 2));
                            throw new IllegalStateException("no");
                        }))
                .isInstanceOf(IllegalStateException.class);
        db.run(tx -> {
            try {
                tx.savepoint(() -> {
                    tx.publish(new Bloomed(garden(1), 3));
                    throw new IllegalStateException("no");
                });
            } catch (IllegalStateException undone) {
                tx.publish(new Bloomed(garden(1), 4));
            }
        });
        relay.drain();
        assertThat(heard).containsExactly(1, 4);
        assertThat(relay.drain()).isZero();
    }

    @Test
    void a_fact_that_nobody_listens_for_is_not_written() {
        db.run(tx -> tx.publish(new Withered(garden(1))));
        assertThat(waiting()).isZero();
    }

    private long waiting() {
        return db.read(tx ->
                tx.sql("select count(*) from kit.fact where delivered_at is null").one(Long.class));
    }

    /// Sixteen writers number the blossoms of each garden under its lock; the relay hears them in
    /// that order while they write.
    @Test
    void facts_of_an_aggregate_are_heard_in_the_order_they_were_committed() throws Exception {
        Map<Id<Garden>, List<Integer>> order = new ConcurrentHashMap<>();
        outbox.listen(
                "ear",
                Bloomed.class,
                fact ->
                        order.computeIfAbsent(
                                        fact.fact().aggregate(), _ -> new CopyOnWriteArrayList<>())
                                .add(fact.fact().number()));
        db.run(tx -> tx.sql("create table kit.garden (id uuid primary key, n int)").count());
        for (int i = 0; i < 5; i++) {
            Id<Garden> garden = garden(i);
            db.run(tx ->
                    tx.sql("insert into kit.garden values (:id, 0)").with("id", garden).count());
        }
        relay.start();
        try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int writer = 0; writer < 16; writer++) {
                writers.execute(() -> IntStream.range(0, 40).forEach(_ -> bloomNext()));
            }
        }
        relay.stop();
        new OutboxRelay(db, outbox, clock, ids).drain();
        assertThat(waiting()).isZero();
        assertThat(order.values().stream().mapToInt(List::size).sum()).isEqualTo(640);
        order.values()
                .forEach(numbers ->
                        assertThat(numbers)
                                .containsExactlyElementsOf(
                                        IntStream.rangeClosed(1, numbers.size()).boxed().toList()));
    }

    private void bloomNext() {
        Id<Garden> garden = garden(ThreadLocalRandom.current().nextInt(5));
        db.run(tx -> {
            int number =
                    tx.sql("update kit.garden set n = n + 1 where id = :id returning n")
                            .with("id", garden)
                            .one(Integer.class);
            tx.publish(new Bloomed(garden, number));
        });
    }

    @Test
    void processed_makes_an_effect_once() {
        List<Outbox.Heard<Bloomed>> facts = new ArrayList<>();
        outbox.listen("ear", Bloomed.class, facts::add);
        bloom(garden(1), 1);
        relay.drain();
        for (int i = 0; i < 3; i++) {
            db.run(tx -> {
                if (tx.processed("ear", facts.getFirst())) {
                    heard.add(1);
                }
            });
        }
        assertThatThrownBy(() ->
                        db.run(tx -> {
                            assertThat(tx.processed("other", facts.getFirst())).isTrue();
                            throw new IllegalStateException("no");
                        }))
                .isInstanceOf(IllegalStateException.class);
        db.run(tx -> assertThat(tx.processed("other", facts.getFirst())).isTrue());
        assertThat(heard).containsExactly(1);
    }

    @Test
    void a_failing_listener_is_asked_again_later_and_holds_back_its_aggregate_only() {
        AtomicInteger attempts = new AtomicInteger();
        outbox.listen(
                "ear",
                Bloomed.class,
                fact -> {
                    if (fact.fact().number() == 13) {
                        attempts.incrementAndGet();
                        throw new IllegalStateException("thirteen");
                    }
                    heard.add(fact.fact().number());
                });
        bloom(garden(1), 1);
        bloom(garden(1), 13);
        bloom(garden(1), 2);
        bloom(garden(2), 20);
        relay.drain();
        assertThat(heard).containsExactlyInAnyOrder(1, 20);
        assertThat(attempts).hasValue(1);
        long[] pauses = {1, 2, 4, 8, 16, 32, 64, 128, 256};
        for (long pause : pauses) {
            clock.move(Duration.ofSeconds(pause).minusMillis(500));
            relay.drain();
            int before = attempts.get();
            clock.move(Duration.ofSeconds(1));
            relay.drain();
            assertThat(attempts.get()).isEqualTo(before + 1);
        }
        assertThat(attempts).hasValue(OutboxRelay.MAX_ATTEMPTS);
        clock.move(Duration.ofDays(1));
        bloom(garden(2), 21);
        bloom(garden(1), 3);
        relay.drain();
        assertThat(attempts).hasValue(OutboxRelay.MAX_ATTEMPTS);
        assertThat(heard).containsExactlyInAnyOrder(1, 20, 21);
    }

    @Test
    void after_a_crash_between_effect_and_mark_the_fact_is_heard_again() {
        outbox.listen(
                "ear",
                Bloomed.class,
                fact -> {
                    heard.add(fact.fact().number());
                    if (heard.size() == 1) {
                        throw new StackOverflowError("the process dies here");
                    }
                });
        bloom(garden(1), 1);
        assertThatThrownBy(relay::drain).isInstanceOf(StackOverflowError.class);
        clock.move(Duration.ofSeconds(16));
        new OutboxRelay(db, outbox, clock, ids).drain();
        assertThat(heard).containsExactly(1, 1);
    }

    @Test
    void two_nodes_deliver_each_fact_once_and_one_takes_over_from_the_other() {
        Outbox outboxOfOther = new Outbox(new Json(), clock);
        outbox.listen("ear", Bloomed.class, fact -> heard.add(fact.fact().number()));
        outboxOfOther.listen("ear", Bloomed.class, fact -> heard.add(-fact.fact().number()));
        try (Db dbOfOther = db(outboxOfOther)) {
            OutboxRelay other = new OutboxRelay(dbOfOther, outboxOfOther, clock, ids);
            bloom(garden(1), 1);
            relay.drain();
            bloom(garden(1), 2);
            assertThat(other.drain()).isZero();
            relay.drain();
            assertThat(heard).containsExactly(1, 2);
            bloom(garden(1), 3);
            clock.move(Duration.ofSeconds(16));
            other.drain();
            assertThat(relay.drain()).isZero();
            assertThat(heard).containsExactly(1, 2, -3);
        }
    }

    @Test
    void two_nodes_share_the_shards_and_the_one_that_lives_on_takes_all() {
        outbox.listen("ear", Bloomed.class, fact -> heard.add(fact.fact().number()));
        AtomicInteger nodes = new AtomicInteger(1);
        OutboxRelay other = new OutboxRelay(db, outbox, clock, ids);
        relay.shares(nodes::get, () -> {});
        other.shares(nodes::get, () -> {});
        relay.drain();
        assertThat(shares()).containsExactly(16);

        nodes.set(2);
        clock.move(Duration.ofSeconds(6));
        relay.drain();
        other.drain();
        assertThat(shares()).containsExactly(8, 8);

        nodes.set(1);
        clock.move(Duration.ofSeconds(16));
        other.drain();
        assertThat(shares()).containsExactly(16);
    }

    /// How many shards each node holds.
    private List<Integer> shares() {
        return db.read(tx ->
                tx.sql(
                                """
                                select count(*)::int from kit.fact_shard
                                where held_until > :now group by holder order by 1
                                """)
                        .with("now", clock.instant())
                        .list(Integer.class));
    }

    @Test
    void two_nodes_under_load_deliver_each_fact_once() throws Exception {
        Map<Integer, Integer> times = new ConcurrentHashMap<>();
        Outbox outboxOfOther = new Outbox(new Json(), clock);
        for (Outbox each : List.of(outbox, outboxOfOther)) {
            each.listen(
                    "ear",
                    Bloomed.class,
                    fact -> times.merge(fact.fact().number(), 1, Integer::sum));
        }
        try (Db dbOfOther = db(outboxOfOther)) {
            OutboxRelay other = new OutboxRelay(dbOfOther, outboxOfOther, clock, ids);
            relay.start();
            other.start();
            for (int number = 0; number < 300; number++) {
                bloom(garden(number % 7), number);
                if (number == 150) {
                    relay.stop();
                }
            }
            clock.move(Duration.ofSeconds(6));
            CountDownLatch all = new CountDownLatch(1);
            Thread.ofVirtual()
                    .start(() -> {
                        while (times.size() < 300) {
                            Thread.onSpinWait();
                        }
                        all.countDown();
                    });
            all.await();
            other.stop();
        }
        assertThat(times).hasSize(300);
        assertThat(times.values()).containsOnly(1);
    }

    @Test
    void a_relay_that_stops_hands_its_shards_over_at_once() throws Exception {
        outbox.listen("ear", Bloomed.class, fact -> heard.add(fact.fact().number()));
        relay.start();
        relay.stop();
        bloom(garden(1), 1);
        new OutboxRelay(db, outbox, clock, ids).drain();
        assertThat(heard).containsExactly(1);
    }

    @Test
    void partitions_are_made_ahead_and_dropped_when_all_was_heard() {
        outbox.listen("ear", Bloomed.class, fact -> heard.add(fact.fact().number()));
        relay.turnPartitions();
        assertThat(partitions()).hasSize(3);
        clock.move(Duration.ofDays(1));
        bloom(garden(1), 1);
        relay.drain();
        clock.move(Duration.ofDays(1));
        relay.turnPartitions();
        bloom(garden(2), 2);
        assertThat(inRest()).isZero();
        clock.move(Duration.ofDays(9));
        relay.turnPartitions();
        assertThat(partitions()).hasSize(6);
        clock.move(Duration.ofSeconds(16));
        relay.drain();
        relay.turnPartitions();
        assertThat(partitions()).hasSize(5);
        assertThat(heard).containsExactly(1, 2);
        relay.turnPartitions();
    }

    /// A night in which the job did not run leaves facts in the rest; its day can be made all the
    /// same.
    @Test
    void a_missed_night_does_not_block_the_next() {
        outbox.listen("ear", Bloomed.class, fact -> heard.add(fact.fact().number()));
        bloom(garden(1), 1);
        assertThat(inRest()).isEqualTo(1);
        relay.turnPartitions();
        clock.move(Duration.ofDays(5));
        bloom(garden(1), 2);
        relay.turnPartitions();
        relay.drain();
        assertThat(heard).containsExactly(1, 2);
        clock.move(Duration.ofDays(9));
        relay.turnPartitions();
        assertThat(inRest()).isZero();
    }

    private List<String> partitions() {
        return db.read(tx ->
                tx.sql(
                                """
                                select c.relname from pg_inherits i
                                join pg_class c on c.oid = i.inhrelid
                                where i.inhparent = 'kit.fact'::regclass and c.relname <> 'fact_rest'
                                """)
                        .list(String.class));
    }

    private long inRest() {
        return db.read(tx -> tx.sql("select count(*) from kit.fact_rest").one(Long.class));
    }

    @Test
    void the_age_of_the_oldest_fact_is_known() {
        outbox.listen("ear", Bloomed.class, fact -> heard.add(fact.fact().number()));
        assertThat(relay.ageSeconds()).isZero();
        bloom(garden(1), 1);
        clock.move(Duration.ofSeconds(90));
        assertThat(relay.ageSeconds()).isBetween(90L, 120L);
        relay.drain();
        assertThat(relay.ageSeconds()).isZero();
    }
}
