package madang.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import madang.chat.SaidAndStored.Verdict;
import madang.testing.CrookedLine;
import madang.testing.CrookedLine.Fault;
import madang.testing.House;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The checkers of the fault tests, checked on a house that runs: one message that is acknowledged
/// and not kept, one that is kept twice, a change that is forgotten, two that change places, one
/// delivery that is dropped or comes twice. Each is planted below the house or on the line to it,
/// where its own care cannot mend it, and each has to be found; without any, nothing is.
class PlantedFaultsTest {
    private static final int PEOPLE = 4;

    /// The how-manieth birth, delivery or change goes wrong, of about fifty and ten that there are.
    private static final int BIRTH = 10;

    private static final int CHANGE = 3;

    /// What becomes of that birth, right before its commit.
    private static final String LOST =
            "delete from chat.message where room_id = new.room_id and id = new.id;";

    private static final String DOUBLED =
            """
            update chat.room_log set last_seq = last_seq + 1 where room_id = new.room_id;
            insert into chat.message (room_id, seq, changed_seq, id, kind, author_id, text, client_key,
                                      created_at)
            select new.room_id, last_seq, last_seq, gen_random_uuid(), new.kind, new.author_id, new.text,
                   new.client_key || ' again', new.created_at
            from chat.room_log where room_id = new.room_id;
            """;

    /// What its author said before takes its place, and the other way round.
    private static final String SWAPPED =
            """
            update chat.message set seq = -seq
            where room_id = new.room_id and author_id = new.author_id and seq in (new.seq, (
                select max(seq) from chat.message
                where room_id = new.room_id and author_id = new.author_id and seq < new.seq));
            update chat.message m set seq = (
                select -other.seq from chat.message other
                where other.room_id = m.room_id and other.seq < 0 and other.id <> m.id)
            where m.room_id = new.room_id and m.id = new.id;
            update chat.message set seq = new.seq where room_id = new.room_id and seq < 0;
            """;

    @AutoClose private static House house;

    @BeforeAll
    static void open() {
        house = House.open();
    }

    @Test
    void a_sound_house_is_found_sound() throws Exception {
        Speakers.Outcome outcome = talked(new Speakers(nodes(), PEOPLE, 1, 7).start());
        assertThat(outcome.isClean()).as(outcome.counts()).isTrue();
    }

    @Test
    void a_message_that_was_acknowledged_and_not_kept_is_missed() throws Exception {
        Verdict verdict = withFault("after insert", BIRTH, LOST).stored();
        assertThat(verdict).isEqualTo(new Verdict(verdict.acked(), 1, 0, 0));
    }

    @Test
    void a_message_that_is_kept_twice_is_seen() throws Exception {
        Verdict verdict = withFault("after insert", BIRTH, DOUBLED).stored();
        assertThat(verdict).isEqualTo(new Verdict(verdict.acked(), 0, 1, 0));
    }

    @Test
    void messages_that_changed_places_are_seen() throws Exception {
        Verdict verdict = withFault("after insert", BIRTH, SWAPPED).stored();
        assertThat(verdict.reordered()).isPositive();
        assertThat(verdict.lost() + verdict.doubled()).isZero();
    }

    @Test
    void a_change_that_was_acknowledged_and_not_kept_is_missed() throws Exception {
        String forgotten =
                """
                update chat.message set text = old.text, reactions = old.reactions,
                    deleted_at = old.deleted_at
                where room_id = new.room_id and id = new.id;
                """;
        Verdict verdict = withFault("after update of text, reactions", CHANGE, forgotten).stored();
        assertThat(verdict).isEqualTo(new Verdict(verdict.acked(), 1, 0, 0));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"DROPPED, 1, 0", "DOUBLED, 0, 1"})
    void a_delivery_that_goes_wrong_is_heard(Fault fault, int holes, int twice) throws Exception {
        try (CrookedLine line = CrookedLine.to(house.port(), fault, BIRTH)) {
            Speakers speakers = new Speakers(nodes(), PEOPLE, 1, 7);
            speakers.listen(line.port());
            Speakers.Outcome outcome = talked(speakers.start());
            assertThat(outcome.stored().isClean()).as(outcome.counts()).isTrue();
            assertThat(outcome.holes()).isEqualTo(holes);
            assertThat(outcome.heardTwice()).isEqualTo(twice);
        }
    }

    /// What people find in a house whose database goes wrong once, right before it commits.
    private static Speakers.Outcome withFault(String when, int which, String fault)
            throws Exception {
        Speakers speakers = new Speakers(nodes(), PEOPLE, 1, 7);
        plant(when, which, speakers.rooms().getFirst(), fault);
        try {
            return talked(speakers.start());
        } finally {
            house.wiring()
                    .db()
                    .run(tx -> {
                        tx.sql("drop trigger planted on chat.message").count();
                        tx.sql("drop function planted").count();
                        tx.sql("drop sequence planted_count").count();
                    });
        }
    }

    private static void plant(String when, int which, String room, String fault) {
        house.wiring()
                .db()
                .run(tx -> {
                    tx.sql("create sequence planted_count").count();
                    tx.sql(
                                    """
                                    create function planted() returns trigger language plpgsql as $$
                                    begin
                                        if nextval('planted_count') = %d then
                                            %s
                                        end if;
                                        return null;
                                    end $$
                                    """
                                            .formatted(which, fault))
                            .count();
                    tx.sql(
                                    """
                                    create constraint trigger planted %s on chat.message
                                    deferrable initially deferred for each row
                                    when (new.room_id = '%s' and new.kind = 'TEXT')
                                    execute function planted()
                                    """
                                            .formatted(when, room))
                            .count();
                });
    }

    private static Speakers.Outcome talked(Speakers speakers) throws InterruptedException {
        for (int i = 0; i < 15; i++) {
            speakers.goOn();
        }
        return speakers.stop();
    }

    private static List<Speakers.Node> nodes() {
        return List.of(Speakers.Node.of(house));
    }
}
