package madang.testing;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import madang.kit.json.Json;
import tools.jackson.databind.JsonNode;

/// A house and the people who talk in it: Mina hosts, Joon is a member, Sora is an outsider, Haneul
/// is banned.
public final class Town implements AutoCloseable {
    private static final Json JSON = new Json();
    private static final AtomicInteger NAMES = new AtomicInteger();

    private final House house;
    private final Map<String, Person> people = new ConcurrentHashMap<>();

    private Town(House house) {
        this.house = house;
    }

    public static Town open() {
        return new Town(House.open());
    }

    public static Town open(Map<String, String> settings) {
        return new Town(House.open(settings));
    }

    public House house() {
        return house;
    }

    public Person mina() {
        return person("mina");
    }

    public Person joon() {
        return person("joon");
    }

    public Person sora() {
        return person("sora");
    }

    public Person haneul() {
        return person("haneul");
    }

    public Person person(String name) {
        return people.computeIfAbsent(name, house::person);
    }

    /// A private room of this host with these members.
    public String room(Person host, Person... members) {
        String room = room(host, "private", name());
        for (Person member : members) {
            admit(host, room, member);
        }
        return room;
    }

    /// A public room of this host; who wants in, joins.
    public String publicRoom(Person host, Person... members) {
        String room = room(host, "public", name());
        for (Person member : members) {
            done(member.http().post("/api/v1/chat/rooms/" + room + "/join"), 200);
        }
        return room;
    }

    public void admit(Person host, String room, Person member) {
        done(
                host.http()
                        .post(
                                "/api/v1/chat/rooms/" + room + "/members",
                                json(Map.of("user", member.id()))),
                201);
    }

    /// Says something over HTTP; the message.
    public JsonNode says(Person who, String text, String room) {
        return done(
                        who.http()
                                .post(
                                        "/api/v1/chat/rooms/" + room + "/messages",
                                        json(Map.of("text", text))),
                        201)
                .data();
    }

    /// A socket of this person.
    public Talker talker(Person person) {
        return Talker.connect(house.port(), person.accessToken());
    }

    /// A name that no other room has.
    public static String name() {
        return "garden " + NAMES.incrementAndGet();
    }

    public static String json(Object value) {
        return new String(JSON.write(value), java.nio.charset.StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        house.close();
    }

    private String room(Person host, String type, String name) {
        return done(
                        host.http()
                                .post(
                                        "/api/v1/chat/rooms",
                                        json(Map.of("name", name, "type", type))),
                        201)
                .data()
                .get("id")
                .stringValue();
    }

    private static Answer done(Answer answer, int status) {
        if (answer.status() != status) {
            throw new AssertionError(answer.status() + " " + answer.text());
        }
        return answer;
    }
}
