package madang.events;

import static madang.events.EventTown.EVENTS;
import static madang.events.EventTown.confirms;
import static madang.events.EventTown.does;
import static madang.events.EventTown.done;
import static madang.events.EventTown.history;
import static madang.events.EventTown.items;
import static madang.events.EventTown.propose;
import static madang.events.EventTown.proposes;
import static madang.testing.Town.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import madang.testing.Answer;
import madang.testing.Person;
import madang.testing.Talker;
import madang.testing.Town;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class NoShowsTest {
    @AutoClose private static Town town;

    @BeforeAll
    static void open() {
        town = Town.open();
    }

    @Test
    void who_did_not_come_is_marked_and_has_a_say() {
        Person mina = town.mina();
        Person joon = town.joon();
        Person sora = town.sora();
        String event = over(Duration.ofDays(1), mina, joon, sora);
        Answer marked;
        try (Talker phone = town.talker(joon)) {
            marked = mark(mina, event, joon);
            JsonNode heard = phone.hears("events.changed");
            while (!heard.get("news").stringValue().equals("no_show")) {
                heard = phone.hears("events.changed");
            }
            assertThat(heard.get("event").stringValue()).isEqualTo(event);
        }
        assertThat(marked.status()).isEqualTo(201);
        assertThat(marked.data().get("user").get("id").stringValue()).isEqualTo(joon.id());
        assertThat(mark(mina, event, joon).status()).isEqualTo(200);
        assertThat(history(sora, event)).containsOnlyOnce("NO_SHOW");
        assertThat(noShows(sora, event)).hasSize(1);

        Answer said = object(joon, event, joon, "지하철이 멈췄어요 🚇");
        assertThat(said.status()).isEqualTo(200);
        assertThat(said.text("objection")).isEqualTo("지하철이 멈췄어요 🚇");
        assertThat(object(joon, event, joon, "정말이에요").status()).isEqualTo(200);
        assertThat(history(mina, event)).containsOnlyOnce("NO_SHOW_CONTESTED");
        assertThat(noShows(mina, event).getFirst().get("objection").stringValue())
                .isEqualTo("정말이에요");

        List<JsonNode> his = items(joon, "/api/v1/users/me/no-shows");
        assertThat(his).hasSize(1);
        assertThat(his.getFirst().get("event_id").stringValue()).isEqualTo(event);
        assertThat(items(mina, "/api/v1/users/me/no-shows")).isEmpty();

        for (int i = 0; i < 2; i++) {
            assertThat(mina.http().delete(path(event, joon)).status()).isEqualTo(200);
        }
        assertThat(noShows(mina, event)).isEmpty();
        assertThat(history(mina, event)).containsOnlyOnce("NO_SHOW_TAKEN_BACK");
        assertThat(object(joon, event, joon, "나는 갔다").code()).isEqualTo("NO_SHOW_NOT_FOUND");
    }

    @Test
    void only_the_creator_marks_and_only_the_marked_one_objects() {
        Person mina = town.mina();
        Person joon = town.joon();
        Person sora = town.sora();
        Person haneul = town.haneul();
        String event = over(Duration.ofDays(1), mina, joon, sora);
        assertThat(mark(sora, event, joon).status()).isEqualTo(403);
        assertThat(mark(haneul, event, joon).code()).isEqualTo("EVENT_NOT_FOUND");
        assertThat(mark(mina, event, haneul).code()).isEqualTo("PARTICIPANT_NOT_FOUND");
        assertThat(mark(mina, event, mina).code()).isEqualTo("PARTICIPANT_NOT_FOUND");
        done(mark(mina, event, joon), 201);
        assertThat(object(sora, event, joon, "그는 왔다").status()).isEqualTo(403);
        assertThat(object(haneul, event, joon, "그는 왔다").status()).isEqualTo(404);
        assertThat(object(joon, event, joon, " ").status()).isEqualTo(422);
        assertThat(object(joon, event, joon, "가".repeat(501)).status()).isEqualTo(422);
        assertThat(joon.http().delete(path(event, joon)).status()).isEqualTo(403);
        assertThat(haneul.http().get(EVENTS + "/" + event + "/no-shows").status()).isEqualTo(404);
    }

    @Test
    void what_did_not_take_place_was_missed_by_nobody() {
        Person mina = town.mina();
        Person joon = town.joon();
        Person sora = town.sora();
        String planned = proposes(mina, joon);
        done(does(joon, planned, "accept"), 200);
        assertThat(mark(mina, planned, joon).code()).isEqualTo("EVENT_STATE");
        String tomorrow = confirms(mina, joon);
        done(does(joon, tomorrow, "accept"), 200);
        assertThat(mark(mina, tomorrow, joon).code()).isEqualTo("EVENT_NOT_OVER");
        done(does(mina, tomorrow, "cancel"), 200);
        assertThat(mark(mina, tomorrow, joon).code()).isEqualTo("EVENT_STATE");

        String past = past(Duration.ofDays(1), mina, joon, sora);
        done(does(sora, past, "decline"), 200);
        done(does(mina, past, "confirm"), 200);
        assertThat(mark(mina, past, joon).code())
                .as("who never answered")
                .isEqualTo("NO_SHOW_NOT_EXPECTED");
        assertThat(mark(mina, past, sora).code()).isEqualTo("NO_SHOW_NOT_EXPECTED");
        String longAgo = over(Duration.ofDays(32), mina, joon);
        assertThat(mark(mina, longAgo, joon).code()).isEqualTo("NO_SHOW_TOO_LATE");
    }

    @Test
    void ones_own_come_page_by_page() {
        Person mina = town.mina();
        Person joon = town.person("joon-misses");
        for (int i = 0; i < 3; i++) {
            done(mark(mina, over(Duration.ofDays(1 + i), mina, joon), joon), 201);
        }
        Answer first = joon.http().get("/api/v1/users/me/no-shows?limit=2");
        assertThat(first.data().get("items")).hasSize(2);
        String cursor = first.data().get("next_cursor").stringValue();
        assertThat(items(joon, "/api/v1/users/me/no-shows?cursor=" + cursor)).hasSize(1);
        assertThat(joon.http().get("/api/v1/users/me/no-shows?cursor=hay").status()).isEqualTo(422);
    }

    /// A confirmed event that began so long ago, to which all of these said that they would come.
    private static String over(Duration ago, Person creator, Person... coming) {
        String event = past(ago, creator, coming);
        for (Person person : coming) {
            done(does(person, event, "accept"), 200);
        }
        done(does(creator, event, "confirm"), 200);
        return event;
    }

    private static String past(Duration ago, Person creator, Person... asked) {
        Instant start = creator.house().clock().instant().minus(ago);
        return done(
                        propose(
                                creator,
                                Map.of(
                                        "start_time", start.toString(),
                                        "end_time", start.plusSeconds(3_600).toString(),
                                        "participant_ids",
                                                java.util.Arrays.stream(asked)
                                                        .map(Person::id)
                                                        .toList())),
                        201)
                .text("id");
    }

    private static Answer mark(Person person, String event, Person whom) {
        return person.http().put(path(event, whom), "{}");
    }

    private static Answer object(Person person, String event, Person whom, String what) {
        return person.http().put(path(event, whom) + "/objection", json(Map.of("objection", what)));
    }

    private static List<JsonNode> noShows(Person person, String event) {
        return items(person, EVENTS + "/" + event + "/no-shows");
    }

    private static String path(String event, Person whom) {
        return EVENTS + "/" + event + "/no-shows/" + whom.id();
    }
}
