package madang.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static madang.testing.Eventually.eventually;
import static madang.testing.Town.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import madang.embedded.EmbeddedPostgres;
import madang.testing.Answer;
import madang.testing.Form;
import madang.testing.House;
import madang.testing.Person;
import madang.testing.Photos;
import madang.testing.PostgresProcess;
import madang.testing.SmallDisk;
import madang.testing.Town;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where the disk is really full, uploads are refused in the right words at whatever step it
/// happens, nothing half is left, and everything else goes on; where it is the disk of the
/// database, so are messages. It is over when there is room again.
class FullDiskTest {
    private static final int KIB = 1 << 10;
    private static final byte[] DOCUMENT = "차 한 잔 🍵 ".repeat(20_000).getBytes(UTF_8);

    @TempDir private static Path folder;

    @TempDir private Path databaseFolder;

    private static SmallDisk disk;
    private static Town town;

    @BeforeAll
    static void open() {
        disk = SmallDisk.at(folder, 8).orElse(null);
        if (disk == null) {
            System.out.println("no disk is filled: nobody may mount one here");
        }
        assumeTrue(disk != null, "nobody may mount a disk here");
        town = Town.open(Map.of("MADANG_DATA", disk.data().toString()));
    }

    @AfterAll
    static void close() {
        if (disk != null) {
            town.close();
            disk.close();
        }
    }

    @AfterEach
    void empty() {
        disk.empties();
    }

    /// From no room at all to almost enough: with each the disk is full at another step.
    @Test
    void at_whatever_step_the_disk_is_full_that_is_said_and_nothing_half_is_left() {
        String room = town.room(town.mina());
        List<Form> uploads =
                List.of(
                        Form.of("tea.txt", DOCUMENT),
                        Form.of("garden.jpg", Photos.jpeg(noise(), 6)),
                        Form.of("garden.png", Photos.png(noise(), 6)));
        for (Form upload : uploads) {
            int refused = 0;
            disk.leaves(0);
            Answer answer = upload(room, upload);
            assertThat(answer.status()).isEqualTo(507);
            for (int left = 0; answer.status() != 201; left += 150) {
                assertThat(answer.status()).as(answer.text()).isEqualTo(507);
                assertThat(answer.code()).isEqualTo("STORAGE_FULL");
                eventually(() -> unfinished().isEmpty());
                assertThat(town.says(town.mina(), "there is room for words", room)).isNotNull();
                refused++;
                disk.leaves((long) left * KIB);
                answer = upload(room, upload);
            }
            assertThat(refused).isGreaterThan(3);
            eventually(() -> unfinished().isEmpty());
            Answer back = town.mina().http().get("/api/v1/chat/files/" + file(answer));
            assertThat(back.status()).isEqualTo(200);
        }
        assertThat(shown(room)).isEqualTo(uploads.size());
    }

    @Test
    void where_many_take_the_last_room_at_once_each_has_all_or_nothing() throws Exception {
        String room = town.room(town.mina());
        int before = stored().size();
        disk.leaves(4L * DOCUMENT.length);
        Collection<Answer> answers = new ConcurrentLinkedQueue<>();
        List<Thread> crowd = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            crowd.add(
                    Thread.startVirtualThread(
                            () -> answers.add(upload(room, Form.of("tea.txt", DOCUMENT)))));
        }
        for (Thread one : crowd) {
            one.join();
        }

        List<Answer> taken = answers.stream().filter(answer -> answer.status() == 201).toList();
        assertThat(answers).hasSize(12);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 201)
                .isNotEmpty()
                .allMatch(answer -> answer.code().equals("STORAGE_FULL"));
        eventually(() -> unfinished().isEmpty());
        assertThat(stored()).hasSize(before + taken.size());
        assertThat(shown(room)).isEqualTo(taken.size());

        disk.empties();
        Answer again = upload(room, Form.of("tea.txt", DOCUMENT));
        assertThat(again.status()).isEqualTo(201);
        Answer back = town.mina().http().get("/api/v1/chat/files/" + file(again));
        assertThat(back.response().body()).isEqualTo(DOCUMENT);
    }

    /// It is killed on its full disk, too.
    @Test
    void where_the_database_finds_no_room_nothing_is_promised_and_nothing_is_lost() {
        try (SmallDisk own = SmallDisk.at(databaseFolder, 400).orElseThrow();
                EmbeddedPostgres postgres = EmbeddedPostgres.startForgetful(own.data());
                House house = House.on(postgres.address(), Map.of())) {
            Person mina = house.person("mina");
            String room = room(mina);
            Set<String> acked = new TreeSet<>();
            Set<String> refused = new TreeSet<>();
            own.leaves(256 * KIB);
            for (int i = 0; refused.size() < 23; i++) {
                if (refused.size() == 20) {
                    PostgresProcess.below(own.data()).kill();
                }
                String text = i + " 가".repeat(1_000);
                Answer answer = say(mina, room, text);
                assertThat(answer.status()).as(answer.text()).isIn(201, 503);
                (answer.status() == 201 ? acked : refused).add(text);
            }
            assertThat(acked).isNotEmpty();
            own.empties();
            refused.forEach(text -> eventually(() -> say(mina, room, text).status() / 100 == 2));

            acked.addAll(refused);
            assertThat(Speakers.history(house.port(), mina.accessToken(), room))
                    .filteredOn(message -> message.get("kind").stringValue().equals("text"))
                    .extracting(message -> message.get("text").stringValue())
                    .as("each once")
                    .containsExactlyInAnyOrderElementsOf(acked);
        }
    }

    private static Answer say(Person who, String room, String text) {
        String key = text.split(" ", 2)[0];
        return who.http()
                .post(
                        "/api/v1/chat/rooms/" + room + "/messages",
                        json(Map.of("text", text, "client_key", key)));
    }

    private static String room(Person host) {
        return host.http().post("/api/v1/chat/rooms", json(Map.of("name", "garden"))).text("id");
    }

    private static Answer upload(String room, Form form) {
        return town.mina().http().upload("/api/v1/chat/rooms/" + room + "/files", form);
    }

    private static String file(Answer sent) {
        return sent.data().get("file").get("id").stringValue();
    }

    /// How many messages of a room show a file.
    private static long shown(String room) {
        return Speakers.history(town.house().port(), town.mina().accessToken(), room).stream()
                .filter(message -> message.hasNonNull("file"))
                .count();
    }

    /// A picture that does not compress.
    private static BufferedImage noise() {
        BufferedImage noise = new BufferedImage(500, 350, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(7);
        for (int y = 0; y < noise.getHeight(); y++) {
            for (int x = 0; x < noise.getWidth(); x++) {
                noise.setRGB(x, y, random.nextInt(1 << 24));
            }
        }
        return noise;
    }

    private static List<Path> unfinished() {
        return files().stream().filter(file -> !isBlob(file)).toList();
    }

    private static List<Path> stored() {
        return files().stream().filter(FullDiskTest::isBlob).toList();
    }

    private static boolean isBlob(Path file) {
        Path blobs = disk.data().resolve("blobs");
        return file.startsWith(blobs) && !file.startsWith(blobs.resolve("drafts"));
    }

    private static List<Path> files() {
        try (Stream<Path> all = Files.walk(disk.data())) {
            return all.filter(Files::isRegularFile).toList();
        } catch (IOException | UncheckedIOException changing) {
            return List.of(disk.data());
        }
    }
}
