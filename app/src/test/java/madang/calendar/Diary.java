package madang.calendar;

import static madang.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import madang.kit.Id;
import madang.testing.Answer;
import madang.testing.House;
import madang.testing.Http;
import madang.testing.Person;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// Somebody with events here and a Google calendar there, and both in his hand.
final class Diary {
    private static final AtomicInteger PEOPLE = new AtomicInteger();

    private final House house;
    private final Person person;
    private final String google;

    private Diary(House house, Person person, String google) {
        this.house = house;
        this.person = person;
        this.google = google;
    }

    /// Somebody new, not connected yet.
    static Diary of(House house, String name) {
        String unique = name + PEOPLE.incrementAndGet();
        assertThat(
                        house.stranger()
                                .post(
                                        "/sandbox/google/users",
                                        "{\"key\": \"%s\", \"name\": \"%s\", \"email_verified\": \"false\"}"
                                                .formatted(unique, name))
                                .status())
                .isEqualTo(200);
        return new Diary(house, house.person(unique), unique);
    }

    /// Somebody new whose first round is over: a fault that is ordered now meets what he does next.
    static Diary connected(House house, String name) {
        Diary diary = of(house, name);
        assertThat(diary.connects("").status()).isEqualTo(200);
        eventually(() -> diary.status().path("state").asString().equals("CONNECTED"));
        diary.rests();
        return diary;
    }

    /// Allows us his calendar; `more` is what he answers there else.
    Answer connects(String more) {
        Answer begun = http().get("/api/v1/auth/google?link=1&calendar=1");
        URI there = URI.create(begun.text("authorization_url"));
        Answer back =
                house.stranger()
                        .get(
                                there.getRawPath()
                                        + "?"
                                        + there.getRawQuery()
                                        + "&sandbox_user="
                                        + google
                                        + more);
        Map<String, String> carried =
                Arrays.stream(URI.create(back.header("Location")).getRawQuery().split("&", -1))
                        .map(pair -> pair.split("=", 2))
                        .collect(
                                Collectors.toMap(
                                        pair -> pair[0],
                                        pair ->
                                                URLDecoder.decode(
                                                        pair[1], StandardCharsets.UTF_8)));
        return http().post(
                        "/api/v1/auth/google/callback",
                        "{\"code\": \"%s\", \"state\": \"%s\"}"
                                .formatted(carried.get("code"), carried.get("state")));
    }

    /// The same diary in another hand: tokens end while a test moves the clock.
    Diary onAnotherDevice() {
        return new Diary(house, person.onAnotherDevice(), google);
    }

    /// He has the other one's account at Google in his hand.
    Diary atGoogleAs(Diary other) {
        return new Diary(house, person, other.google);
    }

    /// Parts from his calendar; when this ends Google knows, for what he would allow him meanwhile
    /// would end with it.
    Answer disconnects() {
        Answer parted = http().delete("/api/v1/calendar/connection");
        eventually(() ->
                house.wiring()
                                .db()
                                .read(tx ->
                                        tx.sql(
                                                        "select count(*) from social.goodbye where user_id = :user")
                                                .with("user", Id.parse(person.id()))
                                                .one(Long.class))
                        == 0);
        return parted;
    }

    Http http() {
        return person.http();
    }

    Person person() {
        return person;
    }

    String google() {
        return google;
    }

    JsonNode status() {
        return http().get("/api/v1/calendar/status").data();
    }

    // Here

    String proposes(String title, Diary... others) {
        return proposes(title, "2027-05-01T06:00:00Z", "2027-05-01T07:00:00Z", others);
    }

    String proposes(String title, String start, String end, Diary... others) {
        String ids =
                Arrays.stream(others)
                        .map(other -> "\"" + other.person.id() + "\"")
                        .collect(Collectors.joining(","));
        Answer made =
                http().post(
                                "/api/v1/events",
                                "{\"title\": \"%s\", \"start_time\": \"%s\", \"end_time\": \"%s\", \"participant_ids\": [%s]}"
                                        .formatted(title, start, end, ids));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.text("id");
    }

    Answer changes(String event, String json) {
        return http().patch("/api/v1/events/" + event, json);
    }

    Answer does(String event, String deed) {
        return http().post("/api/v1/events/" + event + "/" + deed);
    }

    JsonNode event(String event) {
        return http().get("/api/v1/events/" + event).data();
    }

    String says(String event, String field) {
        return event(event).path(field).asString("");
    }

    // There

    /// All that stands in his Google calendar, without what was deleted.
    List<JsonNode> entries() {
        List<JsonNode> all = new ArrayList<>();
        house.stranger()
                .get(page())
                .body()
                .path("events")
                .forEach(entry -> {
                    if (!entry.path("status").asString().equals("cancelled")) {
                        all.add(entry);
                    }
                });
        return all;
    }

    List<String> summaries() {
        return entries().stream().map(entry -> entry.path("summary").asString("")).toList();
    }

    /// The copy of an event; a missing node where there is none.
    JsonNode entry(String event) {
        String id = Entry.remoteId(Id.parse(event));
        return entries().stream()
                .filter(entry -> entry.path("id").asString().equals(id))
                .findAny()
                .orElse(MissingNode.getInstance());
    }

    String shows(String event, String field) {
        return entry(event).path(field).asString("");
    }

    /// He changes it by hand.
    void edits(String event, String fields) {
        Answer edited = triesToEdit(event, fields);
        assertThat(edited.status()).as(edited.text()).isEqualTo(200);
    }

    /// The same; it may not be there.
    Answer triesToEdit(String event, String fields) {
        String id = Entry.remoteId(Id.parse(event));
        return house.stranger().post(page(), "{\"id\": \"%s\", %s}".formatted(id, fields));
    }

    /// How often news of changes come, of whatever calendar: `once`, `twice`, `never`.
    static void news(House house, String delivery) {
        house.stranger()
                .post(
                        "/sandbox/google/calendar/news",
                        "{\"delivery\": \"%s\"}".formatted(delivery));
    }

    void deletes(String event) {
        String id = Entry.remoteId(Id.parse(event));
        house.stranger().post(page() + "/delete", "{\"id\": \"%s\"}".formatted(id));
    }

    void forgetsSyncTokens() {
        house.stranger().post(page() + "/forget-sync-tokens", "{}");
    }

    void revokes() {
        house.stranger().post("/sandbox/google/users/" + google + "/revoke", "{}");
    }

    /// Waits until nobody is at his calendar and nothing is due there.
    void rests() {
        eventually(() ->
                house.wiring()
                        .db()
                        .read(tx ->
                                tx.sql(
                                                """
                                                select lease_until <= :now and look_at > :now
                                                from calendar.connection where user_id = :user
                                                """)
                                        .with("now", house.clock().instant())
                                        .with("user", Id.parse(person.id()))
                                        .one(Boolean.class)));
    }

    int channels() {
        return house.stranger().get(page()).body().path("channels").intValue();
    }

    private String page() {
        return "/sandbox/google/users/" + google + "/calendar";
    }
}
