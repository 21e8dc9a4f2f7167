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
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What was acknowledged is never lost, never doubled, never out of its sender's order, however
/// often the server, its PostgreSQL or both are killed in the middle of it. `-Dscale=` multiplies
/// the rounds, `-Dseed=` repeats a run.
class KillTest {
    private static final int ROUNDS = 8 * Integer.getInteger("scale", 1);
    private static final int SENDERS = 20;
    private static final int ROOMS = 5;
    private static final int MOST_MILLIS_BETWEEN = 3_000;
    private static final Json JSON = new Json();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final Collection<String> WRONG_ANSWERS = new ConcurrentLinkedQueue<>();

    private enum Victim {
        SERVER,
        POSTGRES,
        BOTH
    }

    private final Collection<Said> acked = new ConcurrentLinkedQueue<>();
    private final AtomicInteger refused = new AtomicInteger();
    private volatile boolean isOver;

    @Test
    void killed_at_any_moment_it_keeps_every_promise() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.printf("seed %d, %d rounds%n", seed, ROUNDS);
        Random random = new Random(seed);
        try (ChildHouse house = ChildHouse.start()) {
            List<Account> accounts = new ArrayList<>();
            for (int i = 0; i < SENDERS; i++) {
                accounts.add(register(house, "sender" + i));
            }
            List<String> rooms = new ArrayList<>();
            for (int i = 0; i < ROOMS; i++) {
                rooms.add(room(house, accounts, "garden " + i));
            }
            List<Thread> senders = new ArrayList<>();
            for (int i = 0; i < SENDERS; i++) {
                Account account = accounts.get(i);
                Random own = new Random(seed + i);
                boolean hasSocket = i % 2 == 0;
                senders.add(
                        Thread.ofVirtual()
                                .start(() -> speak(house, account, rooms, own, hasSocket)));
            }
            for (int round = 0; round < ROUNDS; round++) {
                awaitAcks(acked.size() + SENDERS, house);
                Thread.sleep(50 + random.nextInt(MOST_MILLIS_BETWEEN - 50));
                strike(house, Victim.values()[random.nextInt(Victim.values().length)]);
            }
            awaitAcks(acked.size() + SENDERS, house);
            isOver = true;
            for (Thread sender : senders) {
                sender.join();
            }

            Map<String, List<Said>> stored = new HashMap<>();
            for (String room : rooms) {
                stored.put(room, readAll(house, accounts.getFirst(), room));
            }
            Verdict verdict = SaidAndStored.verdict(acked, stored);
            System.out.printf(
                    "%d rounds, %d acked, %d lost, %d doubled, %d reordered, %d tries refused%n",
                    ROUNDS,
                    verdict.acked(),
                    verdict.lost(),
                    verdict.doubled(),
                    verdict.reordered(),
                    refused.get());
            assertThat(verdict.isClean()).as("%s with seed %d", verdict, seed).isTrue();
            assertThat(WRONG_ANSWERS).as("seed %d, %s", seed, house.log()).isEmpty();
        }
    }

    @Test
    void the_checker_finds_what_it_is_there_to_find() {
        List<Said> good = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            good.add(new Said("mina", i, "garden"));
        }
        assertThat(SaidAndStored.verdict(good, Map.of("garden", good)).isClean()).isTrue();

        List<Said> lossy = new ArrayList<>(good);
        lossy.remove(4);
        assertThat(SaidAndStored.verdict(good, Map.of("garden", lossy)))
                .isEqualTo(new Verdict(10, 1, 0, 0));
        List<Said> twice = new ArrayList<>(good);
        twice.add(5, good.get(4));
        assertThat(SaidAndStored.verdict(good, Map.of("garden", twice)))
                .isEqualTo(new Verdict(10, 0, 1, 0));
        List<Said> swapped = new ArrayList<>(good);
        swapped.set(4, good.get(5));
        swapped.set(5, good.get(4));
        assertThat(SaidAndStored.verdict(good, Map.of("garden", swapped)))
                .isEqualTo(new Verdict(10, 0, 0, 1));
    }

    private record Account(String id, String token) {}

    private static void strike(ChildHouse house, Victim victim) {
        switch (victim) {
            case SERVER -> {
                house.kill();
                house.startAgain();
            }
            case POSTGRES -> house.killPostgres();
            case BOTH -> {
                house.killPostgres();
                house.kill();
                house.startAgain();
            }
        }
    }

    /// Says one thing after the other; the next one only when this one is acknowledged, however
    /// often it takes.
    private void speak(
            ChildHouse house,
            Account account,
            List<String> rooms,
            Random random,
            boolean hasSocket) {
        try (Mouth mouth =
                hasSocket ? new SocketMouth(house, account) : new HttpMouth(house, account)) {
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

    private interface Mouth extends AutoCloseable {
        /// Whether it was acknowledged.
        boolean says(Said said);

        @Override
        default void close() {}
    }

    private record HttpMouth(ChildHouse house, Account account) implements Mouth {
        @Override
        public boolean says(Said said) {
            try {
                HttpResponse<byte[]> answer =
                        post(
                                house,
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

    private static final class SocketMouth implements Mouth {
        private final ChildHouse house;
        private final Account account;
        private Talker talker;

        SocketMouth(ChildHouse house, Account account) {
            this.house = house;
            this.account = account;
        }

        @Override
        public boolean says(Said said) {
            try {
                if (talker == null) {
                    talker = Talker.connect(house.port(), account.token());
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
    private static void requireSane(int status, String body) {
        if (status / 100 != 2 && status != 503) {
            WRONG_ANSWERS.add(status + " " + body);
        }
    }

    private static boolean isAway(JsonNode answer) {
        return Talker.code(answer).equals("SERVICE_UNAVAILABLE");
    }

    private void awaitAcks(int wanted, ChildHouse house) throws InterruptedException {
        long begin = System.nanoTime();
        while (acked.size() < wanted) {
            if (System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(90)) {
                throw new AssertionError("nothing is acknowledged any more: " + house.log());
            }
            Thread.sleep(20);
        }
    }

    private static List<Said> readAll(ChildHouse house, Account reader, String room)
            throws IOException {
        List<Said> all = new ArrayList<>();
        String next = "0";
        long seq = 0;
        while (next != null) {
            HttpRequest request =
                    request(
                                    house,
                                    "/api/v1/chat/messages?limit=100&room="
                                            + room
                                            + "&after="
                                            + next,
                                    reader.token())
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

    private static Account register(ChildHouse house, String name) throws IOException {
        HttpResponse<byte[]> answer =
                post(
                        house,
                        "/api/v1/auth/register",
                        null,
                        Map.of("username", name, "password", "tea in the garden"));
        JsonNode data = JSON.tree(answer.body()).get("data");
        return new Account(
                data.get("user").get("id").stringValue(), data.get("access_token").stringValue());
    }

    private static String room(ChildHouse house, List<Account> members, String name)
            throws IOException {
        Account host = members.getFirst();
        HttpResponse<byte[]> answer =
                post(
                        house,
                        "/api/v1/chat/rooms",
                        host.token(),
                        Map.of("name", name, "type", "private"));
        String room = JSON.tree(answer.body()).get("data").get("id").stringValue();
        for (Account member : members.subList(1, members.size())) {
            post(
                    house,
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
