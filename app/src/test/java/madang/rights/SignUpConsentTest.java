package madang.rights;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import madang.identity.Agreed;
import madang.kit.Id;
import madang.kit.User;
import madang.recovery.Outside;
import madang.social.Browser;
import madang.testing.Answer;
import madang.testing.House;
import madang.testing.Http;
import madang.testing.Person;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whoever becomes a member has said yes, whichever way he came. This house asks for it.
class SignUpConsentTest {
    private static final String AUTH = "/api/v1/auth/";
    private static final String YES = "{\"terms\":\"1\",\"privacy\":\"1\",\"age\":\"1\"}";
    private static final String YES_IN_ADDRESS = "age:1,privacy:1,terms:1";
    private static Outside outside;
    private static House house;

    @BeforeAll
    static void open() {
        outside = new Outside();
        house = House.open(outside.settings(Map.of("MADANG_SIGN_UP_CONSENT", "on")));
    }

    @AfterAll
    static void close() {
        house.close();
        outside.close();
    }

    @Test
    void who_signs_up_agrees_in_the_same_breath() {
        Answer in = registers("agrees", YES.replace("}", ",\"marketing\":\"1\"}"));
        assertThat(in.status()).as(in.text()).isEqualTo(201);
        assertThat(said(in))
                .containsExactlyInAnyOrder("TERMS 1", "PRIVACY 1", "AGE 1", "MARKETING 1");
        assertThat(has(in, ConsentKind.MARKETING)).isTrue();
        assertThat(has(in, ConsentKind.SENSITIVE)).isFalse();
    }

    @Test
    void who_leaves_out_what_is_required_is_told_what_and_has_no_account() {
        Answer refused = registers("half", "{\"terms\":\"1\",\"marketing\":\"1\"}");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo("SIGN_UP_NEEDS_CONSENT");
        assertThat(refused.details().propertyNames())
                .containsExactlyInAnyOrder("consents.privacy", "consents.age");
        assertThat(registers("half", YES).status()).as("the name is still free").isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource({
        "old,  '\"terms\":\"0.9\"',               CONSENT_OUTDATED",
        "soul, '\"terms\":\"1\",\"soul\":\"1\"', VALIDATION_ERROR",
        "one,  '\"terms\":1',                   VALIDATION_ERROR"
    })
    void a_yes_is_to_what_there_is(String name, String terms, String code) {
        Answer refused = registers(name, "{\"privacy\":\"1\",\"age\":\"1\",%s}".formatted(terms));
        assertThat(refused.code()).isEqualTo(code);
    }

    @Test
    void a_guest_looks_around_and_agrees_when_he_stays() {
        Answer guest = house.stranger().post(AUTH + "anonymous");
        assertThat(guest.status()).isEqualTo(201);
        assertThat(stays(guest, "null").code()).isEqualTo("SIGN_UP_NEEDS_CONSENT");
        Answer member = stays(guest, YES);
        assertThat(member.status()).as(member.text()).isEqualTo(200);
        assertThat(said(member)).hasSize(3);
    }

    @Test
    void who_comes_by_kakao_for_the_first_time_has_agreed_before_he_left() {
        try (House asking = House.open(Map.of("MADANG_SIGN_UP_CONSENT", "on"))) {
            Browser minji = new Browser(asking);
            assertThat(minji.signsIn("kakao", "minji").header("Location"))
                    .isEqualTo("/welcome?error=SIGN_UP_NEEDS_CONSENT&provider=kakao");
            assertThat(comes(minji, "?consents=" + YES_IN_ADDRESS).header("Location"))
                    .isEqualTo("/");
            Answer page = minji.opensPage();
            assertThat(said(asking, page)).hasSize(3);

            assertThat(minji.signsIn("kakao", "minji").header("Location"))
                    .as("a member is not asked again")
                    .isEqualTo("/");
            assertThat(said(asking, page)).hasSize(3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"terms", "terms:", "terms:1,", "TERMS:1", "terms:1;drop", ":1"})
    void nonsense_goes_nowhere(String consents) {
        Answer refused = house.stranger().get(AUTH + "kakao?consents=" + consents);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.details().propertyNames()).containsExactly("consents");
    }

    @Test
    void a_mailed_link_is_not_used_up_by_who_did_not_agree() {
        house.stranger().post(AUTH + "magic-link", "{\"email\":\"nari@example.com\"}");
        String token = outside.mail("nari@example.com").token();
        String use = "{\"token\":\"" + token + "\",\"consents\":%s}";
        assertThat(house.stranger().post(AUTH + "magic-link/verify", use.formatted("null")).code())
                .isEqualTo("SIGN_UP_NEEDS_CONSENT");
        Answer in = house.stranger().post(AUTH + "magic-link/verify", use.formatted(YES));
        assertThat(in.status()).as(in.text()).isEqualTo(201);
        assertThat(said(in)).hasSize(3);
    }

    @Test
    void nor_is_a_code() {
        String phone = "+821055501234";
        String verification =
                house.stranger()
                        .post(AUTH + "phone/send", "{\"phone\":\"" + phone + "\"}")
                        .text("verification_id");
        String use =
                "{\"verification_id\":\"%s\",\"code\":\"%s\"%%s}"
                        .formatted(verification, outside.digits("01055501234", 1));
        assertThat(house.stranger().post(AUTH + "phone/verify", use.formatted("")).code())
                .isEqualTo("SIGN_UP_NEEDS_CONSENT");
        Answer in =
                house.stranger().post(AUTH + "phone/verify", use.formatted(",\"consents\":" + YES));
        assertThat(in.status()).as(in.text()).isEqualTo(201);
        assertThat(said(in)).hasSize(3);
    }

    @Test
    void a_house_that_does_not_ask_takes_down_who_agrees_all_the_same() {
        try (House lax = House.open()) {
            Answer silent = registers(lax, "silent", "null");
            assertThat(silent.status()).isEqualTo(201);
            assertThat(said(lax, silent)).isEmpty();
            assertThat(said(lax, registers(lax, "speaks", YES))).hasSize(3);
        }
    }

    @Test
    void what_stands_in_an_address_comes_back_the_same() {
        assertThat(Agreed.parse(YES_IN_ADDRESS).inAddress()).isEqualTo(YES_IN_ADDRESS);
        assertThat(Agreed.parse("").versions()).isEmpty();
        assertThat(Agreed.NOTHING.inAddress()).isEmpty();
    }

    private static Answer registers(String name, String consents) {
        return registers(house, name, consents);
    }

    private static Answer registers(House where, String name, String consents) {
        return where.stranger().post(AUTH + "register", form(name, consents));
    }

    private static String form(String name, String consents) {
        return "{\"username\":\"%s\",\"password\":\"%s\",\"consents\":%s}"
                .formatted(name, Person.PASSWORD, consents);
    }

    private static Answer stays(Answer guest, String consents) {
        Http his = house.stranger().with("Authorization", "Bearer " + guest.text("access_token"));
        return his.post(AUTH + "convert-anonymous", form("stays", consents));
    }

    private static Answer comes(Browser browser, String query) {
        String address = browser.get(AUTH + "kakao" + query).header("Location");
        return browser.get(browser.agrees(address, "&sandbox_user=minji"));
    }

    private static boolean has(Answer signedIn, ConsentKind kind) {
        return house.wiring().rights().consents().has(user(signedIn), kind);
    }

    private static List<String> said(Answer signedIn) {
        return said(house, signedIn);
    }

    private static List<String> said(House where, Answer signedIn) {
        return where.wiring().rights().consents().words(user(signedIn)).stream()
                .map(word -> word.kind().name() + " " + word.version())
                .toList();
    }

    private static Id<User> user(Answer signedIn) {
        return Id.parse(signedIn.data().at("/user/id").stringValue());
    }
}
