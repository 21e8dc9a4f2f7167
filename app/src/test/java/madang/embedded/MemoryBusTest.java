package madang.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import madang.port.Bus;
import madang.port.BusContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MemoryBusTest extends BusContract {
    private final MemoryBus bus = new MemoryBus();

    @Override
    protected Bus here() {
        return bus;
    }

    @Override
    protected Bus there() {
        return bus;
    }

    @AfterEach
    void close() {
        bus.close();
    }

    @Test
    void a_full_lane_drops_and_counts() throws Exception {
        var release = new CountDownLatch(1);
        var carries = new CountDownLatch(1);
        try (var small = new MemoryBus(8)) {
            small.subscribe(
                    "room:1",
                    _ -> {
                        carries.countDown();
                        waitsFor(release);
                    });
            small.publish("room:1", new byte[0]);
            carries.await();
            for (int i = 1; i < 100; i++) {
                small.publish("room:1", new byte[0]);
            }
            assertThat(small.dropped()).isEqualTo(91);
            small.publish("nobody listens", new byte[0]);
            assertThat(small.dropped()).isEqualTo(91);
            release.countDown();
        }
    }

    @Test
    void who_missed_something_is_told_when_there_is_room_again() throws Exception {
        var release = new CountDownLatch(1);
        var missed = new CountDownLatch(1);
        try (var small = new MemoryBus(8)) {
            small.subscribe(
                    "room:1",
                    new Bus.Listener() {
                        @Override
                        public void hears(byte[] payload) {
                            waitsFor(release);
                        }

                        @Override
                        public void missed() {
                            missed.countDown();
                        }
                    });
            for (int i = 0; i < 20; i++) {
                small.publish("room:1", new byte[0]);
            }
            release.countDown();
            assertThat(missed.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static String waitsFor(CountDownLatch latch) {
        try {
            latch.await();
            return "tea";
        } catch (InterruptedException closed) {
            return "closed";
        }
    }
}
