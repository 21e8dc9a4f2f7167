package madang.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import madang.chat.MessageStore.Change;
import madang.chat.MessageStore.Draft;
import madang.chat.MessageStore.Outcome;
import madang.kit.Id;
import madang.kit.Ids;
import madang.kit.User;
import madang.kit.db.DatabaseAddress;
import madang.kit.db.Db;
import madang.kit.db.Outbox;
import madang.kit.json.Json;
import madang.testing.House;
import madang.testing.Scale;
import madang.testing.TestPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What the index finds, how much of it had to be checked for that, and what it leaves out. Nobody
/// files here but the tests.
class SearchIndexTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    /// More than three blocks; two million fill a database for a minute.
    private static final int MANY = Scale.times(50_000, 2_000_000);

    private static final int RARE = 9_973;
    private static final int WITHOUT_END = 1_000_000;

    private static DatabaseAddress database;
    private static Db db;
    private static MessageStore store;
    private static SearchIndex index;
    private static SearchWalk.Sources sources;
    private static final Ids ids = new Ids(InstantSource.system());
    private static final Id<Room> crowded = ids.next();

    private final Id<Room> garden = ids.next();
    private final Id<User> mina = ids.next();
    private int keys;

    @BeforeAll
    static void open() {
        database = House.freshDatabase();
        Outbox outbox = new Outbox(new Json(), InstantSource.system());
        db = new Db(database, Db.Pool.named("search", 4, 0, Duration.ofMinutes(5)), outbox);
        store = new PostgresMessageStore(db, db, new Json());
        index = new SearchIndex(db);
        sources = new SearchWalk.Sources(db, new SearchStore(), store);
        fill();
        indexAll(crowded);
    }

    @AfterAll
    static void close() {
        db.close();
        TestPostgres.drop(database);
    }

    @Test
    void a_rare_word_is_found_with_few_rows_checked_in_few_blocks() {
        for (String word : List.of("물푸레나무", "푸레", "물푸레나무에서", "나무에서 물푸레")) {
            SearchWalk.Found found = find(crowded, word, MANY / RARE);
            assertThat(found.messages()).as(word).hasSize(MANY / RARE);
            assertThat(found.messages())
                    .allSatisfy(message -> assertThat(message.seq() % RARE).isZero())
                    .isSortedAccordingTo((a, b) -> Long.compare(b.seq(), a.seq()));
            assertThat(found.named()).as("checked").isEqualTo(MANY / RARE);
            assertThat(found.lookups())
                    .as("each block once; where a hundred are named, their last one once more")
                    .isBetween(blocks(), blocks() + MANY / RARE / 100);
            assertThat(found.next()).isNull();
        }
    }

    @Test
    void a_frequent_word_is_found_in_the_newest_block() {
        for (String word : List.of("차", "한잔", "차 한잔", "어때")) {
            SearchWalk.Found found = find(crowded, word, 20);
            assertThat(found.messages()).as(word).hasSize(20);
            assertThat(found.named()).as("checked").isLessThanOrEqualTo(100);
            assertThat(found.lookups()).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void what_nobody_said_checks_nothing() {
        for (String word : List.of("없는말", "쀍", "xyzzy", "잔한", "🍵")) {
            SearchWalk.Found found = find(crowded, word, 20);
            assertThat(found.messages()).as(word).isEmpty();
            assertThat(found.named()).as(word).isLessThan(5);
        }
    }

    @Test
    void pages_go_on_where_the_last_one_ended_and_so_does_a_search_that_gave_up() {
        List<Long> whole = seqs(find(crowded, "물푸레", MANY / RARE).messages());
        for (int mostEffort : new int[] {1, 1_000}) {
            List<Long> paged = new ArrayList<>();
            Moment next = null;
            int pages = 0;
            do {
                SearchWalk.Found found =
                        SearchWalk.page(
                                sources,
                                List.of(crowded),
                                SearchQuery.of("물푸레"),
                                next,
                                2,
                                mostEffort);
                paged.addAll(seqs(found.messages()));
                next = found.next();
                assertThat(++pages).isLessThan(1_000);
            } while (next != null);
            assertThat(paged).isEqualTo(whole);
        }
    }

    @Test
    void what_is_not_indexed_yet_is_found_like_everything_else() {
        Message first = say("차 한잔 할까요");
        Message second = say("커피 한잔은요");
        assertThat(seqs(find(garden, "한잔", 9).messages())).containsExactly(2L, 1L);
        indexAll(garden);
        Message third = say("물 한잔");
        assertThat(seqs(find(garden, "한잔", 9).messages())).containsExactly(3L, 2L, 1L);
        assertThat(seqs(find(garden, "한잔", 2).messages())).containsExactly(3L, 2L);
        assertThat(seqs(find(garden, "한잔", 1).messages())).containsExactly(3L);

        change(first, new Change.Edit("차 두 잔", List.of(), NOON));
        change(second, new Change.Delete(NOON));
        change(third, new Change.Edit("물 한잔과 홍차", List.of(), NOON));
        for (int i = 0; i < 2; i++) {
            assertThat(seqs(find(garden, "한잔", 9).messages())).containsExactly(3L);
            assertThat(seqs(find(garden, "두", 9).messages())).containsExactly(1L);
            assertThat(seqs(find(garden, "차", 9).messages())).containsExactly(3L, 1L);
            assertThat(seqs(find(garden, "홍차", 9).messages())).containsExactly(3L);
            assertThat(seqs(find(garden, "커피", 9).messages())).isEmpty();
            indexAll(garden);
        }
        assertThat(rowsOf(garden)).as("nothing is left of what was deleted").isEqualTo(2);
    }

    @Test
    void ciphertext_is_not_found_and_neither_are_notices() {
        Draft secret = draft("비밀 이야기").encryptedFor("{\"" + mina + "\":\"a2V5\"}");
        store.append(
                List.of(secret, Draft.notice(garden, ids.next(), "{\"code\":\"비밀\"}", "n")), NOON);
        for (int i = 0; i < 2; i++) {
            assertThat(find(garden, "비밀", 9).messages()).isEmpty();
            indexAll(garden);
        }
    }

    @Test
    void every_part_of_a_message_finds_it_in_its_room_alone() {
        String text = "Straße 🍵👨‍👩‍👧 내일 세 시에 차 한잔? \u1112\u1161\u11ab\u1100\u1173\u11af";
        Message said = say(text);
        for (int i = 0; i < 2; i++) {
            for (String part :
                    List.of(
                            "차", "한", "잔?", "내일", "일 세", "STRASSE", "raß", "🍵", "👧", "한글", "ᄒ",
                            "글 내일")) {
                boolean isThere = !part.equals("ᄒ");
                assertThat(seqs(find(garden, part, 9).messages()))
                        .as(part)
                        .isEqualTo(isThere ? List.of(said.seq()) : List.of());
            }
            assertThat(find(ids.next(), "차", 9).messages()).isEmpty();
            indexAll(garden);
        }
    }

    @Test
    void the_newest_of_many_rooms_are_found_at_once() {
        List<Id<Room>> rooms = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            Id<Room> room = ids.next();
            rooms.add(room);
            store.append(List.of(Draft.text(room, ids.next(), mina, "대추차 " + i, "a")), NOON);
            if (i % 2 == 0) {
                indexAll(room);
            }
            store.append(List.of(Draft.text(room, ids.next(), mina, "둘째", "b")), NOON);
        }
        assertThat(find(rooms, "대추", 30).messages())
                .hasSize(30)
                .extracting(Message::room)
                .containsExactlyInAnyOrderElementsOf(rooms);
        assertThat(find(rooms.subList(0, 3), "차", 20).messages()).hasSize(3);
        assertThat(find(List.of(), "차", 20).messages()).isEmpty();
    }

    @Test
    void two_who_index_at_once_do_each_thing_once() throws Exception {
        for (int i = 0; i < 300; i++) {
            say("차 " + i);
        }
        assertThat(index.rest(1_000)).contains(garden);
        ChatRoomsTest.atOnce(
                List.of(
                        () -> index.advance(List.of(garden)),
                        () -> index.advance(List.of(garden)),
                        () -> index.advance(List.of(garden))));
        indexAll(garden);
        assertThat(index.rest(1_000)).doesNotContain(garden);
        assertThat(rowsOf(garden)).isEqualTo(300);
        assertThat(find(garden, "299", 9).messages()).hasSize(1);
    }

    @Test
    void long_texts_are_filed_in_steps_that_end() {
        List<Draft> drafts = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = 0; j < 3_900; j++) {
                text.appendCodePoint(0xAC00 + (i * 131 + j * 7) % 11_172);
            }
            drafts.add(draft(text + " 끝" + i));
        }
        store.append(drafts, NOON);
        int steps = indexAll(garden);
        assertThat(steps).isBetween(2, 4);
        assertThat(find(garden, "끝59", 9).messages()).hasSize(1);
    }

    private SearchWalk.Found find(Id<Room> room, String words, int limit) {
        return find(List.of(room), words, limit);
    }

    private SearchWalk.Found find(List<Id<Room>> rooms, String words, int limit) {
        return SearchWalk.page(sources, rooms, SearchQuery.of(words), null, limit, WITHOUT_END);
    }

    private static int blocks() {
        return (int) Grams.block(MANY) + 1;
    }

    private static int indexAll(Id<Room> room) {
        int steps = 0;
        while (!index.advance(List.of(room)).more().isEmpty()) {
            steps++;
        }
        return steps;
    }

    private Message say(String text) {
        return ((Outcome.Appended) store.append(List.of(draft(text)), NOON).getFirst()).message();
    }

    private Draft draft(String text) {
        return Draft.text(garden, ids.next(), mina, text, "key " + keys++);
    }

    private void change(Message message, Change change) {
        assertThat(store.change(garden, message.id(), change)).isPresent();
    }

    private static long rowsOf(Id<Room> room) {
        return db.read(tx ->
                tx.sql("select count(*) from chat.search where room_id = :room")
                        .with("room", room)
                        .one(Long.class));
    }

    private static List<Long> seqs(List<Message> messages) {
        return messages.stream().map(Message::seq).toList();
    }

    /// Many messages of common words, and now and then a rare one.
    private static void fill() {
        db.run(tx -> {
            tx.sql("set local statement_timeout = '10min'").count();
            tx.sql(
                            """
                            insert into chat.message (room_id, seq, changed_seq, id, kind, author_id,
                                                      text, client_key, created_at)
                            select :room, n, n, gen_random_uuid(), 'TEXT', :room,
                                   word[1 + n % 12] || ' ' || word[1 + n / 5 % 12] || ' '
                                       || word[1 + n / 77 % 12] || ' ' || n
                                       || case when n % :rare = 0 then ' 물푸레나무에서' else '' end,
                                   n::text, :now + n * interval '1 millisecond'
                            from generate_series(1, :many) as n,
                                 (select array['차', '한잔', '어때요?', '내일', '세 시에', '좋아요', 'tea',
                                               '정원에서', '봐요', '저는', '늦을 것', '같아요'] as word) words
                            """)
                    .with("room", crowded)
                    .with("now", NOON)
                    .with("many", MANY)
                    .with("rare", RARE)
                    .count();
            tx.sql(
                            "insert into chat.room_log (room_id, last_seq, last_at) values (:room, :many, :last)")
                    .with("room", crowded)
                    .with("many", MANY)
                    .with("last", NOON.plusMillis(MANY))
                    .count();
        });
    }
}
