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
import madang.testing.Scale;
import madang.testing.Talker;
import madang.testing.TestPostgres;
import madang.testing.Town;
import madang.testing.Twins;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Many who are cut off at once, and few who do not read, cost the others nothing that was said.
/// `-Dscale=` multiplies the sockets.
class HerdTest {
    private static final int SOCKETS = Scale.times(150, 2_000);
    private static final int READERS = 5;
    private static final int PEOPLE = Scale.times(75, 1_000);
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
            List<Person> people = people(there, room);
            List<Hearer> herd = new ArrayList<>();
            AtomicInteger said = new AtomicInteger();
            Thread voice = Thread.startVirtualThread(() -> speak(there, mina, room, said));
            try (House here = House.on(database, Twins.SHARED)) {
                for (int i = 0; i < SOCKETS; i++) {
                    herd.add(hearer(people.get(i % PEOPLE), room, here));
                }
                eventually(() -> said.get() > 20);
            }
            long begin = System.nanoTime();
            Asker asker = new Asker(people.getFirst(), room);
            Thread asking = Thread.startVirtualThread(asker);
            comeBack(herd, there.port());
            isOver = true;
            voice.join();
            asking.join();

            eventually(() -> herd.stream().allMatch(client -> hasHeard(client, room, said.get())));
            System.out.printf(
                    "herd: %d sockets of %d people cut at once, back after %d ms: %d messages, %s;"
                            + " meanwhile %d of %d requests answered, p99 %d ms, %d waited for the"
                            + " database at most%n",
                    SOCKETS,
                    PEOPLE,
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin),
                    said.get(),
                    faults(herd),
                    asker.nanos.size(),
                    asker.asked,
                    asker.p99Millis(),
                    asker.mostWaiting);
            assertFaultless(herd);
            assertThat(asker.nanos).as("answered meanwhile").hasSize(asker.asked).isNotEmpty();
            assertThat(there.wiring().db().load().waiting()).isZero();
        }
    }

    @ParameterizedTest(name = "{0} nodes")
    @ValueSource(ints = {1, 2})
    void who_does_not_read_is_let_go_and_finds_everything_when_he_comes_back(int nodes)
            throws Exception {
        try (House here = House.on(database, nodes == 1 ? Map.of() : Twins.SHARED);
                House there = nodes == 1 ? here : House.on(database, Twins.SHARED)) {
            Person mina = here.person("mina");
            String room = room(mina);
            List<Hearer> readers = new ArrayList<>();
            try (RawSocket deaf =
                            RawSocket.openNarrow(
                                    there.port(),
                                    "/api/v1/chat/ws",
                                    "Authorization: Bearer " + mina.accessToken());
                    Talker voice = Talker.connect(here.port(), mina.accessToken())) {
                deaf.say(
                        "{\"id\":1,\"method\":\"chat.open\",\"params\":{\"room\":\"%s\"}}"
                                .formatted(room));
                for (int i = 0; i < READERS; i++) {
                    readers.add(hearer(mina, room, i % 2 == 0 ? here : there));
                }
                String longText = "가".repeat(3_990);
                for (int i = 0; i < LONG_MESSAGES; i++) {
                    voice.says(longText + i, room, "long " + i);
                }
                eventually(() -> readers.stream().allMatch(r -> hasHeard(r, room, LONG_MESSAGES)));
                assertThat(deaf.closeCode()).isIn(1013, RawSocket.NO_CLOSE_FRAME);
            }
            System.out.printf(
                    "1 who does not read beside %d who do, %d nodes: %d messages, %s%n",
                    READERS, nodes, LONG_MESSAGES, faults(readers));
            assertFaultless(readers);
            try (Hearer back = hearer(mina, room, there)) {
                assertThat(back.known(room)).isEqualTo(LONG_MESSAGES);
            }
        }
    }

    private static Hearer hearer(Person person, String room, House house) {
        Hearer hearer = new Hearer(house.port(), person.accessToken(), List.of(room));
        assertThat(hearer.hear()).isTrue();
        return hearer;
    }

    /// Asks over HTTP all the while, as pages do; whoever got no connection to the database in time
    /// would be told 503.
    private final class Asker implements Runnable {
        private final Person person;
        private final String room;
        private final List<Long> nanos = new ArrayList<>();
        private int asked;
        private int mostWaiting;

        Asker(Person person, String room) {
            this.person = person;
            this.room = room;
        }

        @Override
        public void run() {
            do {
                for (String path :
                        List.of(
                                "/api/v1/users/me",
                                "/api/v1/chat/rooms",
                                "/api/v1/chat/messages?room=" + room)) {
                    asked++;
                    long begin = System.nanoTime();
                    if (person.http().get(path).status() == 200) {
                        nanos.add(System.nanoTime() - begin);
                    }
                    int waiting = person.house().wiring().db().load().waiting();
                    mostWaiting = Math.max(mostWaiting, waiting);
                }
            } while (!isOver);
        }

        long p99Millis() {
            List<Long> sorted = nanos.stream().sorted().toList();
            return sorted.get((sorted.size() - 1) * 99 / 100) / 1_000_000;
        }
    }

    /// The herd's people, all in the room.
    private static List<Person> people(House house, String room) {
        List<Person> people = new ArrayList<>();
        for (int i = 0; i < PEOPLE; i++) {
            Person person = house.person("herd" + i);
            assertThat(person.http().post("/api/v1/chat/rooms/" + room + "/join").status())
                    .isEqualTo(200);
            people.add(person);
        }
        return people;
    }

    private static boolean hasHeard(Hearer hearer, String room, int messages) {
        return hearer.hear() && hearer.known(room) >= messages;
    }

    private static String faults(List<Hearer> hearers) {
        return "%d holes, %d twice"
                .formatted(
                        hearers.stream().mapToInt(Hearer::holes).sum(),
                        hearers.stream().mapToInt(Hearer::doubled).sum());
    }

    private static void assertFaultless(List<Hearer> hearers) {
        assertThat(faults(hearers)).isEqualTo("0 holes, 0 twice");
        hearers.forEach(Hearer::close);
    }

    private static void comeBack(List<Hearer> herd, int port) throws InterruptedException {
        Random random = new Random(7);
        List<Thread> coming = new ArrayList<>();
        for (Hearer client : herd) {
            int jitter = random.nextInt(MAX_JITTER_MILLIS);
            coming.add(
                    Thread.startVirtualThread(() -> {
                        rest(jitter);
                        client.comesBackAt(port);
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
