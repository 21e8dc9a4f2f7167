package madang.dialect.woongkie;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import madang.testing.House;
import madang.testing.Http;
import madang.testing.Scale;
import org.junit.jupiter.api.Test;

/// The load scripts' way: one user, one address, a hundred sockets and fifty clients at once, and
/// not one error. `-Dscale=5` lets each do as much as the scripts do.
class WoongkieLoadTest {
    private static final int SOCKETS = 100;
    private static final int CLIENTS = 50;
    private static final int MESSAGES = Scale.times(2, 10);
    private static final int ROUNDS = Scale.times(2, 10);

    @Test
    void one_user_from_one_address_may_be_many() throws Exception {
        try (House house = Talkie.house();
                ExecutorService everybody = Executors.newVirtualThreadPerTaskExecutor()) {
            Talkie mina = Talkie.register(house, "loadtest");
            String room = mina.http().get("/rooms").body().get(0).get("id").stringValue();
            List<Future<Integer>> done = new ArrayList<>();
            for (int i = 0; i < SOCKETS; i++) {
                done.add(everybody.submit(talks(mina, room)));
            }
            for (int i = 0; i < CLIENTS; i++) {
                done.add(everybody.submit(asks(mina, room)));
            }
            assertThat(sum(done)).isZero();
            assertThat(mina.http().get("/rooms/" + room + "/messages?limit=100").status())
                    .isEqualTo(200);
        }
    }

    /// Says a few things at once and hears as many; 1 where it was not let.
    private static Callable<Integer> talks(Talkie mina, String room) {
        return () -> {
            try (Line line = mina.line(room).settled()) {
                for (int i = 0; i < MESSAGES; i++) {
                    line.says("Burst message " + i);
                }
                for (int i = 0; i < MESSAGES; i++) {
                    line.hears("MSG");
                }
                return line.events().contains("WARN") ? 1 : 0;
            }
        };
    }

    private static Callable<Integer> asks(Talkie mina, String room) {
        return () -> {
            Http script =
                    mina.http()
                            .with("Content-Type", "application/json")
                            .with("Authorization", "Bearer " + mina.token());
            int failed = 0;
            for (int i = 0; i < ROUNDS; i++) {
                for (String path :
                        List.of(
                                "/health",
                                "/rooms",
                                "/rooms/" + room + "/messages",
                                "/rooms/" + room + "/messages?q=test",
                                "/rooms/" + room)) {
                    failed += script.get(path).status() == 200 ? 0 : 1;
                }
            }
            return failed;
        };
    }

    private static int sum(List<Future<Integer>> done)
            throws InterruptedException, ExecutionException, java.util.concurrent.TimeoutException {
        int sum = 0;
        for (Future<Integer> one : done) {
            sum += one.get(60, SECONDS);
        }
        return sum;
    }
}
