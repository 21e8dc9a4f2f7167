package madang.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import madang.chat.SaidAndStored.Said;
import madang.chat.SaidAndStored.Verdict;
import madang.kit.json.Json;
import madang.testing.ChildHouse;
import madang.testing.Talker;
import madang.testing.Town;
import tools.jackson.databind.JsonNode;

/// People who talk to the nodes of a house until they are told to stop, half of them over sockets.
/// Each says one thing after the other, the next only when this one is acknowledged, however often
/// that takes; whoever is refused or cut off goes to any node.
final class Speakers {
    private static final Json JSON = new Json();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final List<ChildHouse> nodes;
    private final long seed;
    private final List<Account> accounts = new ArrayList<>();
    private final List<String> rooms = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Collection<Said> acked = new ConcurrentLinkedQueue<>();
    private final Collection<String> wrongAnswers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger refused = new AtomicInteger();
    private volatile boolean isOver;

    record Account(String id, String token) {}

    Speakers(List<ChildHouse> nodes, int people, int roomCount, long seed) throws IOException {
        this.nodes = nodes;
        this.seed = seed;
        for (int i = 0; i < people; i++) {
            accounts.add(register("sender" + i));
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

    int acked() {
        return acked.size();
    }

    int refused() {
        return refused.get();
    }

    /// What was neither an acknowledgement nor a refusal to come back.
    Collection<String> wrongAnswers() {
        return wrongAnswers;
    }

    void start() {
        for (int i = 0; i < accounts.size(); i++) {
            Account account = accounts.get(i);
            Random own = new Random(seed + i);
            boolean hasSocket = i % 2 == 0;
            threads.add(Thread.startVirtualThread(() -> speak(account, own, hasSocket)));
        }
    }

    /// Waits until everybody had the chance to say something more.
    void goOn() throws InterruptedException {
        int wanted = acked.size() + accounts.size();
        long begin = System.nanoTime();
        while (acked.size() < wanted) {
            if (System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(90)) {
                throw new AssertionError("nothing is acknowledged any more: " + logs());
            }
            Thread.sleep(20);
        }
    }

    /// Everybody stops; what they heard is compared with what is stored.
    Verdict stop() throws Exception {
        isOver = true;
        for (Thread thread : threads) {
            thread.join();
        }
        Map<String, List<Said>> stored = new HashMap<>();
        for (String room : rooms) {
            stored.put(room, readAll(room));
        }
        return SaidAndStored.verdict(acked, stored);
    }

    String logs() {
        return nodes.stream().map(ChildHouse::log).toList().toString();
    }

    private void speak(Account account, Random random, boolean hasSocket) {
        try (Mouth mouth =
                hasSocket ? new SocketMouth(account, random) : new HttpMouth(account, random)) {
            for (int number = 0; !isOver; number++) {
                String room = rooms.get(random.nextInt(rooms.size()));
                Said said = new Said(account.id(), number, room);
                while (!mouth.says(said)) {
                    refused.incrementAndGet();
                    pause();
                }
                acked.add(said);
            }
        }
    }

    private ChildHouse anyNode(Random random) {
        return nodes.get(random.nextInt(nodes.size()));
    }

    private interface Mouth extends AutoCloseable {
        /// Whether it was acknowledged.
        boolean says(Said said);

        @Override
        default void close() {}
    }

    private final class HttpMouth implements Mouth {
        private final Account account;
        private final Random random;

        HttpMouth(Account account, Random random) {
            this.account = account;
            this.random = random;
        }

        @Override
        public boolean says(Said said) {
            try {
                HttpResponse<byte[]> answer =
                        post(
                                anyNode(random),
                                "/api/v1/chat/rooms/" + said.room() + "/messages",
                                account.token(),
                                Map.of(
                                        "text",
                                        said.text(),
                                        "client_key",
                                        Integer.toString(said.number())));
                requireSane(answer.statusCode(), new String(answer.body(), UTF_8));
                return answer.statusCode() / 100 == 2;
            } catch (IOException cut) {
                return false;
            }
        }
    }

    private final class SocketMouth implements Mouth {
        private final Account account;
        private final Random random;
        private Talker talker;

        SocketMouth(Account account, Random random) {
            this.account = account;
            this.random = random;
        }

        @Override
        public boolean says(Said said) {
            try {
                if (talker == null) {
                    talker = Talker.connect(anyNode(random).port(), account.token());
                }
                JsonNode answer =
                        talker.callsLater(
                                        "chat.send",
                                        "room",
                                        said.room(),
                                        "text",
                                        said.text(),
                                        "client_key",
                                        Integer.toString(said.number()))
                                .get(10, TimeUnit.SECONDS);
                requireSane(answer.has("result") || isAway(answer) ? 200 : 500, answer.toString());
                return answer.has("result");
            } catch (Exception cut) {
                close();
                return false;
            }
        }

        @Override
        public void close() {
            if (talker != null) {
                talker.close();
                talker = null;
            }
        }
    }

    /// While the server is away anything but a refusal to come back would be a wrong answer.
    private void requireSane(int status, String body) {
        if (status / 100 != 2 && status != 503) {
            wrongAnswers.add(status + " " + body);
        }
    }

    private static boolean isAway(JsonNode answer) {
        return Talker.code(answer).equals("SERVICE_UNAVAILABLE");
    }

    private List<Said> readAll(String room) throws IOException {
        List<Said> all = new ArrayList<>();
        String next = "0";
        long seq = 0;
        while (next != null) {
            HttpRequest request =
                    request(
                                    nodes.getFirst(),
                                    "/api/v1/chat/messages?limit=100&room="
                                            + room
                                            + "&after="
                                            + next,
                                    listener().token())
                            .build();
            JsonNode page = JSON.tree(sent(request).body()).get("data");
            for (JsonNode message : page.get("items")) {
                assertThat(message.get("seq").asLong()).as("no gap").isEqualTo(++seq);
                if (message.get("kind").stringValue().equals("text")) {
                    all.add(Said.parse(message.get("text").stringValue(), room));
                }
            }
            next = page.get("next_cursor").isNull() ? null : page.get("next_cursor").stringValue();
        }
        return all;
    }

    private Account register(String name) throws IOException {
        HttpResponse<byte[]> answer =
                post(
                        nodes.getFirst(),
                        "/api/v1/auth/register",
                        null,
                        Map.of("username", name, "password", "tea in the garden"));
        JsonNode data = JSON.tree(answer.body()).get("data");
        return new Account(
                data.get("user").get("id").stringValue(), data.get("access_token").stringValue());
    }

    private String room(String name) throws IOException {
        Account host = accounts.getFirst();
        HttpResponse<byte[]> answer =
                post(
                        nodes.getFirst(),
                        "/api/v1/chat/rooms",
                        host.token(),
                        Map.of("name", name, "type", "private"));
        String room = JSON.tree(answer.body()).get("data").get("id").stringValue();
        for (Account member : accounts.subList(1, accounts.size())) {
            post(
                    nodes.getFirst(),
                    "/api/v1/chat/rooms/" + room + "/members",
                    host.token(),
                    Map.of("user", member.id()));
        }
        return room;
    }

    private static HttpResponse<byte[]> post(
            ChildHouse house, String path, String token, Map<String, ?> body) throws IOException {
        return sent(
                request(house, path, token)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(Town.json(body)))
                        .build());
    }

    private static HttpRequest.Builder request(ChildHouse house, String path, String token) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(house.url() + path))
                        .timeout(Duration.ofSeconds(10));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return request;
    }

    private static HttpResponse<byte[]> sent(HttpRequest request) throws IOException {
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
