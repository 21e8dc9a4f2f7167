package madang.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// The people and rooms of one server, and the connections to them. People are made once and lent
/// to every profile that needs some.
final class Town implements AutoCloseable {
    private static final String SOCKET = "/api/v1/chat/ws";
    private static final int CONNECTIONS = 16;
    private static final int HANDSHAKES_AT_ONCE = 64;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// Somebody with an account, by the access token.
    record Person(String token) {}

    private final Server server;
    private final Loop loop = new Loop();
    private final Http http;
    private final List<Person> people = new ArrayList<>();
    private int rooms;

    Town(Server server) {
        this.server = server;
        http = connections(CONNECTIONS);
    }

    Server server() {
        return server;
    }

    Loop loop() {
        return loop;
    }

    /// Connections for a load of its own.
    Http connections(int count) {
        return new Http(loop, server.address(), count);
    }

    /// The first so many people; who is missing signs up.
    List<Person> people(int count) {
        http.all(IntStream.range(people.size(), count).mapToObj(Town::signUp).toList())
                .forEach(answer -> people.add(new Person(text(answer, "access_token"))));
        return List.copyOf(people.subList(0, count));
    }

    /// Refresh tokens of so many new sessions.
    List<String> refreshTokens(int count) {
        people(count);
        return http.all(IntStream.range(0, count).mapToObj(Town::logIn).toList()).stream()
                .map(answer -> text(answer, "refresh_token"))
                .toList();
    }

    /// A new public room with these members, the first of whom owns it.
    String room(List<Person> members) {
        String name = "{\"name\":\"Room " + ++rooms + "\",\"type\":\"public\"}";
        byte[] opening = Http.post("/api/v1/chat/rooms", members.getFirst().token, name);
        String room = text(http.all(List.of(opening)).getFirst(), "id");
        http.all(members.stream().skip(1).map(member -> join(room, member)).toList());
        return room;
    }

    /// Says so many things in a room, so that there is something to read.
    void fill(String room, Person author, int messages) {
        String path = "/api/v1/chat/rooms/" + room + "/messages";
        http.all(
                IntStream.range(0, messages)
                        .mapToObj(i -> "{\"text\":\"" + Words.line(i) + "\"}")
                        .map(message -> Http.post(path, author.token, message))
                        .toList());
    }

    /// A socket that is about to open.
    SocketPeer socket(Person person) {
        return new SocketPeer(loop, server.address(), SOCKET, person.token);
    }

    /// An open socket for each.
    List<SocketPeer> sockets(List<Person> people) {
        var sockets = new ArrayList<SocketPeer>();
        for (Person person : people) {
            sockets.add(socket(person));
            if (sockets.size() % HANDSHAKES_AT_ONCE == 0 || sockets.size() == people.size()) {
                loop.turnUntil("handshakes", () -> allOpen(sockets), PATIENCE);
            }
        }
        return sockets;
    }

    /// Asks the same of every socket and waits for all results.
    void askAll(List<SocketPeer> sockets, String method, String params) {
        var answered = new Tally();
        sockets.forEach(
                socket -> socket.ask(method, params, answer -> answered.add(0, answer.error())));
        loop.turnUntil(method, () -> answered.total() == sockets.size(), PATIENCE);
        answered.cut().requireGood();
    }

    @Override
    public void close() {
        loop.close();
    }

    private static boolean allOpen(List<SocketPeer> sockets) {
        return sockets.reversed().stream().limit(HANDSHAKES_AT_ONCE).allMatch(SocketPeer::isOpen);
    }

    private static byte[] signUp(int number) {
        String name = "person" + number;
        return Http.post(
                "/api/v1/auth/register",
                null,
                "{\"username\":\"%1$s\",\"nickname\":\"%1$s\",\"password\":\"a-yard-of-many\"}"
                        .formatted(name));
    }

    static byte[] logIn(int number) {
        return Http.post(
                "/api/v1/auth/login",
                null,
                "{\"username\":\"person%d\",\"password\":\"a-yard-of-many\"}".formatted(number));
    }

    private static byte[] join(String room, Person member) {
        return Http.post("/api/v1/chat/rooms/" + room + "/join", member.token, "");
    }

    /// The first text of that name in a JSON answer.
    static String text(String json, String name) {
        Matcher found = Pattern.compile("\"" + name + "\":\"([^\"]+)\"").matcher(json);
        if (!found.find()) {
            throw new IllegalStateException("no " + name + " in " + json);
        }
        return found.group(1);
    }
}
