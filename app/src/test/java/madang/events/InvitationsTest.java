package madang.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static madang.events.EventTown.EVENTS;
import static madang.events.EventTown.NOBODY;
import static madang.events.EventTown.confirms;
import static madang.events.EventTown.does;
import static madang.events.EventTown.done;
import static madang.events.EventTown.history;
import static madang.events.EventTown.ids;
import static madang.events.EventTown.items;
import static madang.events.EventTown.proposes;
import static madang.events.EventTown.shown;
import static madang.events.EventTown.standing;
import static madang.testing.Town.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import madang.testing.Answer;
import madang.testing.Person;
import madang.testing.Town;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Invite links and invited friends: who comes in, who does not, and what he is told.
class InvitationsTest {
    @AutoClose private static Town town;

    @BeforeAll
    static void open() {
        town = Town.open();
    }

    @Test
    void who_is_shown_a_link_sees_where_it_leads_and_comes_in() {
        Person mina = town.mina();
        Person sora = town.sora();
        String event = proposes(mina);
        JsonNode link = done(make(mina, event, Map.of()), 201).data();
        String code = link.get("code").stringValue();
        assertThat(code).matches("[0-9A-Za-z]{12}");
        assertThat(link.get("link").stringValue()).endsWith("/invite/" + code);
        assertThat(link.get("max_uses").asInt()).isZero();
        assertThat(link.get("state").stringValue()).isEqualTo("ACTIVE");

        assertThat(shown(sora, event).code()).isEqualTo("EVENT_NOT_FOUND");
        JsonNode seen = done(look(sora, code), 200).data();
        assertThat(seen.get("event").get("title").stringValue()).isEqualTo("차 한잔 ☕");
        assertThat(seen.get("event").get("id").stringValue()).isEqualTo(event);
        assertThat(seen.get("creator").get("nickname").stringValue()).isEqualTo("mina");
        assertThat(seen.get("action").stringValue()).isEqualTo("confirm");
        assertThat(seen.get("event").has("participants")).isFalse();

        assertThat(done(join(sora, code), 200).text("event_id")).isEqualTo(event);
        assertThat(standing(sora, event)).isEqualTo("PENDING");
        JsonNode participant = shown(mina, event).data().get("participants").get(0);
        assertThat(participant.get("invite_method").stringValue()).isEqualTo("LINK");
        assertThat(participant.get("invited_by").stringValue()).isEqualTo(mina.id());
        assertThat(history(mina, event)).contains("PARTICIPANT_JOINED");
        assertThat(look(sora, code).text("action")).isEqualTo("already_joined");
        assertThat(look(mina, code).text("action")).isEqualTo("already_joined");
        assertThat(join(sora, code).code()).isEqualTo("ALREADY_PARTICIPANT");
        assertThat(join(mina, code).code()).isEqualTo("ALREADY_PARTICIPANT");
        assertThat(links(mina, event).getFirst().get("use_count").asInt()).isEqualTo(1);
    }

    @Test
    void who_comes_by_a_picture_came_by_a_picture() {
        Person mina = town.mina();
        Person joon = town.joon();
        String event = proposes(mina);
        String code = code(mina, event, Map.of());
        String path = EVENTS + "/" + event + "/invite-link/" + code + "/qr";
        Answer svg = done(mina.http().get(path), 200);
        assertThat(svg.header("Content-Type")).startsWith("image/svg+xml");
        assertThat(svg.text()).startsWith("<svg");
        Answer png = done(mina.http().get(path + "?format=png"), 200);
        assertThat(png.header("Content-Type")).isEqualTo("image/png");
        assertThat(png.response().body()).startsWith(0x89, 'P', 'N', 'G');
        assertThat(mina.http().get(path + "?format=gif").status()).isEqualTo(422);
        assertThat(joon.http().get(path).status()).isEqualTo(404);

        done(joon.http().post("/api/v1/invite/" + code + "/join", "{\"by\":\"qr\"}"), 200);
        assertThat(joon.http().get(path).status()).isEqualTo(403);
        assertThat(
                        shown(mina, event)
                                .data()
                                .get("participants")
                                .get(0)
                                .get("invite_method")
                                .stringValue())
                .isEqualTo("QR");
    }

    @Test
    void what_a_link_may_be_is_bounded() {
        Person mina = town.mina();
        String event = proposes(mina);
        List.of(
                        "{\"expires_in_hours\":0}",
                        "{\"expires_in_hours\":721}",
                        "{\"max_uses\":-1}",
                        "{\"max_uses\":10001}",
                        "{\"max_uses\":\"5\"}")
                .forEach(body ->
                        assertThat(
                                        mina.http()
                                                .post(EVENTS + "/" + event + "/invite-link", body)
                                                .status())
                                .as(body)
                                .isEqualTo(422));
        done(make(mina, event, Map.of("expires_in_hours", 720, "max_uses", 10_000)), 201);
        for (int i = 1; i < Invitations.MOST_LINKS; i++) {
            done(make(mina, event, Map.of()), 201);
        }
        assertThat(make(mina, event, Map.of()).code()).isEqualTo("INVITE_LINK_LIMIT");
        assertThat(ids(mina, EVENTS)).contains(event);
        Answer page = mina.http().get(EVENTS + "/" + event + "/invite-links?limit=60");
        String rest = "?limit=60&cursor=" + page.data().get("next_cursor").stringValue();
        assertThat(items(mina, EVENTS + "/" + event + "/invite-links" + rest)).hasSize(40);
    }

    @Test
    void only_its_creator_makes_sees_and_closes_links() {
        Person mina = town.mina();
        Person joon = town.joon();
        Person sora = town.sora();
        String event = proposes(mina, joon);
        String other = proposes(joon);
        String code = code(mina, event, Map.of());
        String path = EVENTS + "/" + event + "/invite-link";
        assertThat(make(joon, event, Map.of()).status()).isEqualTo(403);
        assertThat(make(sora, event, Map.of()).status()).isEqualTo(404);
        assertThat(joon.http().get(path + "s").status()).isEqualTo(403);
        assertThat(sora.http().get(path + "s").status()).isEqualTo(404);
        assertThat(joon.http().delete(path + "/" + code).status()).isEqualTo(403);
        assertThat(sora.http().delete(path + "/" + code).status()).isEqualTo(404);
        assertThat(joon.http().delete(EVENTS + "/" + other + "/invite-link/" + code).code())
                .as("a link of another event")
                .isEqualTo("INVITE_NOT_FOUND");
        assertThat(joon.http().get(EVENTS + "/" + other + "/invite-link/" + code + "/qr").code())
                .isEqualTo("INVITE_NOT_FOUND");
        assertThat(look(sora, code).status()).isEqualTo(200);
    }

    @Test
    void a_link_that_is_closed_or_over_says_so() {
        Person mina = town.person("mina-over");
        String event = proposes(mina);
        String closed = code(mina, event, Map.of());
        String path = EVENTS + "/" + event + "/invite-link/" + closed;
        for (int i = 0; i < 2; i++) {
            done(mina.http().delete(path), 200);
        }
        assertThat(look(town.sora(), closed).status()).isEqualTo(410);
        assertThat(join(town.sora(), closed).code()).isEqualTo("INVITE_INACTIVE");
        List.of("Unknown00000", "짧은코드", "0".repeat(500))
                .forEach(unknown -> {
                    assertThat(look(town.sora(), unknown).code()).isEqualTo("INVITE_NOT_FOUND");
                    assertThat(join(town.sora(), unknown).status()).isEqualTo(404);
                });
        assertThat(town.house().stranger().get("/api/v1/invite/" + closed).status()).isEqualTo(401);

        try (Town later = Town.open()) {
            Person host = later.mina();
            String dinner = proposes(host);
            String brief = code(host, dinner, Map.of("expires_in_hours", 1));
            later.house().clock().move(Duration.ofMinutes(61));
            Person guest = later.sora();
            assertThat(look(guest, brief).code()).isEqualTo("INVITE_EXPIRED");
            assertThat(join(guest, brief).code()).isEqualTo("INVITE_EXPIRED");
            assertThat(join(guest, brief).status()).isEqualTo(410);
        }
    }

    @Test
    void nobody_comes_into_what_is_over_or_called_off() {
        Person mina = town.mina();
        String event = confirms(mina);
        String code = code(mina, event, Map.of());
        done(does(mina, event, "cancel"), 200);
        assertThat(join(town.sora(), code).code()).isEqualTo("EVENT_STATE");
        assertThat(look(town.sora(), code).data().get("event").get("status").stringValue())
                .isEqualTo("CANCELED");
        assertThat(make(mina, event, Map.of()).code()).isEqualTo("EVENT_STATE");
    }

    @Test
    void fifty_who_come_at_once_to_ten_places_are_ten() throws Exception {
        Person mina = town.mina();
        String event = proposes(mina);
        String code = code(mina, event, Map.of("max_uses", 10));
        List<Callable<Answer>> all = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Person guest = town.person("guest-" + i);
            all.add(() -> join(guest, code));
        }
        List<Integer> statuses = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var joined : threads.invokeAll(all)) {
                Answer answer = joined.get();
                statuses.add(answer.status());
                if (answer.status() != 200) {
                    assertThat(answer.code()).isEqualTo("INVITE_USED_UP");
                }
            }
        }
        assertThat(statuses).filteredOn(status -> status == 200).hasSize(10);
        assertThat(shown(mina, event).data().get("participant_count").asInt()).isEqualTo(10);
        JsonNode link = links(mina, event).getFirst();
        assertThat(link.get("use_count").asInt()).isEqualTo(10);
        assertThat(link.get("state").stringValue()).isEqualTo("USED_UP");
    }

    @Test
    void who_comes_while_it_is_called_off_or_the_link_is_closed_is_in_or_out() throws Exception {
        for (int i = 0; i < 10; i++) {
            Person mina = town.mina();
            Person guest = town.person("guest-race-" + i);
            String event = proposes(mina);
            String code = code(mina, event, Map.of());
            Callable<Answer> end =
                    i % 2 == 0
                            ? () -> does(mina, event, "cancel")
                            : () ->
                                    mina.http()
                                            .delete(EVENTS + "/" + event + "/invite-link/" + code);
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var both = threads.invokeAll(List.of(end, () -> join(guest, code)));
                assertThat(both.get(0).get().status()).isEqualTo(200);
                Answer joined = both.get(1).get();
                assertThat(joined.status()).isIn(200, 409, 410);
                boolean isIn = shown(guest, event).status() == 200;
                assertThat(isIn).isEqualTo(joined.status() == 200);
                assertThat(links(mina, event).getFirst().get("use_count").asInt())
                        .isEqualTo(isIn ? 1 : 0);
            }
        }
    }

    @Test
    void one_person_who_joins_twice_at_once_is_in_once() throws Exception {
        Person mina = town.mina();
        String event = proposes(mina);
        String code = code(mina, event, Map.of("max_uses", 5));
        Person sora = town.person("sora-twice");
        Callable<Answer> join = () -> join(sora, code);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Integer> statuses = new ArrayList<>();
            for (var joined : threads.invokeAll(List.of(join, join, join))) {
                statuses.add(joined.get().status());
            }
            assertThat(statuses).containsExactlyInAnyOrder(200, 409, 409);
        }
        assertThat(links(mina, event).getFirst().get("use_count").asInt()).isEqualTo(1);
    }

    @Test
    void whom_the_creator_has_blocked_knows_no_such_link() {
        Person mina = town.person("mina-blocks");
        Person haneul = town.haneul();
        String event = proposes(mina);
        String code = code(mina, event, Map.of());
        done(mina.http().put("/api/v1/users/me/blocks/" + haneul.id(), "{}"), 201);
        assertThat(look(haneul, code).code()).isEqualTo("INVITE_NOT_FOUND");
        assertThat(join(haneul, code).code()).isEqualTo("INVITE_NOT_FOUND");
    }

    @Test
    void friends_are_asked_and_nobody_else() {
        Person mina = town.person("mina-friends");
        Person joon = town.person("joon-friend");
        Person sora = town.person("sora-friend");
        befriend(mina, joon);
        befriend(mina, sora);
        String event = proposes(mina, joon);
        Answer asked = invite(mina, event, sora.id(), joon.id(), sora.id());
        assertThat(asked.status()).isEqualTo(201);
        assertThat(asked.data().get("invited").valueStream().map(JsonNode::stringValue))
                .containsExactly(sora.id());
        assertThat(asked.data().get("already_participant").get(0).stringValue())
                .isEqualTo(joon.id());
        assertThat(standing(sora, event)).isEqualTo("PENDING");
        assertThat(invite(mina, event, sora.id()).status()).isEqualTo(200);

        Answer refused = invite(mina, event, joon.id(), town.haneul().id(), NOBODY);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.details().propertyNames())
                .containsExactly("friend_ids[1]", "friend_ids[2]");
        assertThat(invite(mina, event).status()).isEqualTo(422);
        assertThat(invite(joon, event, mina.id()).status()).isEqualTo(403);
        assertThat(invite(town.haneul(), event, mina.id()).status()).isIn(404, 422);
        done(does(mina, event, "cancel"), 200);
        assertThat(invite(mina, event, sora.id()).code()).isEqualTo("EVENT_STATE");
    }

    @Test
    void ten_lookups_a_minute_are_enough() {
        try (Town narrow = Town.open(Map.of("MADANG_RATE_LIMIT_INVITES", "10/minute"))) {
            Person mina = narrow.mina();
            String code = code(mina, proposes(mina), Map.of());
            for (int i = 0; i < 10; i++) {
                assertThat(look(i % 2 == 0 ? mina : narrow.joon(), code).status()).isEqualTo(200);
            }
            Answer over = look(narrow.sora(), code);
            assertThat(over.status()).isEqualTo(429);
            assertThat(over.header("Retry-After")).isNotEmpty();
            assertThat(join(narrow.sora(), code).status()).isEqualTo(200);
        }
    }

    private static Answer make(Person person, String event, Map<String, ?> wishes) {
        String path = EVENTS + "/" + event + "/invite-link";
        return wishes.isEmpty() ? person.http().post(path) : person.http().post(path, json(wishes));
    }

    private static String code(Person person, String event, Map<String, ?> wishes) {
        return done(make(person, event, wishes), 201).text("code");
    }

    private static Answer look(Person person, String code) {
        return person.http().get("/api/v1/invite/" + URLEncoder.encode(code, UTF_8));
    }

    private static Answer join(Person person, String code) {
        return person.http().post("/api/v1/invite/" + URLEncoder.encode(code, UTF_8) + "/join");
    }

    private static List<JsonNode> links(Person person, String event) {
        return items(person, EVENTS + "/" + event + "/invite-links");
    }

    private static Answer invite(Person person, String event, String... friends) {
        return person.http()
                .post(
                        EVENTS + "/" + event + "/invite",
                        json(Map.of("friend_ids", List.of(friends))));
    }

    private static void befriend(Person one, Person other) {
        String requests = "/api/v1/users/friends/requests";
        done(one.http().post(requests, json(Map.of("user", other.id()))), 201);
        done(other.http().post(requests + "/" + one.id() + "/accept"), 200);
    }
}
