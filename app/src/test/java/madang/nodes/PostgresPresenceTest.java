package madang.nodes;

import static madang.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import madang.kit.Id;
import madang.kit.Ids;
import madang.kit.User;
import madang.kit.db.DatabaseAddress;
import madang.kit.db.Db;
import madang.kit.db.Outbox;
import madang.kit.json.Json;
import madang.nodes.Nodes.Company;
import madang.port.Presence;
import madang.port.PresenceContract;
import madang.testing.House;
import madang.testing.TestPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresPresenceTest extends PresenceContract {
    private static final Ids ids = new Ids(InstantSource.system());
    private static DatabaseAddress database;
    private static Db db;
    private static Node here;
    private static Node there;

    private final Id<User> mina = ids.next();
    private final Id<User> joon = ids.next();
    private final String garden = "room:" + ids.next();

    /// A node that is nothing but its presence.
    private static final class Node {
        private final Nodes nodes = new Nodes(database, db, Company.SHARED, ids);
        private final PostgresPresence presence = new PostgresPresence(db, nodes.me());
        private final Collection<String> lostIn = new ConcurrentLinkedQueue<>();

        private Node() {
            nodes.onDeath(presence);
            nodes.onReturn(presence::sayAgain);
            presence.onLost((place, _) -> lostIn.add(place));
            nodes.start();
            presence.start();
        }

        private void stop() throws InterruptedException {
            presence.stop();
            nodes.stop();
        }
    }

    @BeforeAll
    static void open() {
        database = House.freshDatabase();
        db =
                new Db(
                        database,
                        Db.Pool.named("test", 4, 0, Duration.ofMinutes(5)),
                        new Outbox(new Json(), InstantSource.system()));
        here = new Node();
        there = new Node();
    }

    @AfterAll
    static void close() throws InterruptedException {
        here.stop();
        there.stop();
        db.close();
        TestPostgres.drop(database);
    }

    @Override
    protected Presence here() {
        return here.presence;
    }

    @Override
    protected Presence there() {
        return there.presence;
    }

    @Test
    void however_many_places_are_asked_it_is_one_question() {
        List<String> places = IntStream.range(0, 50).mapToObj(i -> "room:" + ids.next()).toList();
        places.forEach(place -> there().enter(place, joon, "laptop"));
        AtomicInteger questions = new AtomicInteger();
        db.timesTransactions(_ -> questions.incrementAndGet());
        assertThat(here().online(places, 10)).hasSize(50).containsValue(List.of(joon));
        assertThat(questions)
                .hasValueLessThanOrEqualTo(3); // Nodes say now and then that they live.
    }

    @Test
    void a_dead_nodes_guests_are_announced_once_and_are_gone() {
        here().enter(garden, joon, "laptop");
        Id<Nodes> dead = ids.next();
        died(dead, mina);
        died(dead, joon);
        assertThat(there().online(garden, 10)).contains(mina);

        eventually(() -> lostInTheGarden() > 0);
        eventually(() -> there().online(garden, 10).equals(List.of(joon)));
        assertThat(here().count(garden)).isEqualTo(1);
        assertThat(lostInTheGarden()).isEqualTo(1);
        assertThat(here().leave(garden, joon, "laptop")).isTrue();
    }

    @Test
    void what_postgres_forgot_is_said_again() {
        here().enter(garden, mina, "tab 1");
        there().enter(garden, joon, "tab 1");
        db.run(tx -> tx.sql("truncate kit.node, kit.presence").count());

        eventually(() -> here().among(garden, List.of(joon)).contains(joon));
        eventually(() -> there().among(garden, List.of(mina)).contains(mina));
        assertThat(there().leave(garden, joon, "tab 1")).isTrue();
    }

    @Test
    void who_leaves_while_postgres_is_away_is_gone_when_it_is_back() {
        here().enter(garden, mina, "tab 1");
        here().enter(garden, joon, "tab 1");
        db.run(tx -> {
            tx.sql("lock table kit.presence in exclusive mode").count();
            assertThat(here().leave(garden, mina, "tab 1")).as("who knows").isTrue();
            assertThat(here().count(garden)).isEqualTo(1);
        });

        eventually(() -> there().online(garden, 10).equals(List.of(joon)));
    }

    @Test
    void a_crowd_that_comes_and_goes_leaves_nobody_behind() throws Exception {
        List<Id<User>> crowd = IntStream.range(0, 300).mapToObj(_ -> ids.<User>next()).toList();
        List<Thread> threads =
                crowd.stream()
                        .map(user -> Thread.startVirtualThread(() -> comesAndGoes(user)))
                        .toList();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(
                        db.<Integer>read(tx ->
                                tx.sql(
                                                "select count(*)::int from kit.presence where place = :place")
                                        .with("place", garden)
                                        .one(Integer.class)))
                .isZero();
    }

    private void comesAndGoes(Id<User> user) {
        for (int i = 0; i < 3; i++) {
            here().enter(garden, user, "laptop");
            there().enter(garden, user, "phone");
            here().leave(garden, user, "laptop");
            there().leave(garden, user, "phone");
        }
    }

    private long lostInTheGarden() {
        return Stream.of(here, there)
                .flatMap(node -> node.lostIn.stream())
                .filter(garden::equals)
                .count();
    }

    /// Somebody was there through a node of which nobody has heard since.
    private void died(Id<Nodes> node, Id<User> user) {
        db.run(tx -> {
            tx.sql(
                            """
                            insert into kit.presence as p (place, user_id, nodes)
                            values (:place, :user, array[:node])
                            on conflict (place, user_id) do update set nodes = array_append(p.nodes, :node)
                            """)
                    .with("place", garden)
                    .with("user", user)
                    .with("node", node)
                    .count();
            tx.sql(
                            """
                            insert into kit.node (id, started_at, seen_at)
                            values (:node, now(), now() - interval '9 seconds') on conflict do nothing
                            """)
                    .with("node", node)
                    .count();
        });
    }
}
