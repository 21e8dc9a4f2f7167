package madang.kit.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.json.Json;
import madang.testing.TestPostgres;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The door to PostgreSQL: what commits, who waits, what is said when it is away.
final class DbTest {
    private final DatabaseAddress database = TestPostgres.empty();
    private Db db;

    @BeforeEach
    void open() {
        db = db(4);
        db.run(tx -> {
            tx.sql("create table tree (id int primary key, name text not null)").count();
            tx.sql("insert into tree values (1, 'plum'), (2, 'pine')").count();
        });
    }

    @AfterEach
    void close() {
        db.close();
        TestPostgres.drop(database);
    }

    private Db db(int connections) {
        return new Db(
                database,
                Db.Pool.named("db-test", connections, 1, Duration.ofMinutes(5)),
                new Outbox(new Json(), InstantSource.system()));
    }

    record Tree(int id, String name) {}

    record Wide(int id, String name, String more) {}

    private List<String> names() {
        return db.read(tx -> tx.sql("select name from tree order by id").list(String.class));
    }

    private static void rename(Tx tx, int id, String name) {
        tx.sql("update tree set name = :name where id = :id")
                .with("name", name)
                .with("id", id)
                .count();
    }

    @Test
    void a_transaction_commits_when_its_work_returns_and_rolls_back_when_it_throws() {
        db.run(tx -> rename(tx, 1, "cherry"));
        assertThatThrownBy(() ->
                        db.run(tx -> {
                            rename(tx, 2, "oak");
                            throw Failure.conflict("NO");
                        }))
                .isInstanceOf(Failure.class);
        assertThat(names()).containsExactly("cherry", "pine");
    }

    @Test
    void a_transaction_inside_another_joins_it() {
        List<String> hints = new CopyOnWriteArrayList<>();
        assertThatThrownBy(() ->
                        db.run(outer -> {
                            db.run(inner -> {
                                rename(inner, 1, "cherry");
                                inner.afterCommit(() -> hints.add("never"));
                            });
                            assertThat(names()).contains("cherry");
                            throw new IllegalStateException("no");
                        }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(names()).containsExactly("plum", "pine");
        assertThat(hints).isEmpty();
        assertThat(Db.isInTransaction()).isFalse();
    }

    @Test
    void a_hint_that_fails_does_not_make_a_commit_look_failed() {
        List<String> hints = new ArrayList<>();
        db.run(tx -> {
            rename(tx, 1, "cherry");
            tx.afterCommit(() -> {
                throw new IllegalStateException("a hint");
            });
            tx.afterCommit(() -> hints.add("heard"));
        });
        assertThat(names()).contains("cherry");
        assertThat(hints).containsExactly("heard");
    }

    record Four(
            @Nullable Id<Tree> id,
            @Nullable String text,
            @Nullable Long number,
            @Nullable Instant at) {}

    @Test
    void arrays_arrive_as_they_were_nulls_and_all() {
        List<Four> sent =
                List.of(
                        new Four(new Id<>(new UUID(-1, 1)), "", Long.MIN_VALUE, Instant.EPOCH),
                        new Four(null, null, null, null),
                        new Four(
                                new Id<>(new UUID(7, -9)),
                                "마당, \"{}\" \\ 🏡",
                                Long.MAX_VALUE,
                                Instant.parse("2026-11-21T09:00:00.123456Z")));
        assertThat(back(sent)).isEqualTo(sent);
        assertThat(back(List.of())).isEmpty();
    }

    private List<Four> back(List<Four> rows) {
        return db.read(tx ->
                tx.sql(
                                """
                                select id, text, number, at
                                from unnest(:ids, :texts, :numbers, :times) with ordinality
                                     as sent(id, text, number, at, position)
                                order by position
                                """)
                        .withIds("ids", rows.stream().map(Four::id).toList())
                        .withTexts("texts", rows.stream().map(Four::text).toList())
                        .withLongs("numbers", rows.stream().map(Four::number).toList())
                        .withInstants("times", rows.stream().map(Four::at).toList())
                        .list(Four.class));
    }

    @Test
    void a_statement_with_a_name_that_nothing_stands_for_fails_loudly() {
        assertThatThrownBy(() -> db.read(tx -> tx.sql("select :lost").list(String.class)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(":lost");
    }

    @Test
    void a_select_that_does_not_fit_its_record_fails_loudly() {
        List<Tree> trees =
                db.read(tx -> tx.sql("select id, name from tree order by id").list(Tree.class));
        assertThat(trees).containsExactly(new Tree(1, "plum"), new Tree(2, "pine"));
        for (String select :
                List.of(
                        "select id from tree",
                        "select id, name, name from tree",
                        "select id, name from tree where false")) {
            Class<?> type = select.endsWith("false") ? Wide.class : Tree.class;
            assertThatThrownBy(() -> db.read(tx -> tx.sql(select).list(type)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("components");
        }
        assertThatThrownBy(
                        () -> db.read(tx -> tx.sql("select id, name from tree").list(String.class)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void constraints_come_back_by_name_and_without_what_was_written() {
        Throwable taken =
                catchThrowable(() ->
                        db.run(tx ->
                                tx.sql("insert into tree values (:id, :name)")
                                        .with("id", 1)
                                        .with("name", "canary-in-a-row")
                                        .count()));
        assertThat(taken)
                .isInstanceOfSatisfying(
                        ConstraintViolated.class,
                        violated -> assertThat(violated.is("tree_pkey")).isTrue());
        assertNoCanary(taken);
        assertNoCanary(
                catchThrowable(() ->
                        db.run(tx ->
                                tx.sql("insert into tree values (:id, :name || null)")
                                        .with("id", 4)
                                        .with("name", "canary-in-a-row")
                                        .count())));
        assertNoCanary(
                catchThrowable(() ->
                        db.read(tx ->
                                tx.sql("select id + 1 / 0, :name::text from tree")
                                        .with("name", "canary-in-a-row")
                                        .list(Tree.class))));
    }

    private static void assertNoCanary(Throwable thrown) {
        assertThat(thrown).isNotNull();
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            assertThat(cause.toString()).doesNotContain("canary");
        }
    }

    @Test
    void a_deadlock_is_tried_again() throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);
        AtomicInteger tries = new AtomicInteger();
        try (ExecutorService two = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> one = two.submit(() -> swap(1, 2, both, tries));
            Future<?> other = two.submit(() -> swap(2, 1, both, tries));
            one.get();
            other.get();
        }
        assertThat(tries.get()).isGreaterThan(2);
        assertThat(names().getFirst()).isEqualTo(names().getLast());
    }

    private void swap(int first, int second, CyclicBarrier both, AtomicInteger tries) {
        boolean[] hasMet = new boolean[1];
        db.run(tx -> {
            tries.incrementAndGet();
            rename(tx, first, "by " + first);
            if (!hasMet[0]) {
                hasMet[0] = true;
                meet(both);
            }
            rename(tx, second, "by " + first);
        });
    }

    private static void meet(CyclicBarrier both) {
        try {
            both.await();
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }

    @Test
    void who_waits_too_long_for_a_connection_is_told_to_come_back() throws Exception {
        CountDownLatch hold = new CountDownLatch(1);
        CountDownLatch held = new CountDownLatch(4);
        try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 4; i++) {
                many.execute(() ->
                        db.run(_ -> {
                            held.countDown();
                            await(hold);
                        }));
            }
            held.await();
            long started = System.nanoTime();
            assertThatThrownBy(this::names)
                    .isInstanceOfSatisfying(
                            Failure.class,
                            refused -> assertThat(refused.code()).isEqualTo("SERVICE_UNAVAILABLE"));
            assertThat(Duration.ofNanos(System.nanoTime() - started))
                    .isLessThan(Duration.ofSeconds(10));
            hold.countDown();
        }
        assertThat(names()).hasSize(2);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    @Test
    void waiters_are_served_in_the_order_they_came() throws Exception {
        try (Db one = db(1);
                ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
            CountDownLatch hold = new CountDownLatch(1);
            CountDownLatch held = new CountDownLatch(1);
            many.execute(() ->
                    one.run(_ -> {
                        held.countDown();
                        await(hold);
                    }));
            held.await();
            List<Integer> served = new CopyOnWriteArrayList<>();
            for (int i = 0; i < 8; i++) {
                int number = i;
                many.execute(() -> one.run(_ -> served.add(number)));
                while (one.load().waiting() <= i) {
                    Thread.onSpinWait();
                }
            }
            hold.countDown();
            many.shutdown();
            many.awaitTermination(20, java.util.concurrent.TimeUnit.SECONDS);
            assertThat(served).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
        }
    }

    @Test
    void a_connection_that_postgres_ended_is_503_once_and_all_is_well_again() {
        assertThatThrownBy(() ->
                        db.run(tx ->
                                tx.sql("select pg_terminate_backend(pg_backend_pid())")
                                        .one(Boolean.class)))
                .isInstanceOfSatisfying(
                        Failure.class, gone -> assertThat(gone.status()).isEqualTo(503));
        assertThat(names()).hasSize(2);
    }

    @Test
    void a_statement_that_takes_too_long_is_503() {
        assertThatThrownBy(() ->
                        db.run(tx -> {
                            tx.sql("set local statement_timeout = 50").count();
                            tx.sql("select pg_sleep(5)::text").one(String.class);
                        }))
                .isInstanceOfSatisfying(
                        Failure.class, slow -> assertThat(slow.status()).isEqualTo(503));
    }

    @Test
    void transactions_are_timed() {
        AtomicLong nanos = new AtomicLong();
        db.timesTransactions(nanos::addAndGet);
        db.run(tx -> rename(tx, 1, "cherry"));
        assertThat(nanos.get()).isPositive();
    }

    @Test
    void no_postgres_at_all_is_503_and_not_alive() {
        DatabaseAddress nowhere =
                new DatabaseAddress(
                        "jdbc:postgresql://127.0.0.1:1/none", "nobody", new madang.kit.Secret("x"));
        try (Db away =
                new Db(
                        nowhere,
                        Db.Pool.named("away", 2, 1, Duration.ofMinutes(5)),
                        new Outbox(new Json(), InstantSource.system()))) {
            assertThatThrownBy(() -> away.read(tx -> tx.sql("select 1").one(Integer.class)))
                    .isInstanceOfSatisfying(
                            Failure.class, gone -> assertThat(gone.status()).isEqualTo(503));
            assertThat(away.isAlive()).isFalse();
        }
    }
}
