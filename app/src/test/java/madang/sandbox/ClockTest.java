package madang.sandbox;

import static madang.sandbox.Browsing.form;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import madang.testing.Answer;
import madang.testing.House;
import madang.testing.Http;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// All time of the house moves together, and forward.
class ClockTest {
    private static House house;
    private static Http web;

    @BeforeAll
    static void open() {
        house = House.open();
        web = house.stranger();
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @AfterEach
    void reset() {
        web.post("/sandbox/clock", "{\"reset\":true}");
    }

    @Test
    void the_whole_house_is_later() {
        Instant before = envelopeTime();
        Answer moved = web.post("/sandbox/clock", "{\"forward\":\"P30D\"}");
        assertThat(moved.body().get("ahead").asString()).isEqualTo("PT720H");
        assertThat(Duration.between(before, envelopeTime())).isGreaterThan(Duration.ofDays(29));
        web.post("/sandbox/clock", "{\"forward\":\"PT1H\"}");
        assertThat(web.get("/sandbox/clock").body().get("ahead").asString()).isEqualTo("PT721H");
        web.post("/sandbox/clock", "{\"reset\":true}");
        assertThat(Duration.between(before, envelopeTime())).isLessThan(Duration.ofHours(1));
    }

    @Test
    void a_moment_can_be_named() {
        Instant then = envelopeTime().plus(Duration.ofDays(2));
        Answer moved = web.post("/sandbox/clock", "{\"to\":\"" + then + "\"}");
        assertThat(Instant.parse(moved.body().get("now").asString()))
                .isBetween(then, then.plusSeconds(60));
    }

    @Test
    void it_never_goes_back_by_a_step() {
        assertThat(web.post("/sandbox/clock", "{\"forward\":\"PT-1H\"}").status()).isEqualTo(400);
        assertThat(web.post("/sandbox/clock", "{\"to\":\"2000-01-01T00:00:00Z\"}").status())
                .isEqualTo(400);
        assertThat(web.post("/sandbox/clock", "{\"forward\":\"P9999D\"}").status()).isEqualTo(400);
        assertThat(web.post("/sandbox/clock", "{\"forward\":\"an hour\"}").status()).isEqualTo(400);
        assertThat(web.get("/sandbox/clock").body().get("ahead").asString()).isEqualTo("PT0S");
    }

    @Test
    void people_have_buttons() {
        Http person = web.with("Accept", "text/html");
        assertThat(person.get("/sandbox/clock").text()).contains("value=\"P30D\"");
        Answer pressed = form(person, "/sandbox/clock", "forward", "PT10M");
        assertThat(pressed.status()).isEqualTo(303);
        assertThat(person.get("/sandbox/clock").text()).contains("PT10M");
    }

    private static Instant envelopeTime() {
        return Instant.parse(web.get("/api/v1/none").body().get("timestamp").asString());
    }
}
