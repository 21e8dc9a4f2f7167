package madang.chat;

import static madang.testing.Eventually.eventually;
import static madang.testing.Town.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import madang.embedded.EmbeddedPostgres;
import madang.testing.Answer;
import madang.testing.House;
import madang.testing.Http;
import madang.testing.Person;
import madang.testing.PostgresProcess;
import madang.testing.Scale;
import madang.testing.Twins;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// While PostgreSQL is away, on one node or two, everybody is told to come back, soon and with the
/// right word; afterwards everything goes on by itself, and what was said in between is there once.
/// `-Dscale=` multiplies the outages. How soon is printed, because a busy machine decides it.
class OutageTest {
    private static final int OUTAGES = Scale.times(1, 200);
    private static final int OUTAGE_SECONDS = 3;
    private static final int SENDERS = 30;

    /// Who waits longer was not told in time.
    private static final long IN_TIME = TimeUnit.MILLISECONDS.toNanos(2_500);

    /// What happens to PostgreSQL, again and again as soon as it lives.
    enum Blow {
        /// kill -9 of the postmaster.
        KILL,
        /// `pg_ctl stop -m immediate`.
        IMMEDIATE,
        /// Its disk takes no more writes: it must fall rather than promise what it cannot keep.
        BROKEN_DISK;

        boolean hits(PostgresProcess postgres) {
            return switch (this) {
                case KILL -> postgres.kill();
                case IMMEDIATE -> postgres.stopImmediately();
                case BROKEN_DISK -> postgres.breakDisk();
            };
        }

        /// A bound on files, by which the disk is broken here, is no disk error to PostgreSQL but a
        /// fault of its own, where it need not fall because of it.
        boolean excuses(Tried tried) {
            int status = tried.answer().status();
            return status == 503 || (this == BROKEN_DISK && status == 500);
        }
    }

    /// A try to say something.
    record Tried(Http who, String text, Answer answer, long nanos) {
        boolean isAcked() {
            return answer.status() / 100 == 2;
        }
    }

    @TempDir private Path folder;

    private final Queue<Tried> tries = new ConcurrentLinkedQueue<>();
    private final Set<String> acked = ConcurrentHashMap.newKeySet();
    private final List<Long> recoveries = new ArrayList<>();
    private int blows;

    @ParameterizedTest(name = "{1} on {0} nodes")
    @CsvSource({"1, KILL", "2, IMMEDIATE", "1, BROKEN_DISK"})
    void while_postgres_is_away_senders_are_told_to_come_back_and_nothing_is_lost(
            int nodes, Blow blow) throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.startForgetful(folder);
                House here = House.on(postgres.address(), settings(nodes));
                House there = nodes == 1 ? null : House.on(postgres.address(), settings(nodes))) {
            List<House> houses = nodes == 1 ? List.of(here) : List.of(here, there);
            Person mina = here.person("mina");
            String room = room(mina);
            List<Hearer> hearers = new ArrayList<>();
            List<Http> speakers = new ArrayList<>();
            for (House house : houses) {
                hearers.add(new Hearer(house.port(), mina.accessToken(), List.of(room)).listens());
                speakers.add(
                        house.stranger().with("Authorization", "Bearer " + mina.accessToken()));
            }
            for (int outage = 0; outage < OUTAGES; outage++) {
                suffer(blow, speakers, room, outage);
            }
            // Who was told to come back comes back; what he said may be there already.
            for (Tried tried : tries) {
                if (!acked.contains(tried.text())) {
                    eventually(() -> say(tried.who(), room, tried.text()).isAcked());
                }
            }
            int holes = 0;
            int twice = 0;
            long end = end(mina, room);
            for (Hearer hearer : hearers) {
                hearer.hearsUpTo(Map.of(room, end));
                holes += hearer.holes();
                twice += hearer.doubled();
                assertThat(hearer.known(room)).as("heard").isGreaterThanOrEqualTo(acked.size());
                hearer.close();
            }
            tell(blow, nodes);
            assertThat(tries).allMatch(tried -> tried.isAcked() || blow.excuses(tried));
            assertThat(tries).anyMatch(tried -> tried.answer().status() == 503);
            assertThat(holes).as("holes").isZero();
            assertThat(twice).as("heard twice").isZero();
            assertThat(texts(here, mina, room))
                    .as("each once")
                    .containsExactlyInAnyOrderElementsOf(acked);
        }
    }

    /// Everybody speaks while PostgreSQL is struck, and then until it is back.
    private void suffer(Blow blow, List<Http> speakers, String room, int outage)
            throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        long begin = System.nanoTime();
        for (int i = 0; i < SENDERS; i++) {
            Http who = speakers.get(i % speakers.size());
            String name = outage + " " + i + " ";
            threads.add(
                    Thread.startVirtualThread(() -> {
                        for (int n = 0; secondsSince(begin) < OUTAGE_SECONDS; n++) {
                            tries.add(say(who, room, name + n));
                        }
                    }));
        }
        PostgresProcess postgres = PostgresProcess.below(folder);
        int before = blows;
        while (secondsSince(begin) < OUTAGE_SECONDS) {
            blows += blow.hits(postgres) ? 1 : 0;
            Thread.sleep(20);
        }
        long cured = System.nanoTime();
        for (Thread thread : threads) {
            thread.join();
        }
        assumeTrue(blows > before, "nothing here can do that to PostgreSQL");
        for (Http speaker : speakers) {
            String text = "back " + outage + " at " + speakers.indexOf(speaker);
            eventually(() -> say(speaker, room, text).isAcked());
        }
        recoveries.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - cured));
    }

    private void tell(Blow blow, int nodes) {
        Map<String, Integer> ends = new HashMap<>();
        long slowest = 0;
        for (Tried tried : tries) {
            ends.merge(
                    tried.isAcked() ? "acked" : tried.nanos() > IN_TIME ? "late" : "refused",
                    1,
                    Integer::sum);
            slowest = Math.max(slowest, tried.nanos());
        }
        System.out.printf(
                "%s, %d outages of %d s, %d blows, %d nodes: %d acked, %d told to come back in time,"
                        + " %d later than 2.5 s (slowest %d ms), %d there once; well again after"
                        + " %s ms%n",
                blow,
                OUTAGES,
                OUTAGE_SECONDS,
                blows,
                nodes,
                ends.getOrDefault("acked", 0),
                ends.getOrDefault("refused", 0),
                ends.getOrDefault("late", 0),
                TimeUnit.NANOSECONDS.toMillis(slowest),
                acked.size(),
                recoveries);
    }

    private Tried say(Http who, String room, String text) {
        long asked = System.nanoTime();
        Answer answer =
                who.post(
                        "/api/v1/chat/rooms/" + room + "/messages",
                        json(Map.of("text", text, "client_key", text)));
        Tried tried = new Tried(who, text, answer, System.nanoTime() - asked);
        if (tried.isAcked()) {
            acked.add(text);
        }
        return tried;
    }

    private static List<String> texts(House house, Person reader, String room) {
        return Speakers.history(house.port(), reader.accessToken(), room).stream()
                .filter(message -> message.get("kind").stringValue().equals("text"))
                .map(message -> message.get("text").stringValue())
                .collect(Collectors.toList());
    }

    private static String room(Person host) {
        return host.http().post("/api/v1/chat/rooms", json(Map.of("name", "garden"))).text("id");
    }

    private static long end(Person reader, String room) {
        JsonNode seen = reader.http().get("/api/v1/chat/rooms/" + room).data();
        return seen.get("last_seq").asLong();
    }

    private static Map<String, String> settings(int nodes) {
        return nodes == 1 ? Map.of() : Twins.SHARED;
    }

    private static long secondsSince(long begin) {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
    }
}
