package madang.port;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every bus promises. An adapter's test names two nodes of one Madang.
public abstract class BusContract {
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    protected abstract Bus here();

    /// Another node, or the same bus where there is only one.
    protected abstract Bus there();

    @Test
    void what_is_said_here_is_heard_here_and_there_in_order() throws Exception {
        var alsoHeard = new LinkedBlockingQueue<String>();
        here().subscribe("room:1", hint -> heard.add(text(hint)));
        there().subscribe("room:1", hint -> alsoHeard.add(text(hint)));
        List<String> said = IntStream.range(0, 1_000).mapToObj(i -> "hint " + i).toList();

        said.forEach(hint -> here().publish("room:1", hint.getBytes(UTF_8)));

        for (String hint : said) {
            assertThat(next(heard)).isEqualTo(hint);
            assertThat(next(alsoHeard)).isEqualTo(hint);
        }
    }

    @Test
    void neighbours_hear_nothing() throws Exception {
        here().subscribe("room:1", hint -> heard.add("room 1: " + text(hint)));
        here().subscribe("room:2", hint -> heard.add("room 2: " + text(hint)));
        there().publish("room:2", "tea".getBytes(UTF_8));
        there().publish("room:1", "coffee".getBytes(UTF_8));
        assertThat(List.of(next(heard), next(heard)))
                .containsExactlyInAnyOrder("room 2: tea", "room 1: coffee");
        assertThat(heard).isEmpty();
    }

    @Test
    void who_hung_up_hears_nothing() throws Exception {
        var gone = here().subscribe("room:1", hint -> heard.add("gone: " + text(hint)));
        var stays = here().subscribe("room:1", hint -> heard.add(text(hint)));
        gone.close();
        gone.close();
        here().publish("room:1", "tea".getBytes(UTF_8));
        assertThat(next(heard)).isEqualTo("tea");
        stays.close();
        here().publish("room:1", "coffee".getBytes(UTF_8));
        here().subscribe("room:1", hint -> heard.add("later: " + text(hint)));
        here().publish("room:1", "cake".getBytes(UTF_8));
        assertThat(next(heard)).isEqualTo("later: cake");
    }

    @Test
    void a_listener_that_fails_harms_nobody() throws Exception {
        here().subscribe(
                        "room:1",
                        _ -> {
                            throw new IllegalStateException("on purpose");
                        });
        here().subscribe("room:1", hint -> heard.add(text(hint)));
        here().publish("room:1", "tea".getBytes(UTF_8));
        here().publish("room:1", "coffee".getBytes(UTF_8));
        assertThat(next(heard)).isEqualTo("tea");
        assertThat(next(heard)).isEqualTo("coffee");
    }

    @Test
    void a_slow_listener_never_holds_up_a_publisher() throws Exception {
        var release = new CountDownLatch(1);
        here().subscribe(
                        "room:1",
                        hint -> {
                            await(release);
                            heard.add(text(hint));
                        });
        for (int i = 0; i < 100_000; i++) {
            here().publish("room:1", "tea".getBytes(UTF_8));
        }
        release.countDown();
        assertThat(next(heard)).isEqualTo("tea");
    }

    @Test
    void payloads_arrive_byte_for_byte() throws Exception {
        var payloads = new LinkedBlockingQueue<byte[]>();
        here().subscribe("room:1", payloads::add);
        byte[] all = new byte[Bus.MAX_PAYLOAD];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        there().publish("room:1", all.clone());
        there().publish("room:1", new byte[0]);
        assertThat(payloads.poll(10, TimeUnit.SECONDS)).isEqualTo(all);
        assertThat(payloads.poll(10, TimeUnit.SECONDS)).isEmpty();
    }

    private static String next(BlockingQueue<String> queue) throws InterruptedException {
        return queue.poll(10, TimeUnit.SECONDS);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(byte[] hint) {
        return new String(hint, UTF_8);
    }
}
