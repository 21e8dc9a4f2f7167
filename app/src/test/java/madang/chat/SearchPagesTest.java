package madang.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

/// Pages over many rooms find what somebody finds who reads everything: random words in random
/// rooms, said, edited and deleted before and after the index came by, which also comes by between
/// the pages. `-Dseed=` repeats a history, `-Dscale=` tells more of them.
class SearchPagesTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final int HISTORIES = Scale.times(6, 10_000);
    private static final int DEEDS = 150;
    private static final int QUESTIONS = 15;
    private static final List<String> SYLLABLES =
            List.of("차", "한", "잔", "한잔", "나무", "물", "🍵", "tea", "é");
    private static final int BLOCK = (int) Grams.firstOf(1);

    private static final Id<User> mina = new Ids(InstantSource.system()).next();

    private static DatabaseAddress database;
    private static Db db;
    private static MessageStore store;
    private static SearchIndex index;
    private static SearchWalk.Sources sources;

    @BeforeAll
    static void open() {
        database = House.freshDatabase();
        Outbox outbox = new Outbox(new Json(), InstantSource.system());
        db = new Db(database, Db.Pool.named("search", 4, 0, Duration.ofMinutes(5)), outbox);
        store = new PostgresMessageStore(db, db, new Json());
        index = new SearchIndex(db);
        sources = new SearchWalk.Sources(db, new SearchStore(), store);
    }

    @AfterAll
    static void close() {
        db.close();
        TestPostgres.drop(database);
    }

    @Test
    void all_pages_together_hold_what_a_reader_of_everything_finds_each_once_the_newest_first() {
        long seed = Scale.seed();
        for (int i = 0; i < HISTORIES; i++) {
            History history = new History(seed + i);
            for (int deed = 0; deed < DEEDS; deed++) {
                history.goesOn();
            }
            for (int question = 0; question < QUESTIONS; question++) {
                history.isSearched();
            }
        }
    }

    @Test
    void much_that_waits_to_be_filed_is_gone_through_page_by_page() {
        Id<Room> room = new Ids(InstantSource.system()).next();
        Ids ids = new Ids(InstantSource.system());
        List<Draft> drafts =
                IntStream.range(0, 3_000)
                        .mapToObj(i ->
                                Draft.text(
                                        room, ids.next(), mina, i == 7 ? "귤" : "차 " + i, "k" + i))
                        .toList();
        store.append(drafts, NOON);

        SearchWalk.Found first =
                SearchWalk.page(sources, List.of(room), SearchQuery.of("귤"), null, 5, 20);
        assertThat(first.messages()).isEmpty();
        assertThat(first.next()).isNotNull();
        SearchWalk.Found rest =
                SearchWalk.page(
                        sources, List.of(room), SearchQuery.of("귤"), first.next(), 5, 1_000);
        assertThat(rest.messages()).extracting(Message::text).containsExactly("귤");
        assertThat(rest.next()).isNull();
        assertThat(rest.lookups()).as("nothing is filed").isZero();
    }

    /// "시에" and "에서" stand in all of them, "시에서" in few.
    @Test
    void what_the_index_names_in_vain_hides_nothing() {
        Ids ids = new Ids(InstantSource.system());
        List<Id<Room>> rooms = List.of(ids.next(), ids.next());
        for (int block = 0; block < 2; block++) {
            List<Draft> drafts = new ArrayList<>();
            for (int i = 0; i < 600; i++) {
                String text = i % 300 < 2 ? "다섯시에서" : "세 시에 정원에서";
                drafts.add(Draft.text(rooms.get(i % 2), ids.next(), mina, text, block + " " + i));
            }
            store.append(drafts, NOON.plusSeconds(block));
            rooms.forEach(room -> skip(room, BLOCK));
        }
        while (!index.advance(rooms).more().isEmpty()) {}

        SearchQuery query = SearchQuery.of("시에서");
        List<Moment> found = new ArrayList<>();
        Moment next = null;
        do {
            SearchWalk.Found page = SearchWalk.page(sources, rooms, query, next, 20, 10_000);
            page.messages().forEach(message -> found.add(Moment.of(message)));
            next = page.next();
        } while (next != null);
        assertThat(found).hasSize(8).isEqualTo(byReading(rooms, query));
    }

    /// As many changes go by.
    private static void skip(Id<Room> room, int places) {
        db.run(tx ->
                tx.sql(
                                "update chat.room_log set last_seq = last_seq + :places where room_id = :room")
                        .with("places", places)
                        .with("room", room)
                        .count());
    }

    private static List<Moment> byReading(List<Id<Room>> asked, SearchQuery query) {
        return asked.stream()
                .flatMap(room -> store.before(room, Long.MAX_VALUE, 10_000).stream())
                .filter(message -> message.isMatchedBy(query))
                .map(Moment::of)
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    /// What happens in a few rooms, out of one seed.
    private static final class History {
        private final String name;
        private final Random random;
        private final Ids ids = new Ids(InstantSource.system());
        private final List<Id<Room>> rooms =
                Stream.generate(() -> ids.<Room>next()).limit(5).toList();
        private final List<Message> said = new ArrayList<>();
        private Instant now = NOON;
        private int keys;

        History(long seed) {
            name = "-Dseed=" + seed;
            random = new Random(seed);
        }

        void goesOn() {
            switch (random.nextInt(12)) {
                case 0 -> isFiledSomewhere();
                case 1 -> change(new Change.Edit(words(4), List.of(), now));
                case 2 -> change(new Change.Delete(now));
                case 3 -> change(new Change.Pin(now, 1_000));
                case 4 -> skip(any(rooms), random.nextInt(2 * BLOCK));
                default -> say();
            }
        }

        /// Several at once are said at nearly the same time in several rooms.
        private void say() {
            if (random.nextBoolean()) {
                now = now.plusMillis(random.nextInt(3));
            }
            List<Draft> drafts =
                    IntStream.range(0, 1 + random.nextInt(6)).mapToObj(_ -> draft()).toList();
            store.append(drafts, now)
                    .forEach(outcome -> said.add(((Outcome.Appended) outcome).message()));
        }

        private Draft draft() {
            Draft draft = Draft.text(any(rooms), ids.next(), mina, words(4), "key " + keys++);
            return random.nextInt(20) == 0 ? draft.encryptedFor("{}") : draft;
        }

        private void change(Change change) {
            if (!said.isEmpty()) {
                Message message = any(said);
                store.change(message.room(), message.id(), change);
            }
        }

        private void isFiledSomewhere() {
            index.advance(rooms.stream().filter(_ -> random.nextBoolean()).toList());
        }

        void isSearched() {
            SearchQuery query = SearchQuery.of(words(2));
            List<Id<Room>> asked =
                    random.nextInt(4) == 0
                            ? List.of(any(rooms))
                            : rooms.stream().filter(_ -> random.nextInt(5) > 0).toList();
            assertThat(inPages(asked, query))
                    .as("%s %s in %d rooms", name, query.words(), asked.size())
                    .containsExactlyElementsOf(byReading(asked, query));
        }

        private List<Moment> inPages(List<Id<Room>> asked, SearchQuery query) {
            List<Moment> found = new ArrayList<>();
            int limit = 1 + random.nextInt(6);
            Moment next = null;
            do {
                SearchWalk.Found page =
                        SearchWalk.page(sources, asked, query, next, limit, 1 + random.nextInt(40));
                assertThat(page.messages().size()).as(name).isLessThanOrEqualTo(limit);
                page.messages().forEach(message -> found.add(Moment.of(message)));
                assertThat(page.next() == null || next == null || page.next().compareTo(next) < 0)
                        .as("%s goes on", name)
                        .isTrue();
                next = page.next();
                if (random.nextInt(5) == 0) {
                    isFiledSomewhere();
                }
            } while (next != null);
            return found;
        }

        private String words(int most) {
            StringBuilder words = new StringBuilder(any(SYLLABLES));
            for (int i = random.nextInt(most); i > 0; i--) {
                words.append(random.nextInt(3) == 0 ? " " : "").append(any(SYLLABLES));
            }
            return words.toString();
        }

        private <T> T any(List<T> among) {
            return among.get(random.nextInt(among.size()));
        }
    }
}
