package madang.events;

import static madang.events.EventTown.EVENTS;
import static madang.events.EventTown.change;
import static madang.events.EventTown.does;
import static madang.events.EventTown.done;
import static madang.events.EventTown.items;
import static madang.events.EventTown.propose;
import static madang.events.EventTown.user;
import static madang.testing.Eventually.eventually;
import static madang.testing.Town.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import madang.recovery.Outside;
import madang.testing.Answer;
import madang.testing.House;
import madang.testing.Person;
import madang.testing.Talker;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Who is told of what is to come, and who is not. Time only goes on: every test begins where the
/// one before it ended.
class RemindersTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final String WISH = "/api/v1/users/me/reminders";

    @AutoClose private static Outside outside;
    @AutoClose private static House house;

    @BeforeAll
    static void open() {
        outside = new Outside();
        house = House.open(outside.settings(Map.of()));
        remind();
    }

    @Test
    void everybody_who_takes_part_hears_of_it_three_days_and_one_day_ahead() {
        Person mina = house.person("mina-ahead");
        Person joon = house.person("joon-ahead");
        Person sora = house.person("sora-declines");
        String event = tea(mina, DAY.multipliedBy(4), joon, sora);
        done(does(sora, event, "decline"), 200);
        remind();
        try (Talker host = talker(mina);
                Talker guest = talker(joon);
                Talker declined = talker(sora)) {
            passes(DAY.plusMinutes(1));
            remind();
            JsonNode heard = host.hears(Reminders.PUSH);
            assertThat(heard.get("event").stringValue()).isEqualTo(event);
            assertThat(heard.get("title").stringValue()).isEqualTo("차 한잔 ☕");
            assertThat(heard.get("days").asInt()).isEqualTo(3);
            assertThat(guest.hears(Reminders.PUSH)).isEqualTo(heard);
            remind();
            assertThat(guest.hearsNothing()).isTrue();
            assertThat(declined.hearsNothing()).isTrue();
        }
        eventually(() -> notices(mina, event).contains("event_soon"));

        try (Talker guest = talker(joon)) {
            passes(DAY.multipliedBy(2));
            remind();
            assertThat(guest.hears(Reminders.PUSH).get("days").asInt()).isEqualTo(1);
        }
        eventually(() -> notices(mina, event).contains("event_tomorrow"));
        assertThat(notices(mina, event)).containsOnlyOnce("event_soon", "event_tomorrow");
    }

    @Test
    void what_is_moved_is_told_anew_and_what_is_called_off_is_not_told() {
        Person mina = house.person("mina-moves");
        String moved = tea(mina, DAY.multipliedBy(4));
        String off = tea(mina, DAY.multipliedBy(4));
        done(does(mina, off, "cancel"), 200);
        passes(DAY.plusMinutes(1));
        remind();
        Person again = mina.onAnotherDevice();
        eventually(() -> notices(again, moved).contains("event_soon"));
        Instant later = house.clock().instant().plus(DAY.multipliedBy(5));
        done(
                change(
                        again,
                        moved,
                        Map.of(
                                "start_time", later.toString(),
                                "end_time", later.plusSeconds(60).toString())),
                200);
        passes(DAY.multipliedBy(2).plusMinutes(1));
        remind();
        Person asEver = mina.onAnotherDevice();
        eventually(() -> notices(asEver, moved).stream().filter("event_soon"::equals).count() == 2);
        assertThat(notices(asEver, off)).doesNotContain("event_soon");
    }

    @Test
    void what_was_agreed_too_late_for_one_reminder_has_the_other() {
        Person mina = house.person("mina-late");
        String event = tea(mina, DAY.multipliedBy(2));
        String tomorrow = tea(mina, DAY.minusMinutes(5));
        remind();
        passes(DAY.plusMinutes(1));
        remind();
        Person again = mina.onAnotherDevice();
        eventually(() -> notices(again, event).contains("event_tomorrow"));
        assertThat(notices(again, event)).doesNotContain("event_soon");
        assertThat(notices(again, tomorrow)).doesNotContain("event_soon", "event_tomorrow");
    }

    @Test
    void a_house_that_slept_tells_what_still_helps() {
        Person mina = house.person("mina-sleeps");
        String soon = tea(mina, DAY.multipliedBy(6));
        String over = tea(mina, DAY.multipliedBy(5));
        remind();
        passes(DAY.multipliedBy(5).plusHours(12));
        remind();
        Person again = mina.onAnotherDevice();
        eventually(() -> notices(again, soon).contains("event_tomorrow"));
        assertThat(notices(again, soon)).doesNotContain("event_soon");
        assertThat(notices(again, over)).doesNotContain("event_soon", "event_tomorrow");
    }

    @Test
    void somebody_may_wish_it_otherwise() {
        Person mina = house.person("mina-wish");
        Person joon = house.person("joon-wish");
        assertThat(done(joon.http().get(WISH), 200).data().toString())
                .isEqualTo("{\"three_days\":true,\"one_day\":true,\"by_mail\":false}");
        wishes(joon, false, true, false);
        assertThat(joon.http().get(WISH).data().get("three_days").booleanValue()).isFalse();
        assertThat(joon.http().put(WISH, "{\"one_day\":true}").status()).isEqualTo(422);
        tea(mina, DAY.multipliedBy(4), joon);
        try (Talker host = talker(mina);
                Talker guest = talker(joon)) {
            passes(DAY.plusMinutes(1));
            remind();
            host.hears(Reminders.PUSH);
            assertThat(guest.hearsNothing()).isTrue();
        }
    }

    @Test
    void who_wishes_it_is_mailed_at_an_address_that_he_proved() {
        Person mina = Person.signUp(house, "mina-mail", "mina.mail@example.com");
        Person joon = Person.signUp(house, "joon-mail", "joon.mail@example.com");
        house.wiring()
                .db()
                .run(tx ->
                        tx.sql("update identity.users set is_email_verified = true where id = :id")
                                .with("id", user(mina))
                                .count());
        wishes(mina, true, true, true);
        wishes(joon, true, true, true);
        String event = tea(mina, DAY.multipliedBy(4), joon);
        passes(DAY.plusMinutes(1));
        remind();
        Outside.Received mail = outside.mail("mina.mail@example.com");
        assertThat(mail.subject()).contains("약속");
        assertThat(mail.text()).contains("/events/" + event).doesNotContain("차 한잔");
        remind();
        assertThat(outside.mailsTo("mina.mail@example.com")).hasSize(1);
        assertThat(outside.mailsTo("joon.mail@example.com")).isEmpty();
    }

    private static void remind() {
        house.wiring().events().remind();
    }

    private static void passes(Duration time) {
        house.clock().move(time);
    }

    /// A socket of somebody who signs in anew, because his token is too old by now.
    private static Talker talker(Person person) {
        return Talker.connect(house.port(), person.onAnotherDevice().accessToken());
    }

    private static String tea(Person host, Duration ahead, Person... asked) {
        Instant start = house.clock().instant().plus(ahead);
        return done(
                        propose(
                                host,
                                Map.of(
                                        "start_time", start.toString(),
                                        "end_time", start.plusSeconds(3_600).toString(),
                                        "participant_ids",
                                                Stream.of(asked).map(Person::id).toList())),
                        201)
                .text("id");
    }

    private static void wishes(Person person, boolean threeDays, boolean oneDay, boolean byMail) {
        Answer answer =
                person.http()
                        .put(
                                WISH,
                                json(
                                        Map.of(
                                                "three_days", threeDays,
                                                "one_day", oneDay,
                                                "by_mail", byMail)));
        done(answer, 200);
    }

    private static List<String> notices(Person person, String event) {
        Person now = person.onAnotherDevice();
        return items(now, EVENTS + "/" + event + "/messages?limit=100").stream()
                .filter(message -> message.get("kind").stringValue().equals("notice"))
                .map(message -> message.get("notice").get("code").stringValue())
                .toList();
    }
}
