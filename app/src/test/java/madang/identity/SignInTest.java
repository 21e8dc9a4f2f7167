package madang.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Coming in, being known, and going out, over HTTP.
class SignInTest {
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
    void mina_joins_and_is_who_she_says() {
        var joined =
                house.post(
                        "register",
                        """
                        {"username":"Mina","email":"Mina@Example.com","phone":"010-1234-5678",
                         "password":"tea at three o'clock"}\
                        """);
        assertThat(joined.status()).isEqualTo(201);
        assertThat(joined.data().get("expires_in").intValue()).isEqualTo(900);
        assertThat(joined.text("refresh_token")).hasSize(112);
        var me = house.me(joined.text("access_token"));
        assertThat(me.status()).isEqualTo(200);
        assertThat(me.data()).isEqualTo(joined.data().get("user"));
        assertThat(me.data().propertyNames())
                .containsExactly(
                        "id",
                        "username",
                        "email",
                        "email_verified",
                        "phone",
                        "phone_verified",
                        "nickname",
                        "profile_image_url",
                        "status_message",
                        "role",
                        "language",
                        "time_zone",
                        "region",
                        "interests",
                        "created_at",
                        "last_login_at",
                        "guest",
                        "has_password");
        assertThat(me.text("username")).isEqualTo("Mina");
        assertThat(me.text("nickname")).isEqualTo("Mina");
        assertThat(me.text("phone")).isEqualTo("+821012345678");
        assertThat(me.text("language")).isEqualTo("en");
        assertThat(me.text("time_zone")).isEqualTo("Asia/Seoul");
        for (String name :
                new String[] {
                    "\"username\":\"mINA\"",
                    "\"email\":\"mina@EXAMPLE.com\"",
                    "\"phone\":\"+82 10 1234 5678\"",
                    "\"identifier\":\"mina\"",
                    "\"identifier\":\"mina@example.com\"",
                    "\"identifier\":\"01012345678\"",
                    "\"identifier\":\"+82-10-1234-5678\""
                }) {
            var in = house.post("login", "{" + name + ",\"password\":\"tea at three o'clock\"}");
            assertThat(in.status()).as(name).isEqualTo(200);
            assertThat(in.data().get("user").get("id")).isEqualTo(me.data().get("id"));
        }
        assertThat(house.ask("GET", "/api/v1/users/profile", "", Gatehouse.bearer(joined)).data())
                .isEqualTo(
                        house.ask("GET", "/api/v1/users/me", "", Gatehouse.bearer(joined)).data());
    }

    @Test
    void nobody_gets_a_name_that_gives_away_an_address() {
        var joined =
                house.post(
                        "register",
                        "{\"email\":\"secret.person@example.com\",\"password\":\"tea at three\"}");
        assertThat(joined.data().get("user").get("nickname").stringValue()).matches("마당[a-z]{4}");
        assertThat(joined.data().get("user").get("username").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"username":"yuna"}                                    | password
                    {"password":"long enough"}                             | body
                    {"username":"yuna","password":"1234567"}               | password
                    {"username":"yuna","password":5}                       | password
                    {"username":"yu","password":"long enough"}             | username
                    {"username":"yu na","password":"long enough"}          | username
                    {"username":"123.456","password":"long enough"}        | username
                    {"username":"yuna@home","password":"long enough"}      | username
                    {"email":"yuna","password":"long enough"}              | email
                    {"phone":"12345678","password":"long enough"}          | phone
                    {"username":"yuna","nickname":" ","password":"long enough"} | nickname
                    """)
    void who_joins_wrongly_is_told_the_field(String body, String field) {
        var refused =
                house.post(
                        "register",
                        body,
                        "X-Forwarded-For",
                        "10.9." + field.hashCode() % 200 + ".1");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo("VALIDATION_ERROR");
        assertThat(refused.body().get("error").get("details").propertyNames())
                .containsExactly(field);
    }

    @Test
    void every_wrong_field_is_told_at_once() {
        var refused =
                house.post(
                        "register",
                        "{\"username\":\"x\",\"email\":\"x\",\"phone\":\"x\",\"password\":\"x\"}",
                        "X-Forwarded-For",
                        "10.8.1.1");
        assertThat(refused.body().get("error").get("details").propertyNames())
                .containsExactlyInAnyOrder("username", "email", "phone", "password");
    }

    @Test
    void a_password_ends_at_72_bytes_and_says_so() {
        String fits = "가".repeat(24);
        assertThat(
                        house.post(
                                        "register",
                                        "{\"username\":\"bora\",\"password\":\"%s\"}"
                                                .formatted(fits))
                                .status())
                .isEqualTo(201);
        assertThat(
                        house.post(
                                        "register",
                                        "{\"username\":\"bora2\",\"password\":\"%s!\"}"
                                                .formatted(fits))
                                .status())
                .isEqualTo(422);
        assertThat(house.logsIn("bora", fits + "!").status()).isEqualTo(401);
        assertThat(house.logsIn("bora", fits).status()).isEqualTo(200);
    }

    @Test
    void a_name_is_taken_whatever_its_spelling() {
        house.post(
                "register",
                """
                {"username":"Café","email":"cafe@example.com","phone":"01099998888",
                 "password":"long enough"}\
                """,
                "X-Forwarded-For",
                "10.7.1.1");
        for (String[] taken :
                new String[][] {
                    {"username", "CAFE\u0301"},
                    {"email", "CAFE@example.COM"},
                    {"phone", "+82 010-9999-8888"}
                }) {
            var refused =
                    house.post(
                            "register",
                            "{\"%s\":\"%s\",\"password\":\"long enough\"}"
                                    .formatted(taken[0], taken[1]),
                            "X-Forwarded-For",
                            "10.7.1.2");
            assertThat(refused.status()).as(taken[0]).isEqualTo(409);
            assertThat(refused.code()).isEqualTo("USER_ALREADY_EXISTS");
            assertThat(refused.body().get("error").get("details").propertyNames())
                    .containsExactly(taken[0]);
        }
    }

    @Test
    void a_stranger_and_a_wrong_password_are_refused_alike() {
        house.joins("joon");
        long before = house.feature().passwordRuns();
        var wrong = house.logsIn("joon", "not his password");
        long forWrong = house.feature().passwordRuns() - before;
        var unknown = house.logsIn("nobody-at-all", "not his password");
        long forUnknown = house.feature().passwordRuns() - before - forWrong;
        var impossible = house.post("login", "{\"email\":\"no mail\",\"password\":\"whatever\"}");
        assertThat(forWrong).isEqualTo(1).isEqualTo(forUnknown);
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.code()).isEqualTo("AUTH_INVALID_CREDENTIALS");
        assertThat(unknown.body().get("error")).isEqualTo(wrong.body().get("error"));
        assertThat(impossible.body().get("error")).isEqualTo(wrong.body().get("error"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"password\":\"long enough\"}",
                "{\"username\":\"joon\",\"email\":\"joon@example.com\",\"password\":\"x\"}",
                "{\"username\":\"joon\",\"identifier\":\"joon\",\"password\":\"x\"}"
            })
    void a_sign_in_names_exactly_one(String body) {
        assertThat(house.post("login", body).status()).isEqualTo(422);
    }

    @Test
    void a_profile_changes_where_it_is_told_to() {
        var sora = house.joins("sora");
        var changed =
                house.ask(
                        "PATCH",
                        "/api/v1/users/me",
                        """
                        {"nickname":" 소라 ","status_message":"gone fishing","language":"ko",
                         "time_zone":"Europe/Paris","interests":["tea","go"],"role":"ADMIN",
                         "profile_image_url":"https://img.example/sora.png"}\
                        """,
                        Gatehouse.bearer(sora));
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.text("nickname")).isEqualTo("소라");
        assertThat(changed.text("role")).isEqualTo("USER");
        var merged =
                house.ask(
                        "PUT",
                        "/api/v1/users/profile",
                        "{\"status_message\":null}",
                        Gatehouse.bearer(sora));
        assertThat(merged.data().get("status_message").isNull()).isTrue();
        assertThat(merged.text("nickname")).isEqualTo("소라");
        assertThat(merged.text("time_zone")).isEqualTo("Europe/Paris");
        assertThat(merged.data().get("interests").size()).isEqualTo(2);
        assertThat(house.me(sora.text("access_token")).data()).isEqualTo(merged.data());
        var id = madang.kit.Id.<madang.kit.User>parse(merged.text("id"));
        assertThat(house.identity().people(java.util.List.of(id)).get(id).nickname())
                .isEqualTo("소라");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"nickname":null}                           | nickname
                    {"nickname":""}                             | nickname
                    {"time_zone":"Mars/Phobos"}                 | time_zone
                    {"time_zone":"+09:00"}                      | time_zone
                    {"language":"fr"}                           | language
                    {"profile_image_url":"javascript:alert(1)"} | profile_image_url
                    {"profile_image_url":"//evil.example/x"}    | profile_image_url
                    {"interests":["tea",""]}                    | interests[1]
                    {"interests":"tea"}                         | interests
                    """)
    void a_profile_refuses_nonsense(String body, String field) {
        var dana = house.logsIn("dana", Gatehouse.password("dana"));
        dana = dana.status() == 200 ? dana : house.joins("dana");
        var refused = house.ask("PATCH", "/api/v1/users/me", body, Gatehouse.bearer(dana));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body().get("error").get("details").propertyNames())
                .containsExactly(field);
    }

    @Test
    void answers_come_in_the_language_just_chosen() {
        var hana = house.joins("hana");
        house.ask("PATCH", "/api/v1/users/me", "{\"language\":\"ko\"}", Gatehouse.bearer(hana));
        var answer =
                house.ask(
                        "PATCH",
                        "/api/v1/users/me/password",
                        "{\"current_password\":\"wrong\",\"new_password\":\"long enough\"}",
                        "Authorization",
                        "Bearer " + hana.text("access_token"),
                        "Accept-Language",
                        "xx");
        assertThat(answer.body().get("error").get("message").stringValue())
                .isEqualTo("이름이나 비밀번호가 맞지 않습니다.");
    }

    @Test
    void a_new_password_throws_the_others_out() {
        var here = house.joins("nari");
        var elsewhere = house.logsIn("nari", Gatehouse.password("nari"));
        var wrong =
                house.ask(
                        "PATCH",
                        "/api/v1/users/me/password",
                        "{\"current_password\":\"no\",\"new_password\":\"a new password\"}",
                        Gatehouse.bearer(here));
        assertThat(wrong.status()).isEqualTo(403);
        assertThat(wrong.code()).isEqualTo("AUTH_INVALID_CREDENTIALS");
        assertThat(house.me(elsewhere.text("access_token")).status()).isEqualTo(200);
        var changed =
                house.ask(
                        "PATCH",
                        "/api/v1/users/me/password",
                        "{\"current_password\":\"%s\",\"new_password\":\"a new password\"}"
                                .formatted(Gatehouse.password("nari")),
                        Gatehouse.bearer(here));
        assertThat(changed.status()).isEqualTo(200);
        assertThat(house.me(here.text("access_token")).status()).isEqualTo(200);
        assertThat(house.me(elsewhere.text("access_token")).status()).isEqualTo(401);
        assertThat(house.refreshes(elsewhere.text("refresh_token")).status()).isEqualTo(401);
        assertThat(house.refreshes(here.text("refresh_token")).status()).isEqualTo(200);
        assertThat(house.logsIn("nari", Gatehouse.password("nari")).status()).isEqualTo(401);
        assertThat(house.logsIn("nari", "a new password").status()).isEqualTo(200);
    }

    @Test
    void a_flood_of_sign_ups_is_turned_away_by_address() {
        int refused = 0;
        for (int i = 0; i < 22; i++) {
            var answer =
                    house.post(
                            "register",
                            "{\"username\":\"flood%d\",\"password\":\"long enough\"}".formatted(i),
                            "X-Forwarded-For",
                            "10.66.6.6");
            refused += answer.status() == 429 ? 1 : 0;
        }
        assertThat(refused).isEqualTo(2);
    }
}
