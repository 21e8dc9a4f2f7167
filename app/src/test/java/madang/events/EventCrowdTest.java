package madang.events;

import static madang.events.EventTown.EVENTS;
import static madang.events.EventTown.done;
import static madang.events.EventTown.proposes;
import static madang.events.EventTown.shown;
import static madang.events.EventTown.user;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import madang.kit.db.Db;
import madang.testing.Answer;
import madang.testing.Person;
import madang.testing.Town;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Many events, and events of many.
class EventCrowdTest {
    @AutoClose private static Town town;
    private static Db db;

    @BeforeAll
    static void open() {
        town = Town.open();
        db = town.house().wiring().db();
    }

    @Test
    void a_page_costs_the_same_number_of_queries_however_many_events_it_shows() {
        Person mina = town.person("mina-q");
        fill(mina, 100);
        Map<String, Long> queries = new LinkedHashMap<>();
        for (String query :
                new String[] {
                    "limit=1", "limit=100", "limit=100&status=CONFIRMED", "limit=100&range=month"
                }) {
            queries.put(query, queriesOf(() -> done(mina.http().get(EVENTS + "?" + query), 200)));
        }
        assertThat(queries.get("limit=100")).isEqualTo(queries.get("limit=1"));
        assertThat(queries.values()).allSatisfy(count -> assertThat(count).isLessThan(8));
    }

    @Test
    void ten_thousand_events_are_paged_through_and_none_is_missed() {
        Person mina = town.person("mina-10k");
        fill(mina, 10_000);
        Set<String> seen = new HashSet<>();
        String last = "9999";
        String cursor = "";
        do {
            JsonNode page = done(mina.http().get(EVENTS + "?limit=100" + cursor), 200).data();
            for (JsonNode event : page.get("items")) {
                seen.add(event.get("id").stringValue());
                assertThat(event.get("start_time").stringValue()).isLessThanOrEqualTo(last);
                last = event.get("start_time").stringValue();
            }
            JsonNode next = page.get("next_cursor");
            cursor = next.isNull() ? "" : "&cursor=" + next.stringValue();
        } while (!cursor.isEmpty());
        assertThat(seen).hasSize(10_000);
    }

    @Test
    void an_event_has_room_for_ten_thousand_and_shows_the_first() {
        Person mina = town.mina();
        String event = proposes(mina);
        db.run(tx ->
                tx.sql(
                                """
                                update events.event set participant_count = 10000
                                where id = :event::uuid
                                """)
                        .with("event", event)
                        .count());
        Answer full = EventTown.add(mina, event, town.joon());
        assertThat(full.status()).isEqualTo(409);
        assertThat(full.code()).isEqualTo("EVENT_FULL");
        assertThat(shown(mina, event).data().get("participants").size()).isZero();
    }

    /// Events of this one, an hour each, the whole year long, every other one confirmed.
    private static void fill(Person person, int events) {
        db.run(tx -> {
            tx.sql(
                            """
                            insert into events.event (id, creator_id, title, start_time, end_time, status,
                                                      version, room_id, created_at, updated_at)
                            select gen_random_uuid(), :user, 'event ' || i, at, at + interval '1 hour',
                                   case when i % 2 = 0 then 'PROPOSED' else 'CONFIRMED' end, 1,
                                   gen_random_uuid(), now(), now()
                            from generate_series(1, :events) i,
                                 lateral (select date_trunc('month', now()) + interval '1 year'
                                                 - i / 2 * interval '53 minutes') moment(at)
                            """)
                    .with("user", user(person))
                    .with("events", events)
                    .count();
            tx.sql(
                            """
                            insert into events.participant (event_id, user_id, standing, invited_at,
                                                            start_time, end_time, event_status)
                            select id, creator_id, 'CREATOR', now(), start_time, end_time, status
                            from events.event where creator_id = :user
                            """)
                    .with("user", user(person))
                    .count();
        });
    }

    /// How many transactions and single questions it takes. Jobs come in between: the least of some
    /// tries is meant.
    private static long queriesOf(Runnable ask) {
        AtomicLong count = new AtomicLong();
        db.timesTransactions(_ -> count.incrementAndGet());
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 10; i++) {
            count.set(0);
            ask.run();
            least = Math.min(least, count.get());
        }
        return least;
    }
}
