package madang.chat;

import static madang.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import madang.kit.CrashPoint;
import madang.kit.db.DatabaseAddress;
import madang.testing.ChildHouse;
import madang.testing.House;
import madang.testing.Nodes;
import madang.testing.Scale;
import madang.testing.Talker;
import madang.testing.TestPostgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A node dies in the very moments in which messages, their changes or their files could get lost
/// or doubled; alone, or while people go on on the other one. `-Dscale=` multiplies the deaths,
/// `-Dseed=` repeats a run.
class CrashPointTest {
    private static final int DEATHS_EACH = Scale.times(1, 50);

    /// The moments, and how many of them may pass before the one that kills.
    private static final Map<CrashPoint, Integer> MOMENTS =
            Map.of(
                    CrashPoint.BEFORE_COMMIT, 200,
                    CrashPoint.BEFORE_ACK, 200,
                    CrashPoint.BEFORE_TELLING, 200,
                    CrashPoint.BEFORE_CHANGE_COMMIT, 40,
                    CrashPoint.BEFORE_CHANGE_ACK, 40,
                    CrashPoint.BEFORE_CHANGE_TELLING, 40,
                    CrashPoint.BEFORE_SHOWING, 10);

    @TempDir private Path folder;

    @ParameterizedTest(name = "{0} nodes")
    @ValueSource(ints = {1, 2})
    void a_node_that_dies_in_the_worst_moment_loses_and_doubles_nothing(int nodeCount)
            throws Exception {
        long seed = Scale.seed();
        Random random = new Random(seed);
        try (Nodes nodes = Nodes.open(nodeCount, folder)) {
            List<ChildHouse> houses = nodes.houses();
            Speakers speakers =
                    new Speakers(houses.stream().map(Speakers.Node::of).toList(), 20, 5, seed)
                            .start();
            int deaths = 0;
            for (int round = 0; round < DEATHS_EACH; round++) {
                ChildHouse house = houses.get(round % nodeCount);
                house.kill();
                for (CrashPoint moment : moments(nodeCount, random)) {
                    house.startAgain(
                            List.of(dyingAt(moment, 1 + random.nextInt(MOMENTS.get(moment)))));
                    assertThat(house.awaitDeath()).as("%s, %s", moment, house.log()).isEqualTo(137);
                    deaths++;
                }
                house.startAgain();
            }
            speakers.goOn();
            Speakers.Outcome outcome = speakers.stop();
            System.out.printf(
                    "%d named deaths, %d nodes: %s%n", deaths, nodeCount, outcome.counts());
            assertThat(outcome.isClean()).as("%s with seed %d", outcome, seed).isTrue();
            assertThat(speakers.wrongAnswers()).as("seed %d", seed).isEmpty();
        }
    }

    /// All of them on one node; on two, where each death costs as much again, some by lot.
    private static List<CrashPoint> moments(int nodeCount, Random random) {
        List<CrashPoint> moments = new ArrayList<>(MOMENTS.keySet().stream().sorted().toList());
        if (nodeCount == 1) {
            return moments;
        }
        Collections.shuffle(moments, random);
        return moments.subList(0, Scale.times(2, moments.size()));
    }

    @Test
    void what_a_node_had_acknowledged_and_not_told_is_heard_on_the_other() throws Exception {
        DatabaseAddress database = House.freshDatabase();
        try (ChildHouse here = ChildHouse.on(database);
                ChildHouse there = ChildHouse.on(database)) {
            Speakers people = new Speakers(List.of(Speakers.Node.of(there)), 2, 1, 7);
            String room = people.rooms().getFirst();
            here.kill();
            here.startAgain(List.of(dyingAt(CrashPoint.BEFORE_TELLING, 2)));
            try (Talker mina = Talker.connect(here.port(), people.listener().token());
                    Talker joon = Talker.connect(there.port(), people.listener().token())) {
                joon.opens(room);
                mina.says("tea?", room);
                joon.hearsText("tea?");
                assertThat(mina.says("are you there?", room).get("seq").asLong()).isPositive();
                long begin = System.nanoTime();
                assertThat(here.awaitDeath()).isEqualTo(137);

                eventually(() -> isToldOf(joon, "are you there?"));
                assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(20));
            }
        } finally {
            TestPostgres.drop(database);
        }
    }

    private static boolean isToldOf(Talker talker, String text) {
        return talker.pushes().stream()
                .anyMatch(push -> push.at("/params/text").asString().equals(text));
    }

    private static String dyingAt(CrashPoint point, int time) {
        return "-Dmadang.crash=" + point + ":" + time;
    }
}
