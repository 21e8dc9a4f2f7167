package madang.slots;

import static madang.testing.Eventually.eventually;
import static madang.testing.Town.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import madang.testing.Answer;
import madang.testing.House;
import madang.testing.Person;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Mina offers her time, Joon and many others want it.
class SlotsTest {
    private static final String SLOTS = "/api/v1/open-slots";
    private static final String EVENTS = "/api/v1/events/";
    private static final AtomicInteger NAMES = new AtomicInteger();
    private static House house;

    @BeforeAll
    static void open() {
        house = House.open();
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    void joon_books_and_has_an_event_with_mina() {
        Person mina = host();
        Person joon = guest();
        String slot = offers(mina, Map.of("title", "요가 한 시간 🧘", "location", "마당"));
        assertThat(shown(joon, slot).get("is_available").booleanValue()).isTrue();

        Answer booked = books(joon, slot);
        assertThat(booked.status()).as(booked.text()).isEqualTo(201);
        JsonNode event = booked.data().get("event");
        assertThat(event.get("status").stringValue()).isEqualTo("PROPOSED");
        assertThat(event.get("title").stringValue()).isEqualTo("요가 한 시간 🧘");
        assertThat(booked.data().at("/slot/my_state").stringValue()).isEqualTo("BOOKED");
        String id = event.get("id").stringValue();
        Answer his = joon.http().get(EVENTS + id);
        assertThat(his.text("my_status")).isEqualTo("ACCEPTED");
        assertThat(his.text("creator_id")).isEqualTo(mina.id());
        assertThat(mina.http().post(EVENTS + id + "/confirm").status()).isEqualTo(200);

        assertThat(books(joon, slot).code()).isEqualTo("SLOT_BOOKED_ALREADY");
        assertThat(books(guest(), slot).code()).isEqualTo("SLOT_NOT_AVAILABLE");
        assertThat(shown(guest(), slot).get("event_id").isNull())
                .as("what others have with her is theirs")
                .isTrue();
        assertThat(shown(mina, slot).get("event_id").stringValue()).isEqualTo(id);
    }

    @Test
    void only_who_does_business_offers_and_nobody_books_himself() {
        Person sora = guest();
        assertThat(publish(sora, Map.of()).status()).isEqualTo(403);
        assertThat(sora.http().post(SLOTS + "/series", json(series(Map.of()))).status())
                .isEqualTo(403);
        Person mina = host();
        String slot = offers(mina, Map.of());
        assertThat(books(mina, slot).code()).isEqualTo("SLOT_IS_YOURS");
        assertThat(house.stranger().post(SLOTS + "/" + slot + "/book").status()).isEqualTo(401);
        assertThat(house.stranger().get(SLOTS + "/" + slot).status())
                .as("anybody may look")
                .isEqualTo(200);
        assertThat(books(sora, "01900000-0000-7000-8000-000000000000").code())
                .isEqualTo("SLOT_NOT_FOUND");
        assertThat(books(sora, "tea").status()).isEqualTo(404);
    }

    @Test
    void who_is_parted_from_her_by_a_block_finds_no_slot_to_book() {
        Person mina = host();
        Person haneul = guest();
        assertThat(mina.http().put("/api/v1/users/me/blocks/" + haneul.id(), "").status())
                .isLessThan(300);
        String slot = offers(mina, Map.of());
        assertThat(books(haneul, slot).code()).isEqualTo("SLOT_NOT_FOUND");
    }

    @Test
    void of_fifty_at_once_one_has_it() throws Exception {
        String slot = offers(host(), Map.of());
        List<Answer> answers = atOnce(guests(50), person -> books(person, slot));
        assertThat(answers).filteredOn(it -> it.status() == 201).hasSize(1);
        assertThat(answers)
                .filteredOn(it -> it.status() != 201)
                .allSatisfy(it -> assertThat(it.code()).isEqualTo("SLOT_NOT_AVAILABLE"));
    }

    @Test
    void ten_places_are_ten_places_and_one_event() throws Exception {
        Person mina = host();
        String slot = offers(mina, Map.of("capacity", 10));
        List<Answer> answers = atOnce(guests(30), person -> books(person, slot));
        List<Answer> booked = answers.stream().filter(it -> it.status() == 201).toList();
        assertThat(booked).hasSize(10);
        assertThat(booked.stream().map(it -> it.data().at("/event/id").stringValue()).distinct())
                .hasSize(1);
        JsonNode full = shown(mina, slot);
        assertThat(full.get("current_participants").intValue()).isEqualTo(10);
        assertThat(full.get("is_available").booleanValue()).isFalse();
    }

    @Test
    void two_slots_that_are_too_near_are_not_both_booked() throws Exception {
        Person mina = host();
        Instant start = soon();
        String first = offersAt(mina, start, Map.of("buffer_minutes", 30));
        String near = offersAt(mina, start.plus(Duration.ofMinutes(80)), Map.of());
        String far = offersAt(mina, start.plus(Duration.ofMinutes(90)), Map.of());
        String same = offersAt(mina, start, Map.of());
        List<String> wanted = List.of(first, near, same);
        AtomicInteger next = new AtomicInteger();
        List<Answer> answers =
                atOnce(guests(30), person -> books(person, wanted.get(next.getAndIncrement() % 3)));
        List<String> booked =
                answers.stream()
                        .filter(it -> it.status() == 201)
                        .map(it -> it.data().at("/slot/id").stringValue())
                        .toList();
        assertThat(booked).isNotEmpty().doesNotHaveDuplicates();
        if (booked.contains(first)) {
            assertThat(booked).as("it wants half an hour for itself").containsExactly(first);
            assertThat(books(guest(), far).status()).isEqualTo(201);
        } else {
            assertThat(booked).containsAnyOf(near, same);
            assertThat(books(guest(), first).code()).isEqualTo("SLOT_NOT_AVAILABLE");
        }
    }

    @Test
    void a_place_that_is_held_is_his_for_five_minutes() {
        try (House own = House.open()) {
            Person mina = host(own);
            Person joon = own.person("joon");
            Person sora = own.person("sora");
            String slot = offers(mina, Map.of());
            Answer held = holds(joon, slot);
            assertThat(held.text("my_state")).isEqualTo("HELD");
            assertThat(Instant.parse(held.text("held_until")))
                    .isBeforeOrEqualTo(own.clock().instant().plus(Slots.HOLD));
            assertThat(books(sora, slot).code()).isEqualTo("SLOT_NOT_AVAILABLE");
            own.clock().move(Duration.ofMinutes(4));
            assertThat(holds(joon, slot).text("held_until"))
                    .as("nobody holds for ever by asking")
                    .isEqualTo(held.text("held_until"));
            own.clock().move(Duration.ofMinutes(1));
            assertThat(books(sora, slot).status()).isEqualTo(201);
            assertThat(books(joon, slot).code()).isEqualTo("SLOT_NOT_AVAILABLE");

            String other = offersAt(mina, soon(own).plus(Duration.ofHours(5)), Map.of());
            holds(joon, other);
            assertThat(books(joon, other).status()).isEqualTo(201);

            for (int i = 0; i < 3; i++) {
                holds(sora, offersAt(mina, soon(own).plus(Duration.ofDays(2 + i)), Map.of()));
            }
            assertThat(
                            holds(
                                            sora,
                                            offersAt(
                                                    mina,
                                                    soon(own).plus(Duration.ofDays(9)),
                                                    Map.of()))
                                    .code())
                    .isEqualTo("SLOT_HOLD_LIMIT");
        }
    }

    @Test
    void the_last_minute_is_the_hosts_to_say() {
        try (House own = House.open()) {
            Person mina = host(own);
            Person joon = own.person("joon");
            String slot = offers(mina, Map.of("notice_minutes", 60));
            own.clock().move(Duration.ofHours(23).plusSeconds(1));
            joon = joon.onAnotherDevice();
            assertThat(shown(joon, slot).get("is_available").booleanValue()).isFalse();
            assertThat(books(joon, slot).code()).isEqualTo("SLOT_TOO_LATE");
            assertThat(items(joon, "?available_only=true&host=" + mina.id())).isEmpty();
            assertThat(items(joon, "?host=" + mina.id())).hasSize(1);
        }
    }

    @Test
    void who_gives_it_back_ends_the_event_and_somebody_else_has_a_new_one() {
        Person mina = host();
        Person joon = guest();
        Person sora = guest();
        String slot = offers(mina, Map.of());
        String event = books(joon, slot).data().at("/event/id").stringValue();
        assertThat(givesBack(sora, slot).code()).isEqualTo("SLOT_BOOKING_NOT_FOUND");
        assertThat(givesBack(joon, slot).status()).isEqualTo(200);
        assertThat(givesBack(joon, slot).code()).isEqualTo("SLOT_BOOKING_NOT_FOUND");
        assertThat(mina.http().get(EVENTS + event).text("status")).isEqualTo("CANCELED");
        String another = books(sora, slot).data().at("/event/id").stringValue();
        assertThat(another).isNotEqualTo(event);
    }

    @ParameterizedTest
    @CsvSource({"decline", "leave"})
    void who_goes_from_the_event_gives_his_place_back(String how) {
        Person mina = host();
        Person joon = guest();
        String slot = offers(mina, Map.of("capacity", 2));
        books(guest(), slot);
        String event = books(joon, slot).data().at("/event/id").stringValue();
        if (how.equals("leave")) {
            joon.http().delete(EVENTS + event + "/participants/" + joon.id());
        } else {
            joon.http().post(EVENTS + event + "/decline");
        }
        eventually(() -> shown(mina, slot).get("current_participants").intValue() == 1);
        assertThat(books(guest(), slot).status()).isEqualTo(201);
        if (how.equals("decline")) {
            joon.http().post(EVENTS + event + "/accept");
            eventually(() -> joon.http().get(EVENTS + event).status() == 404);
            assertThat(shown(mina, slot).get("current_participants").intValue())
                    .as("his place is gone")
                    .isEqualTo(2);
        }
    }

    @Test
    void a_host_who_calls_it_off_offers_it_no_more() {
        Person mina = host();
        Person joon = guest();
        String slot = offers(mina, Map.of());
        String event = books(joon, slot).data().at("/event/id").stringValue();
        mina.http().post(EVENTS + event + "/cancel");
        eventually(() -> shown(mina, slot).get("is_closed").booleanValue());
        assertThat(books(guest(), slot).code()).isEqualTo("SLOT_NOT_AVAILABLE");

        String closed = offers(mina, Map.of());
        String other = books(joon, closed).data().at("/event/id").stringValue();
        assertThat(joon.http().delete(SLOTS + "/" + closed).status()).isEqualTo(403);
        assertThat(mina.http().delete(SLOTS + "/" + closed).status()).isEqualTo(200);
        assertThat(mina.http().delete(SLOTS + "/" + closed).status()).isEqualTo(200);
        assertThat(joon.http().get(EVENTS + other).text("status")).isEqualTo("CANCELED");
    }

    @Test
    void a_week_of_hours_is_many_slots_and_what_is_free_of_it_is_closed_at_once() {
        Person mina = host();
        Answer made = mina.http().post(SLOTS + "/series", json(series(Map.of("capacity", 2))));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        int count = made.data().get("count").intValue();
        assertThat(count).isEqualTo(2 * 3 * 4);
        List<JsonNode> all = everyItem(guest(), "?host=" + mina.id() + "&limit=7");
        assertThat(all).hasSize(count);
        assertThat(all.stream().map(it -> it.get("start_time").stringValue())).isSorted();
        String taken = all.getFirst().get("id").stringValue();
        books(guest(), taken);

        String one = SLOTS + "/series/" + made.text("series_id");
        assertThat(host().http().delete(one).code()).isEqualTo("SLOT_NOT_FOUND");
        assertThat(mina.http().delete(one).data().get("closed").intValue()).isEqualTo(count - 1);
        assertThat(items(guest(), "?host=" + mina.id())).hasSize(1);
        assertThat(mina.http().delete(one).data().get("closed").intValue()).isZero();
    }

    @Test
    void slots_are_found_by_place_kind_and_time() {
        Person mina = host();
        String seoul = offers(mina, Map.of("region", "서울", "category", "education"));
        String jeju =
                offersAt(
                        mina,
                        soon().plus(Duration.ofDays(3)),
                        Map.of("region", "제주", "category", "hobby", "tags", List.of("바다", "🌊")));
        String hers = "&host=" + mina.id();
        assertThat(ids(items(mina, "?region=%EC%A0%9C%EC%A3%BC" + hers))).containsExactly(jeju);
        assertThat(ids(items(mina, "?category=education" + hers))).containsExactly(seoul);
        assertThat(ids(items(mina, "?to=" + soon().plus(Duration.ofDays(1)) + hers)))
                .containsExactly(seoul);
        assertThat(ids(items(mina, "?from=" + soon().plus(Duration.ofDays(1)) + hers)))
                .containsExactly(jeju);
        books(guest(), seoul);
        assertThat(ids(items(mina, "?available_only=true" + hers))).containsExactly(jeju);
        assertThat(mina.http().get(SLOTS + "?category=tea").status()).isEqualTo(422);
        assertThat(mina.http().get(SLOTS + "?available_only=1").status()).isEqualTo(422);
        assertThat(mina.http().get(SLOTS + "?cursor=%21").status()).isEqualTo(422);
        assertThat(mina.http().get(SLOTS + "?to=2020-01-01T00:00:00Z").status()).isEqualTo(422);
    }

    @ParameterizedTest
    @CsvSource({
        "capacity, 0",
        "capacity, 101",
        "title, ' '",
        "price, -1",
        "buffer_minutes, 1441",
        "category, tea"
    })
    void an_offer_has_bounds(String field, String wrong) {
        Object value = wrong.matches("-?\\d+") ? Integer.valueOf(wrong) : wrong;
        Answer refused = publish(host(), Map.of(field, value));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.details().propertyNames()).contains("offer." + field);
    }

    @Test
    void time_that_is_over_or_no_time_is_not_offered() {
        Person mina = host();
        Instant past = house.clock().instant().minusSeconds(1);
        assertThat(publishAt(mina, past, past.plusSeconds(60), Map.of()).details().propertyNames())
                .containsExactly("start_time");
        for (Duration length : List.of(Duration.ofSeconds(59), Duration.ofHours(25))) {
            Instant start = soon();
            assertThat(
                            publishAt(mina, start, start.plus(length), Map.of())
                                    .details()
                                    .propertyNames())
                    .containsExactly("end_time");
        }
    }

    // What people do

    private static Person host() {
        return host(house);
    }

    private static Person host(House where) {
        Person person = where.person("host" + NAMES.incrementAndGet());
        where.wiring()
                .db()
                .run(tx ->
                        tx.sql("update identity.users set role = 'BUSINESS' where username = :name")
                                .with("name", person.name())
                                .count());
        return person.onAnotherDevice();
    }

    private static Person guest() {
        return house.person("guest" + NAMES.incrementAndGet());
    }

    private static List<Person> guests(int count) {
        return IntStream.range(0, count).mapToObj(_ -> guest()).toList();
    }

    private static Instant soon() {
        return soon(house);
    }

    private static Instant soon(House where) {
        return where.clock().instant().plus(Duration.ofDays(1));
    }

    private static String offers(Person host, Map<String, ?> offer) {
        return offersAt(host, soon(host.house()), offer);
    }

    private static String offersAt(Person host, Instant start, Map<String, ?> offer) {
        Answer made = publishAt(host, start, start.plus(Duration.ofHours(1)), offer);
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.text("id");
    }

    private static Answer publish(Person host, Map<String, ?> offer) {
        return publishAt(host, soon(), soon().plus(Duration.ofHours(1)), offer);
    }

    private static Answer publishAt(Person host, Instant start, Instant end, Map<String, ?> offer) {
        return host.http()
                .post(
                        SLOTS,
                        json(
                                Map.of(
                                        "offer",
                                        offer(offer),
                                        "start_time",
                                        start.toString(),
                                        "end_time",
                                        end.toString())));
    }

    private static Map<String, Object> offer(Map<String, ?> more) {
        Map<String, Object> offer = new HashMap<>(Map.of("title", "차 한잔"));
        offer.putAll(more);
        return offer;
    }

    /// Two mornings a week, for four weeks.
    private static Map<String, Object> series(Map<String, ?> offer) {
        return Map.of(
                "offer",
                offer(offer),
                "time_zone",
                "Asia/Seoul",
                "first_day",
                "2099-01-05",
                "last_day",
                "2099-02-01",
                "duration_minutes",
                60,
                "hours",
                List.of(
                        Map.of("weekday", "monday", "from", "09:00", "to", "12:00"),
                        Map.of("weekday", "friday", "from", "13:00", "to", "16:30")));
    }

    private static Answer books(Person person, String slot) {
        return person.http().post(SLOTS + "/" + slot + "/book");
    }

    private static Answer holds(Person person, String slot) {
        return person.http().post(SLOTS + "/" + slot + "/hold");
    }

    private static Answer givesBack(Person person, String slot) {
        return person.http().delete(SLOTS + "/" + slot + "/booking");
    }

    private static JsonNode shown(Person person, String slot) {
        return person.http().get(SLOTS + "/" + slot).data();
    }

    private static List<JsonNode> items(Person person, String query) {
        Answer answer = person.http().get(SLOTS + query);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return List.copyOf(answer.data().get("items").asArray().elements());
    }

    private static List<JsonNode> everyItem(Person person, String query) {
        List<JsonNode> all = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = person.http().get(SLOTS + query + cursor).data();
            page.get("items").forEach(all::add);
            JsonNode next = page.get("next_cursor");
            cursor = next.isNull() ? "" : "&cursor=" + next.stringValue();
        } while (!cursor.isEmpty());
        return all;
    }

    private static List<String> ids(List<JsonNode> slots) {
        return slots.stream().map(it -> it.get("id").stringValue()).toList();
    }

    private static List<Answer> atOnce(List<Person> people, Function<Person, Answer> deed)
            throws Exception {
        List<Callable<Answer>> calls =
                people.stream().<Callable<Answer>>map(it -> () -> deed.apply(it)).toList();
        List<Answer> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Answer> one : threads.invokeAll(calls)) {
                answers.add(one.get());
            }
        }
        return answers;
    }
}
