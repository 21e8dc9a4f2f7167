package madang.chat;

import static madang.chat.ChatRoomsTest.await;
import static madang.testing.Talker.result;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import madang.kit.Id;
import madang.kit.db.DatabaseAddress;
import madang.testing.House;
import madang.testing.Person;
import madang.testing.Talker;
import madang.testing.Town;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Many rooms, and rooms of many.
class CrowdTest {
    @AutoClose private static Town town;

    @BeforeAll
    static void open() {
        town = Town.open();
    }

    @Test
    void a_page_of_rooms_costs_the_same_number_of_queries_however_many_it_shows() {
        Person host = town.person("landlady");
        List<String> rooms = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            rooms.add(town.room(host));
            town.says(host, "first", rooms.getLast());
        }
        assertThat(transactionsOf(() -> list(host, 50)) - transactionsOf(() -> list(host, 2)))
                .as("queries more for 48 rooms more; jobs may come in between")
                .isLessThan(30);
    }

    @Test
    void in_a_crowd_presence_is_a_number_and_markers_are_ones_own() {
        String room = town.publicRoom(town.mina(), town.joon());
        fill(room, 101);
        try (Talker mina = town.talker(town.mina());
                Talker joon = town.talker(town.joon());
                Talker joonsTab = town.talker(town.joon())) {
            mina.opens(room);
            joon.opens(room);
            joonsTab.opens(room);
            JsonNode presence = mina.hears("chat.presence");
            while (presence.path("online_count").asInt() != 2) {
                assertThat(presence.has("user")).as("nobody is named in a crowd").isFalse();
                presence = mina.hears("chat.presence");
            }
            JsonNode said = mina.says("hello crowd", room);
            joon.hearsText("hello crowd");
            mina.hearsText("hello crowd");
            result(joon.calls("chat.read", "room", room, "seq", said.get("seq").asLong()));
            assertThat(joonsTab.hears("chat.read").get("seq")).isEqualTo(said.get("seq"));
            assertThat(mina.hearsNothing()).isTrue();
        }
    }

    @Test
    void markers_of_more_people_than_one_flush_takes_are_all_written_at_the_end() {
        DatabaseAddress database = House.freshDatabase();
        int people = 6_000;
        String room;
        try (House house = House.on(database, java.util.Map.of())) {
            Person mina = house.person("mina");
            room =
                    mina.http()
                            .post("/api/v1/chat/rooms", "{\"name\":\"stadium\"}")
                            .data()
                            .get("id")
                            .stringValue();
            fill(house, room, people);
            ReadMarkers markers = new ReadMarkers(house.wiring().db(), new MemberStore());
            List<Id<madang.kit.User>> members =
                    house.wiring()
                            .db()
                            .read(tx ->
                                    tx.sql("select user_id from chat.member where room_id = :room")
                                            .with("room", Id.parse(room))
                                            .ids());
            members.forEach(member -> markers.move(Id.parse(room), member, 7));
            markers.start();
            markers.stop();
            long written =
                    house.wiring()
                            .db()
                            .<Long>read(tx ->
                                    tx.sql(
                                                    "select count(*) from chat.member"
                                                            + " where room_id = :room and read_seq = 7")
                                            .with("room", Id.parse(room))
                                            .one(Long.class));
            assertThat(written).isEqualTo(people + 1L);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void list(Person host, int limit) {
        assertThat(host.http().get("/api/v1/chat/rooms?limit=" + limit).data().get("items"))
                .hasSize(limit);
    }

    /// How many transactions, of a single query each where only reading is done, the database
    /// counts for this.
    private static long transactionsOf(Runnable work) {
        long before = transactions();
        work.run();
        return transactions() - before;
    }

    /// PostgreSQL counts once a second at most; so it is asked until the number rests.
    private static long transactions() {
        long[] last = {-1};
        return await(
                () -> {
                    Thread.sleep(1_100);
                    long now = counted();
                    boolean isSteady = Math.abs(now - last[0]) < 12;
                    last[0] = now;
                    return isSteady ? now : -1L;
                },
                count -> count >= 0);
    }

    private static long counted() {
        return town.house()
                .wiring()
                .db()
                .read(tx ->
                        tx.sql(
                                        "select xact_commit + xact_rollback from pg_stat_database"
                                                + " where datname = current_database()")
                                .one(Long.class));
    }

    private static void fill(String room, int people) {
        fill(town.house(), room, people);
    }

    /// Members who never come: enough for a crowd.
    private static void fill(House house, String room, int people) {
        house.wiring()
                .db()
                .run(tx -> {
                    tx.sql(
                                    """
                                    with made as (
                                        insert into identity.users (id, nickname, role, language,
                                            time_zone, created_at)
                                        select gen_random_uuid(), 'guest ' || n, 'USER', 'ko',
                                            'Asia/Seoul', now()
                                        from generate_series(1, :people) n returning id)
                                    insert into chat.member (room_id, user_id, role, read_seq, joined_at)
                                    select :room, id, 'MEMBER', 0, now() from made
                                    """)
                            .with("people", people)
                            .with("room", Id.parse(room))
                            .count();
                    tx.sql(
                                    "update chat.room set member_count = member_count + :people"
                                            + " where id = :room")
                            .with("people", people)
                            .with("room", Id.parse(room))
                            .count();
                });
    }
}
