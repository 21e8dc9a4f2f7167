package madang.passkeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import madang.testing.Answer;
import madang.testing.Authenticator;
import madang.testing.House;
import madang.testing.Http;
import madang.testing.Person;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Coming in by a key instead of a password: with authenticators that are right, and with such that
/// lie in one thing.
class PasskeysTest {
    private static final String MINE = "/api/v1/users/me/passkeys";
    private static final String SIGN_IN = "/api/v1/auth/passkey";

    private static House house;
    private static int born;

    @BeforeAll
    static void open() {
        house = House.open();
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    void mina_comes_in_without_name_and_password() {
        Person mina = somebody();
        Authenticator phone = phone();
        Answer added = adds(mina, phone, "민아의 폰 📱");
        assertThat(added.status()).isEqualTo(201);
        assertThat(added.text("name")).isEqualTo("민아의 폰 📱");
        assertThat(added.text("authenticator")).isEqualTo("Samsung Pass");
        assertThat(added.data().get("is_synced").booleanValue()).isTrue();
        assertThat(added.data().get("last_used_at").isNull()).isTrue();

        Answer in = comesIn(phone);
        assertThat(in.status()).isEqualTo(200);
        assertThat(in.data().get("user").get("id").stringValue()).isEqualTo(mina.id());
        assertThat(in.header("Cache-Control")).contains("no-store");
        assertThat(in.header("X-Device-Token")).isNotEmpty();
        assertThat(as(in.text("access_token")).get("/api/v1/users/me").status()).isEqualTo(200);
        JsonNode kept = mina.http().get(MINE).data().get("items");
        assertThat(kept).hasSize(1);
        assertThat(kept.get(0).get("last_used_at").isString()).isTrue();
    }

    @Test
    void a_page_gets_its_refresh_token_as_a_cookie() {
        Person mina = somebody();
        Authenticator phone = phone();
        adds(mina, phone, null);
        Http page = house.stranger().with("X-Madang-Page", "1");
        Answer in = page.post(SIGN_IN, credential(phone.signs(question())));
        assertThat(in.data().get("refresh_token").isNull()).isTrue();
        assertThat(in.cookie("madang_refresh")).isNotEmpty();
    }

    @Test
    void what_a_device_is_asked_is_what_webauthn_wants() {
        Person mina = somebody();
        adds(mina, phone(), null);
        JsonNode asked = invitation(mina);
        assertThat(asked.propertyNames())
                .containsExactly(
                        "rp",
                        "user",
                        "challenge",
                        "pubKeyCredParams",
                        "timeout",
                        "excludeCredentials",
                        "authenticatorSelection",
                        "attestation");
        assertThat(asked.get("rp").get("id").stringValue()).isEqualTo("127.0.0.1");
        assertThat(asked.get("user").get("displayName").stringValue()).isEqualTo(mina.name());
        assertThat(asked.get("excludeCredentials")).hasSize(1);
        assertThat(asked.get("authenticatorSelection").get("userVerification").stringValue())
                .isEqualTo("required");
        assertThat(question().propertyNames())
                .containsExactly("challenge", "rpId", "timeout", "userVerification");
    }

    @Test
    void strangers_have_no_passkeys() {
        assertThat(house.stranger().post(MINE + "/options").status()).isEqualTo(401);
        assertThat(house.stranger().get(MINE).status()).isEqualTo(401);
    }

    @Test
    void a_session_alone_makes_no_key_once_it_has_grown_old() {
        Person mina = somebody();
        house.clock().move(Duration.ofMinutes(11));
        assertThat(mina.http().post(MINE + "/options").code()).isEqualTo("FRESH_SIGN_IN_REQUIRED");
        assertThat(mina.http().post(MINE + "/options", "{\"password\":\"a guess\"}").status())
                .isEqualTo(403);
        assertThat(
                        mina.http()
                                .post(
                                        MINE + "/options",
                                        "{\"password\":\"" + Person.PASSWORD + "\"}")
                                .status())
                .isEqualTo(200);
    }

    @Test
    void a_bot_has_its_token_and_no_passkey() {
        Answer bot = somebody().http().post("/api/v1/users/me/bots", "{\"nickname\":\"시계\"}");
        assertThat(as(bot.text("token")).post(MINE + "/options").status()).isEqualTo(403);
    }

    /// Each lie alone, when a passkey is made.
    static List<Map.Entry<String, UnaryOperator<Authenticator>>> lies() {
        return List.of(
                Map.entry("another page", it -> it.claimsOrigin("https://evil.example")),
                Map.entry("a page below", it -> it.claimsOrigin(house.url() + ".evil.example")),
                Map.entry("another scheme", it -> it.claimsOrigin("https://127.0.0.1")),
                Map.entry("another house", it -> it.claimsRpId("evil.example")),
                Map.entry("nobody verified", it -> it.claimsFlags(Authenticator.PRESENT)),
                Map.entry("nobody present", it -> it.claimsFlags(Authenticator.VERIFIED)),
                Map.entry("a payment", it -> it.claimsType("payment.get")));
    }

    @ParameterizedTest
    @MethodSource("lies")
    void a_new_passkey_that_lies_is_not_kept(Map.Entry<String, UnaryOperator<Authenticator>> lie) {
        Person mina = somebody();
        Answer refused = adds(mina, lie.getValue().apply(phone()), null);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo("PASSKEY_REFUSED");
        assertThat(mina.http().get(MINE).data().get("items")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("lies")
    void a_passkey_that_lies_does_not_let_in(Map.Entry<String, UnaryOperator<Authenticator>> lie) {
        Authenticator phone = phone();
        adds(somebody(), phone, null);
        isRefused(comesIn(lie.getValue().apply(phone)), "PASSKEY_REFUSED");
    }

    @Test
    void a_signature_of_another_key_does_not_let_in() {
        Authenticator phone = phone();
        adds(somebody(), phone, null);
        isRefused(comesIn(phone.losesItsKey()), "PASSKEY_REFUSED");
    }

    @Test
    void what_is_no_signature_does_not_let_in() {
        Authenticator phone = phone();
        adds(somebody(), phone, null);
        String signed = phone.signs(question());
        String garbled = signed.replaceFirst("\"signature\":\"[^\"]*\"", "\"signature\":\"AAEC\"");
        isRefused(house.stranger().post(SIGN_IN, credential(garbled)), "PASSKEY_REFUSED");
    }

    @Test
    void a_key_does_not_let_in_to_somebody_else() {
        Person joon = somebody();
        Authenticator phone = phone();
        adds(somebody(), phone, null);
        byte[] joonsHandle =
                java.util.Base64.getUrlDecoder()
                        .decode(invitation(joon).get("user").get("id").stringValue());
        isRefused(comesIn(phone.claimsUser(joonsHandle)), "PASSKEY_REFUSED");
        isRefused(comesIn(phone.claimsUser(new byte[0])), "PASSKEY_REFUSED");
    }

    @Test
    void a_key_that_nobody_registered_is_unknown() {
        isRefused(comesIn(phone()), "PASSKEY_UNKNOWN");
    }

    @Test
    void an_answer_is_good_once() {
        Authenticator phone = phone();
        Person mina = somebody();
        JsonNode invitation = invitation(mina);
        String made = credential(phone.creates(invitation));
        assertThat(mina.http().post(MINE, made).status()).isEqualTo(201);
        isSpent(mina.http().post(MINE, made));

        String signed = credential(phone.signs(question()));
        assertThat(house.stranger().post(SIGN_IN, signed).status()).isEqualTo(200);
        isSpent(house.stranger().post(SIGN_IN, signed));
    }

    @Test
    void a_wrong_answer_spends_its_challenge_too() {
        Authenticator phone = phone();
        adds(somebody(), phone, null);
        JsonNode question = question();
        isRefused(
                house.stranger()
                        .post(
                                SIGN_IN,
                                credential(phone.claimsRpId("evil.example").signs(question))),
                "PASSKEY_REFUSED");
        isSpent(
                house.stranger()
                        .post(SIGN_IN, credential(phone.claimsRpId("127.0.0.1").signs(question))));
    }

    @Test
    void a_challenge_is_good_for_its_own_purpose_and_its_own_user() {
        Person mina = somebody();
        Person joon = somebody();
        Authenticator phone = phone();
        adds(mina, phone, null);
        String minas = invitation(mina).get("challenge").stringValue();
        isSpent(comesIn(phone().claimsChallenge(minas)));
        isSpent(adds(joon, phone().claimsChallenge(minas), null));
        String stranger = question().get("challenge").stringValue();
        isSpent(adds(mina, phone().claimsChallenge(stranger), null));
        isSpent(comesIn(phone().claimsChallenge("AAAA")));
        isSpent(comesIn(phone().claimsChallenge("")));
    }

    @Test
    void a_challenge_grows_old_in_five_minutes() {
        Authenticator phone = phone();
        adds(somebody(), phone, null);
        JsonNode soon = question();
        house.clock().move(Duration.ofMinutes(5).minusSeconds(30));
        assertThat(house.stranger().post(SIGN_IN, credential(phone.signs(soon))).status())
                .isEqualTo(200);
        JsonNode late = question();
        house.clock().move(Duration.ofMinutes(5));
        isSpent(house.stranger().post(SIGN_IN, credential(phone.signs(late))));
    }

    @Test
    void a_counter_that_goes_back_betrays_a_copy() {
        Authenticator key = phone().hasSigned(7);
        adds(somebody(), key, null);
        assertThat(comesIn(key).status()).isEqualTo(200);
        isRefused(comesIn(key.hasSigned(7)), "PASSKEY_REFUSED");
        isRefused(comesIn(key.hasSigned(0)), "PASSKEY_REFUSED");
        assertThat(comesIn(key.hasSigned(20)).status()).isEqualTo(200);
    }

    @Test
    void of_two_with_the_same_count_one_comes_in() throws Exception {
        Authenticator key = phone().hasSigned(1);
        adds(somebody(), key, null);
        List<String> signed =
                IntStream.range(0, 4)
                        .mapToObj(_ -> credential(key.hasSigned(5).signs(question())))
                        .toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> tries =
                    signed.stream()
                            .<Callable<Integer>>map(
                                    it -> () -> house.stranger().post(SIGN_IN, it).status())
                            .toList();
            List<Integer> statuses =
                    threads.invokeAll(tries).stream().map(Future::resultNow).toList();
            assertThat(statuses).containsExactlyInAnyOrder(200, 401, 401, 401);
        }
    }

    @Test
    void one_credential_belongs_to_one_user() {
        Authenticator phone = phone();
        assertThat(adds(somebody(), phone, null).status()).isEqualTo(201);
        Answer again = adds(somebody(), phone, null);
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.code()).isEqualTo("PASSKEY_EXISTS");
    }

    @Test
    void a_passkey_is_named_and_removed_by_its_owner_alone() {
        Person mina = somebody();
        Person sora = somebody();
        String id = adds(mina, phone(), null).text("id");
        String one = MINE + "/" + id;
        assertThat(sora.http().patch(one, "{\"name\":\"내 것\"}").code())
                .isEqualTo("PASSKEY_NOT_FOUND");
        assertThat(sora.http().delete(one).status()).isEqualTo(404);
        assertThat(mina.http().patch(one, "{\"name\":\"옛 폰\"}").text("name")).isEqualTo("옛 폰");
        assertThat(mina.http().patch(one, "{\"name\":\" \"}").status()).isEqualTo(422);
        assertThat(mina.http().patch(one, "{\"name\":\"" + "가".repeat(51) + "\"}").status())
                .isEqualTo(422);
        assertThat(mina.http().delete(one).status()).isEqualTo(200);
        assertThat(mina.http().delete(one).status()).isEqualTo(404);
        assertThat(notes(id)).containsExactly("PASSKEY_ADDED", "PASSKEY_REMOVED");
    }

    @Test
    void a_removed_passkey_is_unknown() {
        Person mina = somebody();
        Authenticator phone = phone();
        mina.http().delete(MINE + "/" + adds(mina, phone, null).text("id"));
        isRefused(comesIn(phone), "PASSKEY_UNKNOWN");
    }

    @Test
    void the_last_way_in_stays() {
        Person mina = somebody();
        String first = adds(mina, phone(), null).text("id");
        String second = adds(mina, phone(), null).text("id");
        forgetsPassword(mina);
        assertThat(mina.http().delete(MINE + "/" + first).status()).isEqualTo(200);
        Answer refused = mina.http().delete(MINE + "/" + second);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("LAST_SIGN_IN_METHOD");
        assertThat(mina.http().get(MINE).data().get("items")).hasSize(1);
    }

    @Test
    void of_the_last_two_that_go_at_once_one_stays() throws Exception {
        Person mina = somebody();
        List<String> ids =
                List.of(adds(mina, phone(), null).text("id"), adds(mina, phone(), null).text("id"));
        forgetsPassword(mina);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> tries =
                    ids.stream()
                            .<Callable<Integer>>map(
                                    id -> () -> mina.http().delete(MINE + "/" + id).status())
                            .toList();
            assertThat(threads.invokeAll(tries).stream().map(Future::resultNow))
                    .containsExactlyInAnyOrder(200, 409);
        }
    }

    @Test
    void twenty_are_enough() {
        Person mina = somebody();
        for (int i = 0; i < Passkey.MOST; i++) {
            assertThat(adds(mina, phone(), null).status()).isEqualTo(201);
        }
        assertThat(mina.http().post(MINE + "/options").code()).isEqualTo("PASSKEY_LIMIT");
    }

    @Test
    void who_is_suspended_stays_outside_with_a_passkey_too() {
        Person mina = somebody();
        Authenticator phone = phone();
        adds(mina, phone, null);
        house.wiring()
                .db()
                .run(tx ->
                        tx.sql(
                                        "update identity.users set suspended_at = now() where id = :id::uuid")
                                .with("id", mina.id())
                                .count());
        Answer refused = comesIn(phone);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("ACCOUNT_SUSPENDED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"credential\":null}",
                "{\"credential\":\"text\"}",
                "{\"credential\":7}",
                "{\"credential\":[]}",
                "{\"credential\":{}}",
                "{\"credential\":{\"id\":\"AA\",\"rawId\":\"AA\",\"type\":\"public-key\",\"response\":{}}}",
                "{\"credential\":{\"id\":\"AA\",\"rawId\":\"AA\",\"type\":\"public-key\",\"response\":"
                        + "{\"clientDataJSON\":\"!!\",\"attestationObject\":\"AA\",\"authenticatorData\":\"AA\",\"signature\":\"AA\"}}}",
                "{\"credential\":{\"id\":\"AA\",\"rawId\":\"AA\",\"type\":\"public-key\",\"response\":"
                        + "{\"clientDataJSON\":\"e30\",\"attestationObject\":\"oA\",\"authenticatorData\":\"AA\",\"signature\":\"AA\"},"
                        + "\"clientExtensionResults\":{}}}"
            })
    void what_is_no_credential_is_told(String body) {
        assertThat(somebody().http().post(MINE, body).status()).as("add").isEqualTo(422);
        assertThat(house.stranger().post(SIGN_IN, body).status()).as("sign in").isEqualTo(422);
    }

    @Test
    void in_production_passkeys_need_our_address() {
        RelyingParty.Address nameless = new RelyingParty.Address("Madang", null, false);
        assertThat(
                        org.assertj.core.api.Assertions.catchThrowable(
                                () -> nameless.of("https://anything.example")))
                .hasMessage("PASSKEYS_NEED_AN_ADDRESS");
        RelyingParty us =
                new RelyingParty.Address(
                                "Madang", java.net.URI.create("https://Madang.Example:443/"), false)
                        .of("https://evil.example");
        assertThat(us)
                .isEqualTo(new RelyingParty("madang.example", "Madang", "https://madang.example"));
    }

    private static Person somebody() {
        return house.person("passkey" + ++born);
    }

    private static Authenticator phone() {
        return new Authenticator(house.url());
    }

    private static Http as(String token) {
        return house.stranger().with("Authorization", "Bearer " + token);
    }

    private static JsonNode invitation(Person person) {
        return person.http().post(MINE + "/options").data().get("public_key");
    }

    private static JsonNode question() {
        return house.stranger().post(SIGN_IN + "/options").data().get("public_key");
    }

    private static Answer adds(Person person, Authenticator authenticator, String name) {
        String credential = authenticator.creates(invitation(person));
        return person.http()
                .post(
                        MINE,
                        name == null
                                ? credential(credential)
                                : "{\"name\":\"%s\",\"credential\":%s}"
                                        .formatted(name, credential));
    }

    private static Answer comesIn(Authenticator authenticator) {
        return house.stranger().post(SIGN_IN, credential(authenticator.signs(question())));
    }

    private static String credential(String json) {
        return "{\"credential\":" + json + "}";
    }

    private static void forgetsPassword(Person person) {
        house.wiring()
                .db()
                .run(tx ->
                        tx.sql(
                                        "update identity.users set password_hash = null where id = :id::uuid")
                                .with("id", person.id())
                                .count());
    }

    private static List<String> notes(String passkey) {
        return house.wiring()
                .db()
                .read(tx ->
                        tx.sql(
                                        "select action from audit.entry where target_id = :id::uuid order by id")
                                .with("id", passkey)
                                .list(String.class));
    }

    private static void isRefused(Answer answer, String code) {
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.status()).isEqualTo(401);
    }

    private static void isSpent(Answer answer) {
        assertThat(answer.code()).isEqualTo("PASSKEY_CHALLENGE_SPENT");
        assertThat(answer.status()).isEqualTo(409);
    }
}
