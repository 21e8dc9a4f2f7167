package madang.identity;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import madang.kit.db.Db;
import madang.kit.http.TokenReader;
import madang.testing.Answer;
import madang.testing.House;
import madang.testing.Http;

/// The gate of a house: people come in, go out and are asked who they are. Its clients say
/// themselves where they come from (`X-Forwarded-For`).
final class Gatehouse implements AutoCloseable {
    private static final Map<String, String> SETTINGS =
            Map.of(
                    "MADANG_TRUSTED_PROXIES", "127.0.0.1",
                    "MADANG_PUBLIC_URL", "https://madang.example",
                    "MADANG_RATE_LIMIT_SIGN_UP", "20/hour",
                    "MADANG_BUS", "postgresql");

    private final House house;

    /// A gatehouse of its own database.
    static Gatehouse open() {
        return new Gatehouse(House.open(SETTINGS));
    }

    /// One more node on the same database.
    Gatehouse another() {
        return new Gatehouse(House.on(house.database(), SETTINGS));
    }

    private Gatehouse(House house) {
        this.house = house;
    }

    IdentityFeature feature() {
        return house.wiring().identity();
    }

    Identity identity() {
        return feature().identity();
    }

    TokenReader tokens() {
        return feature().tokens();
    }

    Db db() {
        return house.wiring().db();
    }

    long nowMillis() {
        return house.clock().instant().toEpochMilli();
    }

    void passes(Duration time) {
        house.clock().move(time);
    }

    /// Headers come in pairs.
    Answer ask(String method, String path, String body, String... headers) {
        List<String> given = Arrays.asList(headers);
        Http client = house.stranger();
        client = given.contains("Accept-Language") ? client : client.with("Accept-Language", "en");
        for (int i = 0; i < headers.length; i += 2) {
            client = client.with(headers[i], headers[i + 1]);
        }
        return body.isEmpty()
                ? client.send(method, path, (byte[]) null)
                : client.send(method, path, body);
    }

    Answer post(String path, String body, String... headers) {
        return ask("POST", "/api/v1/auth/" + path, body, headers);
    }

    Answer me(String accessToken) {
        return ask("GET", "/api/v1/auth/me", "", "Authorization", "Bearer " + accessToken);
    }

    /// Somebody new, from an address of his own.
    Answer joins(String username) {
        return post(
                "register",
                "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(username, password(username)),
                "X-Forwarded-For",
                "10.1." + (username.hashCode() & 0xff) + "." + (username.hashCode() >> 8 & 0xff));
    }

    Answer logsIn(String username, String password, String... headers) {
        return post(
                "login",
                "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(username, password),
                headers);
    }

    Answer refreshes(String token) {
        return post("refresh", "{\"refresh_token\":\"%s\"}".formatted(token));
    }

    static String[] bearer(Answer signedIn) {
        return new String[] {"Authorization", "Bearer " + signedIn.text("access_token")};
    }

    static String password(String username) {
        return username + " likes persimmons";
    }

    @Override
    public void close() {
        house.close();
    }
}
