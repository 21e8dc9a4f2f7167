package madang.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static madang.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import madang.kit.Id;
import madang.testing.Answer;
import madang.testing.Form;
import madang.testing.Http;
import madang.testing.Person;
import madang.testing.Photos;
import madang.testing.Town;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ChatFilesTest {
    private static final byte[] TEA = "차 한 잔 하실래요? 🍵\n".getBytes(UTF_8);
    @TempDir private static Path data;
    private static Town town;

    @BeforeAll
    static void open() {
        town = Town.open(Map.of("MADANG_DATA", data.toString(), "MADANG_UPLOAD_QUOTA", "60"));
    }

    @AfterAll
    static void close() {
        town.close();
    }

    @Test
    void a_document_is_a_message_and_comes_back_as_it_was() {
        String room = town.room(town.mina(), town.joon());
        Answer sent =
                upload(town.mina(), room, Form.of("초대장 🍵.txt", TEA).field("text", "tea at three"));
        assertThat(sent.status()).isEqualTo(201);
        assertThat(sent.text("kind")).isEqualTo("file");
        assertThat(sent.text("text")).isEqualTo("tea at three");
        JsonNode file = sent.data().get("file");
        assertThat(file.get("name").stringValue()).isEqualTo("초대장 🍵.txt");
        assertThat(file.get("mime_type").stringValue()).isEqualTo("text/plain");
        assertThat(file.get("size").asInt()).isEqualTo(TEA.length);
        assertThat(file.get("width").isNull()).isTrue();
        assertThat(file.get("has_thumbnail").booleanValue()).isFalse();

        Answer got = town.joon().http().get(address(sent));
        assertThat(got.status()).isEqualTo(200);
        assertThat(got.response().body()).isEqualTo(TEA);
        assertThat(got.header("Content-Type")).isEqualTo("text/plain");
        assertThat(got.header("Content-Disposition"))
                .startsWith("attachment; ")
                .endsWith("filename*=UTF-8''%EC%B4%88%EB%8C%80%EC%9E%A5%20%F0%9F%8D%B5.txt");
        assertThat(got.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(got.header("Content-Security-Policy")).contains("sandbox");
        assertThat(got.header("Cache-Control")).startsWith("private");
        assertThat(town.joon().http().get(address(sent) + "/thumbnail").status()).isEqualTo(404);
    }

    @Test
    void a_photo_is_seen_by_the_room_and_tells_nothing_else() {
        String room = town.room(town.mina(), town.joon());
        Answer sent = upload(town.mina(), room, Form.of("garden.JPG", Photos.jpeg(900, 600, 6)));
        JsonNode file = sent.data().get("file");
        assertThat(sent.text("kind")).isEqualTo("image");
        assertThat(file.get("width").asInt()).isEqualTo(600);
        assertThat(file.get("has_thumbnail").booleanValue()).isTrue();

        Answer photo = town.joon().http().get(address(sent));
        assertThat(photo.header("Content-Type")).isEqualTo("image/jpeg");
        assertThat(photo.header("Content-Disposition")).startsWith("inline; ");
        assertThat(photo.text()).doesNotContain(Photos.SECRET, "Exif");
        Answer small = town.joon().http().get(address(sent) + "/thumbnail");
        assertThat(small.header("Content-Type")).isEqualTo("image/jpeg");
        assertThat(Photos.decoded(small.response().body()).getHeight()).isEqualTo(480);
    }

    @Test
    void the_room_hears_it_at_once() {
        String room = town.room(town.mina(), town.joon());
        var joon = town.talker(town.joon());
        joon.opens(room);
        Answer sent = upload(town.mina(), room, Form.of("tea.txt", TEA));
        JsonNode heard = joon.hears("chat.message");
        while (heard.get("kind").stringValue().equals("notice")) { // who joined is told late
            heard = joon.hears("chat.message");
        }
        assertThat(heard.get("file")).isEqualTo(sent.data().get("file"));
    }

    @Test
    void outsiders_find_no_file() {
        String room = town.room(town.mina());
        Answer sent = upload(town.mina(), room, Form.of("tea.txt", TEA));
        Answer unknown =
                town.sora().http().get("/api/v1/chat/files/01939f6e-7c3b-7aaa-8bbb-0123456789ab");
        for (String address : List.of(address(sent), address(sent) + "/thumbnail")) {
            Answer refused = town.sora().http().get(address);
            assertThat(refused.status()).isEqualTo(404);
            assertThat(refused.code()).isEqualTo(unknown.code()).isEqualTo("FILE_NOT_FOUND");
        }
        assertThat(town.sora().http().get("/api/v1/chat/files/nonsense").code())
                .isEqualTo("FILE_NOT_FOUND");
        assertThat(town.house().stranger().get(address(sent)).status()).isEqualTo(401);
    }

    @Test
    void who_may_not_speak_may_not_send() {
        String hidden = town.room(town.mina());
        String open = town.publicRoom(town.mina());
        long before = blobs();
        assertThat(upload(town.sora(), hidden, Form.of("a.txt", TEA)).status()).isEqualTo(404);
        assertThat(upload(town.sora(), open, Form.of("a.txt", TEA)).status()).isEqualTo(403);
        assertThat(blobs()).isEqualTo(before);
        Answer sent = upload(town.mina(), open, Form.of("a.txt", TEA));
        assertThat(town.sora().http().get(address(sent)).status()).isEqualTo(200);
    }

    @Test
    void a_second_try_is_the_first_message() {
        String room = town.room(town.mina());
        long before = blobs();
        Form form = Form.of("a.txt", TEA).field("client_key", "only once");
        Answer first = upload(town.mina(), room, form);
        Answer second = upload(town.mina(), room, form);
        Answer third =
                town.mina()
                        .http()
                        .with("Idempotency-Key", "only-once-more")
                        .upload(files(room), Form.of("a.txt", TEA));
        Answer fourth =
                town.mina()
                        .http()
                        .with("Idempotency-Key", "only-once-more")
                        .upload(files(room), Form.of("a.txt", TEA));
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.text("id")).isEqualTo(first.text("id"));
        assertThat(fourth.text("id")).isEqualTo(third.text("id"));
        assertThat(blobs()).isEqualTo(before + 2);
        assertThat(town.mina().http().get(address(first)).status()).isEqualTo(200);
    }

    @Test
    void two_tries_at_once_are_one_message() throws Exception {
        String room = town.room(town.mina());
        long before = blobs();
        byte[] photo = Photos.png(600, 500);
        try (var tries = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> answers =
                    IntStream.range(0, 6)
                            .mapToObj(_ ->
                                    tries.submit(() ->
                                            upload(
                                                    town.mina(),
                                                    room,
                                                    Form.of("a.png", photo)
                                                            .field("client_key", "k"))))
                            .toList();
            String first = answers.getFirst().get().text("id");
            for (Future<Answer> answer : answers) {
                assertThat(answer.get().text("id")).isEqualTo(first);
            }
        }
        assertThat(blobs()).isEqualTo(before + 2);
    }

    @Test
    void a_deleted_message_takes_its_file_along() {
        String room = town.room(town.mina(), town.joon());
        long before = blobs();
        Answer sent = upload(town.mina(), room, Form.of("a.png", Photos.png(600, 500)));
        assertThat(blobs()).isEqualTo(before + 2);
        Answer deleted =
                town.mina()
                        .http()
                        .delete("/api/v1/chat/rooms/" + room + "/messages/" + sent.text("id"));
        assertThat(deleted.status()).isEqualTo(200);
        assertThat(town.joon().http().get(address(sent)).status()).isEqualTo(404);
        assertThat(blobs()).isEqualTo(before);
    }

    @Test
    void a_deleted_room_takes_its_files_along() {
        String room = town.room(town.mina());
        long before = blobs();
        Answer sent = upload(town.mina(), room, Form.of("a.txt", TEA));
        town.mina().http().delete("/api/v1/chat/rooms/" + room);
        assertThat(town.mina().http().get(address(sent)).status()).isEqualTo(404);
        eventually(() -> due() == 1);
        sweep();
        assertThat(blobs()).isEqualTo(before);
        assertThat(rows(room)).isZero();
    }

    /// As after a crash between the deletion and the letting go of its file, or before it.
    @Test
    void the_sweep_asks_the_log_and_forgets_nothing() {
        String room = town.room(town.mina());
        Answer stays = upload(town.mina(), room, Form.of("a.txt", TEA));
        Answer goes = upload(town.mina(), room, Form.of("b.txt", TEA));
        change("update chat.message set file = null where id = :id", goes.text("id"));
        change("update files.file set ask_at = '2020-01-01' where place_id = :id", room);
        sweep();
        assertThat(rows(room)).isEqualTo(1);
        assertThat(town.mina().http().get(address(stays)).status()).isEqualTo(200);
        assertThat(town.mina().http().get(address(goes)).status()).isEqualTo(404);
        assertThat(due()).isZero();
    }

    @Test
    void a_name_that_lies_is_refused() {
        String room = town.room(town.mina());
        Answer disguised = upload(town.mina(), room, Form.of("a.txt", Photos.png(20, 20)));
        assertThat(disguised.status()).isEqualTo(422);
        assertThat(disguised.details().get("file").stringValue()).contains("확장자");
        Answer page =
                upload(town.mina(), room, Form.of("a.html", "<script>1</script>".getBytes(UTF_8)));
        Answer got = town.mina().http().get(address(page));
        assertThat(got.header("Content-Type")).isEqualTo("application/octet-stream");
        assertThat(got.header("Content-Disposition")).startsWith("attachment; ");
    }

    @Test
    void a_bomb_and_a_broken_picture_are_refused() {
        String room = town.room(town.mina());
        long before = blobs();
        assertThat(
                        upload(town.mina(), room, Form.of("a.png", Photos.bomb(30_000, 30_000)))
                                .status())
                .isEqualTo(422);
        byte[] cut = Arrays.copyOf(Photos.png(300, 300), 60);
        assertThat(upload(town.mina(), room, Form.of("a.png", cut)).status()).isEqualTo(422);
        assertThat(blobs()).isEqualTo(before);
        assertThat(rows(room)).isZero();
    }

    @Test
    void ten_mebibytes_pass_and_no_byte_more() throws IOException {
        String room = town.room(town.mina());
        byte[] most = new byte[10 << 20];
        Answer sent = upload(town.mina(), room, Form.of("a.bin", most));
        assertThat(sent.status()).isEqualTo(201);
        assertThat(town.mina().http().get(address(sent)).response().body()).isEqualTo(most);
        Answer refused = upload(town.mina(), room, Form.of("a.bin", new byte[(10 << 20) + 1]));
        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.code()).isEqualTo("FILE_TOO_LARGE");
        assertThat(upload(town.mina(), room, Form.of("a.bin", new byte[12 << 20])).code())
                .isEqualTo("FILE_TOO_LARGE");
        assertThat(uploads()).isEmpty();
    }

    @Test
    void a_form_must_be_one() {
        String room = town.room(town.mina());
        Http mina = town.mina().http();
        assertThat(mina.post(files(room), "{}").status()).isEqualTo(415);
        Http form = mina.with("Content-Type", Form.CONTENT_TYPE);
        assertThat(form.send("POST", files(room), "no form at all").status()).isEqualTo(400);
        assertThat(form.send("POST", files(room), new byte[0]).status()).isEqualTo(400);
        byte[] whole = Form.of("a.txt", TEA).bytes();
        byte[] cut = Arrays.copyOf(whole, whole.length - 20);
        assertThat(form.send("POST", files(room), cut).status()).isEqualTo(400);
        assertThat(upload(town.mina(), room, new Form().field("text", "no file")).status())
                .isEqualTo(422);
        Form two = Form.of("a.txt", TEA).file("b.txt", TEA);
        assertThat(upload(town.mina(), room, two).status()).isEqualTo(422);
        assertThat(upload(town.mina(), room, Form.of("a.txt", new byte[0])).status())
                .isEqualTo(422);
        Form many = Form.of("a.txt", TEA);
        IntStream.range(0, 100).forEach(i -> many.field("field" + i, "x"));
        assertThat(upload(town.mina(), room, many).status()).isEqualTo(400);
        byte[] broken = Form.of("a.txt", TEA).field("text", "?").bytes();
        broken[new String(broken, java.nio.charset.StandardCharsets.ISO_8859_1).lastIndexOf('?')] =
                (byte) 0xFF;
        assertThat(form.send("POST", files(room), broken).status()).as("no UTF-8").isEqualTo(400);
        Form wordy = Form.of("a.txt", TEA).field("text", "차".repeat(4_001));
        assertThat(upload(town.mina(), room, wordy).details().has("text")).isTrue();
        assertThat(upload(town.mina(), room, Form.of("a.txt", TEA).field("text", "")).status())
                .isEqualTo(201);
        assertThat(uploads()).isEmpty();
    }

    @Test
    void a_part_of_a_file_can_be_had() {
        Answer sent =
                upload(
                        town.mina(),
                        town.room(town.mina()),
                        Form.of("a.txt", "0123456789".getBytes(UTF_8)));
        assertThat(ranged(sent, "bytes=2-4").text()).isEqualTo("234");
        assertThat(ranged(sent, "bytes=2-4").status()).isEqualTo(206);
        assertThat(ranged(sent, "bytes=2-4").header("Content-Range")).isEqualTo("bytes 2-4/10");
        assertThat(ranged(sent, "bytes=7-").text()).isEqualTo("789");
        assertThat(ranged(sent, "bytes=-2").text()).isEqualTo("89");
        assertThat(ranged(sent, "bytes=-99").text()).isEqualTo("0123456789");
        assertThat(ranged(sent, "bytes=5-99").header("Content-Range")).isEqualTo("bytes 5-9/10");
        Answer beyond = ranged(sent, "bytes=10-");
        assertThat(beyond.status()).isEqualTo(416);
        assertThat(beyond.header("Content-Range")).isEqualTo("bytes */10");
        for (String strange : List.of("bytes=4-2", "bytes=-", "bytes=0-1,3-4", "lines=1-2", "x")) {
            assertThat(ranged(sent, strange).status()).as(strange).isEqualTo(200);
        }
        String tag = town.mina().http().get(address(sent)).header("ETag");
        Http mina = town.mina().http().with("Range", "bytes=0-0");
        assertThat(mina.with("If-Range", tag).get(address(sent)).status()).isEqualTo(206);
        assertThat(mina.with("If-Range", "\"old\"").get(address(sent)).status()).isEqualTo(200);
    }

    @Test
    void who_has_it_already_gets_nothing_twice() {
        Answer sent = upload(town.mina(), town.room(town.mina()), Form.of("a.txt", TEA));
        Http mina = town.mina().http();
        String tag = mina.get(address(sent)).header("ETag");
        Answer again = mina.with("If-None-Match", "\"other\", W/" + tag).get(address(sent));
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.response().body()).isEmpty();
        Answer head = mina.send("HEAD", address(sent), (byte[]) null);
        assertThat(head.header("Content-Length")).isEqualTo(Integer.toString(TEA.length));
        assertThat(head.response().body()).isEmpty();
        assertThat(town.sora().http().with("If-None-Match", tag).get(address(sent)).status())
                .isEqualTo(404);
    }

    @Test
    void a_day_has_a_quota_and_the_next_day_another() {
        Person greedy = town.person("greedy");
        String room = town.room(greedy);
        for (int i = 0; i < 6; i++) {
            assertThat(upload(greedy, room, Form.of("a.bin", new byte[10 << 20])).status())
                    .isEqualTo(201);
        }
        Answer refused = upload(greedy, room, Form.of("a.bin", new byte[1]));
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.code()).isEqualTo("FILE_QUOTA_EXCEEDED");
        change(
                "update files.file set created_at = created_at - interval '25 hours' where place_id = :id",
                room);
        assertThat(upload(greedy, room, Form.of("a.bin", new byte[1])).status()).isEqualTo(201);
    }

    /// Whoever sends rubbish instead of pictures hears a refusal, and nothing of ours breaks.
    @Test
    void names_of_all_kinds_come_back() {
        String room = town.room(town.mina());
        for (String name :
                List.of("../../etc/passwd", "한글.txt", "a\u202Etxt.exe", "👨‍👩‍👧.txt")) {
            Answer sent = upload(town.mina(), room, Form.of(name, TEA));
            assertThat(sent.status()).as(name).isEqualTo(201);
            assertThat(sent.data().get("file").get("name").stringValue())
                    .doesNotContain("/", "\u202E")
                    .isNotBlank();
        }
    }

    private static Answer upload(Person who, String room, Form form) {
        return who.http().upload(files(room), form);
    }

    private static String files(String room) {
        return "/api/v1/chat/rooms/" + room + "/files";
    }

    private static String address(Answer sent) {
        return "/api/v1/chat/files/" + sent.data().get("file").get("id").stringValue();
    }

    private static Answer ranged(Answer sent, String range) {
        return town.mina().http().with("Range", range).get(address(sent));
    }

    private static void sweep() {
        town.house().wiring().files().files().sweep();
    }

    private static long rows(String room) {
        return count("select count(*) from files.file where place_id = :id", room);
    }

    private static long due() {
        return count("select count(*) from files.file where ask_at <= now()", null);
    }

    private static long count(String sql, String id) {
        return town.house()
                .wiring()
                .db()
                .read(tx -> tx.sql(sql).with("id", Id.parse(id)).one(Long.class));
    }

    private static void change(String sql, String id) {
        town.house().wiring().db().run(tx -> tx.sql(sql).with("id", Id.parse(id)).count());
    }

    private static long blobs() {
        return filesBelow(data.resolve("blobs")).size();
    }

    private static List<Path> uploads() {
        return filesBelow(data.resolve("uploads"));
    }

    private static List<Path> filesBelow(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
