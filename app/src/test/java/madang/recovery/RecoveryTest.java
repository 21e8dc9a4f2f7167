package madang.recovery;

import static madang.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import madang.testing.Answer;
import madang.testing.House;
import madang.testing.Http;
import madang.testing.Person;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Coming back with nothing but a mailbox or a phone.
class RecoveryTest {
    private static final String AUTH = "/api/v1/auth/";
    private static final String ME = "/api/v1/users/me";
    private static Outside outside;
    private static House house;

    @BeforeAll
    static void open() {
        outside = new Outside();
        house = outside.house();
    }

    @AfterAll
    static void close() {
        house.close();
        outside.close();
    }

    @Test
    void mina_forgot_her_password() {
        Person mina = joins("mina", "mina@example.com");
        Person phone = mina.onAnotherDevice();
        assertThat(forgot("Mina@Example.com").status()).isEqualTo(200);
        Outside.Received mail = outside.mail("mina@example.com");
        assertThat(mail.page()).isEqualTo("reset");
        assertThat(mail.subject()).contains("비밀번호");
        assertThat(mail.from()).contains("noreply@madang.example");
        assertThat(mail.text()).contains("https://madang.example/#/reset?token=");
        assertThat(mail.headers()).contains("Auto-Submitted: auto-generated");
        assertThat(mail.id()).endsWith("@madang.example>");

        assertThat(reset(mail.token(), "short").status()).isEqualTo(422);
        Answer reset = reset(mail.token(), "a brand new one");
        assertThat(reset.status()).isEqualTo(200);
        assertThat(reset.header("Cache-Control")).contains("no-store");
        assertThat(phone.http().get(ME).status()).isEqualTo(401);
        assertThat(mina.http().get(ME).status()).isEqualTo(401);
        assertThat(logsIn("mina", Person.PASSWORD).status()).isEqualTo(401);
        Answer in = logsIn("mina", "a brand new one");
        assertThat(in.status()).isEqualTo(200);
        assertThat(in.data().get("user").get("email_verified").booleanValue())
                .as("the link proved the address too")
                .isTrue();

        Answer again = reset(mail.token(), "another one again");
        assertThat(again.status()).isEqualTo(400);
        assertThat(again.code()).isEqualTo("LINK_INVALID");
        assertThat(outside.mail("mina@example.com", 2).subject())
                .as("she is told that it was changed")
                .contains("비밀번호가 바뀌었습니다");
    }

    @Test
    void a_link_is_good_for_an_hour_and_only_the_last_ones_use_counts() {
        try (House own = outside.house()) {
            joinsAt(own, "joon", "joon@example.com");
            String[] tokens = new String[2];
            for (int i = 0; i < 2; i++) {
                forgotAt(own, "joon@example.com");
                tokens[i] = outside.mail("joon@example.com", i + 1).token();
            }
            own.clock().move(Duration.ofMinutes(59));
            assertThat(resetAt(own, tokens[1], "a brand new one").status()).isEqualTo(200);
            assertThat(resetAt(own, tokens[0], "a brand new one").code())
                    .as("the other link would have done the same")
                    .isEqualTo("LINK_INVALID");
            forgotAt(own, "joon@example.com");
            eventually(() ->
                    outside.mailsTo("joon@example.com").stream()
                                    .filter(it -> it.page().equals("reset"))
                                    .count()
                            == 3);
            String late =
                    outside.mailsTo("joon@example.com").stream()
                            .filter(it -> it.page().equals("reset"))
                            .toList()
                            .getLast()
                            .token();
            own.clock().move(Duration.ofMinutes(61));
            assertThat(resetAt(own, late, "a brand new one").code()).isEqualTo("LINK_INVALID");
        }
    }

    @Test
    void one_link_used_by_many_at_once_is_used_once() throws Exception {
        joins("many", "many@example.com");
        forgot("many@example.com");
        String token = outside.mail("many@example.com").token();
        List<Callable<Integer>> tries = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String password = "password number " + i;
            tries.add(() -> reset(token, password).status());
        }
        int used = 0;
        try (var crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> tried : crowd.invokeAll(tries)) {
                used += tried.get() == 200 ? 1 : 0;
            }
        }
        assertThat(used).isEqualTo(1);
    }

    @Test
    void nobody_learns_whether_an_address_is_known() {
        joins("known", "known@example.com");
        Answer known = forgot("known@example.com");
        Answer unknown = forgot("nobody@example.com");
        assertThat(unknown.status()).isEqualTo(known.status()).isEqualTo(200);
        assertThat(unknown.body().get("message")).isEqualTo(known.body().get("message"));
        outside.mail("known@example.com");
        eventually(() -> lettersTo("nobody@example.com") == 0);
        assertThat(outside.mailsTo("nobody@example.com")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nobody",
                "a@b",
                "mina@example.com\\r\\nBcc: all@example.com",
                "mina@example.com\\nBcc: all@example.com",
                "mina@example.com, all@example.com",
                "\\\"mina\\\" <mina@example.com>"
            })
    void what_is_no_address_gets_no_mail(String address) {
        for (String path : new String[] {"forgot-password", "magic-link"}) {
            Answer refused = post(AUTH + path, "{\"email\":\"" + address + "\"}");
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.details().propertyNames()).containsExactly("email");
        }
    }

    @Test
    void an_account_that_others_could_still_enter_is_not_taken_by_a_mail() {
        Person squatter = joins("squatter", "victim@example.com");
        Answer code = squatter.http().post(ME + "/phone", "{\"phone\":\"010-5555-0001\"}");
        squatter.http()
                .put(
                        ME + "/phone",
                        use(code.text("verification_id"), outside.digits("01055550001", 1)));
        forgot("victim@example.com");
        eventually(() -> lettersTo("victim@example.com") == 0);
        assertThat(outside.mailsTo("victim@example.com")).isEmpty();

        askMagicLink("victim@example.com", "en");
        Answer in = useMagicLink(outside.mail("victim@example.com").token());
        assertThat(in.status()).as("the victim has an account of his own").isEqualTo(201);
        assertThat(in.data().get("user").get("email").stringValue())
                .isEqualTo("victim@example.com");
        assertThat(squatter.http().get(ME).data().get("email").isNull()).isTrue();
    }

    @Test
    void a_magic_link_makes_an_account_once_and_opens_it_later() {
        askMagicLink("magic@example.com", "en");
        Outside.Received mail = outside.mail("magic@example.com");
        assertThat(mail.page()).isEqualTo("magic");
        assertThat(mail.subject()).isEqualTo("[Madang] Your sign-in link");
        assertThat(mail.html()).contains("<html lang=\"en\">");
        Answer first = useMagicLink(mail.token());
        assertThat(first.status()).isEqualTo(201);
        assertThat(first.data().get("user").get("email_verified").booleanValue()).isTrue();
        assertThat(first.text("refresh_token")).isNotEmpty();
        assertThat(useMagicLink(mail.token()).code()).isEqualTo("LINK_INVALID");

        askMagicLink("MAGIC@example.com", "ko");
        Answer second = useMagicLink(outside.mail("magic@example.com", 2).token());
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.data().get("user").get("id"))
                .isEqualTo(first.data().get("user").get("id"));
    }

    @Test
    void a_link_of_one_kind_does_nothing_else() {
        askMagicLink("kinds@example.com", "en");
        String token = outside.mail("kinds@example.com").token();
        assertThat(reset(token, "a brand new one").code()).isEqualTo("LINK_INVALID");
        assertThat(post(AUTH + "verify-email", "{\"token\":\"" + token + "\"}").code())
                .isEqualTo("LINK_INVALID");
        assertThat(useMagicLink("tea").code()).isEqualTo("LINK_INVALID");
        assertThat(useMagicLink(token).status()).isEqualTo(201);
    }

    @Test
    void a_new_address_is_hers_when_she_follows_the_link_and_the_old_one_hears_of_it() {
        Person sora = joins("sora", "sora@example.com");
        Answer asked = changeEmail(sora, "sora@example.com", null);
        assertThat(asked.status()).isEqualTo(200);
        verifyEmail(outside.mail("sora@example.com").token());
        assertThat(sora.http().get(ME).data().get("email_verified").booleanValue()).isTrue();

        changeEmail(sora, "소라@new.example.com", null);
        assertThat(sora.http().get(ME).text("email")).isEqualTo("sora@example.com");
        changeEmail(sora, "sora@new.example.com", null);
        verifyEmail(outside.mail("sora@new.example.com").token());
        assertThat(sora.http().get(ME).text("email")).isEqualTo("sora@new.example.com");
        assertThat(outside.mail("sora@example.com", 2).subject()).contains("주소가 바뀌었습니다");
    }

    @Test
    void who_sits_in_an_old_session_must_know_the_password_to_change_the_address() {
        try (House own = outside.house()) {
            Person dana = joinsAt(own, "dana", "dana@example.com");
            own.clock().move(Duration.ofMinutes(11));
            Answer refused = changeEmail(dana, "thief@example.com", null);
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.code()).isEqualTo("FRESH_SIGN_IN_REQUIRED");
            assertThat(dana.http().post(ME + "/phone", "{\"phone\":\"010-5555-0009\"}").code())
                    .isEqualTo("FRESH_SIGN_IN_REQUIRED");
            Answer wrong = changeEmail(dana, "thief@example.com", "a guess");
            assertThat(wrong.status()).isEqualTo(403);
            assertThat(wrong.details().propertyNames()).containsExactly("password");
            assertThat(changeEmail(dana, "dana@other.example.com", Person.PASSWORD).status())
                    .isEqualTo(200);
            assertThat(outside.mail("dana@other.example.com").page()).isEqualTo("verify-email");
            assertThat(outside.mailsTo("thief@example.com")).isEmpty();
        }
    }

    @Test
    void two_who_want_one_address_do_not_both_get_it() {
        Person first = joins("first", "first@example.com");
        Person second = joins("second", "second@example.com");
        changeEmail(first, "shared@example.com", null);
        changeEmail(second, "shared@example.com", null);
        eventually(() -> outside.mailsTo("shared@example.com").size() == 2);
        List<Integer> statuses = new ArrayList<>();
        for (int i = 1; i <= 2; i++) {
            statuses.add(
                    post(
                                    AUTH + "verify-email",
                                    "{\"token\":\"%s\"}"
                                            .formatted(
                                                    outside.mail("shared@example.com", i).token()))
                            .status());
        }
        assertThat(statuses).containsExactly(200, 409);
    }

    @Test
    void a_new_device_is_told_by_mail_and_a_known_one_is_not() {
        Person yuna = joins("yuna", "yuna@example.com");
        changeEmail(yuna, "yuna@example.com", null);
        verifyEmail(outside.mail("yuna@example.com").token());
        Answer in =
                house.stranger()
                        .with("User-Agent", "Mozilla/5.0 (iPhone) Safari/604.1")
                        .post(AUTH + "login", login("yuna", Person.PASSWORD));
        Outside.Received notice = outside.mail("yuna@example.com", 2);
        assertThat(notice.subject()).contains("새 기기");
        assertThat(notice.text()).contains("Safari · iPhone", "127.0.0.0/24");
        house.stranger()
                .with("X-Device-Token", in.header("X-Device-Token"))
                .post(AUTH + "login", login("yuna", Person.PASSWORD));
        logsIn("yuna", Person.PASSWORD);
        outside.mail("yuna@example.com", 3);
        assertThat(outside.mailsTo("yuna@example.com"))
                .as("one for the first device, none for the known one, one for the last")
                .hasSize(3);
    }

    @Test
    void a_phone_signs_up_and_in() {
        Answer sent = send("010-1111-2222");
        assertThat(sent.status()).isEqualTo(201);
        assertThat(sent.data().propertyNames()).containsExactly("verification_id", "expires_at");
        Outside.Text text = outside.text("01011112222", 1);
        assertThat(text.text()).contains("[Madang]").contains("5분");
        assertThat(text.from()).isEqualTo("0212345678");
        assertThat(outside.authorizations().getFirst())
                .matches(
                        "HMAC-SHA256 apiKey=key, date=\\S+Z, salt=[0-9a-f]{32}, signature=[0-9a-f]{64}");
        Answer up = verify(sent.text("verification_id"), outside.digits("01011112222", 1));
        assertThat(up.status()).isEqualTo(201);
        assertThat(up.data().get("user").get("phone").stringValue()).isEqualTo("+821011112222");
        assertThat(up.data().get("user").get("phone_verified").booleanValue()).isTrue();

        Answer again = verify(sent.text("verification_id"), outside.digits("01011112222", 1));
        assertThat(again.code()).as("a code is good once").isEqualTo("AUTH_PHONE_CODE_EXPIRED");

        Answer later = send("+82 10 1111 2222");
        Answer in = verify(later.text("verification_id"), outside.digits("01011112222", 2));
        assertThat(in.status()).isEqualTo(200);
        assertThat(in.data().get("user").get("id")).isEqualTo(up.data().get("user").get("id"));
    }

    @Test
    void a_code_takes_five_tries_and_five_minutes() {
        try (House own = outside.house()) {
            String id = sendAt(own, "010-3333-0001").text("verification_id");
            String right = outside.digits("01033330001", 1);
            String wrong = right.equals("000000") ? "000001" : "000000";
            for (int i = 0; i < 5; i++) {
                Answer refused = verifyAt(own, id, wrong);
                assertThat(refused.status()).isEqualTo(400);
                assertThat(refused.code()).isEqualTo("AUTH_PHONE_VERIFICATION_FAILED");
            }
            assertThat(verifyAt(own, id, right).code()).isEqualTo("AUTH_PHONE_CODE_EXPIRED");

            String late = sendAt(own, "010-3333-0001").text("verification_id");
            String digits = outside.digits("01033330001", 2);
            own.clock().move(Duration.ofMinutes(5));
            assertThat(verifyAt(own, late, digits).code()).isEqualTo("AUTH_PHONE_CODE_EXPIRED");
            assertThat(verifyAt(own, "tea", digits).code()).isEqualTo("AUTH_PHONE_CODE_EXPIRED");
        }
    }

    @Test
    void a_phone_is_not_flooded_and_neither_are_we() {
        try (House own = House.open(outside.settings(Map.of("MADANG_SMS_A_DAY", "7")))) {
            for (int i = 0; i < 5; i++) {
                assertThat(sendAt(own, "010-4444-0001").status()).isEqualTo(201);
            }
            Answer flooded = sendAt(own, "010-4444-0001");
            assertThat(flooded.status()).isEqualTo(429);
            assertThat(flooded.header("Retry-After")).isNotEmpty();
            assertThat(sendAt(own, "010-4444-0002").status()).isEqualTo(201);
            assertThat(sendAt(own, "010-4444-0003").status()).isEqualTo(201);
            assertThat(sendAt(own, "010-4444-0004").status())
                    .as("the house has its own bound")
                    .isEqualTo(429);
        }
    }

    @Test
    void a_number_changes_hands_by_a_code_that_was_asked_for_inside() {
        Person bora = joins("bora", "bora@example.com");
        Answer code = bora.http().post(ME + "/phone", "{\"phone\":\"010-6666-0001\"}");
        assertThat(code.status()).isEqualTo(201);
        String id = code.text("verification_id");
        String digits = outside.digits("01066660001", 1);
        assertThat(verify(id, digits).code())
                .as("it signs nobody in")
                .isEqualTo("AUTH_PHONE_CODE_EXPIRED");
        Person stranger = joins("stranger", "stranger@example.com");
        assertThat(stranger.http().put(ME + "/phone", use(id, digits)).code())
                .isEqualTo("AUTH_PHONE_CODE_EXPIRED");
        Answer mine = bora.http().put(ME + "/phone", use(id, digits));
        assertThat(mine.status()).isEqualTo(200);
        assertThat(mine.text("phone")).isEqualTo("+821066660001");
        assertThat(mine.data().get("phone_verified").booleanValue()).isTrue();
    }

    @Test
    void a_foreign_number_goes_to_its_country() {
        send("+1 555 123 4567");
        assertThat(outside.text("5551234567", 1).country()).isEqualTo("1");
    }

    @Test
    void a_house_without_a_way_out_says_so() {
        try (House mute = House.open(Map.of("MADANG_SANDBOX", "off"))) {
            assertThat(forgotAt(mute, "mina@example.com").status()).isEqualTo(503);
            assertThat(sendAt(mute, "010-1111-2222").status()).isEqualTo(503);
        }
    }

    private static Person joins(String name, String email) {
        return joinsAt(house, name, email);
    }

    private static Person joinsAt(House at, String name, String email) {
        return Person.signUp(at, name, email);
    }

    private static Answer forgot(String email) {
        return forgotAt(house, email);
    }

    private static Answer forgotAt(House at, String email) {
        return at.stranger().post(AUTH + "forgot-password", "{\"email\":\"" + email + "\"}");
    }

    private static Answer reset(String token, String password) {
        return resetAt(house, token, password);
    }

    private static Answer resetAt(House at, String token, String password) {
        return at.stranger()
                .post(
                        AUTH + "reset-password",
                        "{\"token\":\"%s\",\"new_password\":\"%s\"}".formatted(token, password));
    }

    private static void askMagicLink(String email, String language) {
        Http client = house.stranger().with("Accept-Language", language);
        Answer asked = client.post(AUTH + "magic-link", "{\"email\":\"" + email + "\"}");
        assertThat(asked.status()).isEqualTo(200);
    }

    private static Answer useMagicLink(String token) {
        return post(AUTH + "magic-link/verify", "{\"token\":\"" + token + "\"}");
    }

    private static Answer changeEmail(Person person, String email, String password) {
        return person.http()
                .post(
                        ME + "/email",
                        password == null
                                ? "{\"email\":\"%s\"}".formatted(email)
                                : "{\"email\":\"%s\",\"password\":\"%s\"}"
                                        .formatted(email, password));
    }

    private static void verifyEmail(String token) {
        Answer verified = post(AUTH + "verify-email", "{\"token\":\"" + token + "\"}");
        assertThat(verified.status()).isEqualTo(200);
    }

    private static Answer send(String phone) {
        return sendAt(house, phone);
    }

    private static Answer sendAt(House at, String phone) {
        return at.stranger().post(AUTH + "phone/send", "{\"phone\":\"" + phone + "\"}");
    }

    private static Answer verify(String id, String digits) {
        return verifyAt(house, id, digits);
    }

    private static Answer verifyAt(House at, String id, String digits) {
        return at.stranger().post(AUTH + "phone/verify", use(id, digits));
    }

    private static String use(String id, String digits) {
        return "{\"verification_id\":\"%s\",\"code\":\"%s\"}".formatted(id, digits);
    }

    private static Answer logsIn(String username, String password) {
        return post(AUTH + "login", login(username, password));
    }

    private static String login(String username, String password) {
        return "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(username, password);
    }

    private static Answer post(String path, String body) {
        return house.stranger().post(path, body);
    }

    private static long lettersTo(String address) {
        return house.wiring()
                .db()
                .read(tx ->
                        tx.sql("select count(*) from recovery.letter where recipient = :to")
                                .with("to", address)
                                .one(Long.class));
    }
}
