package madang.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import madang.chat.SaidAndStored.Said;
import madang.chat.SaidAndStored.Verdict;
import madang.embedded.EmbeddedPostgres;
import madang.testing.ChildHouse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was acknowledged is never lost, never doubled, never out of its sender's order, however
/// often a server, its PostgreSQL or both are killed in the middle of it; on one node, and on two
/// between which people hop. `-Dscale=` multiplies the rounds, `-Dseed=` repeats a run.
class KillTest {
    private static final int SCALE = Integer.getInteger("scale", 1);
    private static final int SENDERS = 20;
    private static final int ROOMS = 5;
    private static final int MOST_MILLIS_BETWEEN = 3_000;

    private enum Victim {
        SERVER,
        POSTGRES,
        BOTH
    }

    @TempDir private Path folder;

    @Test
    void killed_at_any_moment_it_keeps_every_promise() throws Exception {
        try (ChildHouse house = ChildHouse.start()) {
            kills(List.of(house), house::killPostgres, 8 * SCALE);
        }
    }

    @Test
    void two_nodes_of_which_any_may_be_killed_keep_every_promise() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder);
                ChildHouse here = ChildHouse.on(postgres.address());
                ChildHouse there = ChildHouse.on(postgres.address())) {
            kills(List.of(here, there), () -> ChildHouse.killPostgres(folder), 3 * SCALE);
        }
    }

    private static void kills(List<ChildHouse> nodes, Runnable killPostgres, int rounds)
            throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.printf("seed %d, %d rounds, %d nodes%n", seed, rounds, nodes.size());
        Random random = new Random(seed);
        Speakers speakers = new Speakers(nodes, SENDERS, ROOMS, seed);
        speakers.start();
        for (int round = 0; round < rounds; round++) {
            speakers.goOn();
            Thread.sleep(50 + random.nextInt(MOST_MILLIS_BETWEEN - 50));
            strike(
                    Victim.values()[random.nextInt(Victim.values().length)],
                    nodes.get(random.nextInt(nodes.size())),
                    killPostgres);
        }
        speakers.goOn();
        Verdict verdict = speakers.stop();
        System.out.printf(
                "%d rounds, %d nodes, %d acked, %d lost, %d doubled, %d reordered, %d tries refused%n",
                rounds,
                nodes.size(),
                verdict.acked(),
                verdict.lost(),
                verdict.doubled(),
                verdict.reordered(),
                speakers.refused());
        assertThat(verdict.isClean()).as("%s with seed %d", verdict, seed).isTrue();
        assertThat(speakers.wrongAnswers()).as("seed %d, %s", seed, speakers.logs()).isEmpty();
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
        List<Said> good = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            good.add(new Said("mina", i, "garden"));
        }
        assertThat(SaidAndStored.verdict(good, Map.of("garden", good)).isClean()).isTrue();

        List<Said> lossy = new ArrayList<>(good);
        lossy.remove(4);
        assertThat(SaidAndStored.verdict(good, Map.of("garden", lossy)))
                .isEqualTo(new Verdict(10, 1, 0, 0));
        List<Said> twice = new ArrayList<>(good);
        twice.add(5, good.get(4));
        assertThat(SaidAndStored.verdict(good, Map.of("garden", twice)))
                .isEqualTo(new Verdict(10, 0, 1, 0));
        List<Said> swapped = new ArrayList<>(good);
        swapped.set(4, good.get(5));
        swapped.set(5, good.get(4));
        assertThat(SaidAndStored.verdict(good, Map.of("garden", swapped)))
                .isEqualTo(new Verdict(10, 0, 0, 1));
    }
}
