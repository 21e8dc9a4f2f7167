package madang.people;

import static madang.testing.Eventually.eventually;
import static madang.testing.Talker.result;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import madang.testing.Answer;
import madang.testing.Person;
import madang.testing.Talker;
import madang.testing.Town;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class FriendsTest {
    private static final String FRIENDS = "/api/v1/users/friends";
    private static final String REQUESTS = FRIENDS + "/requests";
    private static final String NOBODY = "01900000-0000-7000-8000-000000000000";
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
    void who_is_asked_and_agrees_is_a_friend() {
        Person mina = town.person("mina-f1");
        Person joon = town.person("joon-f1");
        try (Talker tablet = town.talker(joon);
                Talker phone = town.talker(mina)) {
            Answer asked = ask(mina, joon);
            assertThat(asked.status()).isEqualTo(201);
            assertThat(asked.text("direction")).isEqualTo("outgoing");
            assertThat(asked.text("status")).isEqualTo("pending");
            assertThat(relation(tablet.hears("people.changed"), mina)).isEqualTo("asked");
            assertThat(relation(phone.hears("people.changed"), joon)).isEqualTo("requested");
            assertThat(names(joon, REQUESTS)).containsExactly("mina-f1");
            assertThat(names(mina, REQUESTS)).isEmpty();
            assertThat(names(mina, REQUESTS + "?direction=outgoing")).containsExactly("joon-f1");
            assertThat(relation(mina, joon)).isEqualTo("requested");
            assertThat(relation(joon, mina)).isEqualTo("asked");

            Answer agreed = accept(joon, mina);
            assertThat(agreed.status()).isEqualTo(200);
            assertThat(agreed.text("nickname")).isEqualTo("mina-f1");
            assertThat(accept(joon, mina).data().get("since"))
                    .isEqualTo(agreed.data().get("since"));
            assertThat(relation(phone.hears("people.changed"), joon)).isEqualTo("friend");
            eventually(() -> friend(mina, joon).get("online").booleanValue());
            assertThat(relation(mina, joon)).isEqualTo("friend");
            assertThat(names(joon, REQUESTS)).isEmpty();
            assertThat(names(mina, REQUESTS + "?direction=outgoing")).isEmpty();
            assertThat(ask(mina, joon).code()).isEqualTo("FRIEND_ALREADY");
        }
    }

    @Test
    void asking_twice_asks_once() {
        Person mina = town.person("mina-f2");
        Person joon = town.person("joon-f2");
        Answer first = ask(mina, joon);
        Answer again = mina.http().post(REQUESTS, "{\"username\":\"JOON-f2\"}");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.data()).isEqualTo(first.data());
        assertThat(names(joon, REQUESTS)).hasSize(1);
    }

    @Test
    void who_both_ask_at_once_are_friends() throws Exception {
        for (int i = 0; i < 10; i++) {
            Person mina = town.person("mina-x" + i);
            Person joon = town.person("joon-x" + i);
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Callable<Answer>> both = List.of(() -> ask(mina, joon), () -> ask(joon, mina));
                List<String> statuses = new ArrayList<>();
                for (var done : threads.invokeAll(both)) {
                    statuses.add(done.get().text("status"));
                }
                assertThat(statuses).containsExactlyInAnyOrder("pending", "accepted");
            }
            assertThat(names(mina, FRIENDS)).containsExactly(joon.name());
            assertThat(names(joon, FRIENDS)).containsExactly(mina.name());
            assertThat(names(mina, REQUESTS)).isEmpty();
            assertThat(names(joon, REQUESTS)).isEmpty();
        }
    }

    @Test
    void a_no_is_not_betrayed_and_holds_for_thirty_days() {
        Person mina = town.person("mina-f4");
        Person joon = town.person("joon-f4");
        JsonNode asked = ask(mina, joon).data();
        for (int i = 0; i < 2; i++) {
            assertThat(joon.http().post(REQUESTS + "/" + mina.id() + "/decline").status())
                    .isEqualTo(200);
        }
        assertThat(names(joon, REQUESTS)).isEmpty();
        assertThat(relation(joon, mina)).isEqualTo("none");
        assertThat(relation(mina, joon)).isEqualTo("requested");
        assertThat(ask(mina, joon).data()).isEqualTo(asked);
        assertThat(names(mina, REQUESTS + "?direction=outgoing")).containsExactly("joon-f4");
        assertThat(accept(joon, mina).code()).isEqualTo("FRIEND_REQUEST_NOT_FOUND");

        cancel(mina, joon);
        assertThat(relation(mina, joon)).isEqualTo("none");
        assertThat(ask(mina, joon).status()).isEqualTo(201);
        assertThat(names(joon, REQUESTS)).as("taking it back does not ask anew").isEmpty();

        assertThat(ask(joon, mina).text("status"))
                .as("he thought better of it")
                .isEqualTo("accepted");
        assertThat(names(mina, FRIENDS)).containsExactly("joon-f4");
    }

    @Test
    void what_was_declined_long_ago_may_be_asked_again() {
        try (Town other = Town.open()) {
            Person mina = other.person("mina");
            Person joon = other.person("joon");
            ask(mina, joon);
            joon.http().post(REQUESTS + "/" + mina.id() + "/decline");
            other.house().clock().move(Friends.DECLINED.plus(Duration.ofMinutes(1)));
            other.house().wiring().people().friends().forgetDeclined();
            Person minaAgain = mina.onAnotherDevice();
            assertThat(ask(minaAgain, joon).status()).isEqualTo(201);
            assertThat(names(joon.onAnotherDevice(), REQUESTS)).containsExactly("mina");
        }
    }

    @Test
    void a_request_is_taken_back() {
        Person mina = town.person("mina-f5");
        Person joon = town.person("joon-f5");
        ask(mina, joon);
        for (int i = 0; i < 2; i++) {
            assertThat(cancel(mina, joon).status()).isEqualTo(200);
        }
        assertThat(names(joon, REQUESTS)).isEmpty();
        assertThat(accept(joon, mina).status()).isEqualTo(404);
        assertThat(ask(mina, joon).status()).isEqualTo(201);
        assertThat(names(joon, REQUESTS)).hasSize(1);
    }

    @Test
    void who_is_blocked_asks_in_vain_and_does_not_learn_it() {
        Person mina = town.person("mina-f6");
        Person haneul = town.person("haneul-f6");
        befriend(mina, haneul);
        try (Talker ears = town.talker(mina)) {
            mina.http().put("/api/v1/users/me/blocks/" + haneul.id(), "{}");
            eventually(() -> names(mina, FRIENDS).isEmpty() && names(haneul, FRIENDS).isEmpty());
            assertThat(relation(ears.hears("people.changed"), haneul)).isEqualTo("none");

            Answer asked = ask(haneul, mina);
            assertThat(asked.status()).isEqualTo(201);
            assertThat(asked.text("status")).isEqualTo("pending");
            assertThat(relation(haneul, mina)).isEqualTo("requested");
            assertThat(names(mina, REQUESTS)).isEmpty();
            assertThat(relation(mina, haneul)).isEqualTo("blocked");
            assertThat(ask(mina, haneul).code()).isEqualTo("FRIEND_BLOCKED");
            assertThat(accept(mina, haneul).code()).isEqualTo("FRIEND_BLOCKED");
            assertThat(profile(haneul, mina).get("online").isNull()).isTrue();
            assertThat(ears.hearsNothing()).isTrue();
        }
    }

    @Test
    void a_friendship_ends_for_both() {
        Person mina = town.person("mina-f7");
        Person joon = town.person("joon-f7");
        befriend(mina, joon);
        for (int i = 0; i < 2; i++) {
            assertThat(joon.http().delete(FRIENDS + "/" + mina.id()).status()).isEqualTo(200);
        }
        assertThat(names(mina, FRIENDS)).isEmpty();
        assertThat(names(joon, FRIENDS)).isEmpty();
        assertThat(ask(joon, mina).status()).isEqualTo(201);
    }

    @Test
    void friends_see_each_other_come_and_go() {
        Person mina = town.person("mina-f8");
        Person joon = town.person("joon-f8");
        Person sora = town.person("sora-f8");
        befriend(mina, joon);
        try (Talker watcher = town.talker(mina)) {
            assertThat(watch(watcher, joon, sora)).isEmpty();
            try (Talker _ = town.talker(joon);
                    Talker _ = town.talker(sora)) {
                assertThat(watcher.hears("presence.changed").get("user").stringValue())
                        .isEqualTo(joon.id());
                assertThat(watch(watcher, joon, sora)).containsExactly(joon.id());
                assertThat(profile(mina, joon).get("online").booleanValue()).isTrue();
                assertThat(profile(mina, sora).get("online").isNull()).isTrue();
            }
        }
    }

    @Test
    void nobody_asks_himself_a_bot_or_who_is_gone() {
        Person mina = town.person("mina-f9");
        String bot =
                mina.http()
                        .post("/api/v1/users/me/bots", "{\"nickname\":\"봇\"}")
                        .data()
                        .get("bot")
                        .get("id")
                        .stringValue();
        Map.of(
                        "{\"user\":\"" + mina.id() + "\"}",
                        "FRIEND_ONESELF",
                        "{\"user\":\"" + bot + "\"}",
                        "USER_NOT_FOUND",
                        "{\"user\":\"" + NOBODY + "\"}",
                        "USER_NOT_FOUND",
                        "{\"username\":\"no-such-one\"}",
                        "USER_NOT_FOUND",
                        "{\"username\":\"ㅁ\"}",
                        "USER_NOT_FOUND",
                        "{}",
                        "VALIDATION_ERROR",
                        "{\"user\":\"hay\"}",
                        "VALIDATION_ERROR",
                        "{\"user\":\"" + bot + "\",\"username\":\"mina\"}",
                        "VALIDATION_ERROR")
                .forEach((body, code) ->
                        assertThat(mina.http().post(REQUESTS, body).code())
                                .as(body)
                                .isEqualTo(code));
        assertThat(mina.http().get("/api/v1/users/" + NOBODY).code()).isEqualTo("USER_NOT_FOUND");
        assertThat(mina.http().get("/api/v1/users/hay").code()).isEqualTo("USER_NOT_FOUND");
        assertThat(relation(mina, mina)).isEqualTo("self");
        assertThat(town.house().stranger().get(FRIENDS).status()).isEqualTo(401);
    }

    @Test
    void many_friends_come_page_by_page() {
        Person mina = town.person("mina-p");
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            Person friend = town.person("friend-" + i);
            befriend(mina, friend);
            names.addFirst(friend.name());
        }
        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = mina.http().get(FRIENDS + "?limit=3" + cursor).data();
            page.get("items").forEach(item -> seen.add(item.get("username").stringValue()));
            cursor =
                    page.get("next_cursor").isNull()
                            ? ""
                            : "&cursor=" + page.get("next_cursor").stringValue();
        } while (!cursor.isEmpty());
        assertThat(seen).containsExactlyElementsOf(names);
        assertThat(mina.http().get(FRIENDS + "?cursor=hay").status()).isEqualTo(422);
        assertThat(mina.http().get(REQUESTS + "?direction=up").status()).isEqualTo(422);
    }

    @Test
    void twenty_an_hour_are_enough() {
        try (Town narrow = Town.open(Map.of("MADANG_RATE_LIMIT_FRIEND_REQUESTS", "20/hour"))) {
            Person mina = narrow.mina();
            for (int i = 0; i < 20; i++) {
                assertThat(ask(mina, narrow.person("p-" + i)).status()).isEqualTo(201);
            }
            assertThat(ask(mina, narrow.joon()).status()).isEqualTo(429);
        }
    }

    private static Answer ask(Person who, Person whom) {
        return who.http().post(REQUESTS, "{\"user\":\"" + whom.id() + "\"}");
    }

    private static Answer accept(Person who, Person whom) {
        return who.http().post(REQUESTS + "/" + whom.id() + "/accept");
    }

    private static Answer cancel(Person who, Person whom) {
        return who.http().delete(REQUESTS + "/" + whom.id());
    }

    private static void befriend(Person mina, Person joon) {
        ask(mina, joon);
        assertThat(accept(joon, mina).status()).isEqualTo(200);
    }

    private static JsonNode profile(Person reader, Person user) {
        return reader.http().get("/api/v1/users/" + user.id()).data();
    }

    private static String relation(Person reader, Person user) {
        return profile(reader, user).get("relation").stringValue();
    }

    private static String relation(JsonNode push, Person user) {
        assertThat(push.get("user").stringValue()).isEqualTo(user.id());
        return push.get("relation").stringValue();
    }

    private static JsonNode friend(Person mina, Person joon) {
        return mina.http()
                .get(FRIENDS)
                .data()
                .get("items")
                .valueStream()
                .filter(friend -> friend.get("id").stringValue().equals(joon.id()))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> names(Person reader, String path) {
        return reader.http()
                .get(path)
                .data()
                .get("items")
                .valueStream()
                .map(item -> item.has("user") ? item.get("user") : item)
                .map(user -> user.get("username").stringValue())
                .toList();
    }

    private static List<String> watch(Talker watcher, Person... people) {
        JsonNode answer =
                watcher.calls(
                        "presence.watch",
                        "users",
                        List.of(people).stream().map(Person::id).toList());
        return result(answer).get("online").valueStream().map(JsonNode::stringValue).toList();
    }
}
