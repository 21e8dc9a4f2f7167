package madang.dialect.woongkie;

import static madang.testing.Town.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import madang.testing.Answer;
import madang.testing.House;
import madang.testing.Http;
import madang.testing.RawSocket;
import tools.jackson.databind.JsonNode;

/// Somebody with one of woongkie-talkie's clients: as the prebuilt one, he keeps a cookie and says
/// `X-Requested-With`; as the load scripts, he may bring the token himself.
final class Talkie {
    static final String PASSWORD = "tea in the garden";
    static final Map<String, String> WIDE =
            Map.of(
                    "MADANG_WOONGKIE_ADDRESS", "127.0.0.1:0",
                    "MADANG_WOONGKIE_RATE_LIMIT_GENERAL", "100000/second",
                    "MADANG_WOONGKIE_RATE_LIMIT_AUTH", "100000/second",
                    "MADANG_WOONGKIE_RATE_LIMIT_ROOMS", "100000/second",
                    "MADANG_WOONGKIE_RATE_LIMIT_UPLOAD", "100000/second",
                    "MADANG_WOONGKIE_SOCKETS", "1000");

    private final House house;
    private final boolean isAtOwnAddress;
    private final String name;
    private final String token;

    private Talkie(House house, boolean isAtOwnAddress, String name, String token) {
        this.house = house;
        this.isAtOwnAddress = isAtOwnAddress;
        this.name = name;
        this.token = token;
    }

    static House house() {
        return House.open(WIDE);
    }

    static House house(Map<String, String> settings) {
        Map<String, String> all = new LinkedHashMap<>(WIDE);
        all.putAll(settings);
        return House.open(all);
    }

    /// Somebody new, at the root of the main address.
    static Talkie register(House house, String name) {
        Answer answer = stranger(house).post("/auth/register", credentials(name, PASSWORD));
        if (answer.status() != 201) {
            throw new AssertionError(name + " cannot register: " + answer.text());
        }
        return new Talkie(house, false, name, answer.body().get("token").stringValue());
    }

    static Talkie logIn(House house, String name) {
        Answer answer = stranger(house).post("/auth/login", credentials(name, PASSWORD));
        return new Talkie(house, false, name, answer.body().get("token").stringValue());
    }

    /// The same person at the dialect's own address.
    Talkie atOwnAddress() {
        return new Talkie(house, true, name, token);
    }

    static Http stranger(House house) {
        return house.stranger().with("X-Requested-With", "XMLHttpRequest");
    }

    static String credentials(String name, String password) {
        return json(Map.of("username", name, "password", password));
    }

    /// What this dialect answers in words; a refusal stands under both of the names that its
    /// clients read.
    static void says(Answer answer, int status, String sentence) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.body().get("message").stringValue()).contains(sentence);
        if (status >= 400) {
            assertThat(answer.body().get("error")).isEqualTo(answer.body().get("message"));
        }
    }

    String name() {
        return name;
    }

    String token() {
        return token;
    }

    /// With the cookie, as a browser.
    Http http() {
        return at(stranger(house)).with("Cookie", "auth_token=" + token);
    }

    /// With the token in the header and no cookie.
    Http bearer() {
        return at(house.stranger()).with("Authorization", "Bearer " + token);
    }

    private Http at(Http http) {
        return isAtOwnAddress ? http.at(house.wiring().woongkiePort(), "woongkie") : http;
    }

    /// The same person with a native client.
    Http natively() {
        Answer answer = house.stranger().post("/api/v1/auth/login", credentials(name, PASSWORD));
        return house.stranger()
                .with("Authorization", "Bearer " + answer.data().get("access_token").stringValue());
    }

    String id() {
        return http().get("/auth/me").body().get("id").stringValue();
    }

    int port() {
        return isAtOwnAddress ? house.wiring().woongkiePort() : house.port();
    }

    /// Opens a room; its JSON.
    JsonNode opens(String room, boolean isPublic) {
        Answer made = http().post("/rooms", json(Map.of("name", room, "is_public", isPublic)));
        if (made.status() != 201) {
            throw new AssertionError(made.text());
        }
        return made.body();
    }

    JsonNode defaultRoom() {
        return http().get("/rooms/default").body();
    }

    /// A socket in a room, with the cookie as browsers open it.
    Line line(String room) {
        return new Line(
                RawSocket.open(port(), "/rooms/" + room + "/ws", "Cookie: auth_token=" + token));
    }
}
