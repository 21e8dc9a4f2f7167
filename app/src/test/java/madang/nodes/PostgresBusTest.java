package madang.nodes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static madang.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import madang.kit.Ids;
import madang.kit.db.DatabaseAddress;
import madang.kit.db.Db;
import madang.kit.db.Outbox;
import madang.kit.json.Json;
import madang.nodes.Nodes.Company;
import madang.port.Bus;
import madang.port.BusContract;
import madang.testing.House;
import madang.testing.TestPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresBusTest extends BusContract {
    private DatabaseAddress database;
    private Db db;
    private Node here;
    private Node there;

    /// A node that is nothing but its bus.
    private record Node(Nodes nodes, PostgresBus bus) {
        static Node start(DatabaseAddress database, Db db) {
            Nodes nodes = new Nodes(database, db, Company.SHARED, new Ids(InstantSource.system()));
            PostgresBus bus = new PostgresBus(database, nodes.me());
            nodes.onDeath(bus);
            nodes.start();
            bus.start();
            return new Node(nodes, bus);
        }

        void stop() throws InterruptedException {
            bus.stop();
            nodes.stop();
        }
    }

    @BeforeEach
    void open() {
        database = House.freshDatabase();
        db =
                new Db(
                        database,
                        Db.Pool.named("test", 2, 0, Duration.ofMinutes(5)),
                        new Outbox(new Json(), InstantSource.system()));
        here = Node.start(database, db);
        there = Node.start(database, db);
    }

    @AfterEach
    void close() throws InterruptedException {
        here.stop();
        there.stop();
        db.close();
        TestPostgres.drop(database);
    }

    @Override
    protected Bus here() {
        return here.bus();
    }

    @Override
    protected Bus there() {
        return there.bus();
    }

    @Test
    void a_node_hears_itself_once() throws Exception {
        var heard = new LinkedBlockingQueue<String>();
        var alsoHeard = new LinkedBlockingQueue<String>();
        here().subscribe("room:1", hint -> heard.add(new String(hint, UTF_8)));
        there().subscribe("room:1", hint -> alsoHeard.add(new String(hint, UTF_8)));
        say(here(), "tea");
        assertThat(next(alsoHeard)).isEqualTo("tea");
        say(there(), "coffee");
        assertThat(next(alsoHeard)).isEqualTo("coffee");
        assertThat(List.of(next(heard), next(heard))).containsExactly("tea", "coffee");
        say(there(), "cake");
        assertThat(next(heard)).isEqualTo("cake");
    }

    @Test
    void connections_that_are_cut_lose_nothing_and_keep_the_order() throws Exception {
        var heard = new LinkedBlockingQueue<String>();
        there().subscribe("room:1", hint -> heard.add(new String(hint, UTF_8)));
        List<String> said = IntStream.range(0, 600).mapToObj(i -> "hint " + i).toList();
        for (int i = 0; i < said.size(); i++) {
            say(here(), said.get(i));
            if (i % 200 == 100) {
                cut();
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
        for (String hint : said) {
            assertThat(next(heard)).isEqualTo(hint);
        }
    }

    @Test
    void who_says_more_than_can_wait_loses_hints_and_the_others_are_told() throws Exception {
        var misses = new AtomicInteger();
        var heard = new LinkedBlockingQueue<String>();
        there().subscribe("room:1", listener(heard, misses));
        say(here(), "tea");
        assertThat(next(heard)).isEqualTo("tea");
        assertThat(misses).hasValue(0);

        db.run(tx -> {
            tx.sql("lock table kit.bus_batch in share mode").count();
            IntStream.range(0, 40_000).forEach(i -> here().publish("noise", new byte[10]));
        });

        assertThat(here.bus().lost()).isPositive();
        eventually(() -> misses.get() > 0);
        say(here(), "coffee");
        assertThat(next(heard)).isEqualTo("coffee");
    }

    @Test
    void when_postgres_forgets_what_was_not_read_yet_the_others_are_told() throws Exception {
        var misses = new AtomicInteger();
        var heard = new LinkedBlockingQueue<String>();
        there().subscribe("room:1", listener(heard, misses));
        say(here(), "tea");
        assertThat(next(heard)).isEqualTo("tea");

        db.run(tx -> {
            tx.sql("truncate kit.node, kit.bus_batch").count();
            say(here(), "coffee");
        });

        eventually(() -> misses.get() > 0 || heard.contains("coffee"));
    }

    @Test
    void when_a_node_dies_the_others_look_for_what_it_did_not_tell() {
        var misses = new AtomicInteger();
        there().subscribe("room:1", listener(new LinkedBlockingQueue<>(), misses));
        db.run(tx ->
                tx.sql(
                                "insert into kit.node (id, started_at, seen_at)"
                                        + " values (gen_random_uuid(), 'epoch', 'epoch')")
                        .count());
        eventually(() -> misses.get() > 0);
    }

    @Test
    void a_crowd_of_large_hints_arrives_in_order() throws Exception {
        var sizes = new LinkedBlockingQueue<Integer>();
        there().subscribe("room:1", hint -> sizes.add(hint.length));
        IntStream.range(0, 200).forEach(i -> here().publish("room:1", new byte[20_000 + i]));
        for (int i = 0; i < 200; i++) {
            assertThat(sizes.poll(10, TimeUnit.SECONDS)).isEqualTo(20_000 + i);
        }
    }

    /// Whoever talks or listens finds his connection cut.
    private void cut() {
        db.run(tx ->
                tx.sql(
                                """
                                select count(pg_terminate_backend(pid)) from pg_stat_activity
                                where datname = current_database() and application_name like 'madang-bus-%'
                                """)
                        .one(Long.class));
    }

    private static Bus.Listener listener(BlockingQueue<String> heard, AtomicInteger misses) {
        return new Bus.Listener() {
            @Override
            public void hears(byte[] payload) {
                heard.add(new String(payload, UTF_8));
            }

            @Override
            public void missed() {
                misses.incrementAndGet();
            }
        };
    }

    private static void say(Bus bus, String text) {
        bus.publish("room:1", text.getBytes(UTF_8));
    }

    private static String next(BlockingQueue<String> queue) throws InterruptedException {
        return queue.poll(10, TimeUnit.SECONDS);
    }
}
