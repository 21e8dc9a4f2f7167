package madang.live;

import static madang.testing.Town.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import madang.testing.House;
import madang.testing.Person;
import madang.testing.RawSocket;
import madang.testing.Scale;
import madang.testing.Talker;
import madang.testing.Twins;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Another page must not borrow somebody's browser, nor anybody a ticket that was used. Spoken over
/// a bare connection, because no client would send most of it.
class HandshakeTest {
    private static final String WS = "/api/v1/chat/ws";
    private static final int REPLAYS = Scale.times(300, 10_000);

    /// woongkie-talkie's clients were promised an allowed page at any port, and in development the
    /// pages of this machine.
    private static final Set<String> FINE_IN_THE_DIALECT =
            Set.of(
                    "https://madang.example:80",
                    "https://madang.example:8443",
                    "https://app.example:8443",
                    "https://127.0.0.1",
                    "https://[::1]",
                    "http://localhost:1",
                    "https://localhost");

    @AutoClose private static Twins nodes;
    private static House house;
    private static Person mina;
    private static String event;
    private static String dialectRoom;
    private static String dialectToken;

    @BeforeAll
    static void open() {
        String ours = "https://madang.example,https://app.example";
        nodes =
                Twins.open(
                        Map.of(
                                "CORS_ORIGINS",
                                ours,
                                "MADANG_WOONGKIE_ORIGINS",
                                ours,
                                "MADANG_WOONGKIE_RATE_LIMIT_GENERAL",
                                "1000/second burst 1000"));
        house = nodes.here();
        mina = house.person("mina");
        String tomorrow = house.clock().instant().plusSeconds(86_400).toString();
        event =
                mina.http()
                        .post(
                                "/api/v1/events",
                                json(
                                        Map.of(
                                                "title", "tea",
                                                "start_time", tomorrow,
                                                "end_time", tomorrow)))
                        .text("id");
        dialectToken =
                house.stranger()
                        .post(
                                "/auth/login",
                                json(Map.of("username", "mina", "password", Person.PASSWORD)))
                        .body()
                        .get("token")
                        .stringValue();
        dialectRoom =
                house.stranger()
                        .with("Authorization", "Bearer " + dialectToken)
                        .get("/rooms/default")
                        .body()
                        .get("id")
                        .stringValue();
    }

    @Test
    void the_houses_own_page_comes_in_though_others_are_named() {
        assertThat(handshake("http://localhost:" + house.port())).startsWith("HTTP/1.1 101");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://madang.example", "https://app.example", "HTTPS://App.Example:443"})
    void pages_of_ours_come_in(String origin) {
        assertThat(handshake(origin)).startsWith("HTTP/1.1 101");
        assertThat(answer("/api/v1/ws?event_id=" + event, bearer(), "Origin: " + origin))
                .startsWith("HTTP/1.1 101");
        assertThat(answer("/api/v1/chat/sse", bearer(), "Origin: " + origin))
                .startsWith("HTTP/1.1 200");
        assertThat(inTheDialect(origin)).startsWith("HTTP/1.1 101");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "*",
                "https:",
                "https://",
                "//madang.example",
                "madang.example",
                "http://madang.example",
                "http://madang.example:443",
                "https://madang.example:80",
                "https://madang.example:8443",
                "https://madang.example:0443",
                "https://madang.example:",
                "https://madang.example:443:443",
                "https://madang.example:443x",
                "https://madang.example:65979",
                "https://madang.example.",
                "https://.madang.example",
                "https://madang..example",
                "https://madang.example/",
                "https://madang.example/chat",
                "https://madang.example?",
                "https://madang.example#",
                "https://madang.example\\",
                "https:\\\\madang.example",
                "https:/madang.example",
                "https:madang.example",
                "https://madang.example,https://madang.example",
                "https://madang.example https://evil.example",
                "https://evil.example https://madang.example",
                "https://evil.example",
                "https://madang.example.evil.example",
                "https://madang.example-evil.example",
                "https://madang.exampleevil",
                "https://evilmadang.example",
                "https://evil.madang.example",
                "https://evil.example/https://madang.example",
                "https://madang.example@evil.example",
                "https://evil.example@madang.example",
                "https://user:word@madang.example",
                "https://@madang.example",
                "https://madang.example%2eevil.example",
                "https://madang%2eexample",
                "https://m\u0430dang.example",
                "https://xn--mdang-4ve.example",
                "https://127.0.0.1",
                "https://[::1]",
                "http://localhost:1",
                "https://localhost",
                "http://app.example",
                "https://app.example/",
                "https://app.example:8443",
                "https://app.example.evil.example",
                "wss://madang.example",
                "ws://madang.example",
                "ftp://madang.example",
                "file://",
                "data:text/html,x",
                "about:blank",
                "blob:https://madang.example/1",
                "chrome-extension://abcdef",
                "https://*.example",
                "https://*"
            })
    void other_pages_stay_outside_whatever_they_bring(String origin) {
        for (String door : List.of(WS, "/api/v1/chat/sse", "/api/v1/ws?event_id=" + event)) {
            assertThat(answer(door, bearer(), "Origin: " + origin))
                    .as(door)
                    .startsWith("HTTP/1.1 403");
        }
        if (!FINE_IN_THE_DIALECT.contains(origin)) {
            assertThat(inTheDialect(origin)).startsWith("HTTP/1.1 403");
        }
        String ticket = ticket();
        assertThat(answer(WS + "?ticket=" + ticket, "Origin: " + origin))
                .startsWith("HTTP/1.1 403");
        assertThat(answer(WS + "?ticket=" + ticket))
                .as("a page that was turned away has used up nothing")
                .startsWith("HTTP/1.1 101");
    }

    @Test
    void of_two_origins_none_counts() {
        assertThat(
                        answer(
                                WS,
                                bearer(),
                                "Origin: https://madang.example",
                                "Origin: https://evil.example"))
                .doesNotStartWith("HTTP/1.1 101");
        assertThat(
                        answer(
                                WS,
                                bearer(),
                                "Origin: https://evil.example",
                                "Origin: https://madang.example"))
                .doesNotStartWith("HTTP/1.1 101");
    }

    @Test
    void a_signed_in_browser_alone_opens_nothing() {
        assertThat(
                        answer(
                                WS,
                                "Origin: https://madang.example",
                                "Cookie: madang_refresh=" + mina.refreshToken()))
                .startsWith("HTTP/1.1 401");
        assertThat(answer(WS + "?token=" + mina.accessToken())).startsWith("HTTP/1.1 401");
        assertThat(answer(WS + "?ticket=" + mina.accessToken())).startsWith("HTTP/1.1 401");
    }

    @Test
    void a_ticket_that_was_used_never_opens_again() throws Exception {
        String ticket = ticket();
        try (Talker first = Talker.withTicket(house.port(), ticket)) {
            List<String> opened = new ArrayList<>();
            for (int i = 0; i < REPLAYS; i++) {
                House node = i % 2 == 0 ? house : nodes.there();
                String again = RawSocket.answer(node.port(), WS + "?ticket=" + ticket);
                if (again.startsWith("HTTP/1.1 101")) {
                    opened.add(again);
                }
            }
            System.out.printf(
                    "tickets: %d replays on two nodes, %d opened%n", REPLAYS, opened.size());
            assertThat(opened).isEmpty();
            assertThat(first.calls("chat.close", "room", "no room").has("error")).isTrue();
        }
    }

    private static String inTheDialect(String origin) {
        return answer(
                "/rooms/" + dialectRoom + "/ws",
                "Authorization: Bearer " + dialectToken,
                "Origin: " + origin);
    }

    private static String handshake(String origin) {
        return answer(WS, bearer(), "Origin: " + origin);
    }

    private static String answer(String target, String... headers) {
        return RawSocket.answer(house.port(), target, headers);
    }

    private static String bearer() {
        return "Authorization: Bearer " + mina.accessToken();
    }

    private static String ticket() {
        return mina.http().post("/api/v1/auth/ws-ticket").text("ticket");
    }
}
