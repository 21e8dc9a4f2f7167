package madang.identity;

import static madang.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import madang.testing.Answer;
import madang.testing.House;
import madang.testing.Person;
import madang.testing.Scale;
import madang.testing.Twins;
import org.junit.jupiter.api.Test;

/// Refresh tokens on two nodes: nobody is sent out who did nothing wrong, and a token that comes
/// back ends its family on both. `-Dscale=` multiplies the histories, `-Dseed=` repeats a run.
class RefreshFamiliesTest {
    private static final int HISTORIES = Scale.times(30, 3_000);
    private static final long GRACE_MILLIS = 10_000;

    private int replays;
    private int refreshes;

    @Test
    void every_replay_ends_its_family_and_nobody_else_is_sent_out() {
        long seed = Scale.seed();
        Random random = new Random(seed);
        try (Twins twins = Twins.open()) {
            twins.here().person("family");
            for (int i = 0; i < HISTORIES; i++) {
                live(twins, random, "history " + i + " of seed " + seed);
            }
        }
        System.out.printf(
                "%d histories, %d refreshes, %d replays: 0 false sign-outs, every family ended%n",
                HISTORIES, refreshes, replays);
        assertThat(replays).isPositive();
    }

    private void live(Twins twins, Random random, String name) {
        Answer in = login(twins.here());
        List<String> tokens = new ArrayList<>(List.of(in.text("refresh_token")));
        String access = in.text("access_token");
        long rotatedAt = 0;
        int steps = 3 + random.nextInt(8);
        for (int step = 0; step < steps; step++) {
            if (random.nextInt(3) == 0) {
                pass(twins, Duration.ofSeconds(random.nextInt(1, 40)));
            }
            int newest = tokens.size() - 1;
            int used = random.nextInt(4) > 0 ? newest : random.nextInt(tokens.size());
            House node = random.nextBoolean() ? twins.here() : twins.there();
            boolean isGrace = used == newest - 1 && millis(node) - rotatedAt < GRACE_MILLIS - 2_000;
            boolean isEdge =
                    used == newest - 1 && !isGrace && millis(node) - rotatedAt <= GRACE_MILLIS;
            if (isEdge) {
                continue; // two clocks run here: which side of the second it falls on is theirs
            }
            Answer answer = refresh(node, tokens.get(used));
            if (used == newest || isGrace) {
                assertThat(answer.status()).as("%s, step %d", name, step).isEqualTo(200);
                refreshes++;
                access = answer.text("access_token");
                if (used == newest) {
                    tokens.add(answer.text("refresh_token"));
                    rotatedAt = millis(node);
                } else {
                    assertThat(answer.text("refresh_token")).isEqualTo(tokens.get(newest));
                }
            } else {
                assertThat(answer.status()).as("%s, step %d", name, step).isEqualTo(401);
                replays++;
                assertOver(twins, tokens.get(newest), access);
                return;
            }
        }
    }

    private static void assertOver(Twins twins, String newest, String access) {
        assertThat(refresh(twins.here(), newest).status()).isEqualTo(401);
        assertThat(refresh(twins.there(), newest).status()).isEqualTo(401);
        eventually(() -> !isLetIn(twins.here(), access) && !isLetIn(twins.there(), access));
    }

    private static boolean isLetIn(House node, String access) {
        return node.stranger()
                        .with("Authorization", "Bearer " + access)
                        .get("/api/v1/auth/me")
                        .status()
                == 200;
    }

    private static void pass(Twins twins, Duration time) {
        twins.here().clock().move(time);
        twins.there().clock().move(time);
    }

    private static long millis(House node) {
        return node.clock().instant().toEpochMilli();
    }

    private static Answer login(House node) {
        return node.stranger()
                .post(
                        "/api/v1/auth/login",
                        "{\"username\":\"family\",\"password\":\"%s\"}".formatted(Person.PASSWORD));
    }

    private static Answer refresh(House node, String token) {
        return node.stranger()
                .post("/api/v1/auth/refresh", "{\"refresh_token\":\"%s\"}".formatted(token));
    }
}
