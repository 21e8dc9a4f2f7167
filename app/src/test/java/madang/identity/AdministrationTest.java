package madang.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import madang.kit.Id;
import madang.testing.Answer;
import madang.testing.House;
import madang.testing.Http;
import madang.testing.Person;
import madang.testing.Talker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class AdministrationTest {
    private static final String USERS = "/api/v1/admin/users";
    private static final String NOBODY = "01900000-0000-7000-8000-000000000000";

    private static House house;
    private static Person chief;
    private static Person admin;

    @BeforeAll
    static void open() {
        house = House.open();
        chief = promoted("chief", "SUPER_ADMIN");
        admin = promoted("keeper", "ADMIN");
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    void users_find_no_door_here() {
        Person sora = house.person("sora-a");
        for (Answer answer :
                List.of(
                        sora.http().get(USERS),
                        sora.http().get(USERS + "/" + admin.id()),
                        suspend(sora, admin, "{}"),
                        sora.http()
                                .patch(USERS + "/" + sora.id() + "/role", "{\"role\":\"ADMIN\"}"),
                        sora.http().get("/api/v1/admin/stats"))) {
            assertThat(answer.status()).isEqualTo(403);
        }
        assertThat(house.stranger().get(USERS).status()).isEqualTo(401);
    }

    @Test
    void who_is_suspended_is_out_at_once_with_his_bots_and_may_come_back() {
        Person haneul = house.person("haneul-a");
        String bot =
                haneul.http()
                        .post("/api/v1/users/me/bots", "{\"nickname\":\"비둘기 🕊\"}")
                        .text("token");
        Http asBot = house.stranger().with("Authorization", "Bearer " + bot);
        assertThat(asBot.get("/api/v1/users/me").status()).isEqualTo(200);
        try (Talker socket = Talker.connect(house.port(), haneul.accessToken())) {
            Answer done = suspend(admin, haneul, "{\"reason\":\"욕설 🤬\",\"duration_days\":3}");
            assertThat(done.status()).isEqualTo(200);
            assertThat(done.text("state")).isEqualTo("suspended");
            assertThat(done.text("suspension_reason")).isEqualTo("욕설 🤬");
            assertThat(socket.closeCode()).isEqualTo(4401);
        }
        assertThat(haneul.http().get("/api/v1/users/me").status()).isEqualTo(401);
        assertThat(asBot.get("/api/v1/users/me").status()).isEqualTo(401);
        assertThat(logIn("haneul-a").code()).isEqualTo("ACCOUNT_SUSPENDED");

        house.clock().move(Duration.ofDays(3).plusSeconds(1));
        assertThat(logIn("haneul-a").status()).isEqualTo(200);
        Person again = haneul.onAnotherDevice();
        assertThat(suspend(relogged(admin), again, "{}").status()).isEqualTo(200);
        assertThat(logIn("haneul-a").code()).isEqualTo("ACCOUNT_SUSPENDED");
        Answer back = suspend(relogged(admin), again, "{\"suspended\":false}");
        assertThat(back.text("state")).isEqualTo("active");
        assertThat(logIn("haneul-a").status()).isEqualTo(200);
        assertThat(actions(haneul))
                .containsExactly("USER_REINSTATED", "USER_SUSPENDED", "USER_SUSPENDED");
        assertThat(log(haneul).toString()).doesNotContain("욕설");
    }

    @Test
    void nobody_acts_upon_himself_or_above() {
        Person keeper = relogged(admin);
        Person boss = relogged(chief);
        Person other = promoted("keeper-two", "ADMIN");
        assertThat(suspend(keeper, keeper, "{}").status()).isEqualTo(403);
        assertThat(suspend(keeper, boss, "{}").status()).isEqualTo(403);
        assertThat(suspend(keeper, other, "{}").status()).isEqualTo(403);
        assertThat(suspend(boss, boss, "{}").status()).isEqualTo(403);
        assertThat(role(keeper, house.person("dana-r"), "EXPERT").status()).isEqualTo(403);
        assertThat(role(boss, boss, "USER").status()).isEqualTo(403);
        assertThat(suspend(boss, other, "{}").status()).isEqualTo(200);
        assertThat(boss.http().patch(USERS + "/" + NOBODY + "/suspend", "{}").status())
                .isEqualTo(404);
        assertThat(
                        boss.http()
                                .patch(USERS + "/" + NOBODY + "/role", "{\"role\":\"USER\"}")
                                .status())
                .isEqualTo(404);
        assertThat(boss.http().get(USERS + "/hay").status()).isEqualTo(404);
        assertThat(suspend(boss, other, "{\"duration_days\":0}").status()).isEqualTo(422);
        assertThat(role(boss, other, "EMPEROR").status()).isEqualTo(422);
    }

    @Test
    void another_role_begins_with_another_session() {
        Person boss = relogged(chief);
        Person dana = house.person("dana-s");
        assertThat(role(boss, dana, "ADMIN").data().get("account").get("role").stringValue())
                .isEqualTo("ADMIN");
        assertThat(dana.http().get("/api/v1/users/me").status()).isEqualTo(401);
        Person promoted = dana.onAnotherDevice();
        assertThat(promoted.http().get(USERS).status()).isEqualTo(200);
        assertThat(role(boss, dana, "ADMIN").status()).isEqualTo(200);
        assertThat(promoted.http().get(USERS).status()).isEqualTo(200);
        assertThat(role(boss, dana, "USER").status()).isEqualTo(200);
        assertThat(promoted.http().get(USERS).status()).isEqualTo(401);
        assertThat(dana.onAnotherDevice().http().get(USERS).status()).isEqualTo(403);
        List<JsonNode> noted = log(dana);
        assertThat(noted).hasSize(2);
        assertThat(noted.getFirst().get("details").toString())
                .isEqualTo("{\"from\":\"ADMIN\",\"to\":\"USER\"}");
        assertThat(noted.getFirst().get("actor").stringValue()).isEqualTo(chief.id());
        assertThat(noted.getFirst().get("address").stringValue()).isEqualTo("127.0.0.1");
    }

    @Test
    void of_two_chiefs_who_dismiss_each_other_one_remains() throws Exception {
        for (int i = 0; i < 5; i++) {
            Person one = promoted("one-" + i, "SUPER_ADMIN");
            Person two = promoted("two-" + i, "SUPER_ADMIN");
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Callable<Integer>> both =
                        List.of(
                                () -> role(one, two, "USER").status(),
                                () -> role(two, one, "USER").status());
                List<Integer> statuses = new ArrayList<>();
                for (var done : threads.invokeAll(both)) {
                    statuses.add(done.get());
                }
                assertThat(statuses).containsOnlyOnce(200);
            }
        }
    }

    @Test
    void the_list_is_found_by_name_and_state_and_says_nothing_private() {
        Person boss = relogged(chief);
        List<Person> cats = new ArrayList<>();
        for (String name : List.of("Nabi.Cat-1", "nabi.cat-2", "NABI.cat-3")) {
            cats.add(house.person(name));
        }
        house.person("nabi_cat");
        suspend(boss, cats.get(1), "{}");
        assertThat(names(boss, "?q=nabi.CAT"))
                .containsExactly("NABI.cat-3", "nabi.cat-2", "Nabi.Cat-1");
        assertThat(names(boss, "?q=nabi.cat&state=suspended")).containsExactly("nabi.cat-2");
        assertThat(names(boss, "?q=nabi%25")).isEmpty();
        assertThat(names(boss, "?q=nabi_")).containsExactly("nabi_cat");
        assertThat(names(boss, "?role=super_admin&q=chief")).containsExactly("chief");
        assertThat(boss.http().get(USERS + "?state=gone&role=king").details().size()).isEqualTo(2);

        cats.getFirst()
                .http()
                .patch("/api/v1/users/me", "{\"nickname\":\"나비야\",\"status_message\":\"야옹\"}");
        assertThat(names(boss, "?q=%EB%82%98%EB%B9%84")).containsExactly("Nabi.Cat-1");
        house.wiring()
                .db()
                .run(tx ->
                        tx.sql(
                                        """
                                        update identity.users
                                        set email = 'nabi@cats.kr', email_key = 'nabi@cats.kr'
                                        where id = :id
                                        """)
                                .with("id", Id.parse(cats.getFirst().id()))
                                .count());
        assertThat(names(boss, "?q=Nabi@cats.kr")).containsExactly("Nabi.Cat-1");
        assertThat(names(boss, "?q=nabi@cats")).isEmpty();
        assertThat(boss.http().get(USERS + "?q=nabi@cats.kr").text()).doesNotContain("@cats");

        String page = boss.http().get(USERS + "?q=nabi&limit=3").text("next_cursor");
        assertThat(names(boss, "?q=nabi&limit=3&cursor=" + page)).containsExactly("Nabi.Cat-1");
        assertThat(boss.http().get(USERS + "?cursor=hay").status()).isEqualTo(422);
    }

    @Test
    void who_looks_at_somebody_is_noted() {
        Person boss = relogged(chief);
        Person mina = house.person("mina-l");
        JsonNode whole = boss.http().get(USERS + "/" + mina.id()).data();
        assertThat(whole.get("account").get("username").stringValue()).isEqualTo("mina-l");
        assertThat(whole.get("has_password").booleanValue()).isTrue();
        assertThat(whole.toString()).doesNotContain("password_hash");
        assertThat(boss.http().get(USERS + "/" + NOBODY).status()).isEqualTo(404);
        assertThat(actions(mina)).containsExactly("USER_VIEWED");
        assertThat(house.wiring().audit().check(null).isSound()).isTrue();
    }

    @Test
    void figures_are_counted_twice_a_minute_at_most() {
        Person boss = relogged(chief);
        long before = figure(boss, "total_users");
        house.person("one-more");
        assertThat(figure(boss, "total_users")).isEqualTo(before);
        house.clock().move(Duration.ofSeconds(31));
        assertThat(figure(boss, "total_users")).isGreaterThan(before);
        assertThat(figure(boss, "administrators")).isGreaterThanOrEqualTo(2);
        for (String name : List.of("suspended_users", "online_users", "total_rooms")) {
            assertThat(figure(boss, name)).as(name).isNotNegative();
        }
    }

    private static long figure(Person person, String name) {
        return person.http().get("/api/v1/admin/stats").data().get(name).longValue();
    }

    private static Answer suspend(Person by, Person whom, String json) {
        return by.http().patch(USERS + "/" + whom.id() + "/suspend", json);
    }

    private static Answer role(Person by, Person whom, String role) {
        return by.http().patch(USERS + "/" + whom.id() + "/role", "{\"role\":\"" + role + "\"}");
    }

    private static List<String> names(Person by, String query) {
        return by.http()
                .get(USERS + query)
                .data()
                .get("items")
                .valueStream()
                .map(user -> user.get("username").stringValue())
                .toList();
    }

    private static List<JsonNode> log(Person about) {
        return relogged(chief)
                .http()
                .get("/api/v1/admin/audit-logs?target=" + about.id())
                .data()
                .get("items")
                .valueStream()
                .toList();
    }

    private static List<String> actions(Person about) {
        return log(about).stream().map(entry -> entry.get("action").stringValue()).toList();
    }

    private static Answer logIn(String name) {
        return house.stranger()
                .post(
                        "/api/v1/auth/login",
                        "{\"username\":\"%s\",\"password\":\"%s\"}"
                                .formatted(name, Person.PASSWORD));
    }

    /// The tests move the clock beyond the life of a token.
    private static Person relogged(Person person) {
        return person.onAnotherDevice();
    }

    private static Person promoted(String name, String role) {
        Person person = house.person(name);
        house.wiring()
                .db()
                .run(tx ->
                        tx.sql("update identity.users set role = :role where id = :id")
                                .with("role", role)
                                .with("id", Id.parse(person.id()))
                                .count());
        return person.onAnotherDevice();
    }
}
