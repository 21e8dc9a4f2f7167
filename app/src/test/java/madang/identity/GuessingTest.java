package madang.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import madang.kit.Role;
import madang.kit.Secret;
import madang.testing.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Guessing at passwords, over HTTP, and who is an administrator.
class GuessingTest {
    private static Gatehouse house;

    @BeforeAll
    static void open() {
        house = Gatehouse.open();
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    void guesses_from_everywhere_are_slowed_and_the_owner_gets_in() {
        var joined = house.joins("mina");
        String device = joined.header("X-Device-Token");
        assertThat(joined.cookie("madang_device")).isEqualTo(device).isNotEmpty();
        for (int i = 0; i < 5; i++) {
            assertThat(guess("mina", i).status()).isEqualTo(401);
        }
        var refused = guess("mina", 9);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.code()).isEqualTo("RATE_LIMIT_EXCEEDED");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 15);
        var right = house.logsIn("mina", Gatehouse.password("mina"), "X-Forwarded-For", "10.3.3.3");
        assertThat(right.status()).as("tells the guesser nothing").isEqualTo(429);
        var byEmail = house.post("login", "{\"identifier\":\"MINA\",\"password\":\"x\"}");
        assertThat(byEmail.status()).as("another spelling, the same account").isEqualTo(429);
        var owner = house.logsIn("mina", Gatehouse.password("mina"), "X-Device-Token", device);
        assertThat(owner.status()).isEqualTo(200);
        assertThat(owner.header("X-Device-Token")).isEqualTo(device);
        var byCookie =
                house.logsIn(
                        "mina", Gatehouse.password("mina"), "Cookie", "madang_device=" + device);
        assertThat(byCookie.status()).isEqualTo(200);
        house.passes(Duration.ofSeconds(15));
        assertThat(guess("mina", 9).status()).isEqualTo(401);
    }

    @Test
    void a_device_of_somebody_else_opens_no_side_door() {
        String device = house.joins("joon").header("X-Device-Token");
        house.joins("sora");
        for (int i = 0; i < 5; i++) {
            guess("sora", i);
        }
        var refused = house.logsIn("sora", Gatehouse.password("sora"), "X-Device-Token", device);
        assertThat(refused.status()).isEqualTo(429);
    }

    @Test
    void a_name_that_nobody_has_is_slowed_alike() {
        for (int i = 0; i < 5; i++) {
            assertThat(guess("nobody", i).status()).isEqualTo(401);
        }
        var refused = guess("nobody", 9);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 15);
    }

    @Test
    void whoever_sits_in_a_foreign_session_cannot_guess_on() {
        var hana = house.joins("hana");
        int last = 0;
        for (int i = 0; i < 6; i++) {
            last =
                    house.ask(
                                    "PATCH",
                                    "/api/v1/users/me/password",
                                    "{\"current_password\":\"x\",\"new_password\":\"long enough\"}",
                                    Gatehouse.bearer(hana))
                            .status();
        }
        assertThat(last).isEqualTo(429);
        assertThat(house.logsIn("hana", Gatehouse.password("hana")).status()).isEqualTo(200);
    }

    @Test
    void the_first_administrator_is_made_once() {
        Identity identity = house.identity();
        Secret password = new Secret("a password of the mayor");
        assertThat(identity.createAdmin("mayor", password)).isEqualTo(Identity.FirstAdmin.CREATED);
        assertThat(identity.createAdmin("Mayor", new Secret("another password")))
                .isEqualTo(Identity.FirstAdmin.EXISTS);
        assertThat(identity.createAdmin("m", password)).isEqualTo(Identity.FirstAdmin.UNFIT);
        assertThat(identity.createAdmin("deputy", new Secret("short")))
                .isEqualTo(Identity.FirstAdmin.UNFIT);
        house.joins("dana");
        assertThat(identity.createAdmin("dana", password))
                .isEqualTo(Identity.FirstAdmin.NAME_TAKEN);
        var mayor = house.logsIn("mayor", "a password of the mayor");
        var dana = house.logsIn("dana", Gatehouse.password("dana"));
        assertThat(mayor.data().get("user").get("role").stringValue())
                .isEqualTo(Role.SUPER_ADMIN.name());
        var tokens = house.tokens();
        assertThat(tokens.isAdmin(tokens.read(mayor.text("access_token")))).isTrue();
        assertThat(tokens.isAdmin(tokens.read(dana.text("access_token")))).isFalse();
        house.db()
                .run(tx ->
                        tx.sql("update identity.users set role = 'USER' where username = 'mayor'")
                                .count());
        assertThat(tokens.isAdmin(tokens.read(mayor.text("access_token"))))
                .as("the role is asked anew")
                .isFalse();
    }

    private static Answer guess(String username, int from) {
        return house.logsIn(username, "a guess", "X-Forwarded-For", "10.4.4." + from);
    }
}
