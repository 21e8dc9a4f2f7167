package madang.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import madang.chat.SaidAndStored.Found;
import madang.chat.SaidAndStored.Said;
import madang.chat.SaidAndStored.Verdict;
import madang.kit.json.Json;
import madang.testing.ChildHouse;
import madang.testing.House;
import madang.testing.Town;
import tools.jackson.databind.JsonNode;

/// People who talk to the nodes of a house until they are told to stop, half of them over sockets;
/// of some messages they change their mind, and some show files. Each does one thing after the
/// other, the next only when this one is acknowledged, however often that takes; whoever is refused
/// or cut off goes to any node. On each node somebody listens.
final class Speakers {
    private static final List<Mouth.Deed> DEEDS = List.of(Mouth.Deed.values());
    private static final Json JSON = new Json();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final AtomicInteger NAMES = new AtomicInteger();

    private final List<Node> nodes;
    private final long seed;
    private final List<Account> accounts = new ArrayList<>();
    private final List<String> rooms = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final List<Hearer> hearers = new ArrayList<>();
    private final Map<String, Said> acked = new ConcurrentHashMap<>();
    private final AtomicInteger done = new AtomicInteger();
    private final Collection<String> wrongAnswers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger refused = new AtomicInteger();
    private volatile boolean isOver;

    /// Where one can talk, and what it has to say for itself.
    record Node(int port, Supplier<String> log) {
        static Node of(ChildHouse house) {
            return new Node(house.port(), house::log);
        }

        static Node of(House house) {
            return new Node(house.port(), () -> "");
        }
    }

    record Account(String id, String token) {}

    /// What became of it all: what is stored, and how it was heard.
    record Outcome(Verdict stored, int holes, int heardTwice, int unheard, List<String> examples) {
        boolean isClean() {
            return stored.isClean() && holes == 0 && heardTwice == 0 && unheard == 0;
        }

        /// As docs/performance.md quotes it.
        String counts() {
            return "%d acked, %d lost, %d doubled, %d reordered; live: %d holes, %d twice, %d never"
                    .formatted(
                            stored.acked(),
                            stored.lost(),
                            stored.doubled(),
                            stored.reordered(),
                            holes,
                            heardTwice,
                            unheard);
        }
    }

    Speakers(List<Node> nodes, int people, int roomCount, long seed) {
        this.nodes = nodes;
        this.seed = seed;
        for (int i = 0; i < people; i++) {
            accounts.add(register("sender" + NAMES.incrementAndGet()));
        }
        for (int i = 0; i < roomCount; i++) {
            rooms.add(room("garden " + i));
        }
    }

    List<String> rooms() {
        return rooms;
    }

    /// Somebody who is a member of all rooms.
    Account listener() {
        return accounts.getFirst();
    }

    int refused() {
        return refused.get();
    }

    /// What was neither an acknowledgement nor a refusal to come back.
    Collection<String> wrongAnswers() {
        return wrongAnswers;
    }

    Speakers start() {
        nodes.forEach(node -> listen(node.port()));
        for (int i = 0; i < accounts.size(); i++) {
            Account account = accounts.get(i);
            Random own = new Random(seed + i);
            boolean hasSocket = i % 2 == 0;
            threads.add(Thread.startVirtualThread(() -> speak(account, own, hasSocket)));
        }
        return this;
    }

    /// One more listener, at this door.
    void listen(int port) {
        hearers.add(new Hearer(port, listener().token(), rooms).listens());
    }

    /// Waits until everybody had the chance to do something more.
    void goOn() throws InterruptedException {
        int wanted = done.get() + accounts.size();
        long begin = System.nanoTime();
        while (done.get() < wanted) {
            if (System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(90)) {
                throw new AssertionError("nothing is acknowledged any more: " + logs());
            }
            Thread.sleep(20);
        }
    }

    /// Everybody stops; what they heard is compared with what is stored.
    Outcome stop() throws InterruptedException {
        isOver = true;
        for (Thread thread : threads) {
            thread.join();
        }
        Map<String, List<Found>> stored = new HashMap<>();
        Map<String, Long> ends = new HashMap<>();
        for (String room : rooms) {
            stored.put(room, readAll(room));
            ends.put(room, end(room));
        }
        int holes = 0;
        int twice = 0;
        int unheard = 0;
        for (Hearer hearer : hearers) {
            hearer.hearsUpTo(ends);
            holes += hearer.holes();
            twice += hearer.doubled();
            unheard += (int) acked.keySet().stream().filter(id -> !hearer.knows(id)).count();
            hearer.close();
        }
        return new Outcome(
                SaidAndStored.verdict(acked.values(), stored),
                holes,
                twice,
                unheard,
                SaidAndStored.examples(acked.values(), stored));
    }

    String logs() {
        return nodes.stream().map(node -> node.log().get()).toList().toString();
    }

    private void speak(Account account, Random random, boolean hasSocket) {
        try (Mouth mouth =
                hasSocket
                        ? new SocketMouth(() -> anyPort(random), account.token(), wrongAnswers::add)
                        : new HttpMouth(
                                () -> anyPort(random), account.token(), wrongAnswers::add)) {
            for (int number = 0; !isOver; number++) {
                String room = rooms.get(random.nextInt(rooms.size()));
                String text = account.id() + " " + number;
                Word word = word(mouth, random, room, text, Integer.toString(number));
                Optional<JsonNode> message = insist(word.attempt());
                if (message.isEmpty()) {
                    return;
                }
                String id = message.get().get("id").stringValue();
                Said said = new Said(id, account.id(), number, word.shows());
                if (acked.put(id, said) != null) {
                    wrongAnswers.add("two messages were given one id: " + message);
                }
                if (!word.isFile() && random.nextInt(4) == 0) {
                    Mouth.Deed deed = DEEDS.get(random.nextInt(DEEDS.size()));
                    insist(() -> mouth.does(deed, room, id, text))
                            .ifPresent(_ -> acked.put(id, said.showing(deed.shows(text))));
                }
            }
        }
    }

    /// What is about to be said, and what it shows then.
    private record Word(Try attempt, String shows, boolean isFile) {}

    /// Who has hands shows a file now and then.
    private static Word word(Mouth mouth, Random random, String room, String text, String key) {
        return mouth instanceof Mouth.WithHands hands && random.nextInt(15) == 0
                ? new Word(() -> hands.shows(room, text, key), Mouth.withFile(text, text), true)
                : new Word(() -> mouth.says(room, text, key), text, false);
    }

    /// Tries until it is acknowledged; the answer. A house that has said what it must not say may
    /// never acknowledge it, so that ends with the talk.
    private Optional<JsonNode> insist(Try attempt) {
        while (!isOver || wrongAnswers.isEmpty()) {
            try {
                JsonNode answer = attempt.make();
                if (answer != null) {
                    done.incrementAndGet();
                    return Optional.of(answer);
                }
            } catch (IOException | UncheckedIOException cut) {
                // Nobody knows what became of it.
            }
            refused.incrementAndGet();
            pause();
        }
        return Optional.empty();
    }

    private interface Try {
        /// The message, or null where it was not acknowledged.
        JsonNode make() throws IOException;
    }

    private int anyPort(Random random) {
        return nodes.get(random.nextInt(nodes.size())).port();
    }

    private List<Found> readAll(String room) {
        List<Found> all = new ArrayList<>();
        long seq = 0;
        for (JsonNode message : history(nodes.getFirst().port(), listener().token(), room)) {
            assertThat(message.get("seq").asLong()).as("one way").isGreaterThan(seq);
            seq = message.get("seq").asLong();
            if (!message.get("kind").stringValue().equals("notice")) {
                all.add(new Found(message.get("id").stringValue(), shows(message)));
            }
        }
        return all;
    }

    /// Everything a reader of this message sees, a file's content included.
    private String shows(JsonNode message) {
        if (!message.get("deleted_at").isNull()) {
            return Mouth.GONE;
        }
        String text = message.path("text").asString("");
        JsonNode file = message.get("file");
        String said =
                file.isNull() ? text : Mouth.withFile(text, content(file.get("id").stringValue()));
        JsonNode reactions = message.get("reactions");
        return reactions.isEmpty()
                ? said
                : said + " " + reactions.get(0).get("emoji").stringValue();
    }

    private String content(String file) {
        HttpResponse<byte[]> answer = get("/api/v1/chat/files/" + file);
        return answer.statusCode() == 200
                ? new String(answer.body(), UTF_8)
                : Integer.toString(answer.statusCode());
    }

    private long end(String room) {
        return JSON.tree(get("/api/v1/chat/rooms/" + room).body())
                .get("data")
                .get("last_seq")
                .asLong();
    }

    private HttpResponse<byte[]> get(String path) {
        return get(nodes.getFirst().port(), listener().token(), path);
    }

    /// A room from its beginning to its end.
    static List<JsonNode> history(int port, String token, String room) {
        List<JsonNode> all = new ArrayList<>();
        String next = "0";
        while (next != null) {
            String path = "/api/v1/chat/messages?limit=100&room=" + room + "&after=" + next;
            JsonNode page = JSON.tree(get(port, token, path).body()).get("data");
            page.get("items").forEach(all::add);
            next = page.get("next_cursor").isNull() ? null : page.get("next_cursor").stringValue();
        }
        return all;
    }

    private Account register(String name) {
        JsonNode data =
                post(
                        "/api/v1/auth/register",
                        null,
                        "username",
                        name,
                        "password",
                        "tea in the garden");
        return new Account(
                data.get("user").get("id").stringValue(), data.get("access_token").stringValue());
    }

    private String room(String name) {
        String host = listener().token();
        String room =
                post("/api/v1/chat/rooms", host, "name", name, "type", "private")
                        .get("id")
                        .stringValue();
        for (Account member : accounts.subList(1, accounts.size())) {
            post("/api/v1/chat/rooms/" + room + "/members", host, "user", member.id());
        }
        return room;
    }

    private JsonNode post(String path, String token, String... members) {
        try {
            HttpRequest request =
                    request(nodes.getFirst().port(), path, token)
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofByteArray(json(members)))
                            .build();
            return JSON.tree(sent(request).body()).get("data");
        } catch (IOException away) {
            throw new UncheckedIOException(away);
        }
    }

    private static HttpResponse<byte[]> get(int port, String token, String path) {
        try {
            return sent(request(port, path, token).build());
        } catch (IOException away) {
            throw new UncheckedIOException(away);
        }
    }

    static HttpRequest.Builder request(int port, String path, String token) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(Duration.ofSeconds(10));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return request;
    }

    static byte[] json(String... members) {
        Map<String, String> object = new HashMap<>();
        for (int i = 0; i < members.length; i += 2) {
            object.put(members[i], members[i + 1]);
        }
        return Town.json(object).getBytes(UTF_8);
    }

    static HttpResponse<byte[]> sent(HttpRequest request) throws IOException {
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
