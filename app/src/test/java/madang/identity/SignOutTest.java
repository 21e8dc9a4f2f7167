package madang.identity;

import static madang.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import madang.kit.Caller;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.Session;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What ends a session ends all that hangs on it, on every node.
class SignOutTest {
    private static Gatehouse house;
    private static Gatehouse secondNode;

    @BeforeAll
    static void open() {
        house = Gatehouse.open();
        secondNode = house.another();
    }

    @AfterAll
    static void close() {
        secondNode.close();
        house.close();
    }

    @Test
    void going_out_ends_this_session_and_no_other() {
        var here = house.joins("mina");
        var elsewhere = house.logsIn("mina", Gatehouse.password("mina"));
        var out = house.post("logout", "", Gatehouse.bearer(here));
        assertThat(out.status()).isEqualTo(200);
        assertThat(out.data().isNull()).isTrue();
        assertThat(house.me(here.text("access_token")).code()).isEqualTo("AUTH_TOKEN_INVALID");
        assertThat(house.refreshes(here.text("refresh_token")).status()).isEqualTo(401);
        assertThat(house.post("logout", "", Gatehouse.bearer(here)).status()).isEqualTo(401);
        assertThat(house.post("logout", "").code()).isEqualTo("AUTH_TOKEN_MISSING");
        assertThat(house.me(elsewhere.text("access_token")).status()).isEqualTo(200);
    }

    @Test
    void going_out_everywhere_ends_them_all() {
        var here = house.joins("joon");
        var elsewhere = house.logsIn("joon", Gatehouse.password("joon"));
        house.post("logout", "{\"all\":true}", Gatehouse.bearer(here));
        assertThat(house.me(here.text("access_token")).status()).isEqualTo(401);
        assertThat(house.me(elsewhere.text("access_token")).status()).isEqualTo(401);
        assertThat(house.refreshes(elsewhere.text("refresh_token")).status()).isEqualTo(401);
        assertThat(house.logsIn("joon", Gatehouse.password("joon")).status()).isEqualTo(200);
    }

    @Test
    void another_node_knows_it_too_also_without_a_bus() {
        List<Id<Session>> closed = Collections.synchronizedList(new ArrayList<>());
        secondNode.identity().onSessionEnded(closed::add);
        var sora = house.joins("sora");
        assertThat(secondNode.me(sora.text("access_token")).status()).isEqualTo(200);
        Caller.Member caller = house.tokens().read(sora.text("access_token"));
        house.post("logout", "", Gatehouse.bearer(sora));
        eventually(() -> secondNode.me(sora.text("access_token")).status() == 401);
        assertThat(closed).contains(caller.session()).doesNotHaveDuplicates();
    }

    @Test
    void an_answer_lost_with_its_node_can_be_had_from_another() {
        var joon = house.joins("joonho");
        var lost = house.refreshes(joon.text("refresh_token"));
        var again = secondNode.refreshes(joon.text("refresh_token"));
        assertThat(again.text("refresh_token")).isEqualTo(lost.text("refresh_token"));
        assertThat(house.refreshes(again.text("refresh_token")).status()).isEqualTo(200);
    }

    @Test
    void a_node_that_starts_knows_who_went_out_before() {
        try (Gatehouse first = Gatehouse.open()) {
            var hana = first.joins("hana");
            first.post("logout", "", Gatehouse.bearer(hana));
            try (Gatehouse late = first.another()) {
                assertThat(late.me(hana.text("access_token")).status()).isEqualTo(401);
            }
        }
    }

    @Test
    void a_replay_is_heard_by_the_sockets() {
        List<Id<Session>> closed = Collections.synchronizedList(new ArrayList<>());
        house.identity().onSessionEnded(closed::add);
        var dana = house.joins("dana");
        var session = house.tokens().read(dana.text("access_token")).session();
        house.refreshes(dana.text("refresh_token"));
        passes(Duration.ofSeconds(11));
        house.refreshes(dana.text("refresh_token"));
        assertThat(closed).containsExactly(session);
    }

    @Test
    void a_ticket_opens_once() throws Exception {
        var yuna = house.joins("yuna");
        var answer = house.post("ws-ticket", "", Gatehouse.bearer(yuna));
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.data().get("expires_in").intValue()).isEqualTo(30);
        String ticket = answer.text("ticket");
        int opened = 0;
        try (var crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> all = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                Gatehouse node = i % 2 == 0 ? house : secondNode;
                all.add(() -> opens(node, ticket));
            }
            for (Future<Boolean> tried : crowd.invokeAll(all)) {
                opened += tried.get() ? 1 : 0;
            }
        }
        assertThat(opened).isEqualTo(1);
    }

    @Test
    void a_ticket_dies_after_30_seconds_and_with_its_session() {
        var bora = house.joins("bora");
        String late = house.post("ws-ticket", "", Gatehouse.bearer(bora)).text("ticket");
        passes(Duration.ofSeconds(30));
        assertThat(opens(house, late)).isFalse();
        String orphaned = house.post("ws-ticket", "", Gatehouse.bearer(bora)).text("ticket");
        String good = house.post("ws-ticket", "", Gatehouse.bearer(bora)).text("ticket");
        assertThat(opens(house, good)).isTrue();
        house.post("logout", "", Gatehouse.bearer(bora));
        assertThat(opens(house, orphaned)).isFalse();
        assertThat(house.post("ws-ticket", "").status()).isEqualTo(401);
    }

    @Test
    void the_sweep_ends_what_is_idle_and_forgets_what_is_over() {
        try (Gatehouse other = Gatehouse.open()) {
            List<Id<Session>> closed = Collections.synchronizedList(new ArrayList<>());
            other.identity().onSessionEnded(closed::add);
            var nari = other.joins("nari");
            other.post("ws-ticket", "", Gatehouse.bearer(nari));
            other.feature().sweep();
            assertThat(closed).isEmpty();
            other.passes(Duration.ofDays(31));
            other.feature().sweep();
            assertThat(closed).hasSize(1);
            assertThat(rows(other, "socket_ticket")).isZero();
            assertThat(rows(other, "session")).isEqualTo(1);
            other.passes(Duration.ofDays(3));
            other.feature().sweep();
            assertThat(rows(other, "session")).isZero();
            assertThat(rows(other, "users")).isEqualTo(1);
        }
    }

    private static void passes(Duration time) {
        house.passes(time);
        secondNode.passes(time);
    }

    private static long rows(Gatehouse house, String table) {
        return house.db()
                .read(tx -> tx.sql("select count(*) from identity." + table).one(Long.class));
    }

    private static boolean opens(Gatehouse node, String ticket) {
        try {
            node.identity().useTicket(ticket);
            return true;
        } catch (Failure refused) {
            assertThat(refused.code()).isEqualTo("AUTH_TOKEN_INVALID");
            return false;
        }
    }
}
