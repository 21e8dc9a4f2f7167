package madang.dialect.woongkie;

import static madang.dialect.woongkie.Talkie.says;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import madang.testing.Answer;
import madang.testing.House;
import madang.testing.RawSocket;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A house that signs this dialect's tokens with a key of their own, counts nothing, trusts no
/// proxy and lets nobody do much.
class WoongkieStrictTest {
    private static final Map<String, String> STRICT =
            Map.of(
                    "MADANG_BUS", "postgresql",
                    "MADANG_WOONGKIE_ADDRESS", "127.0.0.1:0",
                    "MADANG_WOONGKIE_JWT_SECRET", "signing-key-of-this-dialect-0123456789",
                    "MADANG_WOONGKIE_RATE_LIMIT_AUTH", "5/hour",
                    "MADANG_WOONGKIE_SOCKETS", "1",
                    "MADANG_METRICS", "off",
                    "MADANG_ADMIN_USERNAME", "steward",
                    "MADANG_ADMIN_PASSWORD", Talkie.PASSWORD);

    @AutoClose private static House house;
    private static Talkie steward;

    @BeforeAll
    static void open() {
        house = House.open(STRICT);
        steward = Talkie.logIn(house, "steward");
    }

    @Test
    void where_nothing_is_measured_there_are_no_figures() {
        assertThat(steward.atOwnAddress().http().get("/admin/stats").status()).isEqualTo(200);
        says(steward.atOwnAddress().http().get("/metrics"), 404, "찾을 수 없습니다");
    }

    @Test
    void another_houses_key_opens_nothing() {
        Map<String, String> shared = new LinkedHashMap<>(STRICT);
        shared.remove("MADANG_WOONGKIE_JWT_SECRET");
        try (House other = House.on(house.database(), shared)) {
            Talkie visitor = Talkie.logIn(other, "steward");
            assertThat(visitor.http().get("/auth/me").status()).isEqualTo(200);
            String forged = "Bearer " + visitor.token();
            says(
                    house.stranger().with("Authorization", forged).get("/auth/me"),
                    401,
                    "유효하지 않은 토큰입니다");
            assertThat(
                            other.stranger()
                                    .with("Authorization", "Bearer " + steward.token())
                                    .get("/auth/me")
                                    .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void who_invents_a_proxy_gets_no_more_tries_and_no_more_seats() {
        List<Answer> tries =
                IntStream.range(0, 6)
                        .mapToObj(i ->
                                Talkie.stranger(house)
                                        .with("X-Forwarded-For", "203.0.113." + i)
                                        .with("Forwarded", "for=203.0.113." + i)
                                        .with("X-Real-IP", "203.0.113." + i)
                                        .post(
                                                "/auth/login",
                                                Talkie.credentials("nobody", "wrong word")))
                        .toList();
        says(tries.getFirst(), 401, "올바르지 않습니다");
        says(tries.getLast(), 429, "요청이 너무 많습니다");

        String room = steward.defaultRoom().get("id").stringValue();
        try (Line line = steward.line(room).settled()) {
            for (int i = 0; i < 3; i++) {
                assertThat(
                                RawSocket.answer(
                                        house.port(),
                                        "/rooms/" + room + "/ws",
                                        "Cookie: auth_token=" + steward.token(),
                                        "X-Forwarded-For: 203.0.113." + i))
                        .startsWith("HTTP/1.1 429");
            }
            line.says("still here");
            line.hears("MSG");
        }
    }
}
