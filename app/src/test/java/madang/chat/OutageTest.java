package madang.chat;

import static madang.chat.ChatRoomsTest.await;
import static madang.testing.Town.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import madang.embedded.EmbeddedPostgres;
import madang.testing.Answer;
import madang.testing.House;
import madang.testing.Person;
import madang.testing.Talker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// While PostgreSQL is away everybody is told to come back, soon and with the right word;
/// afterwards everything goes on by itself, and what was said in between is there once.
class OutageTest {
    private static final int OUTAGE_SECONDS = 5;

    @TempDir private Path folder;

    @Test
    void while_postgres_is_away_senders_are_told_to_come_back_and_nothing_is_lost()
            throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.startForgetful(folder);
                House house = House.on(postgres.address(), Map.of())) {
            Person mina = house.person("mina");
            Person joon = house.person("joon");
            String room =
                    mina.http()
                            .post("/api/v1/chat/rooms", "{\"name\":\"garden\"}")
                            .data()
                            .get("id")
                            .stringValue();
            joon.http().post("/api/v1/chat/rooms/" + room + "/join");
            try (Talker listener = Talker.connect(house.port(), joon.accessToken())) {
                LogFollower log = new LogFollower();
                log.answered(listener.opens(room));
                ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();
                ConcurrentLinkedQueue<Long> waits = new ConcurrentLinkedQueue<>();
                long begin = System.nanoTime();
                List<Thread> senders = new ArrayList<>();
                for (int i = 0; i < 30; i++) {
                    int sender = i;
                    senders.add(
                            Thread.startVirtualThread(() -> {
                                for (int n = 0; secondsSince(begin) < OUTAGE_SECONDS; n++) {
                                    long asked = System.nanoTime();
                                    answers.add(send(mina, room, sender + " " + n));
                                    waits.add(System.nanoTime() - asked);
                                }
                            }));
                }
                while (secondsSince(begin) < OUTAGE_SECONDS) {
                    killPostgres();
                    Thread.sleep(20);
                }
                for (Thread sender : senders) {
                    sender.join();
                }
                long longest = waits.stream().mapToLong(wait -> wait).max().orElseThrow();
                System.out.printf(
                        "%d sends, %d refused, the longest wait %d ms%n",
                        answers.size(),
                        answers.stream().filter(answer -> answer.status() == 503).count(),
                        TimeUnit.NANOSECONDS.toMillis(longest));
                assertThat(answers).allMatch(a -> a.status() == 201 || a.status() == 503);
                assertThat(answers).anyMatch(answer -> answer.status() == 503);
                assertThat(longest)
                        .as("2.5 s on a machine that does nothing else")
                        .isLessThan(TimeUnit.SECONDS.toNanos(5));

                await(() -> send(mina, room, "back again").status(), status -> status / 100 == 2);
                List<String> promised =
                        answers.stream()
                                .filter(answer -> answer.status() == 201)
                                .map(answer -> answer.data().get("id").stringValue())
                                .toList();
                await(
                        () -> {
                            listen(listener, log, room);
                            return log.messages().keySet();
                        },
                        heard -> heard.containsAll(promised));
            }
        }
    }

    /// What came as a push, or, after a hole or a reset, what is asked for.
    private static void listen(Talker listener, LogFollower log, String room) {
        listener.pushes().stream()
                .filter(push -> push.get("method").stringValue().equals("chat.message"))
                .map(push -> push.get("params"))
                .filter(message -> message.get("changed_seq").asLong() > log.position())
                .forEach(log::pushed);
        boolean isTold =
                listener.pushes().stream()
                        .anyMatch(push -> push.get("method").stringValue().equals("chat.reset"));
        if (isTold || !log.holes().isEmpty()) {
            JsonNode answer = listener.calls("chat.resume", "room", room, "after", 0);
            if (answer.has("result")) {
                log.answered(answer.get("result"));
            }
        }
    }

    private void killPostgres() {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path pidFile : all.filter(path -> path.endsWith("postmaster.pid")).toList()) {
                long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
                ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
            }
        } catch (IOException
                | UncheckedIOException
                | java.util.NoSuchElementException
                | NumberFormatException changing) {
            // It was dying or starting already.
        }
    }

    private static Answer send(Person person, String room, String text) {
        return person.http()
                .post(
                        "/api/v1/chat/rooms/" + room + "/messages",
                        json(Map.of("text", text, "client_key", text)));
    }

    private static long secondsSince(long begin) {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
    }
}
