package madang.events;

import static madang.events.EventTown.EVENTS;
import static madang.events.EventTown.change;
import static madang.events.EventTown.does;
import static madang.events.EventTown.done;
import static madang.events.EventTown.history;
import static madang.events.EventTown.items;
import static madang.events.EventTown.propose;
import static madang.events.EventTown.standing;
import static madang.testing.Eventually.eventually;
import static madang.testing.Town.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import madang.testing.Answer;
import madang.testing.Person;
import madang.testing.Town;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Events that come again: each is an event of its own, until somebody changes the rest.
class RepeatsTest {
    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
    @AutoClose private static Town town;

    @BeforeAll
    static void open() {
        town = Town.open();
    }

    @Test
    void a_weekly_tea_is_an_event_each_week_with_its_people() {
        Person mina = town.person("mina-weekly");
        Person joon = town.person("joon-weekly");
        Person sora = town.person("sora-weekly");
        String first = tea(mina, 3, joon, sora);
        done(does(joon, first, "accept"), 200);
        done(does(sora, first, "decline"), 200);
        done(does(mina, first, "confirm"), 200);
        JsonNode repeat = done(repeat(mina, first, "FREQ=WEEKLY;COUNT=4"), 200).data();
        assertThat(repeat.get("rule").stringValue()).isEqualTo("FREQ=WEEKLY;COUNT=4");
        assertThat(repeat.get("time_zone").stringValue()).isEqualTo("Asia/Seoul");

        List<JsonNode> all = series(mina);
        assertThat(starts(all)).containsExactly(day(3), day(10), day(17), day(24));
        for (JsonNode one : all) {
            assertThat(one.get("status").stringValue()).isEqualTo("CONFIRMED");
            assertThat(one.get("series")).isEqualTo(repeat.get("series"));
            assertThat(one.get("participant_count").asInt()).isEqualTo(2);
        }
        assertThat(rooms(all)).doesNotHaveDuplicates().doesNotContainNull();
        String third = id(all, 2);
        assertThat(standing(joon, third)).isEqualTo("ACCEPTED");
        assertThat(standing(sora, third)).isEqualTo("DECLINED");
        assertThat(series(joon)).hasSize(4);
        assertThat(history(mina, first)).contains("REPEATED");
        assertThat(history(mina, third)).containsExactly("CREATED");
        assertThat(done(joon.http().get(path(third, "repeat")), 200).data()).isEqualTo(repeat);
        eventually(() -> notices(mina, first).contains("event_repeated"));
        assertThat(notices(mina, third)).as("nobody spoke of it yet").isEmpty();
    }

    @Test
    void one_is_changed_alone_and_the_others_stay() {
        Person mina = town.person("mina-alone");
        String first = tea(mina, 3);
        done(repeat(mina, first, "FREQ=WEEKLY;COUNT=3"), 200);
        String second = id(series(mina), 1);
        done(change(mina, second, Map.of("title", "커피")), 200);
        done(does(mina, id(series(mina), 2), "cancel"), 200);
        assertThat(titles(mina)).containsExactly("차 한잔 ☕", "커피", "차 한잔 ☕");
        assertThat(statuses(mina)).containsExactly("PROPOSED", "PROPOSED", "CANCELED");
    }

    @Test
    void the_rest_moves_and_keeps_what_was_said_in_it() {
        Person mina = town.person("mina-rest");
        Person joon = town.person("joon-rest");
        String first = tea(mina, 3, joon);
        done(repeat(mina, first, "FREQ=WEEKLY;COUNT=6"), 200);
        List<JsonNode> before = series(mina);
        done(change(mina, id(before, 2), Map.of("location", "다른 찻집")), 200);
        done(does(mina, id(before, 3), "cancel"), 200);

        Instant evening = day(10).plus(Duration.ofHours(9));
        Answer moved =
                rest(
                        mina,
                        id(before, 1),
                        Map.of("title", "저녁 차", "start_time", evening.toString()));
        assertThat(moved.status()).isEqualTo(200);
        assertThat(moved.text("title")).isEqualTo("저녁 차");
        assertThat(Instant.parse(moved.text("end_time"))).isEqualTo(evening.plusSeconds(3_600));

        List<JsonNode> after = series(mina);
        assertThat(ids(after)).containsExactlyElementsOf(ids(before));
        assertThat(rooms(after)).containsExactlyElementsOf(rooms(before));
        assertThat(starts(after))
                .containsExactly(
                        day(3),
                        evening,
                        day(17),
                        day(24),
                        evening.plus(Duration.ofDays(21)),
                        evening.plus(Duration.ofDays(28)));
        assertThat(titles(mina))
                .containsExactly("차 한잔 ☕", "저녁 차", "차 한잔 ☕", "차 한잔 ☕", "저녁 차", "저녁 차");
        assertThat(after.get(1).get("series")).isNotEqualTo(after.get(0).get("series"));
        assertThat(after.get(5).get("series")).isEqualTo(after.get(1).get("series"));
        assertThat(history(joon, id(after, 5))).contains("UPDATED start_time", "UPDATED title");
        assertThat(mina.http().get(path(first, "repeat")).text("rule")).contains("UNTIL=");
    }

    @Test
    void the_rest_follows_a_new_rule_and_is_made_or_called_off() {
        Person mina = town.person("mina-rule");
        String first = tea(mina, 3);
        done(repeat(mina, first, "FREQ=WEEKLY;COUNT=3"), 200);
        List<JsonNode> before = series(mina);
        done(repeat(mina, id(before, 1), "FREQ=DAILY;COUNT=4"), 200);
        assertThat(starts(series(mina)))
                .containsExactly(day(3), day(10), day(11), day(12), day(13));
        assertThat(id(series(mina), 2)).isEqualTo(id(before, 2));

        done(repeat(mina, id(before, 1), "FREQ=DAILY;COUNT=2"), 200);
        assertThat(statuses(mina))
                .containsExactly("PROPOSED", "PROPOSED", "PROPOSED", "CANCELED", "CANCELED");
    }

    @Test
    void a_series_ends_where_its_creator_says() {
        Person mina = town.person("mina-ends");
        Person joon = town.person("joon-ends");
        String first = tea(mina, 3, joon);
        done(repeat(mina, first, "FREQ=DAILY;COUNT=4"), 200);
        String second = id(series(mina), 1);
        assertThat(joon.http().delete(path(second, "repeat")).status()).isEqualTo(403);
        assertThat(town.sora().http().delete(path(second, "repeat")).status()).isEqualTo(404);
        for (int i = 0; i < 2; i++) {
            done(mina.http().delete(path(second, "repeat")), 200);
        }
        assertThat(statuses(mina)).containsExactly("PROPOSED", "PROPOSED", "CANCELED", "CANCELED");
        String lonely = tea(mina, 3);
        assertThat(mina.http().delete(path(lonely, "repeat")).code())
                .isEqualTo("EVENT_NOT_REPEATED");
        assertThat(mina.http().get(path(lonely, "repeat")).status()).isEqualTo(404);
        assertThat(rest(mina, lonely, Map.of("title", "x")).code()).isEqualTo("EVENT_NOT_REPEATED");
    }

    @Test
    void all_that_follow_are_confirmed_and_answered_at_once() {
        Person mina = town.person("mina-at-once");
        Person joon = town.person("joon-at-once");
        String first = tea(mina, 3, joon);
        done(repeat(mina, first, "FREQ=WEEKLY;COUNT=3"), 200);
        String second = id(series(mina), 1);
        assertThat(does(joon, second, "rest/confirm").status()).isEqualTo(403);
        for (int i = 0; i < 2; i++) {
            done(does(mina, second, "rest/confirm"), 200);
            done(does(joon, second, "rest/accept"), 200);
        }
        assertThat(statuses(mina)).containsExactly("PROPOSED", "CONFIRMED", "CONFIRMED");
        assertThat(standing(joon, first)).isEqualTo("PENDING");
        assertThat(standing(joon, id(series(mina), 2))).isEqualTo("ACCEPTED");
        done(does(joon, id(series(mina), 2), "rest/decline"), 200);
        assertThat(series(joon)).hasSize(2);
        assertThat(does(mina, second, "rest/accept").code()).isEqualTo("EVENT_NOT_INVITED");
        assertThat(does(town.sora(), second, "rest/accept").status()).isEqualTo(404);
    }

    @Test
    void what_is_no_rule_or_is_not_ones_own_is_refused() {
        Person mina = town.person("mina-refused");
        Person joon = town.person("joon-refused");
        String event = tea(mina, 3, joon);
        Stream.of("", "매주", "FREQ=HOURLY", "FREQ=WEEKLY;BYDAY=XX", "FREQ=DAILY".repeat(40))
                .forEach(rule ->
                        assertThat(repeat(mina, event, rule).details().propertyNames())
                                .as(rule)
                                .containsExactly("rule"));
        String wrongDay = "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30";
        assertThat(repeat(mina, event, wrongDay).status()).isEqualTo(422);
        Answer noZone =
                mina.http()
                        .put(
                                path(event, "repeat"),
                                json(Map.of("rule", "FREQ=DAILY", "time_zone", "Asia/Atlantis")));
        assertThat(noZone.details().propertyNames()).containsExactly("time_zone");
        assertThat(repeat(joon, event, "FREQ=DAILY").status()).isEqualTo(403);
        assertThat(repeat(town.sora(), event, "FREQ=DAILY").status()).isEqualTo(404);
        assertThat(
                        mina.http()
                                .with("If-Match", "\"7\"")
                                .put(path(event, "repeat"), json(Map.of("rule", "FREQ=DAILY")))
                                .status())
                .isEqualTo(412);
        done(does(mina, event, "cancel"), 200);
        assertThat(repeat(mina, event, "FREQ=DAILY").code()).isEqualTo("EVENT_STATE");
        assertThat(series(mina)).hasSize(1);
    }

    @Test
    void what_is_past_is_not_made_up_nor_planned_anew() {
        Person mina = town.person("mina-past");
        String longAgo = tea(mina, -30);
        done(repeat(mina, longAgo, "FREQ=WEEKLY;COUNT=7"), 200);
        assertThat(starts(series(mina))).containsExactly(day(-30), day(5), day(12));
        assertThat(rest(mina, longAgo, Map.of("title", "x")).code()).isEqualTo("REPEAT_PAST");
        assertThat(repeat(mina, longAgo, "FREQ=DAILY").code()).isEqualTo("REPEAT_PAST");
        String next = id(series(mina), 1);
        assertThat(rest(mina, next, Map.of("start_time", day(-1).toString())).code())
                .isEqualTo("REPEAT_PAST");
    }

    @Test
    void ten_stays_ten_over_the_change_of_clocks_and_three_months_are_made() {
        try (Town later = Town.open()) {
            Person host = later.mina();
            ZoneId newYork = ZoneId.of("America/New_York");
            ZonedDateTime ten =
                    ZonedDateTime.of(LocalDate.of(2027, 3, 1), LocalTime.of(10, 0), newYork);
            Instant now = later.house().clock().instant();
            later.house().clock().move(Duration.between(now, ten.toInstant().minusSeconds(3_600)));
            Person mina = host.onAnotherDevice();
            String event =
                    done(
                                    propose(
                                            mina,
                                            Map.of(
                                                    "start_time", ten.toInstant().toString(),
                                                    "end_time",
                                                            ten.plusHours(1)
                                                                    .toInstant()
                                                                    .toString())),
                                    201)
                            .text("id");
            done(
                    mina.http()
                            .put(
                                    path(event, "repeat"),
                                    json(
                                            Map.of(
                                                    "rule", "FREQ=WEEKLY",
                                                    "time_zone", "America/New_York"))),
                    200);
            List<Instant> made = starts(series(mina));
            assertThat(made).hasSize(14);
            assertThat(made)
                    .allMatch(start -> start.atZone(newYork).getHour() == 10)
                    .contains(Instant.parse("2027-03-08T15:00:00Z"))
                    .contains(Instant.parse("2027-03-15T14:00:00Z"));

            later.house().clock().move(Duration.ofDays(15));
            later.house().wiring().events().makeDueRepeats();
            later.house().wiring().events().makeDueRepeats();
            assertThat(starts(series(host.onAnotherDevice()))).hasSize(16);
        }
    }

    @Test
    void nothing_is_made_for_who_withdrew_until_he_comes_back() {
        try (Town later = Town.open()) {
            Person mina = later.mina();
            String event =
                    done(
                                    propose(
                                            mina,
                                            Map.of(
                                                    "start_time", day(1).toString(),
                                                    "end_time", day(1).toString())),
                                    201)
                            .text("id");
            done(repeat(mina, event, "FREQ=DAILY"), 200);
            long made = made(later);
            done(
                    mina.http()
                            .send(
                                    "DELETE",
                                    "/api/v1/users/me",
                                    json(Map.of("password", Person.PASSWORD))),
                    200);
            later.house().clock().move(Duration.ofDays(2));
            later.house().wiring().events().makeDueRepeats();
            assertThat(made(later)).isEqualTo(made);
            mina.onAnotherDevice();
            later.house().wiring().events().makeDueRepeats();
            assertThat(made(later)).as("tomorrow is early enough").isEqualTo(made);
            later.house().clock().move(Duration.ofDays(1));
            later.house().wiring().events().makeDueRepeats();
            assertThat(made(later)).isEqualTo(made + 3);
        }
    }

    private static long made(Town town) {
        return town.house()
                .wiring()
                .db()
                .read(tx ->
                        tx.sql("select count(*) from events.event where series_id is not null")
                                .one(Long.class));
    }

    @Test
    void of_two_who_plan_at_once_one_comes_after_the_other() throws Exception {
        Person mina = town.person("mina-two");
        String first = tea(mina, 3);
        done(repeat(mina, first, "FREQ=WEEKLY;COUNT=5"), 200);
        List<JsonNode> all = series(mina);
        List<Callable<Answer>> plans = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String event = id(all, i);
            plans.add(() -> rest(mina, event, Map.of("title", "차 " + event)));
            plans.add(() -> rest(mina, event, Map.of("location", "곳 " + event)));
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var plan : threads.invokeAll(plans)) {
                assertThat(plan.get().status()).isEqualTo(200);
            }
        }
        List<JsonNode> after = series(mina);
        assertThat(ids(after)).containsExactlyElementsOf(ids(all));
        assertThat(starts(after)).containsExactlyElementsOf(starts(all));
    }

    private static List<String> notices(Person person, String event) {
        return items(person, path(event, "messages")).stream()
                .map(message -> message.get("notice").get("code").stringValue())
                .toList();
    }

    /// One hour of tea so many days from today, at ten in Seoul; its id.
    private static String tea(Person host, int inDays, Person... asked) {
        return done(
                        propose(
                                host,
                                Map.of(
                                        "start_time", day(inDays).toString(),
                                        "end_time", day(inDays).plusSeconds(3_600).toString(),
                                        "participant_ids",
                                                Stream.of(asked).map(Person::id).toList())),
                        201)
                .text("id");
    }

    private static Instant day(int inDays) {
        return LocalDate.ofInstant(town.house().clock().instant(), SEOUL)
                .plusDays(inDays)
                .atTime(10, 0)
                .atZone(SEOUL)
                .toInstant();
    }

    private static Answer repeat(Person person, String event, String rule) {
        return person.http().put(path(event, "repeat"), json(Map.of("rule", rule)));
    }

    private static Answer rest(Person person, String event, Map<String, ?> fields) {
        return person.http().patch(path(event, "rest"), json(fields));
    }

    private static String path(String event, String what) {
        return EVENTS + "/" + event + "/" + what;
    }

    /// Somebody's events, the first one first.
    private static List<JsonNode> series(Person person) {
        return items(person, EVENTS + "?limit=100").reversed();
    }

    private static List<Instant> starts(List<JsonNode> events) {
        return events.stream()
                .map(event -> Instant.parse(event.get("start_time").stringValue()))
                .toList();
    }

    private static List<String> titles(Person person) {
        return series(person).stream().map(event -> event.get("title").stringValue()).toList();
    }

    private static List<String> statuses(Person person) {
        return series(person).stream().map(event -> event.get("status").stringValue()).toList();
    }

    private static List<String> ids(List<JsonNode> events) {
        return events.stream().map(event -> event.get("id").stringValue()).toList();
    }

    private static List<String> rooms(List<JsonNode> events) {
        return events.stream().map(event -> event.get("room").stringValue()).toList();
    }

    private static String id(List<JsonNode> events, int at) {
        return events.get(at).get("id").stringValue();
    }
}
