package madang.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import madang.kit.Caller;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.Language;
import madang.kit.Role;
import madang.kit.Secret;
import madang.kit.User;
import madang.kit.db.Tx;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What identity does for whoever else lets people in: makes accounts without a password, says
/// whose a name is, opens sessions, and lets people leave.
class WaysInTest {
    private static final Visitor PHONE =
            new Visitor(
                    "203.0.113.9",
                    null,
                    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7) Version/26.0 Safari/604.1");
    private static Gatehouse house;
    private static Identity identity;

    @BeforeAll
    static void open() {
        house = Gatehouse.open();
        identity = house.identity();
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    void a_newcomer_comes_in_without_a_password() {
        Id<User> minji =
                tx(tx ->
                        identity.create(tx, told("민지 🌻", "minji@example.com", true, null, false)));
        SignedIn in = tx(tx -> identity.admit(tx, PHONE, minji, SignInMethod.KAKAO));

        assertThat(in.me().nickname()).isEqualTo("민지 🌻");
        assertThat(in.me().email()).isEqualTo("minji@example.com");
        assertThat(in.me().emailVerified()).isTrue();
        assertThat(in.me().lastLoginAt()).isNotNull();
        assertThat(identity.hasPassword(minji)).isFalse();
        assertThat(identity.knowsPassword(in.caller(), new Secret("whatever it is"))).isFalse();
        assertThat(house.me(in.accessToken()).status()).isEqualTo(200);
        assertThat(house.refreshes(in.refreshToken()).status()).isEqualTo(200);
        assertThat(identity.signedInAt(in.caller()))
                .isBetween(in.me().createdAt(), Instant.ofEpochMilli(house.nowMillis() + 1));
        record Kept(String method, String device, String address) {}
        Kept kept =
                tx(tx ->
                        tx.sql(
                                        "select method, device, address from identity.session where id = :id")
                                .with("id", in.caller().session())
                                .one(Kept.class));
        assertThat(kept).isEqualTo(new Kept("KAKAO", "Safari · iPhone", "203.0.113.0/24"));
    }

    @Test
    void what_others_tell_of_a_newcomer_is_brought_into_form() {
        Me odd =
                me(
                        tx(tx ->
                                identity.create(
                                        tx,
                                        new Newcomer(
                                                "  두\n줄\u0000짜리 " + "🌿".repeat(60),
                                                "no address",
                                                true,
                                                "12",
                                                true,
                                                "javascript:alert(1)",
                                                Language.EN,
                                                Agreed.NOTHING))));
        assertThat(odd.nickname()).startsWith("두 줄 짜리 🌿").doesNotContain("\n");
        assertThat(odd.nickname().codePointCount(0, odd.nickname().length())).isEqualTo(50);
        assertThat(odd.email()).isNull();
        assertThat(odd.emailVerified()).isFalse();
        assertThat(odd.phone()).isNull();
        assertThat(odd.profileImageUrl()).isNull();
        assertThat(odd.language()).isEqualTo(Language.EN);
        assertThat(me(tx(tx -> identity.create(tx, Newcomer.unknown(Language.KO)))).nickname())
                .matches("마당[a-z]{4}");
    }

    @Test
    void an_address_is_anybodys_until_it_is_proved() {
        Id<User> squatter =
                tx(tx -> identity.create(tx, told("s", "owner@example.com", false, null, false)));
        assertThat(me(squatter).email()).isEqualTo("owner@example.com");

        Id<User> late =
                tx(tx -> identity.create(tx, told("l", "Owner@example.com", false, null, false)));
        assertThat(me(late).email()).as("taken, and not proved either").isNull();
        assertThat(holder("owner@example.com")).isEmpty();

        Id<User> owner =
                tx(tx -> identity.create(tx, told("o", "OWNER@example.com", true, null, false)));
        assertThat(me(owner).email()).isEqualTo("OWNER@example.com");
        assertThat(me(squatter).email()).as("lost").isNull();
        assertThat(holder("owner@example.com")).contains(owner);

        assertThatThrownBy(() ->
                        house.db().run(tx -> identity.confirmEmail(tx, late, "owner@example.com")))
                .isInstanceOfSatisfying(
                        Failure.class,
                        refused -> {
                            assertThat(refused.code()).isEqualTo("USER_ALREADY_EXISTS");
                            assertThat(refused.details()).containsOnlyKeys("email");
                        });
        assertThatThrownBy(() ->
                        tx(tx ->
                                identity.create(
                                        tx, told("x", "owner@example.com", true, null, false))))
                .isInstanceOf(Failure.class);
    }

    @Test
    void a_number_belongs_to_whoever_proves_it_first() {
        house.post(
                "register",
                "{\"phone\":\"010-7777-0001\",\"password\":\"a squatter's own\"}",
                "X-Forwarded-For",
                "10.2.0.1");
        Id<User> joon = tx(tx -> identity.create(tx, Newcomer.unknown(Language.KO)));
        house.db().run(tx -> identity.confirmPhone(tx, joon, "+82 10-7777-0001"));
        house.db().run(tx -> identity.confirmPhone(tx, joon, "010 7777 0001"));

        assertThat(me(joon).phone()).isEqualTo("+821077770001");
        assertThat(me(joon).phoneVerified()).isTrue();
        Optional<Id<User>> holder =
                tx(tx -> identity.holderOfVerified(tx, LoginName.phone("01077770001")));
        assertThat(holder).contains(joon);
        assertThat(
                        house.post(
                                        "login",
                                        "{\"phone\":\"01077770001\",\"password\":\"a squatter's own\"}")
                                .status())
                .as("the squatter lost the number, and his password opens nothing by it")
                .isEqualTo(401);
    }

    @Test
    void a_new_password_ends_every_session() {
        var joined = house.joins("forgetful");
        Id<User> user = Id.parse(joined.data().get("user").get("id").stringValue());
        HashedPassword hashed = identity.hashed(new Secret("a better memory"));
        assertThat(hashed).hasToString("•••");
        house.db().run(tx -> identity.resetPassword(tx, user, hashed));

        assertThat(house.me(joined.text("access_token")).status()).isEqualTo(401);
        assertThat(house.refreshes(joined.text("refresh_token")).status()).isEqualTo(401);
        assertThat(house.logsIn("forgetful", Gatehouse.password("forgetful")).status())
                .isEqualTo(401);
        assertThat(house.logsIn("forgetful", "a better memory").status()).isEqualTo(200);
    }

    @Test
    void who_is_suspended_stays_outside_until_his_time_is_over() {
        var joined = house.joins("haneul");
        Id<User> haneul = Id.parse(joined.data().get("user").get("id").stringValue());
        Instant until = Instant.ofEpochMilli(house.nowMillis()).plus(Duration.ofDays(3));
        house.feature()
                .administration()
                .suspend(
                        new Staff(Caller.system("test"), "192.0.2.1"),
                        haneul,
                        new Suspension("욕설", until));

        assertThat(house.me(joined.text("access_token")).status()).isEqualTo(401);
        var refused = house.logsIn("haneul", Gatehouse.password("haneul"));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("ACCOUNT_SUSPENDED");
        assertThat(refused.details().get("until").stringValue())
                .startsWith(until.toString().substring(0, 19));
        assertThatThrownBy(() -> tx(tx -> identity.admit(tx, PHONE, haneul, SignInMethod.GOOGLE)))
                .isInstanceOfSatisfying(
                        Failure.class, it -> assertThat(it.code()).isEqualTo("ACCOUNT_SUSPENDED"));

        house.passes(Duration.ofDays(3).plusSeconds(1));
        assertThat(house.logsIn("haneul", Gatehouse.password("haneul")).status()).isEqualTo(200);
    }

    @Test
    void who_withdrew_comes_back_by_signing_in_until_he_is_sealed() {
        var joined = house.joins("leaver");
        Id<User> leaver = Id.parse(joined.data().get("user").get("id").stringValue());
        assertThat(did(tx -> identity.withdraw(tx, leaver))).isTrue();
        assertThat(did(tx -> identity.withdraw(tx, leaver))).as("a second time").isFalse();
        assertThat(house.me(joined.text("access_token")).status()).isEqualTo(401);
        Instant later = Instant.ofEpochMilli(house.nowMillis()).plusSeconds(60);
        assertThat(identity.gone(later, 100)).contains(leaver);

        assertThat(house.logsIn("leaver", Gatehouse.password("leaver")).status()).isEqualTo(200);
        assertThat(identity.gone(later, 100)).doesNotContain(leaver);
        assertThat(did(tx -> identity.seal(tx, leaver, later))).as("he came back").isFalse();

        house.db().run(tx -> identity.withdraw(tx, leaver));
        assertThat(did(tx -> identity.seal(tx, leaver, later))).isTrue();
        assertThat(did(tx -> identity.seal(tx, leaver, later))).as("again, after a crash").isTrue();
        assertThat(house.logsIn("leaver", Gatehouse.password("leaver")).status()).isEqualTo(401);
        assertThat(identity.gone(later, 100)).contains(leaver);
    }

    @Test
    void nobody_is_left_where_somebody_was_erased() {
        var joined = house.joins("vanishing");
        Id<User> gone = Id.parse(joined.data().get("user").get("id").stringValue());
        house.db().run(tx -> identity.confirmEmail(tx, gone, "vanishing@example.com"));
        house.db().run(tx -> identity.empty(tx, gone));
        house.db().run(tx -> identity.empty(tx, gone));

        assertThat(house.me(joined.text("access_token")).status()).isEqualTo(401);
        assertThat(house.logsIn("vanishing", Gatehouse.password("vanishing")).status())
                .isEqualTo(401);
        assertThat(identity.people(List.of(gone)).get(gone).nickname()).isEqualTo("(알 수 없음)");
        assertThat(me(gone).email()).isNull();
        assertThatThrownBy(() -> tx(tx -> identity.admit(tx, PHONE, gone, SignInMethod.PASSKEY)))
                .isInstanceOf(Failure.class);
        assertThat(house.joins("vanishing").status()).as("the name is free again").isEqualTo(201);
    }

    private static Newcomer told(
            String nickname, String email, boolean isProved, String phone, boolean isPhoneProved) {
        return new Newcomer(
                nickname, email, isProved, phone, isPhoneProved, null, Language.KO, Agreed.NOTHING);
    }

    private static Optional<Id<User>> holder(String email) {
        return tx(tx -> identity.holderOfVerified(tx, LoginName.email(email)));
    }

    private static Me me(Id<User> user) {
        return identity.me(new Caller.Member(user, new Id<>(user.value()), Role.USER, Language.KO));
    }

    private static boolean did(Function<Tx, Boolean> work) {
        return tx(work);
    }

    private static <T> T tx(Function<Tx, T> work) {
        return house.db().tx(work);
    }
}
