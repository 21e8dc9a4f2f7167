package madang.dialect.woongkie;

import static madang.dialect.woongkie.Talkie.says;
import static madang.testing.Town.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import madang.testing.Answer;
import madang.testing.House;
import madang.testing.Http;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Who comes in, and by what: accounts, tokens, cookies, profiles, limits, and what every answer
/// carries.
class WoongkieSignInTest {
    @AutoClose private static House house;
    private static Talkie mina;

    @BeforeAll
    static void open() {
        house = Talkie.house();
        mina = Talkie.register(house, "mina");
        Talkie.register(house, "joon");
    }

    @Test
    void signing_up_answers_token_user_and_cookie() {
        Answer answer =
                Talkie.stranger(house)
                        .post(
                                "/auth/register",
                                json(
                                        Map.of(
                                                "username", "Sora_1",
                                                "password", Talkie.PASSWORD,
                                                "display_name", " 소라 ")));
        assertThat(answer.status()).isEqualTo(201);
        JsonNode user = answer.body().get("user");
        assertThat(user.get("username").stringValue()).isEqualTo("Sora_1");
        assertThat(user.get("display_name").stringValue()).isEqualTo("소라");
        assertThat(user.get("role").stringValue()).isEqualTo("user");
        assertThat(user.get("bio")).isEqualTo(user.get("status_message"));
        assertThat(answer.text()).doesNotContain("hash");
        String token = answer.body().get("token").stringValue();
        assertThat(answer.header("Set-Cookie"))
                .isEqualTo(
                        "auth_token=" + token + "; Path=/; Max-Age=86400; HttpOnly; SameSite=Lax");
        JsonNode claims = claims(token);
        assertThat(claims.get("sub").stringValue()).isEqualTo("Sora_1");
        assertThat(claims.get("iss").stringValue()).isEqualTo("woongkie-talkie");
        assertThat(claims.get("aud").stringValue()).isEqualTo("woongkie");
        assertThat(claims.get("exp").asLong() - claims.get("iat").asLong()).isEqualTo(86_400);
    }

    @Test
    void refusals_are_korean_and_stand_under_both_names() {
        Http stranger = Talkie.stranger(house);
        says(stranger.post("/auth/register", "{"), 400, "잘못된 요청입니다");
        says(register("mi", Talkie.PASSWORD), 400, "3자 이상");
        says(register("한글", Talkie.PASSWORD), 400, "3자 이상");
        says(register("short", "1234567"), 400, "8자 이상");
        says(register("long", "x".repeat(73)), 400, "8자 이상");
        says(register("MINA", Talkie.PASSWORD), 409, "이미 존재하는 사용자 이름입니다");
        String wrong = "사용자 이름 또는 비밀번호가 올바르지 않습니다";
        says(logIn("mina", "wrong password"), 401, wrong);
        says(logIn("nobody", "wrong password"), 401, wrong);
        says(stranger.get("/auth/me"), 401, "인증 토큰이 필요합니다");
        says(
                house.stranger().with("Authorization", "Bearer x.y.z").get("/auth/me"),
                401,
                "유효하지 않은 토큰입니다");
        says(
                house.stranger().with("Authorization", "Basic bWluYQ==").get("/auth/me"),
                401,
                "인증 토큰이 필요합니다");
    }

    @Test
    void no_face_takes_the_token_of_another() {
        var haneul = house.person("haneul");
        assertThat(haneul.http().get("/auth/me").status()).isEqualTo(401);
        assertThat(mina.bearer().get("/api/v1/users/me").status()).isEqualTo(401);
        assertThat(mina.bearer().get("/auth/me").body().get("username").stringValue())
                .isEqualTo("mina");
        assertThat(mina.http().get("/auth/me").body().get("username").stringValue())
                .isEqualTo("mina");
    }

    @Test
    void a_cookie_needs_the_header_that_foreign_pages_cannot_set() {
        Http withCookie = house.stranger().with("Cookie", "auth_token=" + mina.token());
        says(withCookie.post("/rooms", json(Map.of("name", "csrf"))), 403, "X-Requested-With");
        assertThat(mina.bearer().post("/rooms", json(Map.of("name", "no csrf"))).status())
                .isEqualTo(201);
        Http noSign = house.stranger();
        String credentials = Talkie.credentials("joon", Talkie.PASSWORD);
        assertThat(noSign.post("/auth/login", credentials).status()).isEqualTo(200);
        says(
                noSign.with("Origin", "https://evil.example").post("/auth/login", credentials),
                403,
                "출처");
        says(
                noSign.with("Origin", "https://evil.example").post("/auth/login", credentials),
                403,
                "출처");
        says(
                noSign.with("Sec-Fetch-Site", "cross-site").post("/auth/login", credentials),
                403,
                "출처");
    }

    @Test
    void signing_out_ends_the_token_and_renewing_forgives_an_hour() {
        Talkie tab = Talkie.logIn(house, "joon").atOwnAddress();
        Answer renewed = tab.http().post("/auth/refresh");
        assertThat(renewed.status()).isEqualTo(200);
        assertThat(renewed.body().get("token").stringValue()).contains(".");
        assertThat(renewed.header("Set-Cookie")).startsWith("auth_token=ey");

        Answer out = tab.http().post("/auth/logout");
        assertThat(out.body().get("message").stringValue()).isEqualTo("로그아웃 되었습니다");
        assertThat(out.header("Set-Cookie")).startsWith("auth_token=; ").contains("Max-Age=0");
        says(tab.http().get("/auth/me"), 401, "유효하지 않은 토큰입니다");
        says(tab.http().post("/auth/refresh"), 401, "유효하지 않은 토큰입니다");
    }

    @Test
    void every_answer_carries_the_headers_of_the_original() {
        Answer answer = mina.http().get("/rooms");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(answer.header("X-XSS-Protection")).isEqualTo("1; mode=block");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("strict-origin-when-cross-origin");
        assertThat(answer.header("Content-Security-Policy"))
                .contains("https://code.jquery.com")
                .contains("connect-src 'self' ws: wss:");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void at_its_own_address_the_whole_of_it_is_spoken_and_nothing_else() {
        Http own = mina.atOwnAddress().http();
        assertThat(own.get("/health").text()).isEqualTo("{\"status\":\"ok\"}");
        assertThat(own.get("/ready").text()).isEqualTo("{\"status\":\"ok\"}");
        assertThat(own.get("/rooms").body().isArray()).isTrue();
        assertThat(own.get("/docs").status()).isEqualTo(200);
        assertThat(own.get("/server").status()).isEqualTo(426);
        says(own.get("/api/v1/users/me"), 404, "찾을 수 없습니다");
        Answer main = mina.http().post("/auth/logout");
        assertThat(main.status()).isEqualTo(404);
        assertThat(main.code()).isEqualTo("NOT_FOUND");
    }

    @Test
    void profiles_are_shown_and_changed_field_by_field() {
        Talkie dal = Talkie.register(house, "dal");
        String path = "/users/me/profile";
        JsonNode changed =
                dal.http().put(path, json(Map.of("display_name", "달", "bio", "🌙"))).body();
        assertThat(changed.get("display_name").stringValue()).isEqualTo("달");
        assertThat(changed.get("status_message").stringValue()).isEqualTo("🌙");
        JsonNode again =
                dal.http()
                        .put(path, json(Map.of("avatar_url", "https://example.org/moon.png")))
                        .body();
        assertThat(again.get("display_name").stringValue()).isEqualTo("달");
        assertThat(again.get("avatar").stringValue()).isEqualTo("https://example.org/moon.png");
        JsonNode seen = mina.http().get("/users/dal/profile").body();
        assertThat(seen.get("display_name").stringValue()).isEqualTo("달");
        assertThat(seen.has("role")).isFalse();
        JsonNode own = dal.http().get("/users/DAL/profile").body();
        assertThat(own.get("role").stringValue()).isEqualTo("user");
        says(mina.http().get("/users/nobody/profile"), 404, "사용자를 찾을 수 없습니다");
        says(dal.http().put(path, json(Map.of("display_name", "x".repeat(31)))), 400, "30자");
        says(dal.http().put(path, json(Map.of("status_message", "x".repeat(101)))), 400, "100자");
        for (String inside :
                List.of(
                        "http://example.org/a.png",
                        "https://localhost/a.png",
                        "https://0.0.0.0/a.png",
                        "https://2130706433/a.png",
                        "https://0x7f000001/a.png",
                        "https://[::ffff:127.0.0.1]/a.png",
                        "https://10.1.2.3/a.png",
                        "https://169.254.169.254/a.png")) {
            says(dal.http().put(path, json(Map.of("avatar_url", inside))), 400, "아바타");
        }
    }

    @Test
    void the_limits_are_those_of_the_original_unless_set() {
        try (House narrow = House.open()) {
            Http stranger = Talkie.stranger(narrow);
            List<Answer> tries =
                    Stream.generate(() ->
                                    stranger.post(
                                            "/auth/login",
                                            Talkie.credentials("nobody", "wrong word")))
                            .limit(6)
                            .toList();
            assertThat(tries.subList(0, 5)).allMatch(answer -> answer.status() == 401);
            says(tries.getLast(), 429, "요청이 너무 많습니다");
            assertThat(Long.parseLong(tries.getLast().header("Retry-After"))).isBetween(1L, 12L);
            List<Integer> statuses =
                    Stream.generate(() -> stranger.get("/rooms").status()).limit(60).toList();
            assertThat(statuses).contains(401, 429);
        }
    }

    private static Answer register(String name, String password) {
        return Talkie.stranger(house).post("/auth/register", Talkie.credentials(name, password));
    }

    private static Answer logIn(String name, String password) {
        return Talkie.stranger(house).post("/auth/login", Talkie.credentials(name, password));
    }

    private static JsonNode claims(String token) {
        return new madang.kit.json.Json()
                .tree(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]));
    }
}
