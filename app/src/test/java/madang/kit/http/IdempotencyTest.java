package madang.kit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import madang.testing.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The same key twice has one effect.
final class IdempotencyTest {
    private static final String TEA = "{\"name\":\"tea\",\"count\":3}";
    private Workbench bench;

    @BeforeEach
    void open() {
        bench = Workbench.open();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private Answer keyed(String target, String key) {
        return bench.post("mina", target, TEA, "Idempotency-Key", key);
    }

    @Test
    void the_second_answer_is_the_first_one_byte_for_byte() {
        Answer first = keyed("/t/things", "k");
        Answer second = keyed("/t/things", "k");
        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(second.header("ETag")).isEqualTo(first.header("ETag")).isNotEmpty();
        assertThat(first.header("Idempotent-Replayed")).isEmpty();
        assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(second.header("X-Request-Id")).isNotEqualTo(first.header("X-Request-Id"));
        assertThat(bench.things()).isEqualTo(1);
        assertThat(bench.facts()).isEqualTo(1);
    }

    @Test
    void another_body_under_the_same_key_is_refused() {
        Answer first = keyed("/t/things", "k");
        Answer other =
                bench.post(
                        "mina",
                        "/t/things",
                        "{\"name\":\"tea\", \"count\":3}",
                        "Idempotency-Key",
                        "k");
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.code()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
        assertThat(keyed("/t/things", "k").text()).isEqualTo(first.text());
        assertThat(bench.things()).isEqualTo(1);
    }

    @Test
    void a_key_is_its_users_own_and_its_paths_own() {
        keyed("/t/things", "k");
        assertThat(bench.post("joon", "/t/things", TEA, "Idempotency-Key", "k").status())
                .isEqualTo(201);
        keyed("/t/outside", "k");
        assertThat(bench.things()).isEqualTo(3);
    }

    @Test
    void of_two_at_once_one_has_the_effect_and_the_other_hears_that_it_runs() throws Exception {
        for (int round = 0; round < 20; round++) {
            int before = bench.calls.get();
            bench.gate = new CountDownLatch(1);
            bench.entered = new CountDownLatch(1);
            String key = "round" + round;
            try (ExecutorService two = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<Answer> running = two.submit(() -> keyed("/t/slow", key));
                bench.entered.await();
                Answer second = keyed("/t/slow", key);
                assertThat(second.status()).isEqualTo(409);
                assertThat(second.code()).isEqualTo("IDEMPOTENCY_IN_PROGRESS");
                bench.gate.countDown();
                assertThat(running.get().status()).isEqualTo(201);
                assertThat(keyed("/t/slow", key).text()).isEqualTo(running.get().text());
            }
            assertThat(bench.calls.get() - before).isEqualTo(1);
        }
        assertThat(bench.things()).isEqualTo(20);
    }

    @Test
    void sixteen_at_once_have_one_effect() throws Exception {
        for (int round = 0; round < 20; round++) {
            String key = "storm" + round;
            List<Future<Answer>> answers = new ArrayList<>();
            try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 16; i++) {
                    answers.add(many.submit(() -> keyed("/t/things", key)));
                }
            }
            String first = keyed("/t/things", key).text();
            for (Future<Answer> answer : answers) {
                assertThat(answer.get().status()).isIn(201, 409);
                if (answer.get().status() == 201) {
                    assertThat(answer.get().text()).isEqualTo(first);
                }
            }
        }
        assertThat(bench.things()).isEqualTo(20);
        assertThat(bench.facts()).isEqualTo(20);
    }

    @Test
    void a_refusal_is_kept_and_undoes_what_the_handler_did() {
        Answer first = keyed("/t/refused", "k");
        Answer second = keyed("/t/refused", "k");
        assertThat(first.status()).isEqualTo(409);
        assertThat(first.code()).isEqualTo("THING_TAKEN");
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(bench.calls).hasValue(1);
        assertThat(bench.things()).isZero();
        assertThat(bench.facts()).isZero();
    }

    @Test
    void what_may_pass_is_not_kept() {
        for (String target : List.of("/t/broken", "/t/unavailable", "/t/ended")) {
            int before = bench.calls.get();
            Answer first = keyed(target, "k");
            assertThat(first.status()).isIn(500, 503, 401);
            assertThat(keyed(target, "k").header("Idempotent-Replayed")).isEmpty();
            assertThat(bench.calls.get() - before).as(target).isEqualTo(2);
        }
        assertThat(bench.things()).isZero();
        assertThat(bench.facts()).isZero();
        assertThat(bench.keys()).isZero();
    }

    @Test
    void a_refusal_before_the_handler_is_not_kept() {
        assertThat(
                        bench.post(
                                        "mina",
                                        "/t/things",
                                        TEA,
                                        "Idempotency-Key",
                                        "k",
                                        "Content-Type",
                                        "x")
                                .status())
                .isEqualTo(415);
        assertThat(keyed("/t/things", "k").status()).isEqualTo(201);
        assertThat(bench.ask("POST", "/t/things", TEA, "Idempotency-Key", "k").status())
                .isEqualTo(401);
    }

    @Test
    void public_routes_and_routes_that_answer_secrets_ignore_the_key() {
        for (String target : List.of("/t/public", "/t/secret")) {
            Answer first = keyed(target, "k");
            Answer second = keyed(target, "k");
            assertThat(second.text()).isNotEqualTo(first.text());
            assertThat(second.header("Idempotent-Replayed")).isEmpty();
            assertThat(bench.post("mina", target, TEA, "Idempotency-Key", "a b").status())
                    .isEqualTo(201);
        }
        assertThat(bench.keys()).isZero();
    }

    @Test
    void a_key_is_1_to_255_visible_ascii_characters() {
        for (String good : List.of("!", "~", "x".repeat(255), "a\"b,c;d")) {
            assertThat(keyed("/t/things", good).status()).isEqualTo(201);
        }
        for (String bad : List.of("x".repeat(256), "a b", "a\tb")) {
            Answer answer = keyed("/t/things", bad);
            assertThat(answer.status()).as(bad).isEqualTo(422);
            assertThat(answer.details().propertyNames()).containsExactly("Idempotency-Key");
        }
        String empty =
                bench.raw(
                        "POST /t/things HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer mina\r\nContent-Type: application/json\r\nIdempotency-Key:\r\nContent-Length: %d\r\n\r\n%s"
                                .formatted(TEA.length(), TEA));
        assertThat(empty).startsWith("HTTP/1.1 422");
    }

    @Test
    void a_key_is_forgotten_after_a_day() {
        Answer first = keyed("/t/things", "k");
        bench.clock.move(Duration.ofHours(23));
        bench.idempotency.forgetOld();
        assertThat(keyed("/t/things", "k").text()).isEqualTo(first.text());
        bench.clock.move(Duration.ofHours(2));
        bench.idempotency.forgetOld();
        assertThat(bench.keys()).isZero();
        assertThat(keyed("/t/things", "k").text()).isNotEqualTo(first.text());
    }

    @Test
    void a_day_is_a_day_also_before_the_job_has_run() {
        Answer first = keyed("/t/things", "k");
        bench.clock.move(Duration.ofHours(25));
        Answer anew = keyed("/t/things", "k");
        assertThat(anew.status()).isEqualTo(201);
        assertThat(anew.text()).isNotEqualTo(first.text());
        assertThat(keyed("/t/things", "k").text()).isEqualTo(anew.text());
    }

    @Test
    void outside_our_transaction_an_attempt_is_kept_instead() {
        Answer first = keyed("/t/outside", "k");
        assertThat(first.status()).isEqualTo(201);
        assertThat(keyed("/t/outside", "k").text()).isEqualTo(first.text());
        assertThat(keyed("/t/outside", "k").header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(bench.calls).hasValue(1);
        String breaks = "{\"name\":\"breaks\",\"count\":3}";
        assertThat(bench.post("mina", "/t/outside", breaks, "Idempotency-Key", "b").status())
                .isEqualTo(500);
    }

    @Test
    void an_attempt_that_runs_is_409_and_one_that_was_abandoned_is_tried_again() throws Exception {
        bench.gate = new CountDownLatch(1);
        try (ExecutorService two = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Answer> lost = two.submit(() -> keyed("/t/outside", "k"));
            bench.entered.await();
            assertThat(keyed("/t/outside", "k").code()).isEqualTo("IDEMPOTENCY_IN_PROGRESS");
            bench.clock.move(Duration.ofSeconds(61));
            bench.gate.countDown();
            assertThat(lost.get().status()).isEqualTo(201);
        }
        assertThat(keyed("/t/outside", "k").status()).isEqualTo(201);
        assertThat(bench.calls).hasValue(1);
    }

    @Test
    void an_attempt_that_a_crash_left_open_is_free_after_a_minute() {
        keyed("/t/outside", "k");
        bench.db.run(tx -> tx.sql("update kit.idempotency set status = 0").count());
        assertThat(keyed("/t/outside", "k").status()).isEqualTo(409);
        bench.clock.move(Duration.ofSeconds(61));
        assertThat(keyed("/t/outside", "k").status()).isEqualTo(201);
        assertThat(bench.calls).hasValue(2);
    }

    @Test
    void a_slow_attempt_that_was_given_up_does_not_undo_its_successor() throws Exception {
        bench.gate = new CountDownLatch(1);
        CountDownLatch slowGate = bench.gate;
        try (ExecutorService two = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Answer> slow = two.submit(() -> keyed("/t/outside", "k"));
            bench.entered.await();
            bench.clock.move(Duration.ofSeconds(61));
            bench.gate = new CountDownLatch(0);
            Answer successor = keyed("/t/outside", "k");
            assertThat(successor.status()).isEqualTo(201);
            slowGate.countDown();
            assertThat(slow.get().status()).isEqualTo(201);
            assertThat(keyed("/t/outside", "k").text()).isEqualTo(successor.text());
        }
    }

    @Test
    void a_fault_in_an_outside_attempt_frees_the_key() {
        String breaks = "{\"name\":\"breaks\",\"count\":3}";
        for (int i = 0; i < 2; i++) {
            assertThat(bench.post("mina", "/t/outside", breaks, "Idempotency-Key", "k").status())
                    .isEqualTo(500);
        }
        assertThat(bench.calls).hasValue(2);
        assertThat(bench.keys()).isZero();
    }
}
