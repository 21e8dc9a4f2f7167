package madang.people;

import static java.nio.charset.StandardCharsets.UTF_8;
import static madang.testing.Eventually.eventually;
import static madang.testing.Talker.code;
import static madang.testing.Talker.result;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import madang.kit.Id;
import madang.kit.json.Json;
import madang.testing.House;
import madang.testing.Person;
import madang.testing.Talker;
import madang.testing.Town;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PeopleTest {
    private static final String NOBODY = "01900000-0000-7000-8000-000000000000";
    private static final Json JSON = new Json();
    private static Town town;

    @BeforeAll
    static void open() {
        town = Town.open();
    }

    @AfterAll
    static void close() {
        town.close();
    }

    @Test
    void room_mates_see_each_other_come_and_go_once_however_many_tabs() {
        Person mina = town.person("mina-1");
        Person joon = town.person("joon-1");
        town.room(mina, joon);
        try (Talker watcher = town.talker(mina)) {
            assertThat(watches(watcher, joon)).isEmpty();
            try (Talker _ = town.talker(joon)) {
                assertThat(watcher.hears("presence.changed")).isEqualTo(changed(joon, true));
                try (Talker another = town.talker(joon)) {
                    assertThat(watches(watcher, joon)).containsExactly(joon.id());
                    another.opens(town.room(joon));
                }
            }
            assertThat(watcher.hears("presence.changed")).isEqualTo(changed(joon, false));
            assertThat(told(watcher)).hasSize(2);
            assertThat(watches(watcher, joon)).isEmpty();
        }
    }

    @Test
    void everybody_sees_himself() {
        Person mina = town.person("mina-2");
        try (Talker watcher = town.talker(mina)) {
            eventually(() -> !watches(watcher, mina).isEmpty());
        }
    }

    @Test
    void strangers_look_as_if_they_never_came() {
        Person mina = town.person("mina-3");
        Person joon = town.person("joon-3");
        Person sora = town.person("sora-3");
        town.room(mina, joon);
        everybodyIsInGeneral(mina, sora);
        try (Talker watcher = town.talker(sora);
                Talker friend = town.talker(joon)) {
            assertThat(watches(watcher, mina)).isEmpty();
            assertThat(watches(friend, mina)).isEmpty();
            result(watcher.calls("presence.watch", "users", List.of(NOBODY)));
            try (Talker _ = town.talker(mina)) {
                assertThat(friend.hears("presence.changed")).isEqualTo(changed(mina, true));
                assertThat(watches(watcher, mina)).isEmpty();
                assertThat(told(watcher)).isEmpty();
            }
        }
    }

    @Test
    void who_is_blocked_sees_the_other_go_once_and_for_all() {
        Person mina = town.person("mina-4");
        Person joon = town.person("joon-4");
        town.room(mina, joon);
        try (Talker blocker = town.talker(mina);
                Talker blocked = town.talker(joon)) {
            eventually(() -> !watches(blocked, mina).isEmpty());
            eventually(() -> !watches(blocker, joon).isEmpty());
            mina.http().send("PUT", "/api/v1/users/me/blocks/" + joon.id(), (byte[]) null);
            JsonNode last = blocked.hears("presence.changed");
            while (!last.equals(changed(mina, false))) {
                last = blocked.hears("presence.changed");
            }
            assertThat(watches(blocked, mina)).isEmpty();
            assertThat(watches(blocker, joon)).as("he who blocked").containsExactly(joon.id());
            mina.http().delete("/api/v1/users/me/blocks/" + joon.id());
            assertThat(watches(blocked, mina)).containsExactly(mina.id());
        }
    }

    @Test
    void who_watches_no_more_hears_no_more() {
        Person mina = town.person("mina-5");
        Person joon = town.person("joon-5");
        Person sora = town.person("sora-5");
        town.room(mina, joon, sora);
        try (Talker watcher = town.talker(mina);
                Talker still = town.talker(sora)) {
            watches(watcher, joon);
            watches(still, joon);
            result(watcher.calls("presence.unwatch", "users", List.of(joon.id(), NOBODY)));
            try (Talker _ = town.talker(joon)) {
                still.hears("presence.changed");
                watcher.calls("presence.unwatch", "users", List.of());
                assertThat(told(watcher)).isEmpty();
            }
        }
    }

    @Test
    void there_are_bounds() {
        Person mina = town.person("mina-6");
        String room = town.room(mina);
        List<String> mates = mates(room, Watches.MOST + 1);
        try (Talker watcher = town.talker(mina)) {
            JsonNode refused = watcher.calls("presence.watch", "users", mates.subList(0, 101));
            assertThat(refused.get("error").get("details").has("users")).isTrue();
            for (int at = 0; at < Watches.MOST; at += 100) {
                result(watcher.calls("presence.watch", "users", mates.subList(at, at + 100)));
            }
            JsonNode over = watcher.calls("presence.watch", "users", List.of(mates.getLast()));
            assertThat(code(over)).isEqualTo("PRESENCE_LIMIT");
            result(watcher.calls("presence.watch", "users", mates.subList(0, 100)));
            assertThat(code(watcher.calls("presence.watch", "users", "everybody")))
                    .isEqualTo("VALIDATION_ERROR");
            assertThat(code(watcher.calls("presence.watch"))).isEqualTo("VALIDATION_ERROR");
        }
    }

    @Test
    void a_crowd_that_comes_and_goes_at_once_ends_as_it_is() {
        Person mina = town.person("mina-7");
        List<Person> crowd =
                IntStream.range(0, 20).mapToObj(i -> town.person("crowd-7-" + i)).toList();
        town.room(mina, crowd.toArray(Person[]::new));
        try (Talker watcher = town.talker(mina)) {
            result(
                    watcher.calls(
                            "presence.watch", "users", crowd.stream().map(Person::id).toList()));
            List<Talker> talkers = crowd.stream().map(town::talker).toList();
            eventually(() -> shown(watcher).size() == crowd.size());
            talkers.subList(0, 10).forEach(Talker::close);
            eventually(() -> shown(watcher).size() == 10);
            talkers.subList(10, 20).forEach(Talker::close);
            eventually(() -> shown(watcher).isEmpty());
        }
    }

    @Test
    void on_whatever_nodes_they_are() {
        Map<String, String> shared = Map.of("MADANG_BUS", "postgresql");
        try (Town here = Town.open(shared);
                House there = House.on(here.house().database(), shared)) {
            here.room(here.mina(), here.joon());
            try (Talker watcher = here.talker(here.mina())) {
                assertThat(watches(watcher, here.joon())).isEmpty();
                String token = here.joon().accessToken();
                try (Talker _ = Talker.connect(there.port(), token)) {
                    assertThat(watcher.hears("presence.changed"))
                            .isEqualTo(changed(here.joon(), true));
                    try (Talker _ = here.talker(here.joon())) {
                        eventually(() -> !watches(watcher, here.joon()).isEmpty());
                    }
                }
                assertThat(watcher.hears("presence.changed"))
                        .isEqualTo(changed(here.joon(), false));
                assertThat(told(watcher)).hasSize(2);
            }
        }
    }

    /// Who is there, as a client counts up that believes what it is told.
    private static Set<String> shown(Talker watcher) {
        Set<String> online = new HashSet<>();
        for (JsonNode push : told(watcher)) {
            String user = push.get("user").stringValue();
            if (push.get("online").booleanValue()) {
                online.add(user);
            } else {
                online.remove(user);
            }
        }
        return online;
    }

    private static List<JsonNode> told(Talker watcher) {
        return watcher.pushes().stream()
                .filter(push -> push.get("method").stringValue().equals("presence.changed"))
                .map(push -> push.get("params"))
                .toList();
    }

    private static List<String> watches(Talker watcher, Person whom) {
        List<String> online = new ArrayList<>();
        result(watcher.calls("presence.watch", "users", List.of(whom.id())))
                .get("online")
                .forEach(id -> online.add(id.stringValue()));
        return online;
    }

    private static JsonNode changed(Person who, boolean online) {
        return JSON.tree(
                "{\"user\":\"%s\",\"online\":%s}".formatted(who.id(), online).getBytes(UTF_8));
    }

    private static void everybodyIsInGeneral(Person... people) {
        for (Person person : people) {
            for (JsonNode room :
                    person.http()
                            .get("/api/v1/chat/rooms?scope=public&limit=100")
                            .data()
                            .get("items")) {
                if (room.get("is_default").booleanValue()) {
                    person.http()
                            .post("/api/v1/chat/rooms/" + room.get("id").stringValue() + "/join");
                }
            }
        }
    }

    /// Members who never come.
    private static List<String> mates(String room, int count) {
        return town
                .house()
                .wiring()
                .db()
                .<List<Id<Object>>>tx(tx ->
                        tx.sql(
                                        """
                                        with made as (
                                            insert into identity.users (id, nickname, role, language,
                                                time_zone, created_at)
                                            select gen_random_uuid(), 'mate', 'USER', 'ko',
                                                'Asia/Seoul', now()
                                            from generate_series(1, :count) returning id)
                                        insert into chat.member (room_id, user_id, role, read_seq, joined_at)
                                        select :room, id, 'MEMBER', 0, now() from made
                                        returning user_id
                                        """)
                                .with("room", Id.parse(room))
                                .with("count", count)
                                .ids())
                .stream()
                .map(Id::toString)
                .toList();
    }
}
