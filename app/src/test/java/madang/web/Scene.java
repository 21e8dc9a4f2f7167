package madang.web;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import madang.kit.http.PublicWeb;
import madang.kit.json.Json;
import madang.testing.Answer;
import madang.testing.House;
import madang.testing.Http;
import madang.testing.Person;
import tools.jackson.databind.JsonNode;

/// What was there before a window opens: people, rooms and words, made over HTTP.
final class Scene {
    /// Where everybody lives.
    static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

    private static final Json JSON = new Json();

    /// A browser keeps its connections for a second after it heard that the house stops.
    static final Map<String, String> PATIENT = Map.of("MADANG_SHUTDOWN_TIMEOUT", "10s");

    private final House house;
    private final String language;
    private final Map<String, Person> people = new ConcurrentHashMap<>();

    Scene(House house) {
        this(house, "ko");
    }

    /// People who read in this language.
    Scene(House house, String language) {
        this.house = house;
        this.language = language;
    }

    /// A house that browsers visit.
    static House house() {
        return House.open(PATIENT);
    }

    /// The same, which looks behind links into this web.
    static House house(PublicWeb web) {
        Map<String, String> settings = new HashMap<>(PATIENT);
        settings.put("MADANG_CHAT_LINK_PREVIEWS", "on");
        return House.open(settings, web);
    }

    /// The same person whenever the name comes up.
    Person person(String username, String nickname) {
        return people.computeIfAbsent(
                username,
                _ -> {
                    Person person = house.person(username);
                    done(
                            person.http()
                                    .patch(
                                            "/api/v1/users/me",
                                            json(
                                                    Map.of(
                                                            "nickname",
                                                            nickname,
                                                            "language",
                                                            language,
                                                            "time_zone",
                                                            SEOUL.getId()))));
                    return person;
                });
    }

    /// An open room of the host's, the guests inside and announced; its id.
    String room(String name, Person host, Person... guests) {
        return room(Map.of("name", name), host, guests);
    }

    String room(Map<String, String> room, Person host, Person... guests) {
        String id =
                done(host.http().post("/api/v1/chat/rooms", json(room)))
                        .data()
                        .get("id")
                        .stringValue();
        for (Person guest : guests) {
            done(
                    host.http()
                            .post(
                                    "/api/v1/chat/rooms/" + id + "/members",
                                    json(Map.of("user", guest.id()))));
        }
        house.wiring().relay().drain();
        return id;
    }

    /// One asks and the other agrees.
    static void befriend(Person one, Person other) {
        done(one.http().post("/api/v1/users/friends/requests", json(Map.of("user", other.id()))));
        done(other.http().post("/api/v1/users/friends/requests/" + one.id() + "/accept"));
    }

    /// Proposes an event and asks these people to come; its id.
    static String event(Person creator, Map<String, ?> event) {
        return done(creator.http().post("/api/v1/events", json(event)))
                .data()
                .get("id")
                .stringValue();
    }

    /// Offers an hour of the next day, by somebody who may; its id.
    static String slot(Person host, String title, Instant now) {
        Instant start = now.plus(Duration.ofDays(1));
        Person inHisRole = host.onAnotherDevice();
        return done(inHisRole
                        .http()
                        .post(
                                "/api/v1/open-slots",
                                json(
                                        Map.of(
                                                "offer",
                                                Map.of("title", title),
                                                "start_time",
                                                start.toString(),
                                                "end_time",
                                                start.plus(Duration.ofHours(1)).toString()))))
                .data()
                .get("id")
                .stringValue();
    }

    /// The codes that lead into it, the newest first.
    static List<String> inviteLinks(Person creator, String event) {
        return done(creator.http().get("/api/v1/events/" + event + "/invite-links"))
                .data()
                .get("items")
                .valueStream()
                .map(link -> link.get("code").stringValue())
                .toList();
    }

    /// Says it in the room; the id of the message.
    String says(Person person, String room, String text) {
        return says(person.http(), room, Map.of("text", text));
    }

    String says(Http speaker, String room, Map<String, String> message) {
        return done(speaker.post("/api/v1/chat/rooms/" + room + "/messages", json(message)))
                .data()
                .get("id")
                .stringValue();
    }

    /// Answers a message in the room; the id of the answer.
    String answers(Person person, String room, String message, String text) {
        return says(person.http(), room, Map.of("text", text, "reply_to", message));
    }

    /// Says it and mends it; the id of the message.
    String saysBetter(Person person, String room, String text) {
        String message = says(person, room, text.substring(0, text.length() - 1));
        done(
                person.http()
                        .patch(
                                "/api/v1/chat/rooms/" + room + "/messages/" + message,
                                json(Map.of("text", text))));
        return message;
    }

    /// What the server tells of the room, the oldest first.
    static List<String> heard(Http listener, String room) {
        JsonNode newestFirst =
                done(listener.get("/api/v1/chat/messages?limit=100&room=" + room))
                        .data()
                        .get("items");
        return newestFirst
                .valueStream()
                .map(message -> message.path("text").asString(""))
                .toList()
                .reversed();
    }

    /// Takes somebody out of a room without a word, so that no page hears of it.
    void forgets(Person person, String room) {
        house.wiring()
                .db()
                .run(tx ->
                        tx.sql(
                                        "delete from chat.member where room_id = :room::uuid and user_id = :user::uuid")
                                .with("room", room)
                                .with("user", person.id())
                                .count());
    }

    /// Walks into an open room; the room has been told when this returns.
    void joins(Person person, String room) {
        done(person.http().post("/api/v1/chat/rooms/" + room + "/join"));
        house.wiring().relay().drain();
    }

    static String json(Object value) {
        return new String(JSON.write(value), StandardCharsets.UTF_8);
    }

    static Answer done(Answer answer) {
        if (answer.status() / 100 != 2) {
            throw new AssertionError(answer.status() + " " + answer.text());
        }
        return answer;
    }
}
