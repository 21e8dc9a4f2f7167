package madang.identity;

import static madang.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.util.List;
import madang.kit.db.DatabaseAddress;
import madang.testing.Answer;
import madang.testing.ChildHouse;
import madang.testing.House;
import madang.testing.Http;
import madang.testing.Person;
import madang.testing.Talker;
import madang.testing.TestPostgres;
import madang.testing.Twins;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A node is killed just when it has spent a token, or just when it has caught a thief. Nobody is
/// out who should be in, and nobody in who should be out, sockets included.
class SessionKillTest {
    private static final String REFRESH = "/api/v1/auth/refresh";
    private static final String ME = "/api/v1/users/me";
    private static DatabaseAddress database;
    private static House there;
    private static ChildHouse here;

    @BeforeAll
    static void open() {
        database = House.freshDatabase();
        there = House.on(database, Twins.SHARED);
        here = ChildHouse.on(database);
    }

    @AfterAll
    static void close() {
        here.close();
        there.close();
        TestPostgres.drop(database);
    }

    @Test
    void a_replay_is_heard_by_the_other_nodes_sockets_though_its_own_node_died_of_it() {
        Person mina = there.person("mina");
        String second = swapped(there.stranger(), mina.refreshToken());
        String third = swapped(there.stranger(), second);
        try (Talker before = Talker.connect(here.port(), mina.accessToken());
                Talker talker = Talker.connect(there.port(), mina.accessToken())) {
            here.kill();
            assertThat(before.closeCode()).as("only its node is gone").isNotEqualTo(4401);
            here.startAgain(List.of("-Dmadang.crash=AFTER_RENEWAL:1"));
            try (Talker again = Talker.connect(here.port(), mina.accessToken())) {
                dies(mina.refreshToken());
                assertThat(again.closeCode()).isNotZero();
            }
            assertThat(talker.closeCode()).isEqualTo(4401);
        }
        assertThat(bearer(there.stranger(), mina).get(ME).status()).isEqualTo(401);
        assertThat(renewed(there.stranger(), third).status()).isEqualTo(401);
        here.startAgain();
        assertThat(bearer(atHere(), mina).get(ME).status()).isEqualTo(401);
        assertThat(renewed(atHere(), third).status()).isEqualTo(401);
    }

    @Test
    void a_swap_whose_node_died_before_it_answered_is_had_again_from_the_other() {
        Person joon = there.person("joon");
        here.kill();
        here.startAgain(List.of("-Dmadang.crash=AFTER_RENEWAL:1"));
        try (Talker talker = Talker.connect(there.port(), joon.accessToken())) {
            dies(joon.refreshToken());
            String successor = swapped(there.stranger(), joon.refreshToken());
            assertThat(swapped(there.stranger(), joon.refreshToken())).isEqualTo(successor);
            assertThat(talker.calls("ping").get("error")).as("her socket lives on").isNull();
            here.startAgain();
            assertThat(renewed(atHere(), successor).status()).isEqualTo(200);
            assertThat(bearer(atHere(), joon).get(ME).status()).isEqualTo(200);
        }
    }

    @Test
    void who_went_out_while_a_node_was_dead_is_out_there_when_it_is_back() {
        Person sora = there.person("sora");
        eventually(() -> bearer(atHere(), sora).get(ME).status() == 200);
        here.kill();
        assertThat(bearer(there.stranger(), sora).post("/api/v1/auth/logout").status())
                .isEqualTo(200);
        here.startAgain();
        assertThat(bearer(atHere(), sora).get(ME).status()).isEqualTo(401);
    }

    /// It dies before it answers.
    private static void dies(String refreshToken) {
        assertThatThrownBy(() -> renewed(atHere(), refreshToken))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(here.awaitDeath()).as(here.log()).isEqualTo(137);
    }

    private static String swapped(Http where, String refreshToken) {
        Answer answer = renewed(where, refreshToken);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.text("refresh_token");
    }

    private static Answer renewed(Http where, String refreshToken) {
        return where.post(REFRESH, "{\"refresh_token\":\"" + refreshToken + "\"}");
    }

    private static Http bearer(Http where, Person person) {
        return where.with("Authorization", "Bearer " + person.accessToken());
    }

    private static Http atHere() {
        return there.stranger().atUrl(here.url());
    }
}
