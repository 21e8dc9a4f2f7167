package madang.adapters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static madang.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import madang.kit.Failure;
import madang.kit.json.Json;
import madang.testing.Signer;
import org.junit.jupiter.api.Test;

class KeyRingTest {
    private static final Json JSON = new Json();
    private static final Signer FIRST = new Signer("first");
    private static final Signer SECOND = new Signer("second");

    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile String published = Signer.published(FIRST);
    private volatile String cacheControl = "public, max-age=3600, must-revalidate";
    private volatile boolean isAway;
    private final KeyRing ring = new KeyRing(this::answer, now::get);

    private VendorHttp.Answer answer() {
        asked.incrementAndGet();
        if (isAway) {
            throw VendorHttp.unavailable();
        }
        return new VendorHttp.Answer(200, JSON.tree(published.getBytes(UTF_8)), cacheControl);
    }

    @Test
    void a_key_is_asked_for_once_while_it_is_fresh() {
        for (int i = 0; i < 100; i++) {
            assertThat(ring.key("first")).isNotNull();
        }
        assertThat(asked).hasValue(1);
    }

    @Test
    void ten_thousand_unknown_keys_cost_one_question_a_minute() {
        assertThat(ring.key("first")).isNotNull();
        passes(Duration.ofMinutes(1));
        for (int i = 0; i < 10_000; i++) {
            assertThat(ring.key("forged-" + i)).isNull();
        }
        assertThat(asked).hasValue(2);
        passes(Duration.ofSeconds(59));
        assertThat(ring.key("forged")).isNull();
        assertThat(asked).hasValue(2);
        passes(Duration.ofSeconds(1));
        assertThat(ring.key("forged")).isNull();
        assertThat(asked).hasValue(3);
    }

    @Test
    void a_new_key_is_found_when_the_first_token_names_it() {
        assertThat(ring.key("first")).isNotNull();
        published = Signer.published(SECOND, FIRST);
        passes(Duration.ofMinutes(2));
        assertThat(ring.key("second")).isNotNull();
        assertThat(ring.key("first")).isNotNull();
        assertThat(asked).hasValue(2);
    }

    @Test
    void an_old_copy_serves_while_a_new_one_is_fetched_behind() {
        assertThat(ring.key("first")).isNotNull();
        published = Signer.published(SECOND);
        passes(Duration.ofHours(2));
        assertThat(ring.key("first")).isNotNull();
        eventually(() -> asked.get() == 2 && ring.key("second") != null);
        assertThat(ring.key("first")).as("taken out of use").isNull();
    }

    @Test
    void an_old_copy_serves_for_a_day_while_the_vendor_is_away() {
        assertThat(ring.key("first")).isNotNull();
        isAway = true;
        passes(Duration.ofHours(24));
        assertThat(ring.key("first")).isNotNull();
        eventually(() -> asked.get() == 2);
        passes(Duration.ofHours(2));
        assertThatThrownBy(() -> ring.key("first")).isInstanceOf(Failure.class);
    }

    @Test
    void what_he_says_is_believed_within_bounds() {
        cacheControl = "max-age=0";
        assertThat(ring.key("first")).isNotNull();
        passes(Duration.ofMinutes(4));
        assertThat(ring.key("first")).isNotNull();
        assertThat(asked).as("five minutes at least").hasValue(1);
    }

    @Test
    void garbage_in_the_place_of_keys_changes_nothing() {
        assertThat(ring.key("first")).isNotNull();
        for (String garbage :
                List.of(
                        "{}",
                        "[]",
                        "{\"keys\":[]}",
                        "{\"keys\":7}",
                        "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"first\",\"n\":\"AQAB\",\"e\":\"AQAB\"}]}",
                        "{\"keys\":[{\"kty\":\"oct\",\"kid\":\"first\",\"k\":\"AAAA\"}]}",
                        "{\"keys\":[{\"kty\":\"RSA\"}]}")) {
            published = garbage;
            passes(Duration.ofMinutes(2));
            assertThatThrownBy(() -> ring.key("second"))
                    .as(garbage)
                    .isInstanceOfSatisfying(
                            Failure.class,
                            away -> assertThat(away.code()).isEqualTo("PROVIDER_UNAVAILABLE"));
            assertThat(ring.key("first")).as(garbage).isNotNull();
        }
    }

    @Test
    void a_crowd_waits_for_one_answer_and_takes_what_it_brings() throws Exception {
        CountDownLatch isOpen = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        KeyRing slow =
                new KeyRing(
                        () -> {
                            calls.incrementAndGet();
                            await(isOpen);
                            throw VendorHttp.unavailable();
                        },
                        System::nanoTime);
        List<Callable<Boolean>> crowd = new ArrayList<>();
        AtomicInteger arrived = new AtomicInteger();
        for (int i = 0; i < 50; i++) {
            crowd.add(() -> {
                arrived.incrementAndGet();
                try {
                    return slow.key("first") == null;
                } catch (Failure away) {
                    return true;
                }
            });
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = crowd.stream().map(threads::submit).toList();
            eventually(() -> arrived.get() == 50 && calls.get() == 1);
            isOpen.countDown();
            for (var answer : answers) {
                assertThat(answer.get()).isTrue();
            }
        }
        assertThat(calls.get()).as("nobody asks again who waited for this").isLessThan(25);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private void passes(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
