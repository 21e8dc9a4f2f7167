package madang.events;

import static madang.testing.Town.json;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import madang.kit.Id;
import madang.kit.User;
import madang.testing.Answer;
import madang.testing.Person;
import tools.jackson.databind.JsonNode;

/// What people of a town do with events.
final class EventTown {
    static final String EVENTS = "/api/v1/events";
    static final String NOBODY = "01900000-0000-7000-8000-000000000000";

    /// An event for tomorrow that this one proposes to those; its id.
    static String proposes(Person creator, Person... asked) {
        return done(
                        propose(
                                creator,
                                Map.of(
                                        "participant_ids",
                                        Stream.of(asked).map(Person::id).toList())),
                        201)
                .text("id");
    }

    /// The same, confirmed.
    static String confirms(Person creator, Person... asked) {
        String event = proposes(creator, asked);
        done(does(creator, event, "confirm"), 200);
        return event;
    }

    /// Proposes an event for tomorrow, one hour long, with these fields instead.
    static Answer propose(Person creator, Map<String, ?> fields) {
        Instant start = creator.house().clock().instant().plus(Duration.ofDays(1));
        Map<String, Object> body = new HashMap<>();
        body.put("title", "차 한잔 ☕");
        body.put("start_time", start.toString());
        body.put("end_time", start.plus(Duration.ofHours(1)).toString());
        body.putAll(fields);
        return creator.http().post(EVENTS, json(body));
    }

    static Answer does(Person person, String event, String deed) {
        return person.http().post(EVENTS + "/" + event + "/" + deed);
    }

    static Answer shown(Person person, String event) {
        return person.http().get(EVENTS + "/" + event);
    }

    static Answer change(Person person, String event, Map<String, ?> fields) {
        return person.http().patch(EVENTS + "/" + event, json(fields));
    }

    static Answer add(Person person, String event, Person asked) {
        return person.http()
                .post(
                        EVENTS + "/" + event + "/participants",
                        json(Map.of("participant_id", asked.id())));
    }

    static Answer remove(Person person, String event, Person who) {
        return person.http().delete(EVENTS + "/" + event + "/participants/" + who.id());
    }

    static String status(Person person, String event) {
        return shown(person, event).text("status");
    }

    /// What somebody is to an event, as it tells him.
    static String standing(Person person, String event) {
        return shown(person, event).text("my_status");
    }

    static List<JsonNode> items(Person person, String path) {
        return done(person.http().get(path), 200).data().get("items").valueStream().toList();
    }

    static List<String> ids(Person person, String path) {
        return items(person, path).stream().map(item -> item.get("id").stringValue()).toList();
    }

    /// What the history tells, the newest first.
    static List<String> history(Person person, String event) {
        return items(person, EVENTS + "/" + event + "/history?limit=100").stream()
                .map(change ->
                        change.get("change_type").stringValue()
                                + (change.get("field_name").isNull()
                                        ? ""
                                        : " " + change.get("field_name").stringValue()))
                .toList();
    }

    static Id<User> user(Person person) {
        return Objects.requireNonNull(Id.parse(person.id()));
    }

    static Answer done(Answer answer, int status) {
        if (answer.status() != status) {
            throw new AssertionError(answer.status() + " " + answer.text());
        }
        return answer;
    }

    private EventTown() {}
}
