package madang.rights;

import static java.nio.charset.StandardCharsets.UTF_8;
import static madang.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import madang.identity.PersonalData;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Db;
import madang.testing.Answer;
import madang.testing.Form;
import madang.testing.House;
import madang.testing.Person;
import madang.testing.Photos;
import madang.testing.Talker;
import madang.testing.Town;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class RightsTest {
    private static final String CONSENTS = "/api/v1/consents";
    private static final String EXPORT = "/api/v1/users/me/export";
    private static final String PASSWORD = "{\"password\":\"" + Person.PASSWORD + "\"}";

    @TempDir Path data;
    private Town town;
    private House house;
    private Rights rights;
    private Consents consents;
    private Db db;

    @BeforeEach
    void open() {
        town = Town.open(Map.of("MADANG_DATA", data.toString()));
        house = town.house();
        rights = house.wiring().rights().rights();
        consents = house.wiring().rights().consents();
        db = house.wiring().db();
    }

    @AfterEach
    void close() {
        town.close();
    }

    @Test
    void each_consent_is_asked_apart_and_taken_back_as_easily() {
        Person mina = town.mina();
        assertThat(
                        consent(house.stranger().get(CONSENTS), "sensitive")
                                .get("granted")
                                .booleanValue())
                .isFalse();
        JsonNode terms = consent(mina.http().get(CONSENTS), "terms");
        assertThat(terms.get("required").booleanValue()).isTrue();
        assertThat(terms.get("title").stringValue()).isEqualTo("이용 약관");
        assertThat(terms.get("decided_version").isNull()).isTrue();
        assertThat(consents.has(id(mina), ConsentKind.SENSITIVE)).isFalse();

        Answer yes = say(mina, "sensitive", "1", true);
        assertThat(yes.status()).isEqualTo(200);
        assertThat(yes.data().get("granted").booleanValue()).isTrue();
        assertThat(consents.has(id(mina), ConsentKind.SENSITIVE)).isTrue();
        assertThat(consents.has(id(mina), ConsentKind.MARKETING)).isFalse();
        assertThat(say(mina, "sensitive", "1", true).data()).isEqualTo(yes.data());
        assertThat(say(mina, "sensitive", "1", false).data().get("granted").booleanValue())
                .isFalse();
        assertThat(consents.has(id(mina), ConsentKind.SENSITIVE)).isFalse();
        assertThat(consents.words(id(mina))).hasSize(2);

        assertThat(say(mina, "terms", "1", false).code()).isEqualTo("CONSENT_REQUIRED");
        assertThat(say(mina, "llm", "0.9", true).code()).isEqualTo("CONSENT_OUTDATED");
        assertThat(say(mina, "soul", "1", true).code()).isEqualTo("CONSENT_NOT_FOUND");
        assertThat(say(mina, "llm", "한글", true).status()).isEqualTo(422);
        assertThat(house.stranger().put("/api/v1/users/me/consents/llm", "{}").status())
                .isEqualTo(401);
    }

    @Test
    void a_material_version_asks_anew_and_a_small_one_does_not() {
        Person mina = town.mina();
        Person chief = promoted(town.person("chief"));
        say(mina, "llm", "1", true);
        assertThat(publish(mina, "llm", "2", true).status()).isEqualTo(403);
        assertThat(publish(chief, "llm", "1.1", false).status()).isEqualTo(201);
        assertThat(consents.has(id(mina), ConsentKind.LLM)).isTrue();
        assertThat(say(mina, "llm", "1", true).code()).isEqualTo("CONSENT_OUTDATED");
        house.clock().move(Duration.ofSeconds(1));
        assertThat(publish(chief, "llm", "2", true).status()).isEqualTo(201);
        assertThat(publish(chief, "llm", "2", true).code()).isEqualTo("CONSENT_VERSION_EXISTS");
        assertThat(consents.has(id(mina), ConsentKind.LLM)).isFalse();
        JsonNode asked = consent(mina.http().get(CONSENTS), "llm");
        assertThat(asked.get("version").stringValue()).isEqualTo("2");
        assertThat(asked.get("decided_version").stringValue()).isEqualTo("1");
        assertThat(asked.get("url").stringValue()).isEqualTo("/terms");
        say(mina, "llm", "2", true);
        assertThat(consents.has(id(mina), ConsentKind.LLM)).isTrue();
    }

    @Test
    void the_ledger_only_grows_and_twenty_at_once_say_it_once() throws Exception {
        Person mina = town.mina();
        Callable<Integer> yes = () -> say(mina, "marketing", "1", true).status();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var done : threads.invokeAll(Stream.generate(() -> yes).limit(20).toList())) {
                assertThat(done.get()).isEqualTo(200);
            }
        }
        assertThat(consents.words(id(mina))).hasSize(1);
        for (String attempt :
                List.of(
                        "update rights.consent set is_granted = false",
                        "delete from rights.consent",
                        "truncate rights.consent")) {
            assertThatThrownBy(() -> db.run(tx -> tx.sql(attempt).count()))
                    .rootCause()
                    .hasMessageContaining("only grows");
        }
        consents.forget(house.clock().instant().minus(Duration.ofDays(1)));
        assertThat(consents.words(id(mina))).hasSize(1);
    }

    @Test
    void somebody_takes_away_everything_and_nobody_else_does() throws Exception {
        Person mina = town.mina();
        Person joon = town.joon();
        String room = town.room(mina, joon);
        try (Talker talker = town.talker(mina);
                Talker other = town.talker(joon)) {
            talker.opens(room);
            talker.says("차 마실래? 🍵", room);
            other.opens(room);
            other.says("Joon's own words", room);
        }
        Answer upload =
                mina.http()
                        .upload(
                                "/api/v1/chat/rooms/" + room + "/files",
                                Form.of("../나비.png", Photos.png(40, 30)));
        assertThat(upload.status()).isEqualTo(201);
        say(mina, "terms", "1", true);

        assertThat(mina.http().get(EXPORT).code()).isEqualTo("EXPORT_NOT_FOUND");
        Answer asked = mina.http().post(EXPORT);
        assertThat(asked.status()).isEqualTo(202);
        assertThat(mina.http().post(EXPORT).status()).isEqualTo(202);
        eventually(() -> mina.http().get(EXPORT).text("state").equals("ready"));
        JsonNode ready = mina.http().get(EXPORT).data();
        Answer file = mina.http().get(ready.get("url").stringValue());
        assertThat(file.status()).isEqualTo(200);
        assertThat(file.header("Content-Type")).isEqualTo("application/zip");
        assertThat(file.header("Cache-Control")).isEqualTo("no-store");
        assertThat((long) file.response().body().length).isEqualTo(ready.get("size").longValue());

        Map<String, byte[]> entries = unzipped(file.response().body());
        assertThat(entries.keySet())
                .contains(
                        "account/account.json",
                        "account/sign-ins.json",
                        "chat/messages.json",
                        "chat/rooms.json",
                        "people/friends.json",
                        "rights/consents.json",
                        "files/files.json")
                .allMatch(name -> !name.contains("../"));
        assertThat(entries.keySet().stream().filter(name -> name.endsWith(".png"))).hasSize(1);
        String all =
                entries.entrySet().stream()
                        .filter(entry -> entry.getKey().endsWith(".json"))
                        .map(entry -> new String(entry.getValue(), UTF_8))
                        .reduce("", String::concat);
        assertThat(all)
                .contains("차 마실래? 🍵", "\"username\":\"mina\"", "\"version\":\"1\"")
                .doesNotContain("Joon's own words", "password_hash", "token");

        assertThat(joon.http().get(EXPORT).status()).isEqualTo(404);
        assertThat(joon.http().get(EXPORT + "/file").code()).isEqualTo("EXPORT_NOT_FOUND");
        assertThat(house.stranger().get(EXPORT + "/file").status()).isEqualTo(401);

        house.clock().move(Duration.ofDays(7).plusMinutes(1));
        rights.sweepExports();
        assertThat(mina.onAnotherDevice().http().get(EXPORT + "/file").status()).isEqualTo(404);
        assertThat(count("rights.export")).isZero();
    }

    @Test
    void an_export_whose_maker_died_is_made_by_the_next() {
        Person mina = town.mina();
        db.run(tx ->
                tx.sql(
                                """
                                insert into rights.export (user_id, blob_id, requested_at, claimed_until)
                                values (:user, gen_random_uuid(), :now, :until)
                                """)
                        .with("user", id(mina))
                        .with("now", house.clock().instant())
                        .with("until", house.clock().instant().plus(Duration.ofMinutes(30)))
                        .count());
        rights.makeExports();
        assertThat(mina.http().get(EXPORT).text("state")).isEqualTo("being_made");
        house.clock().move(Duration.ofMinutes(31));
        rights.makeExports();
        assertThat(mina.onAnotherDevice().http().get(EXPORT).text("state")).isEqualTo("ready");
    }

    @Test
    void who_leaves_is_out_at_once_and_may_think_better_of_it() {
        Person mina = town.mina();
        assertThat(leave(mina, "{}").code()).isEqualTo("AUTH_INVALID_CREDENTIALS");
        assertThat(leave(mina, "{\"password\":\"wrong password\"}").status()).isEqualTo(403);
        assertThat(mina.http().get("/api/v1/users/me").status()).isEqualTo(200);
        Person tablet = mina.onAnotherDevice();
        try (Talker socket = town.talker(tablet)) {
            Answer left =
                    leave(
                            mina,
                            "{\"password\":\"%s\",\"reason\":\"쉬고 싶어요\"}"
                                    .formatted(Person.PASSWORD));
            assertThat(left.status()).isEqualTo(200);
            assertThat(left.data().isNull()).isTrue();
            assertThat(socket.closeCode()).isEqualTo(4401);
        }
        assertThat(mina.http().get("/api/v1/users/me").status()).isEqualTo(401);

        house.clock().move(Duration.ofDays(6));
        rights.eraseGone();
        Person back = mina.onAnotherDevice();
        assertThat(back.http().get("/api/v1/users/me").text("username")).isEqualTo("mina");
        eventually(() -> count("rights.withdrawal") == 0);
        house.clock().move(Duration.ofDays(2));
        rights.eraseGone();
        assertThat(mina.onAnotherDevice().http().get("/api/v1/users/me").status()).isEqualTo(200);
    }

    @Test
    void after_the_grace_nobody_comes_back() {
        Person mina = town.mina();
        leave(mina, PASSWORD);
        house.clock().move(Duration.ofDays(7).plusMinutes(1));
        rights.eraseGone();
        Answer refused =
                house.stranger()
                        .post(
                                "/api/v1/auth/login",
                                "{\"username\":\"mina\",\"password\":\"%s\"}"
                                        .formatted(Person.PASSWORD));
        assertThat(refused.code()).isEqualTo("AUTH_INVALID_CREDENTIALS");
        assertThat(house.person("mina").id()).as("the name is free").isNotEqualTo(mina.id());
        List<String> noted =
                db.read(tx ->
                        tx.sql("select action from audit.entry where target_id = :id order by id")
                                .with("id", id(mina))
                                .list(String.class));
        assertThat(noted).containsExactly("USER_WITHDREW", "USER_ERASED");
    }

    @Test
    void an_erasure_that_was_cut_off_goes_on_where_it_was() {
        Person mina = town.mina();
        int[] calls = {0};
        house.wiring()
                .rights()
                .forgets(
                        "fragile",
                        _ -> {
                            if (calls[0]++ < 2) {
                                throw new IllegalStateException("cut off");
                            }
                        });
        leave(mina, PASSWORD);
        house.clock().move(Duration.ofDays(8));
        for (int round = 0; round < 4; round++) {
            rights.eraseGone();
        }
        assertThat(calls[0]).isEqualTo(3);
        assertThat(count("audit.entry where action = 'USER_ERASED'")).isEqualTo(1);
    }

    @Test
    void a_name_from_outside_leads_nowhere() throws Exception {
        var bytes = new java.io.ByteArrayOutputStream();
        try (ZipArchive zip = new ZipArchive(bytes, new madang.kit.json.Json())) {
            PersonalData.Archive archive = zip.section("files");
            for (String name : List.of("../../etc/passwd", "..", "a.txt", "a.txt", "C:\\b\0", "")) {
                archive.putFile(name, out -> out.write(1));
            }
            archive.<Integer>putAll(
                    "numbers",
                    last -> last == null ? List.of(1, 2) : last < 4 ? List.of(3, 4) : List.of());
        }
        Map<String, byte[]> entries = unzipped(bytes.toByteArray());
        assertThat(entries.keySet())
                .containsExactlyInAnyOrder(
                        "files/.._.._etc_passwd",
                        "files/_",
                        "files/a.txt",
                        "files/2-a.txt",
                        "files/C__b_",
                        "files/2-_",
                        "files/numbers.json");
        assertThat(new String(entries.get("files/numbers.json"), UTF_8))
                .isEqualTo("[\n1,\n2,\n3,\n4]");
    }

    private long count(String rows) {
        return db.read(tx -> tx.sql("select count(*) from " + rows).one(Long.class));
    }

    private Answer leave(Person person, String json) {
        return person.http().send("DELETE", "/api/v1/users/me", json);
    }

    private static Answer say(Person person, String kind, String version, boolean granted) {
        return person.http()
                .put(
                        "/api/v1/users/me/consents/" + kind,
                        "{\"version\":\"%s\",\"granted\":%s}".formatted(version, granted));
    }

    private static Answer publish(Person person, String kind, String version, boolean material) {
        return person.http()
                .post(
                        "/api/v1/admin/consents",
                        "{\"kind\":\"%s\",\"version\":\"%s\",\"url\":\"/terms\",\"material\":%s}"
                                .formatted(kind, version, material));
    }

    private static JsonNode consent(Answer answer, String kind) {
        return answer.data()
                .get("items")
                .valueStream()
                .filter(item -> item.get("kind").stringValue().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private Person promoted(Person person) {
        db.run(tx ->
                tx.sql("update identity.users set role = 'SUPER_ADMIN' where id = :id")
                        .with("id", id(person))
                        .count());
        return person;
    }

    private static Id<User> id(Person person) {
        return Id.parse(person.id());
    }

    private static Map<String, byte[]> unzipped(byte[] zip) throws IOException {
        Map<String, byte[]> entries = new HashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip), UTF_8)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                entries.put(entry.getName(), in.readAllBytes());
            }
        }
        return entries;
    }
}
