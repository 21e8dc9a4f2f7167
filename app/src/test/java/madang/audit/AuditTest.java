package madang.audit;

import static madang.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import madang.kit.Caller;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.Ids;
import madang.kit.Language;
import madang.kit.Role;
import madang.kit.db.Db;
import madang.testing.Answer;
import madang.testing.House;
import madang.testing.Http;
import madang.testing.Person;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class AuditTest {
    private static final String LOG = "/api/v1/admin/audit-logs";
    private static final Caller HOUSE = Caller.system("a test 시험 🧪");

    private House house;
    private Audit audit;
    private Db db;
    private final Ids ids = new Ids(InstantSource.system());

    @BeforeEach
    void open() {
        house = House.open();
        audit = house.wiring().audit();
        db = house.wiring().db();
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void what_is_done_is_noted_and_sealed() {
        noteAndSeal(3);
        AuditCheck check = audit.check(null);
        assertThat(check.isSound()).isTrue();
        assertThat(check.entries()).isEqualTo(3);
        assertThat(check.waiting()).isZero();
        assertThat(check.head()).matches("3:[0-9a-f]{64}");
        assertThat(audit.check(check.head()).isSound()).isTrue();
        noteAndSeal(1);
        assertThat(audit.check(check.head()).isSound()).isTrue();
    }

    @Test
    void an_empty_log_is_sound() {
        AuditCheck check = audit.check(null);
        assertThat(check.isSound()).isTrue();
        assertThat(check.head()).isNull();
    }

    @Test
    void what_was_not_done_is_not_noted() {
        assertThatThrownBy(() ->
                        db.run(tx -> {
                            audit.note(tx, entry());
                            throw Failure.forbidden();
                        }))
                .isInstanceOf(Failure.class);
        assertThat(audit.check(null).entries()).isZero();
    }

    @Test
    void many_at_once_wait_for_nobody_and_stand_in_one_chain() throws Exception {
        Callable<Boolean> tenNotes =
                () -> {
                    note(10);
                    return true;
                };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var done : threads.invokeAll(Stream.generate(() -> tenNotes).limit(20).toList())) {
                done.get();
            }
        }
        noteAndSeal(1);
        assertThat(audit.check(null).isSound()).isTrue();
        assertThat(audit.check(null).entries()).isEqualTo(201);
    }

    @Test
    void a_note_that_is_not_committed_yet_holds_up_nobody() {
        db.run(open -> {
            audit.note(open, entry());
            Thread.ofVirtual().start(() -> note(2));
            eventually(() -> audit.check(null).entries() == 2);
        });
        noteAndSeal(1);
        assertThat(audit.check(null).entries()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update audit.entry set action = 'NOTHING_HAPPENED'",
                "delete from audit.entry",
                "truncate audit.entry cascade",
                "update audit.seal set number = number + 1",
                "delete from audit.seal",
                "truncate audit.seal"
            })
    void the_tables_refuse_to_forget(String attempt) {
        noteAndSeal(2);
        assertThatThrownBy(() -> db.run(tx -> tx.sql(attempt).count()))
                .rootCause()
                .hasMessageContaining("only grows");
        assertThat(audit.check(null).entries()).isEqualTo(2);
    }

    /// What somebody does who owns the database, and how the chain tells of it.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ENTRY_CHANGED 3 update audit.entry set details = '{}' where id = (select entry_id from audit.seal where number = 3)",
                "ENTRY_CHANGED 3 update audit.entry set at = at - interval '1 second' where id = (select entry_id from audit.seal where number = 3)",
                "ENTRY_CHANGED 3 update audit.entry set actor_id = id, reason = null where id = (select entry_id from audit.seal where number = 3)",
                "ENTRY_CHANGED 5 delete from audit.entry where id = (select entry_id from audit.seal where number = 5)",
                "CHAIN_BROKEN 4 delete from audit.seal where number = 3",
                "CHAIN_BROKEN 3 update audit.seal set previous = hash where number = 3",
                "CHAIN_BROKEN 1 update audit.seal set previous = hash where number = 1",
                "ENTRY_CHANGED 3 update audit.seal set hash = previous where number = 3",
                "NEVER_SEALED 0 insert into audit.entry (id, reason, action, target_type, details, at) values (gen_random_uuid(), 'forged', 'FORGED', 'user', '{}', now())",
                "NEVER_SEALED 0 delete from audit.seal where number = 5",
                "HEAD_LOST 0 with cut as (delete from audit.seal where number > 3 returning entry_id) delete from audit.entry using cut where id = entry_id"
            })
    void who_goes_round_the_refusal_is_found_out(String plan) {
        noteAndSeal(5);
        String head = audit.check(null).head();
        String[] words = plan.split(" ", 3);
        behindItsBack(words[2]);
        house.clock().move(Duration.ofMinutes(2));
        AuditCheck check = audit.check(head);
        assertThat(check.isSound()).isFalse();
        assertThat(check.fault().kind()).isEqualTo(AuditCheck.Kind.valueOf(words[0]));
        assertThat(String.valueOf(check.fault().number()))
                .isEqualTo(words[1].equals("0") ? "null" : words[1]);
    }

    @Test
    void who_cannot_seal_leaves_it_to_the_next_round() {
        db.run(sealing -> {
            sealing.sql("select pg_advisory_xact_lock(hashtextextended('audit.seal', 0))")
                    .one(String.class);
            Thread.ofVirtual().start(() -> note(1));
            eventually(() -> audit.check(null).waiting() == 1);
        });
        noteAndSeal(1);
        assertThat(audit.check(null).entries()).isEqualTo(2);
    }

    @Test
    void old_entries_go_after_their_years_and_the_rest_stays_sound() {
        noteAndSeal(2);
        behindItsBack(
                "update audit.entry set at = at - interval '6 years'",
                "update audit.seal set at = at - interval '6 years'");
        noteAndSeal(1);
        audit.turn();
        AuditCheck check = audit.check(null);
        assertThat(check.isSound()).isTrue();
        assertThat(check.entries()).isEqualTo(1);
        assertThat(check.head()).startsWith("3:");
    }

    @Test
    void administrators_read_it_page_by_page() {
        Person mina = house.person("mina");
        Id<Object> target = ids.next();
        Instant before = house.clock().instant();
        note(3);
        db.run(tx ->
                audit.note(
                        tx,
                        AuditEntry.of(
                                        new Caller.Member(
                                                Id.parse(mina.id()),
                                                ids.next(),
                                                Role.ADMIN,
                                                Language.KO),
                                        "TEA_POURED",
                                        "cup",
                                        target)
                                .from("192.0.2.7")
                                .with("cups", 3)
                                .with("none", null)));
        assertThat(mina.http().get(LOG).status()).isEqualTo(403);
        Http admin = promoted(mina);

        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = admin.get(LOG + "?limit=2" + cursor).data();
            page.get("items").forEach(item -> seen.add(item.get("action").stringValue()));
            cursor =
                    page.get("next_cursor").isNull()
                            ? ""
                            : "&cursor=" + page.get("next_cursor").stringValue();
        } while (!cursor.isEmpty());
        assertThat(seen).containsExactly("TEA_POURED", "TRIED", "TRIED", "TRIED");

        JsonNode found = only(admin.get(LOG + "?action=TEA_POURED"));
        assertThat(found.get("actor").stringValue()).isEqualTo(mina.id());
        assertThat(found.get("reason").isNull()).isTrue();
        assertThat(found.get("target").stringValue()).isEqualTo(target.toString());
        assertThat(found.get("address").stringValue()).isEqualTo("192.0.2.7");
        assertThat(found.get("details").get("cups").intValue()).isEqualTo(3);
        assertThat(found.get("details").size()).isEqualTo(1);
        assertThat(only(admin.get(LOG + "?target=" + target))).isEqualTo(found);
        assertThat(only(admin.get(LOG + "?actor=" + mina.id()))).isEqualTo(found);
        assertThat(items(admin.get(LOG + "?until=" + before))).isEmpty();
        assertThat(items(admin.get(LOG + "?from=" + before))).hasSize(4);
        assertThat(admin.get(LOG + "?from=yesterday&actor=5").details().size()).isEqualTo(2);
        assertThat(admin.get(LOG + "?cursor=hay").status()).isEqualTo(422);
    }

    @Test
    void whoever_runs_the_server_has_the_chain_checked() {
        noteAndSeal(2);
        Answer answer = house.operator().get(LOG + "/check");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.data().get("is_sound").booleanValue()).isTrue();
        String head = answer.text("head");
        assertThat(house.operator().get(LOG + "/check?head=" + head).text("head")).isEqualTo(head);
        Answer lost = house.operator().get(LOG + "/check?head=9:abc");
        assertThat(lost.data().get("fault").get("kind").stringValue()).isEqualTo("HEAD_LOST");
        assertThat(promoted(house.person("joon")).get(LOG + "/check").status()).isNotEqualTo(200);
    }

    private void note(int times) {
        for (int i = 0; i < times; i++) {
            db.run(tx -> audit.note(tx, entry()));
        }
    }

    /// Notes, and waits until all is sealed, by whomever.
    private void noteAndSeal(int times) {
        note(times);
        eventually(() -> {
            audit.seal();
            return audit.check(null).waiting() == 0;
        });
    }

    /// As whoever owns the tables does it.
    private void behindItsBack(String... statements) {
        db.run(tx -> {
            tx.sql("alter table audit.seal drop constraint seal_entry_id_fkey").count();
            for (String table : List.of("audit.entry", "audit.seal")) {
                tx.sql("alter table " + table + " disable trigger user").count();
            }
            for (String statement : statements) {
                tx.sql(statement).count();
            }
            for (String table : List.of("audit.entry", "audit.seal")) {
                tx.sql("alter table " + table + " enable trigger user").count();
            }
        });
    }

    private AuditEntry entry() {
        return AuditEntry.of(HOUSE, "TRIED", "thing", ids.next())
                .with("amount", 7)
                .with("until", house.clock().instant());
    }

    private Http promoted(Person person) {
        db.run(tx ->
                tx.sql("update identity.users set role = 'ADMIN' where id = :id")
                        .with("id", Id.parse(person.id()))
                        .count());
        return person.http();
    }

    private static List<JsonNode> items(Answer answer) {
        return answer.data().get("items").valueStream().toList();
    }

    private static JsonNode only(Answer answer) {
        List<JsonNode> items = items(answer);
        assertThat(items).hasSize(1);
        return items.getFirst();
    }
}
