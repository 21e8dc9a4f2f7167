package madang.chat;

import static madang.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import madang.kit.db.DatabaseAddress;
import madang.testing.House;
import madang.testing.Person;
import madang.testing.RawSocket;
import madang.testing.Talker;
import madang.testing.TestPostgres;
import madang.testing.Town;
import madang.testing.Twins;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Many who are cut off at once, and few who do not read, cost the others nothing that was said.
/// `-Dscale=` multiplies the sockets.
class HerdTest {
    private static final int SOCKETS = 150 * Integer.getInteger("scale", 1);
    private static final int MAX_JITTER_MILLIS = 1_000;

    /// More than the kernel and our queue keep for one reader.
    private static final int LONG_MESSAGES = 700;

    private DatabaseAddress database;
    private volatile boolean isOver;

    @BeforeEach
    void open() {
        database = House.freshDatabase();
    }

    @AfterEach
    void close() {
        TestPostgres.drop(database);
    }

    @Test
    void when_a_node_stops_all_of_its_sockets_are_back_on_the_other_without_a_gap()
            throws Exception {
        try (House there = House.on(database, Twins.SHARED)) {
            Person mina = there.person("mina");
            String room = room(mina);
            List<Client> herd = new ArrayList<>();
            AtomicInteger said = new AtomicInteger();
            Thread voice = Thread.startVirtualThread(() -> speak(there, mina, room, said));
            try (House here = House.on(database, Twins.SHARED)) {
                for (int i = 0; i < SOCKETS; i++) {
                    herd.add(new Client(mina, room, here.port()));
                }
                eventually(() -> said.get() > 20);
            }
            long begin = System.nanoTime();
            comeBack(herd, there.port());
            isOver = true;
            voice.join();

            eventually(() -> herd.stream().allMatch(client -> client.hasHeard(said.get())));
            System.out.printf(
                    "%d sockets back after %d ms, %d messages, %d holes%n",
                    SOCKETS,
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin),
                    said.get(),
                    herd.stream().mapToInt(client -> client.log.holes().size()).sum());
            assertThat(herd).allSatisfy(client -> assertThat(client.log.holes()).isEmpty());
            assertThat(there.wiring().db().load().waiting()).isZero();
            herd.forEach(Client::close);
        }
    }

    @Test
    void who_does_not_read_is_let_go_and_finds_everything_when_he_comes_back() throws Exception {
        try (House house = House.on(database, Map.of())) {
            Person mina = house.person("mina");
            String room = room(mina);
            try (RawSocket deaf =
                            RawSocket.openNarrow(
                                    house.port(),
                                    "/api/v1/chat/ws",
                                    "Authorization: Bearer " + mina.accessToken());
                    Talker voice = Talker.connect(house.port(), mina.accessToken())) {
                deaf.say(
                        "{\"id\":1,\"method\":\"chat.open\",\"params\":{\"room\":\"%s\"}}"
                                .formatted(room));
                List<Client> readers = new ArrayList<>();
                for (int i = 0; i < 5; i++) {
                    readers.add(new Client(mina, room, house.port()));
                }
                String longText = "가".repeat(3_990);
                for (int i = 0; i < LONG_MESSAGES; i++) {
                    voice.says(longText + i, room, "long " + i);
                }
                eventually(() -> readers.stream().allMatch(r -> r.hasHeard(LONG_MESSAGES)));
                assertThat(readers).allSatisfy(r -> assertThat(r.log.holes()).isEmpty());
                assertThat(deaf.closeCode()).isIn(1013, RawSocket.NO_CLOSE_FRAME);
                readers.forEach(Client::close);
            }
            try (Talker back = Talker.connect(house.port(), mina.accessToken())) {
                LogFollower log = new LogFollower();
                log.answered(back.opens(room, 0));
                assertThat(log.messages()).hasSize(LONG_MESSAGES);
            }
        }
    }

    /// One socket that follows the room, and its next life.
    private static final class Client {
        private final Person person;
        private final String room;
        private final LogFollower log = new LogFollower();
        private Talker talker;
        private int passedOn;

        Client(Person person, String room, int port) {
            this.person = person;
            this.room = room;
            talker = Talker.connect(port, person.accessToken());
            log.answered(talker.opens(room, 0));
        }

        void comesBack(int port) {
            talker.closeCode();
            hear();
            talker = Talker.connect(port, person.accessToken());
            passedOn = 0;
            log.answered(talker.opens(room, log.position()));
        }

        /// Everything that was pushed and is news.
        private synchronized void hear() {
            List<tools.jackson.databind.JsonNode> pushes = talker.pushes();
            pushes.subList(passedOn, pushes.size()).stream()
                    .filter(push -> push.get("method").stringValue().equals("chat.message"))
                    .map(push -> push.get("params"))
                    .filter(message -> message.get("changed_seq").asLong() > log.position())
                    .forEach(log::pushed);
            passedOn = pushes.size();
        }

        boolean hasHeard(int messages) {
            hear();
            return log.messages().size() >= messages;
        }

        void close() {
            talker.close();
        }
    }

    private static void comeBack(List<Client> herd, int port) throws InterruptedException {
        Random random = new Random(7);
        List<Thread> coming = new ArrayList<>();
        for (Client client : herd) {
            int jitter = random.nextInt(MAX_JITTER_MILLIS);
            coming.add(
                    Thread.startVirtualThread(() -> {
                        rest(jitter);
                        client.comesBack(port);
                    }));
        }
        for (Thread one : coming) {
            one.join();
        }
    }

    private void speak(House there, Person mina, String room, AtomicInteger said) {
        try (Talker voice = Talker.connect(there.port(), mina.accessToken())) {
            while (!isOver) {
                voice.says("word " + said.get(), room);
                said.incrementAndGet();
                rest(10);
            }
        }
    }

    private static String room(Person mina) {
        return mina.http()
                .post(
                        "/api/v1/chat/rooms",
                        Town.json(Map.of("name", Town.name(), "type", "public")))
                .text("id");
    }

    private static void rest(int millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
