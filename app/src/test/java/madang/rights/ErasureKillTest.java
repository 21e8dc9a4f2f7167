package madang.rights;

import static madang.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import madang.kit.db.DatabaseAddress;
import madang.kit.json.Json;
import madang.testing.ChildHouse;
import madang.testing.House;
import madang.testing.TestPostgres;
import org.junit.jupiter.api.Test;

/// A node dies in the middle of erasing somebody, more than once.
class ErasureKillTest {
    private static final String GONE = "leaver";

    @Test
    void an_erasure_that_is_killed_between_its_steps_is_finished_and_proven_once()
            throws Exception {
        DatabaseAddress database = House.freshDatabase();
        try (ChildHouse house = ChildHouse.on(database);
                Connection sql = connect(database)) {
            leave(house, signUp(house));
            house.kill();
            run(sql, "update identity.users set withdrawn_at = now() - interval '8 days'");
            for (int step : new int[] {1, 4}) {
                nextRoundAtOnce(sql);
                house.startAgain(List.of("-Dmadang.crash=BETWEEN_ERASURES:" + step));
                assertThat(house.awaitDeath()).as(house.log()).isEqualTo(137);
                assertThat(count(sql, "identity.users where username = '" + GONE + "'")).isOne();
            }
            assertThat(count(sql, "rights.erased_section")).isPositive();
            nextRoundAtOnce(sql);
            house.startAgain();
            eventually(() -> count(sql, "rights.erasure where done_at is not null") == 1);
            assertThat(count(sql, "identity.users where username = '" + GONE + "'")).isZero();
            assertThat(count(sql, "audit.entry where action = 'USER_ERASED'")).isOne();
        } finally {
            TestPostgres.drop(database);
        }
    }

    /// The job belongs to the node that died until it is missed; the test does not wait for that.
    private static void nextRoundAtOnce(Connection sql) throws SQLException {
        run(
                sql,
                """
                update kit.scheduled_tasks
                set picked = false, picked_by = null, last_heartbeat = null, execution_time = now()
                where task_name = 'rights-erasure'
                """);
    }

    private static String signUp(ChildHouse house) throws IOException, InterruptedException {
        byte[] answer =
                send(
                        house,
                        "POST",
                        "/api/v1/auth/register",
                        "",
                        "{\"username\":\"" + GONE + "\",\"password\":\"tea in the garden\"}");
        return new Json().tree(answer).get("data").get("access_token").stringValue();
    }

    private static void leave(ChildHouse house, String token)
            throws IOException, InterruptedException {
        send(
                house,
                "DELETE",
                "/api/v1/users/me",
                "Bearer " + token,
                "{\"password\":\"tea in the garden\"}");
    }

    private static byte[] send(
            ChildHouse house, String method, String path, String authorization, String json)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(house.url() + path))
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(json));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        try (HttpClient http = HttpClient.newHttpClient()) {
            var answer = http.send(request.build(), BodyHandlers.ofByteArray());
            assertThat(answer.statusCode()).isLessThan(300);
            return answer.body();
        }
    }

    private static Connection connect(DatabaseAddress address) throws SQLException {
        return DriverManager.getConnection(
                address.jdbcUrl(), address.user(), address.password().value());
    }

    private static void run(Connection sql, String statement) throws SQLException {
        try (Statement one = sql.createStatement()) {
            one.execute(statement);
        }
    }

    private static long count(Connection sql, String rows) {
        try (Statement one = sql.createStatement();
                ResultSet found = one.executeQuery("select count(*) from " + rows)) {
            found.next();
            return found.getLong(1);
        } catch (SQLException broken) {
            throw new AssertionError(broken);
        }
    }
}
