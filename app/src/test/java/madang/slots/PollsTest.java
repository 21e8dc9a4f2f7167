package madang.slots;

import static madang.testing.Town.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import madang.testing.Answer;
import madang.testing.House;
import madang.testing.Http;
import madang.testing.Person;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Mina asks when; Joon, Sora and a guest answer.
class PollsTest {
    private static final String POLLS = "/api/v1/polls";
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
    void a_time_is_found_and_who_can_come_is_asked() {
        Person mina = person();
        Person joon = person();
        Person sora = person();
        JsonNode poll = asks(mina, 3);
        String code = poll.get("code").stringValue();
        List<String> options = options(poll);
        assertThat(votes(joon.http(), code, options, "yes", "no", "maybe").status()).isEqualTo(200);
        Http guest = guest();
        assertThat(votes(guest, code, options, "maybe", "yes").status()).isEqualTo(200);
        JsonNode seen = votes(sora.http(), code, options, "no", "no", "yes").data();
        assertThat(seen.get("voters")).hasSize(3);
        JsonNode first = seen.get("options").get(0);
        assertThat(first.get("yes").intValue()).isEqualTo(1);
        assertThat(first.get("maybe").intValue()).isEqualTo(1);
        assertThat(first.get("no").intValue()).isEqualTo(1);
        assertThat(first.get("my_answer").stringValue()).isEqualTo("NO");

        assertThat(closes(joon, code, options.getFirst()).status()).isEqualTo(403);
        Answer closed = closes(mina, code, options.getFirst());
        assertThat(closed.status()).as(closed.text()).isEqualTo(201);
        String event = closed.text("event_id");
        Answer shown = mina.http().get("/api/v1/events/" + event);
        assertThat(shown.text("status")).isEqualTo("PROPOSED");
        assertThat(shown.text("start_time")).isEqualTo(first.get("start_time").stringValue());
        assertThat(shown.data().get("participants")).hasSize(2);
        assertThat(joon.http().get("/api/v1/events/" + event).text("my_status"))
                .as("a vote is no promise")
                .isEqualTo("PENDING");
        assertThat(sora.http().get("/api/v1/events/" + event).status()).isEqualTo(404);

        assertThat(closes(mina, code, options.get(1)).code()).isEqualTo("POLL_CLOSED");
        assertThat(votes(joon.http(), code, options, "no").code()).isEqualTo("POLL_CLOSED");
    }

    @Test
    void who_votes_again_says_all_of_it_again() {
        Person joon = person();
        JsonNode poll = asks(person(), 2);
        String code = poll.get("code").stringValue();
        votes(joon.http(), code, options(poll), "yes", "yes");
        JsonNode after = votes(joon.http(), code, options(poll), "no").data();
        assertThat(after.get("options").get(0).get("no").intValue()).isEqualTo(1);
        assertThat(after.get("options").get(1).get("yes").intValue()).isZero();
        assertThat(votes(joon.http(), code, options(poll)).data().get("voters")).isEmpty();
    }

    @Test
    void of_those_who_close_at_once_one_makes_an_event() throws Exception {
        Person mina = person();
        JsonNode poll = asks(mina, 2);
        String code = poll.get("code").stringValue();
        List<Callable<Answer>> closings =
                IntStream.range(0, 10)
                        .<Callable<Answer>>mapToObj(
                                i -> () -> closes(mina, code, options(poll).get(i % 2)))
                        .toList();
        List<Answer> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Answer> one : threads.invokeAll(closings)) {
                answers.add(one.get());
            }
        }
        assertThat(answers).filteredOn(it -> it.status() == 201).hasSize(1);
        assertThat(mina.http().get("/api/v1/events").data().get("items")).hasSize(1);
    }

    @Test
    void nobody_finds_a_poll_that_he_was_not_shown_or_is_parted_from() {
        Person mina = person();
        Person haneul = person();
        JsonNode poll = asks(mina, 1);
        String code = poll.get("code").stringValue();
        for (String wrong :
                List.of("tea", "AAAAAAAAAAAAAAAA", code.toLowerCase(Locale.ROOT) + "x")) {
            assertThat(mina.http().get(POLLS + "/" + wrong).code()).isEqualTo("POLL_NOT_FOUND");
        }
        assertThat(house.stranger().get(POLLS + "/" + code).status()).isEqualTo(401);
        mina.http().put("/api/v1/users/me/blocks/" + haneul.id(), "");
        assertThat(haneul.http().get(POLLS + "/" + code).code()).isEqualTo("POLL_NOT_FOUND");
        assertThat(votes(haneul.http(), code, options(poll), "yes").code())
                .isEqualTo("POLL_NOT_FOUND");
    }

    @Test
    void who_was_blocked_after_he_voted_is_not_asked() {
        Person mina = person();
        Person joon = person();
        JsonNode poll = asks(mina, 1);
        String code = poll.get("code").stringValue();
        votes(joon.http(), code, options(poll), "yes");
        mina.http().put("/api/v1/users/me/blocks/" + joon.id(), "");
        Answer closed = closes(mina, code, options(poll).getFirst());
        assertThat(closed.status()).as(closed.text()).isEqualTo(201);
        assertThat(joon.http().get("/api/v1/events/" + closed.text("event_id")).status())
                .isEqualTo(404);
    }

    @Test
    void what_makes_no_sense_is_refused() {
        Person mina = person();
        Instant now = house.clock().instant();
        assertThat(asked(mina, List.of()).status()).isEqualTo(422);
        assertThat(asked(mina, List.of(time(now, now))).status()).isEqualTo(422);
        assertThat(
                        asked(
                                        mina,
                                        List.of(
                                                time(now, now.plusSeconds(60)),
                                                time(now, now.plusSeconds(60))))
                                .status())
                .isEqualTo(422);
        JsonNode poll = asks(mina, 1);
        JsonNode other = asks(mina, 1);
        String code = poll.get("code").stringValue();
        assertThat(votes(mina.http(), code, options(other), "yes").details().propertyNames())
                .containsExactly("votes");
        assertThat(closes(mina, code, options(other).getFirst()).details().propertyNames())
                .containsExactly("option");
        List<String> twice = List.of(options(poll).getFirst(), options(poll).getFirst());
        assertThat(votes(mina.http(), code, twice, "yes", "no").status()).isEqualTo(422);
    }

    @Test
    void my_polls_come_in_pages_and_go_when_i_say_so() {
        Person mina = person();
        List<String> codes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            codes.addFirst(asks(mina, 1).get("code").stringValue());
        }
        JsonNode page = mina.http().get(POLLS + "?limit=2").data();
        List<String> seen = new ArrayList<>();
        page.get("items").forEach(it -> seen.add(it.get("code").stringValue()));
        mina.http()
                .get(POLLS + "?limit=2&cursor=" + page.get("next_cursor").stringValue())
                .data()
                .get("items")
                .forEach(it -> seen.add(it.get("code").stringValue()));
        assertThat(seen).isEqualTo(codes);
        String one = POLLS + "/" + codes.getFirst();
        assertThat(person().http().delete(one).status()).isEqualTo(403);
        assertThat(mina.http().delete(one).status()).isEqualTo(200);
        assertThat(mina.http().delete(one).code()).isEqualTo("POLL_NOT_FOUND");
    }

    private static Person person() {
        return house.person("poller" + NAMES.incrementAndGet());
    }

    private static Http guest() {
        Answer in = house.stranger().post("/api/v1/auth/anonymous");
        return house.stranger().with("Authorization", "Bearer " + in.text("access_token"));
    }

    private static JsonNode asks(Person who, int times) {
        Instant first = house.clock().instant().plus(Duration.ofDays(3));
        Answer asked =
                asked(
                        who,
                        IntStream.range(0, times)
                                .mapToObj(i -> first.plus(Duration.ofDays(i)))
                                .map(it -> time(it, it.plus(Duration.ofHours(1))))
                                .toList());
        assertThat(asked.status()).as(asked.text()).isEqualTo(201);
        return asked.data();
    }

    private static Answer asked(Person who, List<Map<String, String>> times) {
        return who.http().post(POLLS, json(Map.of("title", "언제 볼까 🍵", "options", times)));
    }

    private static Map<String, String> time(Instant start, Instant end) {
        return Map.of("start_time", start.toString(), "end_time", end.toString());
    }

    private static List<String> options(JsonNode poll) {
        List<String> options = new ArrayList<>();
        poll.get("options").forEach(it -> options.add(it.get("id").stringValue()));
        return options;
    }

    private static Answer votes(Http who, String code, List<String> options, String... answers) {
        List<Map<String, String>> votes =
                IntStream.range(0, answers.length)
                        .mapToObj(i ->
                                Map.of(
                                        "option",
                                        options.get(i),
                                        "answer",
                                        answers[i].toUpperCase(Locale.ROOT)))
                        .toList();
        return who.put(POLLS + "/" + code + "/votes", json(Map.of("votes", votes)));
    }

    private static Answer closes(Person who, String code, String option) {
        return who.http().post(POLLS + "/" + code + "/close", json(Map.of("option", option)));
    }
}
