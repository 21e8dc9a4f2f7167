package madang.slots;

import static madang.testing.Town.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import madang.recovery.Outside;
import madang.testing.Answer;
import madang.testing.House;
import madang.testing.Http;
import madang.testing.Person;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Somebody without an account finds a host's page, proves a phone number or a mailbox, and has an
/// appointment.
class BookingPageTest {
    private static final String SLOTS = "/api/v1/open-slots";

    /// A day of its own for each slot, so that none is in the way of another.
    private static final AtomicInteger DAYS = new AtomicInteger();

    private static Outside outside;
    private static House house;
    private static Person host;
    private static Person other;

    @BeforeAll
    static void open() {
        outside = new Outside();
        house = outside.house();
        host = house.person("salon-가람");
        other = house.person("quiet");
        house.wiring()
                .db()
                .run(tx ->
                        tx.sql("update identity.users set role = 'BUSINESS' where username = :name")
                                .with("name", host.name())
                                .count());
        host = host.onAnotherDevice();
    }

    @AfterAll
    static void close() {
        house.close();
        outside.close();
    }

    @Test
    void a_phone_is_enough_to_book() {
        String slot = offers();
        Http anybody = house.stranger();
        assertThat(anybody.get(SLOTS + "/hosts/salon-%EA%B0%80%EB%9E%8C").text("id"))
                .isEqualTo(host.id());
        assertThat(
                        anybody.get(SLOTS + "?available_only=true&host=" + host.id())
                                .data()
                                .get("items"))
                .isNotEmpty();

        String verification =
                anybody.post("/api/v1/auth/phone/send", "{\"phone\":\"010-6600-0001\"}")
                        .text("verification_id");
        String proof =
                "{\"verification_id\":\"%s\",\"code\":\"%s\",\"nickname\":\"하늘 🌤\"}"
                        .formatted(verification, outside.digits("01066000001", 1));
        Answer in = anybody.post("/api/v1/auth/phone/verify", proof);
        assertThat(in.status()).as(in.text()).isEqualTo(201);
        assertThat(in.data().at("/user/nickname").stringValue()).isEqualTo("하늘 🌤");
        Answer booked = bearer(in).post(SLOTS + "/" + slot + "/book");
        assertThat(booked.status()).as(booked.text()).isEqualTo(201);
        assertThat(
                        host.http()
                                .get(
                                        "/api/v1/events/"
                                                + booked.data().at("/event/id").stringValue())
                                .data()
                                .at("/participants/0/nickname")
                                .stringValue())
                .as("the host sees a name and no number")
                .isEqualTo("하늘 🌤");
    }

    @Test
    void so_is_a_mailbox_and_who_comes_again_keeps_his_name() {
        offers();
        Answer first = byMail(1, "보라");
        assertThat(first.status()).isEqualTo(201);
        assertThat(bearer(first).post(SLOTS + "/" + offers() + "/book").status()).isEqualTo(201);
        Answer again = byMail(2, "somebody else");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.data().at("/user/nickname").stringValue()).isEqualTo("보라");
    }

    @Test
    void who_offers_nothing_has_no_page() {
        assertThat(house.stranger().get(SLOTS + "/hosts/" + other.name()).code())
                .isEqualTo("SLOT_HOST_NOT_FOUND");
        assertThat(house.stranger().get(SLOTS + "/hosts/nobody").code())
                .isEqualTo("SLOT_HOST_NOT_FOUND");
        assertThat(house.stranger().post(SLOTS + "/" + offers() + "/hold").status()).isEqualTo(401);
    }

    private static Answer byMail(int n, String nickname) {
        house.stranger().post("/api/v1/auth/magic-link", "{\"email\":\"bora@example.com\"}");
        String token = outside.mail("bora@example.com", n).token();
        return house.stranger()
                .post(
                        "/api/v1/auth/magic-link/verify",
                        json(Map.of("token", token, "nickname", nickname)));
    }

    private static Http bearer(Answer signedIn) {
        return house.stranger().with("Authorization", "Bearer " + signedIn.text("access_token"));
    }

    private static String offers() {
        Instant start = house.clock().instant().plus(Duration.ofDays(DAYS.incrementAndGet()));
        Answer made =
                host.http()
                        .post(
                                SLOTS,
                                json(
                                        Map.of(
                                                "offer",
                                                Map.of("title", "머리 손질 💇", "category", "beauty"),
                                                "start_time",
                                                start.toString(),
                                                "end_time",
                                                start.plusSeconds(3_600).toString())));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.text("id");
    }
}
