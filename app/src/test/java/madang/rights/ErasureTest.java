package madang.rights;

import static java.nio.charset.StandardCharsets.UTF_8;
import static madang.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Db;
import madang.testing.Answer;
import madang.testing.Form;
import madang.testing.House;
import madang.testing.Person;
import madang.testing.Talker;
import madang.testing.Town;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Somebody with something in every table that knows people is erased; then PostgreSQL is asked for
/// the tables that there are, each table's comment for what may stay, and the disk for the rest.
///
/// Whoever makes a new table about people meets this test: it says that nothing was tried there.
class ErasureTest {
    /// Tables in which nobody can have something for the days of grace, or who writes erasure down.
    private static final Set<String> NOT_TRIED =
            Set.of(
                    "social.attempt", // ten minutes
                    "social.goodbye", // until the provider answers
                    "kit.presence", // while a socket is open
                    "rights.erasure",
                    "rights.erased_section");

    private static final String WORD = "qanary";
    private static final String PHONE = "821099998888";

    @TempDir Path data;
    private Town town;
    private House house;
    private Db db;
    private Person canary;
    private Person joon;

    @BeforeEach
    void open() {
        town = Town.open(Map.of("MADANG_DATA", data.toString()));
        house = town.house();
        db = house.wiring().db();
        canary = town.person("qanary-name");
        joon = town.joon();
    }

    @AfterEach
    void close() {
        town.close();
    }

    @Test
    void nothing_is_left_of_somebody_who_was_everywhere() throws IOException {
        sings();
        sql(
                "insert into recovery.letter (id, kind, channel, recipient, user_id, language, created_at, good_until, due_at) values (gen_random_uuid(), 'NOTICE', 'MAIL', 'qanary@example.org', :id, 'ko', now(), now() + interval '30 days', now() + interval '30 days')");
        sql(
                "insert into recovery.link (token_hash, kind, user_id, email, created_at, expires_at) values ('\\x01', 'RESET', :id, 'qanary@example.org', now(), now() + interval '30 days')");
        sql(
                "insert into recovery.phone_code (id, phone, user_id, sealed_code, created_at, expires_at) values (gen_random_uuid(), '+821099998888', :id, 'x', now() + interval '30 days', now() + interval '30 days')");
        sql(
                "insert into social.link (id, user_id, provider, issuer, subject, nickname, email, is_email_verified, scopes, linked_at, last_used_at) values (gen_random_uuid(), :id, 'KAKAO', 'https://kauth.kakao.com', 'qanary-subject', 'qanary', 'qanary@example.org', true, '{}', now(), now())");
        sql(
                "insert into passkeys.passkey (id, user_id, credential_id, attested, sign_count, is_backup_eligible, is_backed_up, transports, name, created_at) values (gen_random_uuid(), :id, '\\x02', '\\x03', 0, false, false, '{}', 'qanary phone', now())");
        sql(
                "insert into passkeys.challenge (hash, ceremony, user_id, expires_at) values ('\\x04', 'REGISTER', :id, now() + interval '30 days')");
        sql(
                "insert into calendar.connection (user_id, subject, state, connected_at, pull_at, look_at, retry_at) values (:id, 'qanary-subject', 'NEEDS_RECONNECT', now(), now(), now(), now())");
        sql(
                "insert into calendar.entry (user_id, event_id, title) values (:id, gen_random_uuid(), 'qanary tea')");
        sql(
                "insert into calendar.feed (user_id, token_hash, created_at) values (:id, '\\x05', now())");
        sql(
                "with slot as (insert into slots.slot (id, host_id, title, category, price, capacity, buffer_minutes, notice_minutes, start_time, end_time, created_at) values (gen_random_uuid(), :id, 'qanary lessons', 'HOBBY', 0, 1, 0, 0, now(), now() + interval '1 hour', now()) returning id) insert into slots.booking (slot_id, user_id, state, changed_at) select id, :id, 'BOOKED', now() from slot");
        sql(
                "with poll as (insert into slots.poll (id, code, creator_id, title, created_at) values (gen_random_uuid(), 'qanary-poll-code', :id, 'qanary when', now()) returning id), option as (insert into slots.poll_option (id, poll_id, start_time, end_time) select gen_random_uuid(), id, now(), now() + interval '1 hour' from poll returning id, poll_id) insert into slots.vote (option_id, user_id, poll_id, answer, voted_at) select id, :id, poll_id, 'YES', now() from option");
        leave();
        assertThat(untried()).as("tables about people in which nothing was tried").isEmpty();
        assertThat(filesWith("qanarycontent")).isNotEmpty();

        house.clock().move(Duration.ofDays(8));
        house.wiring().rights().rights().eraseGone();
        settles(() -> waitingFacts() == 0);
        assertThat(waitingFacts()).isZero();
        house.clock().move(Duration.ofDays(30));
        house.wiring().relay().turnPartitions();

        settles(() -> tablesWith(WORD).isEmpty());
        assertThat(tablesWith(WORD)).isEmpty();
        assertThat(tablesWith("콰나리")).isEmpty();
        assertThat(tablesWith(PHONE)).isEmpty();
        assertThat(tablesWithTheId()).isEmpty();
        assertThat(filesWith("qanarycontent")).isEmpty();
        assertThat(filesWith(WORD)).isEmpty();
        assertThat(audited()).containsSubsequence("USER_WITHDREW", "USER_ERASED");
        assertThat(house.wiring().audit().check(null).isSound()).isTrue();
    }

    /// What somebody leaves behind who uses everything.
    private void sings() {
        canary.http()
                .patch(
                        "/api/v1/users/me",
                        "{\"nickname\":\"콰나리 qanary\",\"status_message\":\"qanary sings\",\"region\":\"qanary\",\"interests\":[\"qanary\"]}");
        sql(
                "update identity.users set email = 'Qanary@example.org', email_key = 'qanary@example.org', phone = '+821099998888' where id = :id");
        String room = town.room(joon, canary);
        String own = town.room(canary, joon);
        talks(room);
        canary.http()
                .upload(
                        "/api/v1/chat/rooms/" + room + "/files",
                        Form.of("qanary.txt", "qanarycontent".getBytes(UTF_8))
                                .field("text", "qanary"));
        Person haneul = town.haneul();
        canary.http().post("/api/v1/chat/rooms/" + own + "/members", user(haneul));
        bans(canary, own, haneul, "qanary reason");
        String other = town.room(town.sora());
        bans(town.sora(), other, canary, "noise");
        leavesMuted(town.room(joon, canary));
        canary.http().post("/api/v1/chat/rooms/" + own + "/webhooks", "{\"name\":\"CI\"}");
        canary.http().post("/api/v1/chat/directs", user(joon));
        canary.http().put("/api/v1/chat/keys", "{\"public_key\":\"{\\\"kty\\\":\\\"qanary\\\"}\"}");
        canary.http().put("/api/v1/users/me/blocks/" + haneul.id(), "{}");
        joon.http().post("/api/v1/reports", report("qanary is loud"));
        canary.http()
                .post(
                        "/api/v1/reports",
                        "{\"subject_type\":\"user\",\"subject_id\":\"%s\",\"reason\":\"spam\",\"text\":\"qanary says\"}"
                                .formatted(joon.id()));
        canary.http().post("/api/v1/users/friends/requests", user(joon));
        joon.http().post("/api/v1/users/friends/requests", user(canary));
        canary.http().post("/api/v1/users/friends/requests", user(town.sora()));
        canary.http().put("/api/v1/users/me/consents/llm", "{\"version\":\"1\",\"granted\":true}");
        canary.http()
                .with("Idempotency-Key", "qanary-key")
                .patch("/api/v1/users/me", "{\"status_message\":\"qanary again\"}");
        Answer bot = canary.http().post("/api/v1/users/me/bots", "{\"nickname\":\"qanarybot\"}");
        String botId = bot.data().get("bot").get("id").stringValue();
        joon.http().post("/api/v1/chat/rooms/" + room + "/members", "{\"user\":\"" + botId + "\"}");
        meets();
        canary.http().post("/api/v1/users/me/export");
        eventually(
                () -> canary.http().get("/api/v1/users/me/export").text("state").equals("ready"));
    }

    private void meets() {
        String own = proposes(canary, joon);
        canary.http()
                .patch(
                        "/api/v1/events/" + own,
                        "{\"title\":\"qanary party\",\"location\":\"qanary nest\"}");
        canary.http().post("/api/v1/events/" + own + "/messages", "{\"text\":\"qanary\"}");
        canary.http().post("/api/v1/events/" + own + "/invite-link");
        canary.http()
                .put("/api/v1/events/" + own + "/repeat", "{\"rule\":\"FREQ=WEEKLY;COUNT=2\"}");
        canary.http()
                .put(
                        "/api/v1/users/me/reminders",
                        "{\"three_days\":false,\"one_day\":true,\"by_mail\":true}");
        String other = proposes(joon, canary);
        joon.http().post("/api/v1/events/" + other + "/confirm");
        canary.http().post("/api/v1/events/" + other + "/accept");
        sql(
                "insert into events.no_show (event_id, user_id, marked_by, marked_at, objection, objected_at) select event_id, user_id, invited_by, now(), 'qanary came', now() from events.participant where user_id = :id and standing = 'ACCEPTED'");
    }

    private static String proposes(Person creator, Person asked) {
        return creator.http()
                .post(
                        "/api/v1/events",
                        "{\"title\":\"%1$s\",\"description\":\"%1$s\",\"start_time\":\"2030-01-01T09:00:00Z\",\"end_time\":\"2030-01-01T10:00:00Z\",\"participant_ids\":[\"%2$s\"]}"
                                .formatted(
                                        creator.name().contains(WORD) ? "qanary" : "tea",
                                        asked.id()))
                .text("id");
    }

    private void talks(String room) {
        try (Talker voice = town.talker(canary);
                Talker ear = town.talker(joon)) {
            voice.opens(room);
            ear.opens(room);
            var said = voice.says("qanary 콰나리 노래", room, "key-1");
            voice.edits(said, "qanary 콰나리 노래 🎶");
            var heard = ear.says("a song for @qanary-name", room, "key-2").get("id").stringValue();
            canary.http()
                    .put(
                            "/api/v1/chat/rooms/"
                                    + room
                                    + "/messages/"
                                    + heard
                                    + "/reactions/%F0%9F%91%8D",
                            "{}");
            ear.deletes(ear.says("never mind", room));
        }
        // Another one's words are his own; this one takes them back, so that they prove nothing.
        db.run(tx ->
                tx.sql("update chat.message set text = 'a song' where text like 'a song for %'")
                        .count());
    }

    private void leave() {
        assertThat(
                        canary.http()
                                .send(
                                        "DELETE",
                                        "/api/v1/users/me",
                                        "{\"password\":\"%s\",\"reason\":\"qanary flies\"}"
                                                .formatted(Person.PASSWORD))
                                .status())
                .isEqualTo(200);
    }

    private Set<String> untried() {
        Set<String> untried = new TreeSet<>();
        for (String table : peopleTables()) {
            if (!NOT_TRIED.contains(table) && rowsWith(table, canary.id()) == 0) {
                untried.add(table);
            }
        }
        return untried;
    }

    /// Every table with a column that names a user.
    private List<String> peopleTables() {
        return db.read(tx ->
                tx.sql(
                                """
                                select distinct n.nspname || '.' || c.relname
                                from pg_class c
                                join pg_namespace n on n.oid = c.relnamespace
                                join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
                                where c.relkind = 'r' and a.atttypid = 'uuid'::regtype
                                  and (a.attname in ('user_id', 'author_id', 'actor_id', 'owner_id')
                                    or exists (
                                        select from pg_constraint f
                                        where f.conrelid = c.oid and f.contype = 'f'
                                          and f.confrelid = 'identity.users'::regclass
                                          and a.attnum = any(f.conkey)))
                                order by 1
                                """)
                        .list(String.class));
    }

    private record Table(String name, String rule) {}

    private List<Table> tables() {
        return db.read(tx ->
                tx.sql(
                                """
                                select n.nspname || '.' || c.relname,
                                    substring(obj_description(c.oid, 'pg_class') from 'erase: (\\w+)')
                                from pg_class c join pg_namespace n on n.oid = c.relnamespace
                                where c.relkind = 'r' and n.nspname !~ '^pg_'
                                  and n.nspname <> 'information_schema'
                                """)
                        .list(Table.class));
    }

    private List<String> tablesWith(String word) {
        return tables().stream()
                .filter(table -> rowsWith(table.name(), word) > 0)
                .map(table -> table.name() + " " + sample(table.name(), word))
                .toList();
    }

    /// The id may stay where a row stays for others, or a law wants it.
    private List<String> tablesWithTheId() {
        return tables().stream()
                .filter(table -> table.rule().equals("delete") || table.rule().equals("none"))
                .filter(table -> rowsWith(table.name(), canary.id()) > 0)
                .map(table -> table.name() + " " + sample(table.name(), canary.id()))
                .toList();
    }

    private long rowsWith(String table, String word) {
        return db.read(tx ->
                tx.sql("select count(*) from " + table + " t where t::text ilike :like")
                        .with("like", "%" + word + "%")
                        .one(Long.class));
    }

    private String sample(String table, String word) {
        return db.read(tx ->
                        tx.sql(
                                        "select t::text from "
                                                + table
                                                + " t where t::text ilike :like limit 1")
                                .with("like", "%" + word + "%")
                                .first(String.class))
                .orElse("");
    }

    private long waitingFacts() {
        return db.read(tx ->
                tx.sql("select count(*) from kit.fact where delivered_at is null").one(Long.class));
    }

    /// Waits for what happens by itself; whether it did, the next line says in its own words.
    private static void settles(BooleanSupplier isSo) {
        try {
            eventually(isSo);
        } catch (AssertionError never) {
            // told by the next line
        }
    }

    private List<String> audited() {
        return db.read(tx ->
                tx.sql("select action from audit.entry where target_id = :id order by id")
                        .with("id", id())
                        .list(String.class));
    }

    private List<Path> filesWith(String word) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> all = Files.walk(data)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                if (content.contains(word)) {
                    found.add(file);
                }
            }
        }
        return found;
    }

    private String report(String text) {
        return "{\"subject_type\":\"user\",\"subject_id\":\"%s\",\"reason\":\"abuse\",\"text\":\"%s\"}"
                .formatted(canary.id(), text.replace(WORD, "it"));
    }

    private void leavesMuted(String room) {
        String until = house.clock().instant().plus(Duration.ofDays(300)).toString();
        joon.http()
                .patch(
                        "/api/v1/chat/rooms/" + room + "/members/" + canary.id(),
                        "{\"muted_until\":\"" + until + "\"}");
        canary.http().post("/api/v1/chat/rooms/" + room + "/leave");
    }

    private static void bans(Person host, String room, Person whom, String reason) {
        Answer banned =
                host.http()
                        .post(
                                "/api/v1/chat/rooms/" + room + "/bans",
                                "{\"user\":\"%s\",\"reason\":\"%s\"}".formatted(whom.id(), reason));
        assertThat(banned.status()).isEqualTo(201);
    }

    private static String user(Person person) {
        return "{\"user\":\"" + person.id() + "\"}";
    }

    private void sql(String statement) {
        db.run(tx -> tx.sql(statement).with("id", id()).count());
    }

    private Id<User> id() {
        return Id.parse(canary.id());
    }
}
