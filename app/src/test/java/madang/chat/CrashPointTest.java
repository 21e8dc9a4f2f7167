package madang.chat;

import static madang.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import madang.chat.SaidAndStored.Verdict;
import madang.kit.CrashPoint;
import madang.kit.db.DatabaseAddress;
import madang.testing.ChildHouse;
import madang.testing.House;
import madang.testing.Talker;
import madang.testing.TestPostgres;
import org.junit.jupiter.api.Test;

/// A node dies in the very moments in which messages could get lost or doubled. `-Dscale=`
/// multiplies the deaths, `-Dseed=` repeats a run.
class CrashPointTest {
    private static final int DEATHS_EACH = Integer.getInteger("scale", 1);
    private static final int MOST_BATCHES_BEFORE = 200;
    private static final List<CrashPoint> SENDING =
            List.of(CrashPoint.BEFORE_COMMIT, CrashPoint.BEFORE_ACK, CrashPoint.BEFORE_TELLING);

    @Test
    void a_node_that_dies_in_the_worst_moment_loses_and_doubles_nothing() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.printf("seed %d%n", seed);
        Random random = new Random(seed);
        try (ChildHouse house = ChildHouse.start()) {
            Speakers speakers = new Speakers(List.of(house), 20, 5, seed);
            speakers.start();
            int hits = 0;
            for (int death = 0; death < DEATHS_EACH; death++) {
                for (CrashPoint point : SENDING) {
                    house.kill();
                    house.startAgain(
                            List.of(dyingAt(point, 1 + random.nextInt(MOST_BATCHES_BEFORE))));
                    assertThat(house.awaitDeath()).as("%s, %s", point, house.log()).isEqualTo(137);
                    hits++;
                }
            }
            house.startAgain();
            speakers.goOn();
            Verdict verdict = speakers.stop();
            System.out.printf(
                    "%d named deaths, %d acked, %d lost, %d doubled, %d reordered%n",
                    hits, verdict.acked(), verdict.lost(), verdict.doubled(), verdict.reordered());
            assertThat(verdict.isClean()).as("%s with seed %d", verdict, seed).isTrue();
            assertThat(speakers.wrongAnswers()).isEmpty();
        }
    }

    @Test
    void what_a_node_had_acknowledged_and_not_told_is_heard_on_the_other() throws Exception {
        DatabaseAddress database = House.freshDatabase();
        try (ChildHouse here = ChildHouse.on(database);
                ChildHouse there = ChildHouse.on(database)) {
            Speakers people = new Speakers(List.of(there), 2, 1, 7);
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
