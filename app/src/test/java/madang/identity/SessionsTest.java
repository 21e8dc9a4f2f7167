package madang.identity;

import static madang.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import madang.kit.Caller;
import madang.kit.Id;
import madang.kit.User;
import madang.testing.Answer;
import madang.testing.House;
import madang.testing.Http;
import madang.testing.Person;
import madang.testing.Talker;
import madang.testing.Twins;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Who sits in an account, and who is put out of it: on two nodes.
class SessionsTest {
    private static final String SESSIONS = "/api/v1/users/me/sessions";
    private static final String CHROME =
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/142.0.0.0 Safari/537.36";
    private static Twins twins;
    private static House house;

    @BeforeAll
    static void open() {
        twins = Twins.open();
        house = twins.here();
    }

    @AfterAll
    static void close() {
        twins.close();
    }

    @Test
    void mina_sees_where_she_is_signed_in() {
        Person mina = house.person("mina");
        Answer in =
                house.stranger()
                        .with("User-Agent", CHROME)
                        .post(
                                "/api/v1/auth/login",
                                "{\"username\":\"mina\",\"password\":\"%s\"}"
                                        .formatted(Person.PASSWORD));
        List<JsonNode> sessions = list(mina.http());
        assertThat(sessions).hasSize(2);
        JsonNode chrome = sessions.getFirst();
        assertThat(chrome.propertyNames())
                .containsExactly(
                        "id",
                        "method",
                        "device",
                        "address",
                        "created_at",
                        "last_used_at",
                        "current");
        assertThat(chrome.get("device").stringValue()).isEqualTo("Chrome · Windows");
        assertThat(chrome.get("method").stringValue()).isEqualTo("password");
        assertThat(chrome.get("address").stringValue()).isEqualTo("127.0.0.0/24");
        assertThat(chrome.get("current").booleanValue()).isFalse();
        assertThat(sessions.getLast().get("current").booleanValue()).isTrue();

        String used = chrome.get("last_used_at").stringValue();
        house.stranger()
                .post(
                        "/api/v1/auth/refresh",
                        "{\"refresh_token\":\"%s\"}".formatted(in.text("refresh_token")));
        assertThat(list(mina.http()).getFirst().get("last_used_at").stringValue())
                .isGreaterThan(used);
    }

    @Test
    void a_long_list_comes_in_pages() {
        Person dana = house.person("dana");
        for (int i = 0; i < 4; i++) {
            dana.onAnotherDevice();
        }
        List<String> seen = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = dana.http().get(SESSIONS + "?limit=2" + next).data();
            page.get("items").forEach(session -> seen.add(session.get("id").stringValue()));
            next =
                    page.get("next_cursor").isNull()
                            ? null
                            : "&cursor=" + page.get("next_cursor").stringValue();
        } while (next != null);
        assertThat(seen)
                .hasSize(5)
                .doesNotHaveDuplicates()
                .isSortedAccordingTo((a, b) -> b.compareTo(a));
        assertThat(dana.http().get(SESSIONS + "?cursor=%21").status()).isEqualTo(422);
        assertThat(house.stranger().get(SESSIONS).status()).isEqualTo(401);
    }

    @Test
    void she_signs_out_on_one_device_and_it_is_out_on_both_nodes() {
        Person yuna = house.person("yuna");
        Person phone = yuna.onAnotherDevice();
        try (Talker talker = Talker.connect(twins.there().port(), phone.accessToken())) {
            String id = other(yuna);
            Person stranger = house.person("nosy");
            Answer foreign = stranger.http().delete(SESSIONS + "/" + id);
            assertThat(foreign.status()).isEqualTo(404);
            assertThat(foreign.code()).isEqualTo("SESSION_NOT_FOUND");
            assertThat(stranger.http().delete(SESSIONS + "/tea").code())
                    .isEqualTo("SESSION_NOT_FOUND");

            assertThat(yuna.http().delete(SESSIONS + "/" + id).status()).isEqualTo(200);
            assertThat(talker.closeCode()).isEqualTo(4401);
            assertThat(phone.http().get(SESSIONS).status()).isEqualTo(401);
            assertThat(yuna.http().delete(SESSIONS + "/" + id).status()).isEqualTo(404);
        }
        assertThat(list(yuna.http())).hasSize(1);
    }

    @Test
    void she_signs_out_everywhere_else() {
        Person bora = house.person("bora");
        Person phone = bora.onAnotherDevice();
        Person tablet = bora.onAnotherDevice();
        Person neighbour = house.person("neighbour");
        assertThat(bora.http().delete(SESSIONS).status()).isEqualTo(200);
        assertThat(bora.http().delete(SESSIONS).status()).as("a second time").isEqualTo(200);

        assertThat(list(bora.http())).hasSize(1);
        eventually(() -> there(phone).get(SESSIONS).status() == 401);
        assertThat(tablet.http().get(SESSIONS).status()).isEqualTo(401);
        assertThat(neighbour.http().get(SESSIONS).status()).isEqualTo(200);
    }

    @Test
    void who_is_suspended_is_out_everywhere_and_so_are_his_bots() {
        Person haneul = house.person("haneul");
        String bot =
                haneul.http().post("/api/v1/users/me/bots", "{\"nickname\":\"봇\"}").text("token");
        assertThat(bearer(house, bot).get("/api/v1/auth/me").status()).isEqualTo(200);
        try (Talker talker = Talker.connect(twins.there().port(), haneul.accessToken());
                Talker machine = Talker.connect(twins.there().port(), bot)) {
            Administration administration = house.wiring().identity().administration();
            Staff staff = new Staff(Caller.system("test"), "192.0.2.1");
            Id<User> user = Id.parse(haneul.id());
            administration.suspend(staff, user, Suspension.WITHOUT_END);
            assertThat(talker.closeCode()).isEqualTo(4401);
            assertThat(machine.closeCode()).isEqualTo(4401);
            assertThat(bearer(house, bot).get("/api/v1/auth/me").status()).isEqualTo(401);
            eventually(() -> there(haneul).get("/api/v1/auth/me").status() == 401);

            administration.reinstate(staff, user);
            assertThat(haneul.http().get("/api/v1/auth/me").status())
                    .as("what ended does not begin again")
                    .isEqualTo(401);
            assertThat(haneul.onAnotherDevice().http().get("/api/v1/auth/me").status())
                    .isEqualTo(200);
        }
    }

    @Test
    void a_guest_looks_around_and_stays_with_all_that_is_his() {
        Answer in = house.stranger().with("Accept-Language", "en").post("/api/v1/auth/anonymous");
        assertThat(in.status()).isEqualTo(201);
        JsonNode guest = in.data().get("user");
        assertThat(guest.get("guest").booleanValue()).isTrue();
        assertThat(guest.get("nickname").stringValue()).matches("마당[a-z]{4}");
        assertThat(guest.get("language").stringValue()).isEqualTo("en");
        Http asGuest = bearer(house, in.text("access_token"));
        Answer room =
                asGuest.post("/api/v1/chat/rooms", "{\"name\":\"손님의 방\",\"type\":\"private\"}");
        assertThat(room.status()).isEqualTo(201);

        house.person("taken");
        Answer taken = asGuest.post("/api/v1/auth/convert-anonymous", registration("taken"));
        assertThat(taken.code()).isEqualTo("USER_ALREADY_EXISTS");
        assertThat(asGuest.get("/api/v1/auth/me").status()).as("still a guest").isEqualTo(200);

        Answer settled = asGuest.post("/api/v1/auth/convert-anonymous", registration("settler"));
        assertThat(settled.status()).isEqualTo(200);
        JsonNode member = settled.data().get("user");
        assertThat(member.get("id")).isEqualTo(guest.get("id"));
        assertThat(member.get("guest").booleanValue()).isFalse();
        assertThat(member.get("nickname").stringValue()).isEqualTo("settler");
        assertThat(asGuest.get("/api/v1/auth/me").status())
                .as("the guest's session is over")
                .isEqualTo(401);
        Http asMember = bearer(house, settled.text("access_token"));
        assertThat(asMember.get("/api/v1/chat/rooms/" + room.text("id")).status()).isEqualTo(200);
        assertThat(asMember.post("/api/v1/auth/convert-anonymous", registration("again")).code())
                .isEqualTo("NOT_A_GUEST");
        assertThat(
                        house.stranger()
                                .post("/api/v1/auth/convert-anonymous", registration("nobody"))
                                .status())
                .isEqualTo(401);
    }

    @Test
    void a_guest_is_erased_after_his_session_and_not_before() {
        try (House quiet = House.open()) {
            Identity identity = quiet.wiring().identity().identity();
            Answer in = quiet.stranger().post("/api/v1/auth/anonymous");
            Id<User> guest = Id.parse(in.data().get("user").get("id").stringValue());
            quiet.clock().move(Duration.ofDays(29));
            Answer refreshed =
                    quiet.stranger()
                            .post(
                                    "/api/v1/auth/refresh",
                                    "{\"refresh_token\":\"%s\"}"
                                            .formatted(in.text("refresh_token")));
            assertThat(refreshed.status()).isEqualTo(200);
            quiet.wiring().identity().sweep();
            assertThat(identity.gone(quiet.clock().instant(), 10)).isEmpty();

            quiet.clock().move(Duration.ofDays(31));
            quiet.wiring().identity().sweep();
            assertThat(identity.gone(quiet.clock().instant(), 10)).containsExactly(guest);
            boolean isSealed =
                    quiet.wiring().db().tx(tx -> identity.seal(tx, guest, quiet.clock().instant()));
            assertThat(isSealed).isTrue();
        }
    }

    private static String registration(String name) {
        return "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(name, Person.PASSWORD);
    }

    private static List<JsonNode> list(Http http) {
        List<JsonNode> items = new ArrayList<>();
        http.get(SESSIONS).data().get("items").forEach(items::add);
        return items;
    }

    private static String other(Person person) {
        return list(person.http()).stream()
                .filter(session -> !session.get("current").booleanValue())
                .findFirst()
                .orElseThrow()
                .get("id")
                .stringValue();
    }

    private static Http there(Person person) {
        return bearer(twins.there(), person.accessToken());
    }

    private static Http bearer(House at, String token) {
        return at.stranger().with("Authorization", "Bearer " + token);
    }
}
