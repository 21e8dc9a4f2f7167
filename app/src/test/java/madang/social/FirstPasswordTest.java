package madang.social;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import madang.testing.Answer;
import madang.testing.House;
import madang.testing.Http;
import madang.testing.Person;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Whoever came by Kakao chooses a password later, and comes in by either.
class FirstPasswordTest {
    private static final String PASSWORD = "/api/v1/users/me/password";
    private static House house;

    @BeforeAll
    static void open() {
        house = House.open();
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    void who_has_just_signed_in_chooses_one_and_signs_in_by_it() {
        Http minji = in("minji");
        Http elsewhere = in("minji");
        assertThat(hasPassword(minji)).isFalse();
        assertThat(chooses(minji, "short").status()).isEqualTo(422);
        assertThat(chooses(minji, "a first password").status()).isEqualTo(200);
        assertThat(hasPassword(minji)).isTrue();
        assertThat(elsewhere.get("/api/v1/users/me").status())
                .as("who had only her other session is out")
                .isEqualTo(401);
        assertThat(logsIn("minji@example.com", "a first password").status()).isEqualTo(200);

        Answer second = chooses(minji, "another password");
        assertThat(second.status()).as("now there is one to prove").isEqualTo(422);
        assertThat(second.details().propertyNames()).containsExactly("current_password");
        assertThat(logsIn("minji@example.com", "another password").status()).isEqualTo(401);
    }

    @Test
    void who_sits_in_an_old_session_chooses_nothing() {
        Http juno = in("juno");
        house.clock().move(Duration.ofMinutes(11));
        assertThat(chooses(juno, "a first password").code()).isEqualTo("FRESH_SIGN_IN_REQUIRED");
        assertThat(chooses(in("juno"), "a first password").status()).isEqualTo(200);
    }

    @Test
    void who_has_nothing_to_be_called_by_is_told_so() {
        Answer refused = chooses(in("byeol"), "a first password");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("NAME_MISSING");
        Answer guest = house.stranger().post("/api/v1/auth/anonymous");
        assertThat(chooses(bearer(guest), "a first password").code()).isEqualTo("NAME_MISSING");
    }

    @Test
    void of_twenty_at_once_one_is_the_first() throws Exception {
        Http dasom = in("dasom");
        List<Callable<Integer>> all =
                IntStream.range(0, 20)
                        .<Callable<Integer>>mapToObj(
                                i -> () -> chooses(dasom, "first password " + i).status())
                        .toList();
        int done = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> one : threads.invokeAll(all)) {
                done += one.get() == 200 ? 1 : 0;
            }
        }
        assertThat(done).isEqualTo(1);
    }

    @Test
    void who_has_one_proves_it_however_fresh_he_is() {
        Person mina = house.person("mina");
        assertThat(chooses(mina.http(), "another password").status()).isEqualTo(422);
        assertThat(mina.onAnotherDevice().http().get("/api/v1/users/me").status()).isEqualTo(200);
    }

    private static Http in(String person) {
        Browser browser = new Browser(house);
        browser.signsIn("kakao", person);
        return bearer(browser.opensPage());
    }

    private static Http bearer(Answer signedIn) {
        return house.stranger().with("Authorization", "Bearer " + signedIn.text("access_token"));
    }

    private static Answer chooses(Http who, String password) {
        return who.patch(PASSWORD, "{\"new_password\":\"" + password + "\"}");
    }

    private static boolean hasPassword(Http who) {
        return who.get("/api/v1/users/me").data().get("has_password").booleanValue();
    }

    private static Answer logsIn(String email, String password) {
        return house.stranger()
                .post(
                        "/api/v1/auth/login",
                        "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, password));
    }
}
