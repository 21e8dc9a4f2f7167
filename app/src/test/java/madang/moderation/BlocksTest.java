package madang.moderation;

import static madang.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import madang.embedded.MemoryBus;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Db;
import madang.moderation.Moderation.Pair;
import madang.testing.Answer;
import madang.testing.Person;
import madang.testing.Town;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BlocksTest {
    private static final String BLOCKS = "/api/v1/users/me/blocks";
    private static final String NOBODY = "01900000-0000-7000-8000-000000000000";
    private static Town town;
    private static Moderation moderation;

    @BeforeAll
    static void open() {
        town = Town.open();
        moderation = town.house().wiring().moderation();
    }

    @AfterAll
    static void close() {
        town.close();
    }

    @Test
    void blocking_parts_two_people_whoever_did_it() {
        Person mina = town.person("mina-b1");
        Person joon = town.person("joon-b1");
        Pair pair = new Pair(id(joon), id(mina));
        assertThat(moderation.between(List.of(pair))).isEmpty();

        Answer blocked = block(mina, joon);
        assertThat(blocked.status()).isEqualTo(201);
        assertThat(blocked.data().get("user").get("nickname").stringValue()).isEqualTo("joon-b1");
        assertThat(moderation.between(List.of(pair))).containsExactly(pair);
        assertThat(moderation.between(List.of(new Pair(id(mina), id(joon))))).hasSize(1);
        assertThat(moderation.blockersOf(id(joon), Set.of(id(mina)))).containsExactly(id(mina));
        assertThat(moderation.blockersOf(id(mina), Set.of(id(joon)))).isEmpty();

        Answer unblocked = unblock(mina, joon);
        assertThat(unblocked.status()).isEqualTo(200);
        assertThat(unblocked.data().isNull()).isTrue();
        assertThat(moderation.between(List.of(pair))).isEmpty();
    }

    @Test
    void a_second_try_changes_nothing() {
        Person mina = town.person("mina-b2");
        Person joon = town.person("joon-b2");
        Answer first = block(mina, joon);
        Answer again = block(mina, joon);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.data()).isEqualTo(first.data());
        assertThat(list(mina, "")).containsExactly("joon-b2");
        for (int i = 0; i < 2; i++) {
            assertThat(unblock(mina, joon).status()).isEqualTo(200);
        }
        assertThat(list(mina, "")).isEmpty();
    }

    @Test
    void twenty_at_once_make_one_block() throws Exception {
        Person mina = town.person("mina-b3");
        Person joon = town.person("joon-b3");
        List<Integer> statuses = new ArrayList<>();
        try (var crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Answer>> all = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                all.add(() -> block(mina, joon));
            }
            for (var answer : crowd.invokeAll(all)) {
                statuses.add(answer.get().status());
            }
        }
        assertThat(statuses).containsOnlyOnce(201).contains(200).hasSize(20);
        assertThat(list(mina, "")).containsExactly("joon-b3");
    }

    @Test
    void nobody_blocks_himself_or_somebody_who_is_not_there() {
        Person mina = town.mina();
        assertThat(block(mina, mina).code()).isEqualTo("BLOCK_ONESELF");
        assertThat(block(mina, mina).status()).isEqualTo(409);
        for (String nobody : List.of(NOBODY, "joon", "🍵")) {
            String path =
                    BLOCKS
                            + "/"
                            + java.net.URLEncoder.encode(
                                    nobody, java.nio.charset.StandardCharsets.UTF_8);
            assertThat(mina.http().send("PUT", path, (byte[]) null).code())
                    .isEqualTo("USER_NOT_FOUND");
            assertThat(mina.http().delete(path).status()).isEqualTo(404);
        }
        assertThat(town.house().stranger().get(BLOCKS).status()).isEqualTo(401);
    }

    @Test
    void my_blocks_are_mine_and_come_page_by_page_while_they_change() {
        Person mina = town.person("mina-b5");
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            names.add("guest-b5-" + i);
            block(mina, town.person(names.getLast()));
        }
        String first = mina.http().get(BLOCKS + "?limit=3").text("next_cursor");
        assertThat(list(mina, "?limit=3"))
                .containsExactlyElementsOf(names.reversed().subList(0, 3));
        block(mina, town.person("latecomer-b5"));
        unblock(mina, town.person(names.get(4)));
        assertThat(list(mina, "?limit=3&cursor=" + first))
                .containsExactlyElementsOf(names.reversed().subList(3, 5));
        assertThat(list(town.person("sora-b5"), "")).isEmpty();
        for (String wrong : List.of("?cursor=garbage", "?limit=0", "?limit=101")) {
            assertThat(mina.http().get(BLOCKS + wrong).status()).isEqualTo(422);
        }
    }

    @Test
    void there_is_a_bound() {
        Person mina = town.person("mina-b6");
        Person joon = town.person("joon-b6");
        town.house()
                .wiring()
                .db()
                .run(tx ->
                        tx.sql(
                                        """
                                        with made as (
                                            insert into identity.users (id, nickname, role, language,
                                                time_zone, created_at)
                                            select gen_random_uuid(), 'guest', 'USER', 'ko',
                                                'Asia/Seoul', now()
                                            from generate_series(1, :most) returning id)
                                        insert into moderation.block (blocker_id, blocked_id, created_at)
                                        select :mina, id, now() from made
                                        """)
                                .with("mina", id(mina))
                                .with("most", Moderation.MOST_BLOCKED)
                                .count());
        Answer refused = block(mina, joon);
        assertThat(refused.code()).isEqualTo("BLOCK_LIMIT");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(moderation.between(List.of(new Pair(id(mina), id(joon))))).isEmpty();
    }

    @Test
    void another_node_hears_of_it_by_the_bus() {
        Person mina = town.person("mina-b7");
        Person joon = town.person("joon-b7");
        Db db = town.house().wiring().db();
        try (MemoryBus bus = new MemoryBus();
                Blocks here = new Blocks(db, new BlockStore(), bus);
                Blocks there = new Blocks(db, new BlockStore(), bus)) {
            here.start();
            there.start();
            var heard = new ConcurrentLinkedQueue<Id<User>>();
            there.onChanged(heard::add);
            assertThat(there.of(List.of(id(mina)))).isEqualTo(Map.of(id(mina), Set.of()));
            block(mina, joon);
            assertThat(there.of(List.of(id(mina))).get(id(mina))).as("remembered").isEmpty();
            here.tell(id(mina));
            eventually(() -> heard.contains(id(mina)));
            assertThat(there.of(List.of(id(mina)))).isEqualTo(Map.of(id(mina), Set.of(id(joon))));
        }
    }

    private static Answer block(Person who, Person whom) {
        return who.http().send("PUT", BLOCKS + "/" + whom.id(), (byte[]) null);
    }

    private static Answer unblock(Person who, Person whom) {
        return who.http().delete(BLOCKS + "/" + whom.id());
    }

    private static List<String> list(Person who, String query) {
        List<String> names = new ArrayList<>();
        who.http()
                .get(BLOCKS + query)
                .data()
                .get("items")
                .forEach(block -> names.add(block.get("user").get("nickname").stringValue()));
        return names;
    }

    private static Id<User> id(Person person) {
        return Id.parse(person.id());
    }
}
