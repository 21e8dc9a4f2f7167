package madang.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import madang.chat.MessageStore.Change;
import madang.chat.MessageStore.Draft;
import madang.chat.MessageStore.End;
import madang.chat.MessageStore.Marker;
import madang.chat.MessageStore.Outcome;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.Ids;
import madang.kit.User;
import org.junit.jupiter.api.Test;

/// What every message store promises; an adapter's test names its store.
abstract class MessageStoreContract {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123456Z");

    private final Ids ids = new Ids(InstantSource.system());
    private final Id<Room> garden = ids.next();
    private final Id<Room> kitchen = ids.next();
    private final Id<User> mina = ids.next();
    private final Id<User> joon = ids.next();
    private int keys;

    protected abstract MessageStore store();

    /// Runs this as if inside a transaction of a feature.
    protected abstract void inTransaction(Runnable work);

    @Test
    void births_and_changes_are_numbered_without_a_gap() {
        Message tea = say(garden, mina, "tea");
        Message cups = say(garden, joon, "cups");
        Message edited = changed(garden, tea, new Change.Edit("green tea", List.of(), NOON));
        Message cake = say(garden, joon, "cake");
        Message gone = changed(garden, cups, new Change.Delete(NOON));

        assertThat(
                        List.of(
                                tea.seq(),
                                cups.seq(),
                                edited.changedSeq(),
                                cake.seq(),
                                gone.changedSeq()))
                .containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(edited.seq()).isEqualTo(1);
        assertThat(edited.editedAt()).isEqualTo(NOON);
        assertThat(gone.text()).isNull();
        assertThat(gone.deletedAt()).isEqualTo(NOON);
        assertThat(store().ends(List.of(garden)).getFirst().lastSeq()).isEqualTo(5);
        assertThat(store().changedAfter(garden, 2, 10))
                .extracting(Message::changedSeq)
                .containsExactly(3L, 4L, 5L);
    }

    @Test
    void each_draft_of_a_batch_has_its_own_outcome_and_place() {
        Draft first = draft(garden, mina, "one");
        List<Outcome> outcomes =
                store().append(
                                List.of(
                                        first,
                                        draft(kitchen, mina, "two"),
                                        draft(garden, joon, "three")),
                                NOON);
        assertThat(outcomes).extracting(this::seq).containsExactly(1L, 1L, 2L);

        Draft lost = reply(garden, joon, "to nobody", ids.next());
        Draft foreign = reply(garden, joon, "to the kitchen", born(outcomes.get(1)).id());
        List<Outcome> mixed =
                store().append(
                                List.of(
                                        draft(garden, mina, "four"),
                                        lost,
                                        first,
                                        foreign,
                                        draft(garden, joon, "five")),
                                NOON);
        assertThat(seq(mixed.get(0))).isEqualTo(3);
        assertThat(mixed.get(1)).isInstanceOf(Outcome.Refused.class);
        assertThat(((Outcome.Repeated) mixed.get(2)).message().id()).isEqualTo(first.id());
        assertThat(mixed.get(3)).isInstanceOf(Outcome.Refused.class);
        assertThat(seq(mixed.get(4))).isEqualTo(4);
        assertThat(store().ends(List.of(garden)).getFirst().lastSeq()).isEqualTo(4);
    }

    @Test
    void one_that_cannot_be_stored_spoils_nothing_for_the_others() {
        Draft taken = draft(garden, mina, "id");
        store().append(List.of(taken), NOON);
        Draft sameId = Draft.text(garden, taken.id(), joon, "id", "another");
        List<Outcome> outcomes =
                store().append(
                                List.of(
                                        draft(garden, mina, "before"),
                                        sameId,
                                        draft(kitchen, mina, "elsewhere"),
                                        draft(garden, mina, "after")),
                                NOON);
        assertThat(outcomes.get(1)).isInstanceOf(Outcome.Refused.class);
        assertThat(List.of(seq(outcomes.get(0)), seq(outcomes.get(2)), seq(outcomes.get(3))))
                .containsExactly(2L, 1L, 3L);
    }

    @Test
    void a_repeated_key_finds_the_first_message() {
        Draft first = draft(garden, mina, "tea");
        Message said = born(store().append(List.of(first), NOON).getFirst());
        Draft again = keyed(garden, mina, "coffee", first.clientKey());

        Outcome.Repeated repeated =
                (Outcome.Repeated) store().append(List.of(again), NOON).getFirst();
        assertThat(repeated.message()).isEqualTo(said);
        List<Outcome> twice =
                store().append(
                                List.of(
                                        keyed(garden, joon, "a", "k"),
                                        keyed(garden, joon, "b", "k"),
                                        keyed(kitchen, joon, "c", "k"),
                                        keyed(garden, null, "d", "k"),
                                        keyed(garden, null, "e", "k")),
                                NOON);
        assertThat(twice.get(0)).isInstanceOf(Outcome.Appended.class);
        assertThat(((Outcome.Repeated) twice.get(1)).message().text()).isEqualTo("a");
        assertThat(twice.get(2)).isInstanceOf(Outcome.Appended.class);
        assertThat(twice.get(3)).isInstanceOf(Outcome.Appended.class);
        assertThat(((Outcome.Repeated) twice.get(4)).message().text()).isEqualTo("d");
        assertThat(store().ends(List.of(garden)).getFirst().lastSeq()).isEqualTo(3);
    }

    @Test
    void times_grow_by_a_microsecond_at_least_also_when_the_clock_goes_back() {
        List<Instant> times = new ArrayList<>();
        for (Instant now : List.of(NOON, NOON, NOON.minusSeconds(60), NOON.plusNanos(1_500))) {
            times.add(
                    born(store().append(List.of(draft(garden, mina, "t")), now).getFirst())
                            .createdAt());
        }
        assertThat(times)
                .containsExactly(
                        NOON,
                        NOON.plus(1, ChronoUnit.MICROS),
                        NOON.plus(2, ChronoUnit.MICROS),
                        NOON.plus(3, ChronoUnit.MICROS));
        assertThat(store().after(garden, 0, 10)).extracting(Message::createdAt).isEqualTo(times);
    }

    @Test
    void history_goes_both_ways_and_knows_its_ends() {
        for (int i = 1; i <= 5; i++) {
            say(garden, mina, "t" + i);
        }
        assertThat(store().before(garden, 4, 2)).extracting(Message::seq).containsExactly(3L, 2L);
        assertThat(store().after(garden, 3, 9)).extracting(Message::seq).containsExactly(4L, 5L);
        assertThat(store().before(garden, 1, 2)).isEmpty();
        assertThat(store().after(garden, 5, 2)).isEmpty();
        assertThat(store().after(kitchen, 0, 2)).isEmpty();
        say(kitchen, joon, "alone");
        Id<Room> silent = ids.next();
        assertThat(store().ends(List.of(kitchen, silent, garden)))
                .extracting(End::room, End::lastSeq)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(kitchen, 1L),
                        org.assertj.core.groups.Tuple.tuple(silent, 0L),
                        org.assertj.core.groups.Tuple.tuple(garden, 5L));
        assertThat(store().newest(List.of(garden, silent, kitchen)))
                .extracting(Message::text)
                .containsExactlyInAnyOrder("t5", "alone");
    }

    @Test
    void unread_is_what_others_said_and_is_still_there() {
        say(garden, mina, "mine");
        Message gone = say(garden, joon, "gone");
        say(garden, joon, "there");
        store().append(
                        List.of(
                                Draft.notice(
                                        garden,
                                        ids.next(),
                                        "{\"code\":\"member_joined\",\"args\":{}}",
                                        "fact:1")),
                        NOON);
        changed(garden, gone, new Change.Delete(NOON));
        say(kitchen, joon, "one");
        say(kitchen, joon, "two");

        assertThat(
                        store().unread(
                                        mina,
                                        List.of(
                                                new Marker(kitchen, 0),
                                                new Marker(garden, 0),
                                                new Marker(ids.next(), 0),
                                                new Marker(kitchen, 1)),
                                        999))
                .containsExactly(2, 1, 0, 1);
        assertThat(store().unread(mina, List.of(new Marker(kitchen, 0)), 1)).containsExactly(1);
    }

    @Test
    void what_was_born_since_a_time_is_counted_over_all_rooms_without_notices() {
        Instant now = InstantSource.system().instant();
        Instant aMinuteAgo = now.minusSeconds(60);
        long before = store().bornSince(aMinuteAgo);
        store().append(
                        List.of(
                                Draft.text(garden, ids.next(), mina, "tea", "1"),
                                Draft.text(kitchen, ids.next(), joon, "cake", "1"),
                                Draft.notice(kitchen, ids.next(), "{}", "fact:1")),
                        now);
        assertThat(store().bornSince(aMinuteAgo)).isEqualTo(before + 2);
        assertThat(store().bornSince(now.plusSeconds(3_600))).isZero();
    }

    @Test
    void a_deleted_message_keeps_its_place_and_changes_no_more() {
        Message said = say(garden, mina, "secret");
        Message answer =
                born(
                        store().append(List.of(reply(garden, joon, "what?", said.id())), NOON)
                                .getFirst());
        assertThat(answer.replyTo().text()).isEqualTo("secret");
        changed(garden, said, new Change.Delete(NOON));

        assertThat(store().change(garden, said.id(), new Change.Edit("again", List.of(), NOON)))
                .isEmpty();
        assertThat(store().change(garden, said.id(), new Change.Delete(NOON))).isEmpty();
        assertThat(store().change(kitchen, said.id(), new Change.Delete(NOON))).isEmpty();
        assertThat(store().find(garden, said.id()).orElseThrow().text()).isNull();
        assertThat(store().find(kitchen, said.id())).isEmpty();
        assertThat(store().find(garden, answer.id()).orElseThrow().replyTo().text()).isNull();
        assertThat(store().ends(List.of(garden)).getFirst().lastSeq()).isEqualTo(3);
    }

    @Test
    void what_answers_an_answer_answers_its_root() {
        Message tea = say(garden, mina, "tea?");
        Message cups = say(kitchen, mina, "cups");
        Draft yes = draft(garden, joon, "yes").inThread(tea.id());
        Message first = born(store().append(List.of(yes), NOON).getFirst());
        List<Outcome> outcomes =
                store().append(
                                List.of(
                                        draft(garden, mina, "green?").inThread(first.id()),
                                        draft(garden, mina, "lost").inThread(ids.next()),
                                        draft(garden, mina, "elsewhere").inThread(cups.id()),
                                        yes,
                                        draft(garden, joon, "green")
                                                .inThread(tea.id())
                                                .inReplyTo(first.id())),
                                NOON);
        assertThat(born(outcomes.get(0)).thread()).isEqualTo(tea.id());
        assertThat(outcomes.get(1)).isInstanceOf(Outcome.Refused.class);
        assertThat(outcomes.get(2)).isInstanceOf(Outcome.Refused.class);
        assertThat(outcomes.get(3)).isInstanceOf(Outcome.Repeated.class);
        assertThat(born(outcomes.get(4)).replyTo().text()).isEqualTo("yes");

        assertThat(replies(tea)).isEqualTo(3);
        assertThat(replies(first)).isZero();
        assertThat(replies(cups)).isZero();
        assertThat(found(first).thread()).isEqualTo(tea.id());
        assertThat(store().changedAfter(garden, 4, 10)).as("the root did not change").isEmpty();

        changed(garden, first, new Change.Delete(NOON));
        assertThat(store().change(garden, first.id(), new Change.Delete(NOON))).isEmpty();
        assertThat(replies(tea)).isEqualTo(2);

        changed(garden, tea, new Change.Delete(NOON));
        for (Message end : List.of(tea, born(outcomes.get(0)))) {
            Draft late = draft(garden, joon, "late").inThread(end.id());
            assertThat(refusal(store().append(List.of(late), NOON).getFirst()))
                    .isEqualTo("CHAT_MESSAGE_DELETED");
        }
        assertThat(replies(tea)).isEqualTo(2);
    }

    @Test
    void what_hangs_on_a_message_is_there_until_it_is_deleted() {
        Draft draft =
                new Draft(
                        garden,
                        ids.next(),
                        Message.Kind.IMAGE,
                        mina,
                        "see, @joon",
                        null,
                        "key",
                        null,
                        null,
                        List.of(joon),
                        "{\"id\":\"7\"}",
                        "{\"" + joon + "\":\"a2V5\"}");
        Message said = born(store().append(List.of(draft), NOON).getFirst());
        assertThat(said.extras())
                .isEqualTo(
                        new Message.Extras(
                                "[\"" + joon + "\"]",
                                null,
                                "{\"id\":\"7\"}",
                                null,
                                "{\"" + joon + "\":\"a2V5\"}"));
        assertThat(found(said)).isEqualTo(said);
        Message answer =
                born(
                        store().append(List.of(reply(garden, joon, "I see", said.id())), NOON)
                                .getFirst());
        assertThat(answer.replyTo().text()).as("ciphertext is not quoted").isNull();
        assertThat(found(answer)).isEqualTo(answer);

        assertThat(changed(garden, said, new Change.Delete(NOON)).extras())
                .isEqualTo(Message.Extras.NONE);
    }

    @Test
    void reactions_count_everybody_and_name_the_first() {
        Message tea = say(garden, mina, "tea?");
        Emoji cup = Emoji.of("🍵");
        List<Id<User>> crowd = new ArrayList<>();
        for (int i = 0; i < 102; i++) {
            crowd.add(ids.next());
            changed(garden, tea, new Change.React(cup, crowd.get(i)));
        }
        assertThat(store().change(garden, tea.id(), new Change.React(cup, crowd.get(7)))).isEmpty();
        assertThat(store().change(garden, tea.id(), new Change.Unreact(cup, mina))).isEmpty();
        assertThat(store().change(kitchen, tea.id(), new Change.React(cup, mina))).isEmpty();
        assertThat(found(tea).extras().reactions())
                .startsWith("[{\"emoji\":\"🍵\",\"count\":102,\"users\":[\"" + crowd.getFirst())
                .contains(crowd.get(99).toString())
                .doesNotContain(crowd.get(100).toString());

        Message less = changed(garden, tea, new Change.Unreact(cup, crowd.getFirst()));
        assertThat(less.extras().reactions())
                .contains("\"count\":101", crowd.get(100).toString())
                .doesNotContain(crowd.getFirst().toString(), crowd.get(101).toString());
        assertThat(store().reactions(garden, tea.id(), 0, 1_000))
                .extracting(MessageStore.Reacted::user)
                .isEqualTo(crowd.subList(1, 102));
        assertThat(store().reactions(garden, tea.id(), 0, 5)).hasSize(5);
        assertThat(store().reactions(kitchen, tea.id(), 0, 5)).isEmpty();

        assertThat(changed(garden, tea, new Change.Delete(NOON)).extras().reactions()).isNull();
        assertThat(store().reactions(garden, tea.id(), 0, 5)).isEmpty();
        assertThat(store().change(garden, tea.id(), new Change.React(cup, mina))).isEmpty();
        assertThat(store().ends(List.of(garden)).getFirst().lastSeq()).isEqualTo(105);
    }

    @Test
    void a_change_that_a_rule_forbids_takes_no_number() {
        Message tea = say(garden, mina, "tea?");
        Message cups = say(garden, mina, "cups?");
        for (int i = 0; i < Reactions.MOST_KINDS; i++) {
            changed(garden, tea, new Change.React(Emoji.of(Character.toString(0x1F600 + i)), mina));
        }
        changed(garden, tea, new Change.Pin(NOON, 1));
        long last = store().ends(List.of(garden)).getFirst().lastSeq();
        for (Change forbidden :
                List.of(new Change.React(Emoji.of("🍵"), joon), new Change.Pin(NOON, 1))) {
            Message target = forbidden instanceof Change.React ? tea : cups;
            assertThatThrownBy(() -> changed(garden, target, forbidden))
                    .isInstanceOf(Failure.class);
        }
        assertThat(store().ends(List.of(garden)).getFirst().lastSeq()).isEqualTo(last);
    }

    @Test
    void the_last_pinned_comes_first() {
        Message tea = say(garden, mina, "tea");
        Message cups = say(garden, mina, "cups");
        changed(garden, cups, new Change.Pin(NOON, 9));
        assertThat(changed(garden, tea, new Change.Pin(NOON.plusSeconds(1), 9)).pinnedAt())
                .isEqualTo(NOON.plusSeconds(1));
        assertThat(store().change(garden, tea.id(), new Change.Pin(NOON, 9))).isEmpty();
        assertThat(store().pinned(garden, 9))
                .extracting(Message::text)
                .containsExactly("tea", "cups");
        assertThat(store().pinned(garden, 1)).hasSize(1);
        assertThat(store().pinned(kitchen, 9)).isEmpty();
        assertThat(changed(garden, tea, new Change.Unpin()).pinnedAt()).isNull();
        assertThat(store().change(garden, tea.id(), new Change.Unpin())).isEmpty();
        changed(garden, cups, new Change.Delete(NOON));
        assertThat(store().pinned(garden, 9)).isEmpty();
    }

    @Test
    void mentions_are_found_over_rooms_and_counted_after_a_marker() {
        Message first = called(garden, "tea, @mina?");
        Message second = called(kitchen, "cups, @mina?");
        called(garden, "now, @mina!");
        Draft nobody = draft(garden, joon, "nobody");
        store().append(List.of(nobody), NOON);

        List<Id<Room>> both = List.of(garden, kitchen);
        List<Message> found = store().mentioning(mina, both, null, 9);
        assertThat(found)
                .hasSize(3)
                .isSortedAccordingTo(
                        Comparator.comparing(Message::createdAt)
                                .thenComparing(Message::room)
                                .reversed());
        Message last = found.get(1);
        assertThat(
                        store().mentioning(
                                        mina,
                                        both,
                                        new MessageStore.MentionedAt(last.createdAt(), last.room()),
                                        9))
                .containsExactly(found.get(2));
        assertThat(store().mentioning(mina, List.of(kitchen), null, 9)).containsExactly(second);
        assertThat(store().mentioning(joon, both, null, 9)).isEmpty();
        List<Marker> markers =
                List.of(new Marker(kitchen, 0), new Marker(garden, 1), new Marker(ids.next(), 0));
        assertThat(store().unreadMentions(mina, markers, 9)).containsExactly(1, 1, 0);

        changed(garden, first, new Change.Edit("tea, @joon?", List.of(joon), NOON));
        changed(kitchen, second, new Change.Delete(NOON));
        assertThat(store().mentioning(mina, both, null, 9)).hasSize(1);
        assertThat(store().mentioning(joon, both, null, 9))
                .extracting(Message::text)
                .containsExactly("tea, @joon?");
        assertThat(store().unreadMentions(mina, List.of(new Marker(kitchen, 0)), 9))
                .containsExactly(0);
    }

    private Message called(Id<Room> room, String text) {
        Draft draft = draft(room, joon, text).mentioning(List.of(mina));
        return born(store().append(List.of(draft), NOON).getFirst());
    }

    @Test
    void a_preview_is_of_the_text_that_stands_there() {
        Message link = say(garden, mina, "see example.org");
        Change.Preview found = new Change.Preview("{\"title\":\"tea\"}", "see example.org");
        assertThat(changed(garden, link, found).extras().preview())
                .isEqualTo("{\"title\":\"tea\"}");
        Message edited = changed(garden, link, new Change.Edit("never mind", List.of(), NOON));
        assertThat(edited.extras().preview()).isNull();
        assertThat(store().change(garden, link.id(), found)).isEmpty();
    }

    @Test
    void a_thread_is_paged_both_ways() {
        Message tea = say(garden, mina, "tea?");
        say(garden, mina, "else");
        List<Draft> drafts = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            drafts.add(draft(garden, joon, "yes " + i).inThread(tea.id()));
        }
        store().append(drafts, NOON);
        assertThat(store().threadBefore(garden, tea.id(), 7, 2))
                .extracting(Message::text)
                .containsExactly("yes 3", "yes 2");
        assertThat(store().threadAfter(garden, tea.id(), 3, 2))
                .extracting(Message::text)
                .containsExactly("yes 1", "yes 2");
        assertThat(store().threadAfter(kitchen, tea.id(), 0, 2)).isEmpty();
    }

    @Test
    void inside_a_transaction_it_refuses_to_work() {
        Message said = say(garden, mina, "tea");
        inTransaction(() -> {
            assertThatThrownBy(() -> say(garden, mina, "more"))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> changed(garden, said, new Change.Delete(NOON)))
                    .isInstanceOf(IllegalStateException.class);
        });
    }

    @Test
    void eight_appenders_over_three_rooms_leave_no_gap_and_no_reader_sees_one() throws Exception {
        List<Id<Room>> rooms = List.of(garden, kitchen, ids.next());
        List<Callable<Boolean>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Random random = new Random(i);
            all.add(() -> appendsAndChanges(rooms, random));
        }
        for (Id<Room> room : rooms) {
            all.add(() -> readsWithoutSeeingAHole(room));
        }
        ChatRoomsTest.atOnce(all);

        for (Id<Room> room : rooms) {
            long last = store().ends(List.of(room)).getFirst().lastSeq();
            TreeSet<Long> numbers = new TreeSet<>();
            Instant before = Instant.EPOCH;
            for (Message message : store().after(room, 0, 10_000)) {
                assertThat(message.createdAt()).isAfter(before);
                before = message.createdAt();
                numbers.add(message.seq());
                numbers.add(message.changedSeq());
            }
            assertThat(numbers).as("each message changed once at most").hasSize((int) last);
            assertThat(numbers.last()).isEqualTo(last);
        }
    }

    private boolean appendsAndChanges(List<Id<Room>> rooms, Random random) {
        Id<User> author = ids.next();
        List<Message> mine = new ArrayList<>();
        for (int turn = 0; turn < 15; turn++) {
            List<Draft> drafts = new ArrayList<>();
            for (int i = 0; i <= random.nextInt(6); i++) {
                drafts.add(
                        keyed(
                                rooms.get(random.nextInt(rooms.size())),
                                author,
                                "t",
                                "key " + turn + " " + random.nextInt(5)));
            }
            for (Outcome outcome : store().append(drafts, Instant.now())) {
                if (outcome instanceof Outcome.Appended appended) {
                    mine.add(appended.message());
                }
            }
            if (!mine.isEmpty()) {
                Message one = mine.remove(random.nextInt(mine.size()));
                changed(one.room(), one, new Change.Edit("edited", List.of(), NOON));
            }
        }
        return true;
    }

    /// Births and changes seen so far, together, are everything up to the newest one seen.
    private boolean readsWithoutSeeingAHole(Id<Room> room) {
        for (int i = 0; i < 60; i++) {
            TreeSet<Long> seen = new TreeSet<>();
            for (Message message : store().changedAfter(room, 0, 10_000)) {
                seen.add(message.seq());
                seen.add(message.changedSeq());
            }
            assertThat(seen).hasSize(seen.isEmpty() ? 0 : seen.last().intValue());
        }
        return true;
    }

    private Message say(Id<Room> room, Id<User> author, String text) {
        return born(store().append(List.of(draft(room, author, text)), NOON).getFirst());
    }

    private Message changed(Id<Room> room, Message message, Change change) {
        return store().change(room, message.id(), change).orElseThrow();
    }

    private Draft draft(Id<Room> room, Id<User> author, String text) {
        return keyed(room, author, text, "key " + keys++);
    }

    private Draft keyed(Id<Room> room, Id<User> author, String text, String key) {
        return Draft.text(room, ids.next(), author, text, key);
    }

    private Draft reply(Id<Room> room, Id<User> author, String text, Id<Message> to) {
        return draft(room, author, text).inReplyTo(to);
    }

    private Message found(Message message) {
        return store().find(message.room(), message.id()).orElseThrow();
    }

    private int replies(Message message) {
        return found(message).replies();
    }

    private static String refusal(Outcome outcome) {
        return ((Outcome.Refused) outcome).failure().code();
    }

    private long seq(Outcome outcome) {
        return born(outcome).seq();
    }

    private static Message born(Outcome outcome) {
        if (outcome instanceof Outcome.Refused refused) {
            Failure failure = refused.failure();
            throw new AssertionError(failure.code());
        }
        return ((Outcome.Appended) outcome).message();
    }
}
