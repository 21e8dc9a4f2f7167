package madang.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import madang.chat.SaidAndStored.Found;
import madang.chat.SaidAndStored.Said;
import madang.chat.SaidAndStored.Verdict;
import madang.testing.ChildHouse;
import madang.testing.Nodes;
import madang.testing.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What was acknowledged, said or changed or shown, is never lost, never doubled, never out of its
/// sender's order, and whoever listens hears it without a hole, however often a server, its
/// PostgreSQL or both are killed in the middle of it; on one node, and on two between which people
/// hop. `-Dscale=` multiplies the kills, `-Dseed=` repeats a run.
class KillTest {
    private static final int SENDERS = Scale.times(20, 50);
    private static final int ROOMS = 5;
    private static final int MOST_MILLIS_BETWEEN = 3_000;

    private enum Victim {
        SERVER,
        POSTGRES,
        BOTH
    }

    @TempDir private Path folder;

    @ParameterizedTest(name = "{0} nodes, {1} kills")
    @CsvSource({"1, 8", "2, 3"})
    void killed_at_any_moment_they_keep_every_promise(int nodeCount, int fewKills)
            throws Exception {
        int kills = Scale.times(fewKills, 1_000);
        long seed = Scale.seed();
        Random random = new Random(seed);
        try (Nodes nodes = Nodes.open(nodeCount, folder)) {
            List<ChildHouse> houses = nodes.houses();
            Speakers speakers =
                    new Speakers(
                                    houses.stream().map(Speakers.Node::of).toList(),
                                    SENDERS,
                                    ROOMS,
                                    seed)
                            .start();
            for (int kill = 0; kill < kills; kill++) {
                speakers.goOn();
                Thread.sleep(50 + random.nextInt(MOST_MILLIS_BETWEEN - 50));
                strike(
                        Victim.values()[random.nextInt(Victim.values().length)],
                        houses.get(random.nextInt(houses.size())),
                        nodes::killPostgres);
            }
            speakers.goOn();
            Speakers.Outcome outcome = speakers.stop();
            System.out.printf(
                    "%d kills, %d nodes, %d people: %s; %d tries refused%n",
                    kills, nodeCount, SENDERS, outcome.counts(), speakers.refused());
            assertThat(outcome.isClean()).as("%s with seed %d", outcome, seed).isTrue();
            assertThat(speakers.wrongAnswers()).as("seed %d, %s", seed, speakers.logs()).isEmpty();
        }
    }

    private static void strike(Victim victim, ChildHouse node, Runnable killPostgres) {
        switch (victim) {
            case SERVER -> {
                node.kill();
                node.startAgain();
            }
            case POSTGRES -> killPostgres.run();
            case BOTH -> {
                killPostgres.run();
                node.kill();
                node.startAgain();
            }
        }
    }

    @Test
    void the_checker_finds_what_it_is_there_to_find() {
        List<Said> said = new ArrayList<>();
        List<Found> good = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            said.add(new Said("id " + i, "mina", i, "tea " + i));
            good.add(new Found("id " + i, "tea " + i));
        }
        assertThat(verdict(said, good)).isEqualTo(new Verdict(10, 0, 0, 0));

        List<Found> lossy = new ArrayList<>(good);
        lossy.remove(4);
        assertThat(verdict(said, lossy)).isEqualTo(new Verdict(10, 1, 0, 0));
        List<Found> unchanged = new ArrayList<>(good);
        unchanged.set(4, new Found("id 4", "what it was before the edit"));
        assertThat(verdict(said, unchanged)).isEqualTo(new Verdict(10, 1, 0, 0));
        List<Found> twice = new ArrayList<>(good);
        twice.add(5, good.get(4));
        assertThat(verdict(said, twice)).isEqualTo(new Verdict(10, 0, 1, 0));
        List<Found> saidAgain = new ArrayList<>(good);
        saidAgain.add(5, new Found("another id", "tea 4"));
        assertThat(verdict(said, saidAgain)).isEqualTo(new Verdict(10, 0, 1, 0));
        List<Found> swapped = new ArrayList<>(good);
        Collections.swap(swapped, 4, 5);
        assertThat(verdict(said, swapped)).isEqualTo(new Verdict(10, 0, 0, 1));
    }

    private static Verdict verdict(List<Said> said, List<Found> found) {
        return SaidAndStored.verdict(said, Map.of("garden", found));
    }
}
