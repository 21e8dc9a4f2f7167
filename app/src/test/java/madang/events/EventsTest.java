package madang.events;

import static madang.events.EventTown.EVENTS;
import static madang.events.EventTown.NOBODY;
import static madang.events.EventTown.add;
import static madang.events.EventTown.change;
import static madang.events.EventTown.confirms;
import static madang.events.EventTown.does;
import static madang.events.EventTown.done;
import static madang.events.EventTown.history;
import static madang.events.EventTown.ids;
import static madang.events.EventTown.items;
import static madang.events.EventTown.propose;
import static madang.events.EventTown.proposes;
import static madang.events.EventTown.remove;
import static madang.events.EventTown.shown;
import static madang.events.EventTown.standing;
import static madang.events.EventTown.status;
import static madang.testing.Town.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import madang.testing.Answer;
import madang.testing.Person;
import madang.testing.Town;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Events over HTTP: what is proposed, what becomes of it, and who is told "no such event".
class EventsTest {
    @AutoClose private static Town town;

    @BeforeAll
    static void open() {
        town = Town.open();
    }

    @Test
    void an_event_is_proposed_and_those_who_are_asked_find_it() {
        Person mina = town.mina();
        Person joon = town.joon();
        Answer made =
                propose(
                        mina,
                        Map.of(
                                "title", " 저녁 식사 🍜 ",
                                "description", "창가 자리",
                                "location", "서울 종로구",
                                "start_time", "2027-03-01T19:00:00+09:00",
                                "end_time", "2027-03-01T21:00:00+09:00",
                                "participant_ids", List.of(joon.id(), mina.id(), joon.id())));
        assertThat(made.status()).isEqualTo(201);
        JsonNode event = made.data();
        assertThat(event.get("title").stringValue()).isEqualTo("저녁 식사 🍜");
        assertThat(event.get("start_time").stringValue()).isEqualTo("2027-03-01T10:00:00.000000Z");
        assertThat(event.get("status").stringValue()).isEqualTo("PROPOSED");
        assertThat(event.get("creator_id").stringValue()).isEqualTo(mina.id());
        assertThat(event.get("creator").get("nickname").stringValue()).isEqualTo("mina");
        assertThat(event.get("my_status").stringValue()).isEqualTo("CREATOR");
        assertThat(event.get("participant_count").asInt()).isEqualTo(1);
        JsonNode asked = event.get("participants").get(0);
        assertThat(asked.get("id").stringValue()).isEqualTo(joon.id());
        assertThat(asked.get("status").stringValue()).isEqualTo("PENDING");
        assertThat(asked.get("confirmed").booleanValue()).isFalse();
        assertThat(asked.get("invite_method").stringValue()).isEqualTo("CREATOR");
        assertThat(asked.has("phone")).isFalse();
        assertThat(made.header("ETag")).isEqualTo("\"1\"");

        String id = made.text("id");
        assertThat(standing(joon, id)).isEqualTo("PENDING");
        assertThat(ids(joon, EVENTS)).contains(id);
        assertThat(items(joon, EVENTS + "/" + id + "/participants")).hasSize(1);
    }

    @Test
    void strangers_find_no_event_whatever_they_do() {
        String event = proposes(town.mina(), town.joon());
        Person sora = town.sora();
        for (String path : List.of("", "/history", "/participants")) {
            Answer hidden = sora.http().get(EVENTS + "/" + event + path);
            Answer unknown = sora.http().get(EVENTS + "/" + NOBODY + path);
            assertThat(hidden.status()).as(path).isEqualTo(404);
            assertThat(hidden.code()).isEqualTo("EVENT_NOT_FOUND");
            assertThat(hidden.body().get("error")).isEqualTo(unknown.body().get("error"));
            assertThat(sora.http().get(EVENTS + "/no-uuid" + path).code())
                    .isEqualTo("EVENT_NOT_FOUND");
        }
        for (String deed :
                List.of(
                        "confirm",
                        "cancel",
                        "done",
                        "accept",
                        "decline",
                        "confirm-participation")) {
            assertThat(does(sora, event, deed).status()).as(deed).isEqualTo(404);
        }
        assertThat(change(sora, event, Map.of("title", "mine")).status()).isEqualTo(404);
        assertThat(sora.http().put(EVENTS + "/" + event, "{}").status()).isEqualTo(404);
        assertThat(sora.http().delete(EVENTS + "/" + event).status()).isEqualTo(404);
        assertThat(add(sora, event, sora).status()).isEqualTo(404);
        assertThat(remove(sora, event, town.joon()).status()).isEqualTo(404);
        assertThat(remove(sora, event, sora).status()).isEqualTo(404);
        assertThat(town.house().stranger().get(EVENTS).status()).isEqualTo(401);
        assertThat(status(town.mina(), event)).isEqualTo("PROPOSED");
    }

    @Test
    void participants_see_what_only_the_creator_may_do() {
        String event = proposes(town.mina(), town.joon());
        for (String deed : List.of("confirm", "cancel", "done")) {
            Answer refused = does(town.joon(), event, deed);
            assertThat(refused.status()).as(deed).isEqualTo(403);
            assertThat(refused.code()).isEqualTo("PERMISSION_DENIED");
        }
        assertThat(change(town.joon(), event, Map.of("title", "mine")).status()).isEqualTo(403);
        assertThat(town.joon().http().delete(EVENTS + "/" + event).status()).isEqualTo(403);
        assertThat(add(town.joon(), event, town.sora()).status()).isEqualTo(403);
        assertThat(does(town.mina(), event, "accept").code()).isEqualTo("EVENT_NOT_INVITED");
        assertThat(history(town.mina(), event)).containsExactly("PARTICIPANT_ADDED", "CREATED");
    }

    @Test
    void an_event_goes_its_way_and_never_back() {
        Person mina = town.mina();
        String event = proposes(mina);
        assertThat(does(mina, event, "done").code()).isEqualTo("EVENT_STATE");
        Answer confirmed = does(mina, event, "confirm");
        assertThat(confirmed.text("status")).isEqualTo("CONFIRMED");
        assertThat(confirmed.header("ETag")).isEqualTo("\"2\"");
        Answer again = does(mina, event, "confirm");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.code()).isEqualTo("EVENT_STATE");
        assertThat(again.details().get("status").stringValue()).isEqualTo("CONFIRMED");
        assertThat(does(mina, event, "done").code()).isEqualTo("EVENT_NOT_OVER");

        assertThat(does(mina, event, "cancel").text("status")).isEqualTo("CANCELED");
        for (String deed : List.of("confirm", "cancel", "done")) {
            assertThat(does(mina, event, deed).code()).as(deed).isEqualTo("EVENT_STATE");
        }
        assertThat(change(mina, event, Map.of("title", "later")).code()).isEqualTo("EVENT_STATE");
        assertThat(add(mina, event, town.joon()).code()).isEqualTo("EVENT_STATE");
        assertThat(history(mina, event)).containsExactly("CANCELED", "CONFIRMED", "CREATED");
    }

    @Test
    void what_took_place_is_done_by_its_creator_or_by_itself() {
        Person mina = town.mina();
        String byHer = past(mina);
        assertThat(does(mina, byHer, "done").code()).isEqualTo("EVENT_STATE");
        done(does(mina, byHer, "confirm"), 200);
        assertThat(does(mina, byHer, "done").text("status")).isEqualTo("DONE");
        assertThat(does(mina, byHer, "cancel").code()).isEqualTo("EVENT_STATE");

        String proposed = past(mina);
        String confirmed = past(mina);
        String tomorrow = confirms(mina);
        done(does(mina, confirmed, "confirm"), 200);
        Objects.requireNonNull(town.house().wiring().events()).events().finishOver();
        assertThat(status(mina, confirmed)).isEqualTo("DONE");
        assertThat(status(mina, tomorrow)).as("it is not over").isEqualTo("CONFIRMED");
        assertThat(status(mina, proposed)).as("nobody agreed to it").isEqualTo("PROPOSED");
        JsonNode last = items(mina, EVENTS + "/" + confirmed + "/history").getFirst();
        assertThat(last.get("change_type").stringValue()).isEqualTo("DONE");
        assertThat(last.get("actor").isNull()).as("the house").isTrue();
    }

    /// An event that took no time, long ago.
    private static String past(Person creator) {
        String then = "2020-01-01T00:00:00Z";
        return done(propose(creator, Map.of("start_time", then, "end_time", then)), 201).text("id");
    }

    @Test
    void what_is_changed_is_written_down_field_by_field() {
        Person mina = town.mina();
        String event = proposes(mina, town.joon());
        Answer changed =
                change(
                        mina,
                        event,
                        Map.of(
                                "title", "영화",
                                "location", "용산",
                                "end_time", "2030-01-01T10:00:00Z",
                                "start_time", "2030-01-01T09:00:00Z"));
        assertThat(changed.text("title")).isEqualTo("영화");
        assertThat(changed.header("ETag")).isEqualTo("\"2\"");
        assertThat(history(town.joon(), event))
                .contains("UPDATED title", "UPDATED location", "UPDATED start_time")
                .hasSize(6);
        JsonNode title =
                items(town.joon(), EVENTS + "/" + event + "/history").stream()
                        .filter(line -> line.path("field_name").asString().equals("title"))
                        .findFirst()
                        .orElseThrow();
        assertThat(title.get("old_value").stringValue()).isEqualTo("차 한잔 ☕");
        assertThat(title.get("new_value").stringValue()).isEqualTo("영화");
        assertThat(title.get("actor").get("nickname").stringValue()).isEqualTo("mina");

        Answer same = mina.http().put(EVENTS + "/" + event, json(Map.of("title", "영화")));
        assertThat(same.header("ETag")).as("nothing changed").isEqualTo("\"2\"");
        assertThat(history(mina, event)).hasSize(6);
        Map<String, Object> emptied = new HashMap<>();
        emptied.put("location", null);
        assertThat(change(mina, event, emptied).data().get("location").isNull()).isTrue();
    }

    @Test
    void what_makes_no_sense_is_refused_with_every_reason() {
        Person mina = town.mina();
        for (Map<String, ?> wrong :
                List.<Map<String, ?>>of(
                        Map.of("end_time", "2000-01-01T00:00:00Z"),
                        Map.of("end_time", "1969-12-31T23:59:59Z"),
                        Map.of("start_time", "tomorrow"),
                        Map.of("start_time", "2026-11-21T10:00:00"),
                        Map.of("title", " "),
                        Map.of("title", "a".repeat(201)),
                        Map.of("location", "a".repeat(201)),
                        Map.of("participant_ids", List.of(NOBODY)),
                        Map.of("participant_ids", List.of("no uuid")),
                        Map.of("participant_ids", Collections.nCopies(501, town.joon().id())))) {
            Answer refused = propose(mina, wrong);
            assertThat(refused.status()).as(wrong.keySet().toString()).isEqualTo(422);
            assertThat(refused.details().propertyNames().iterator().next())
                    .startsWith(wrong.keySet().iterator().next());
        }
        assertThat(
                        propose(mina, Map.of("participant_ids", List.of(town.joon().id(), NOBODY)))
                                .details()
                                .has("participant_ids[1]"))
                .isTrue();
        String event = proposes(mina);
        assertThat(change(mina, event, Map.of("status", "DONE")).details().has("status")).isTrue();
        assertThat(change(mina, event, Map.of("end_time", "2001-01-01T00:00:00Z")).status())
                .isEqualTo(422);
        assertThat(add(mina, event, mina).code()).isEqualTo("ALREADY_PARTICIPANT");
        for (String query :
                List.of(
                        "status=open",
                        "status=proposed",
                        "range=year",
                        "range=week&from=2026-01-01T00:00:00Z",
                        "from=yesterday",
                        "from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z",
                        "cursor=garbage",
                        "limit=101")) {
            assertThat(mina.http().get(EVENTS + "?" + query).status()).as(query).isEqualTo(422);
        }
    }

    @Test
    void who_knows_an_older_version_changes_nothing() {
        Person mina = town.mina();
        String event = proposes(mina);
        String path = EVENTS + "/" + event;
        String known = shown(mina, event).header("ETag");
        assertThat(mina.http().with("If-Match", known).patch(path, "{\"title\":\"one\"}").status())
                .isEqualTo(200);
        Answer late = mina.http().with("If-Match", known).patch(path, "{\"title\":\"two\"}");
        assertThat(late.status()).isEqualTo(412);
        assertThat(late.code()).isEqualTo("PRECONDITION_FAILED");
        for (Answer refused :
                List.of(
                        mina.http().with("If-Match", known).post(path + "/confirm"),
                        mina.http().with("If-Match", known).post(path + "/cancel"),
                        mina.http().with("If-Match", known).delete(path),
                        mina.http().with("If-Match", "W/\"2\"").patch(path, "{}"))) {
            assertThat(refused.status()).isEqualTo(412);
        }
        assertThat(mina.http().with("If-Match", "\"7\", \"2\"").patch(path, "{}").status())
                .isEqualTo(200);
        assertThat(mina.http().with("If-Match", "*").post(path + "/confirm").status())
                .isEqualTo(200);
        assertThat(shown(mina, event).text("title")).isEqualTo("one");
    }

    @Test
    void people_say_yes_and_no_until_it_is_settled() {
        Person mina = town.mina();
        Person joon = town.joon();
        String event = proposes(mina, joon);
        Answer yes = does(joon, event, "accept");
        assertThat(yes.text("my_status")).isEqualTo("ACCEPTED");
        JsonNode seen = shown(mina, event).data().get("participants").get(0);
        assertThat(seen.get("confirmed").booleanValue()).isTrue();
        assertThat(seen.get("confirmed_at")).isEqualTo(seen.get("responded_at"));
        assertThat(does(joon, event, "confirm-participation").status()).isEqualTo(200);
        assertThat(does(joon, event, "decline").text("my_status")).isEqualTo("DECLINED");
        assertThat(does(joon, event, "decline").status()).isEqualTo(200);
        assertThat(ids(joon, EVENTS + "?limit=100")).doesNotContain(event);
        assertThat(standing(joon, event)).as("he may still say yes").isEqualTo("DECLINED");
        assertThat(does(joon, event, "accept").text("my_status")).isEqualTo("ACCEPTED");
        assertThat(history(mina, event))
                .containsExactly(
                        "ACCEPTED", "DECLINED", "ACCEPTED", "PARTICIPANT_ADDED", "CREATED");

        done(does(mina, event, "cancel"), 200);
        assertThat(does(joon, event, "decline").code()).isEqualTo("EVENT_STATE");
        assertThat(does(joon, event, "accept").status()).as("no news").isEqualTo(200);
    }

    @Test
    void people_are_asked_put_out_and_leave() {
        Person mina = town.mina();
        Person joon = town.joon();
        Person sora = town.sora();
        String event = proposes(mina);
        Answer added = add(mina, event, joon);
        assertThat(added.status()).isEqualTo(201);
        assertThat(added.text("status")).isEqualTo("PENDING");
        assertThat(add(mina, event, joon).code()).isEqualTo("ALREADY_PARTICIPANT");
        done(add(mina, event, sora), 201);
        assertThat(remove(joon, event, sora).status()).isEqualTo(403);
        assertThat(remove(mina, event, sora).status()).isEqualTo(200);
        assertThat(shown(sora, event).status()).isEqualTo(404);
        assertThat(remove(mina, event, sora).code()).isEqualTo("PARTICIPANT_NOT_FOUND");
        assertThat(remove(mina, event, mina).code()).isEqualTo("EVENT_NOT_INVITED");
        assertThat(remove(joon, event, joon).status()).isEqualTo(200);
        assertThat(shown(joon, event).status()).isEqualTo(404);
        assertThat(shown(mina, event).data().get("participant_count").asInt()).isZero();
        assertThat(history(mina, event))
                .containsExactly(
                        "PARTICIPANT_LEFT",
                        "PARTICIPANT_REMOVED",
                        "PARTICIPANT_ADDED",
                        "PARTICIPANT_ADDED",
                        "CREATED");
    }

    @Test
    void who_is_parted_by_a_block_cannot_be_asked() {
        Person mina = town.person("mina-b");
        Person joon = town.person("joon-b");
        String event = proposes(mina);
        done(joon.http().put("/api/v1/users/me/blocks/" + mina.id(), "{}"), 201);
        Answer refused = add(mina, event, joon);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.details().has("participant_id")).isTrue();
        assertThat(propose(mina, Map.of("participant_ids", List.of(joon.id()))).status())
                .isEqualTo(422);
    }

    @Test
    void a_deleted_event_is_off_and_out_of_lists_and_its_people_may_still_look() {
        Person mina = town.mina();
        Person joon = town.joon();
        String event = confirms(mina, joon);
        for (int i = 0; i < 2; i++) {
            Answer deleted = mina.http().delete(EVENTS + "/" + event);
            assertThat(deleted.status()).isEqualTo(200);
            assertThat(deleted.data().isNull()).isTrue();
        }
        assertThat(status(joon, event)).isEqualTo("CANCELED");
        assertThat(ids(joon, EVENTS + "?limit=100")).doesNotContain(event);
        assertThat(ids(mina, EVENTS + "?limit=100&status=CANCELED")).doesNotContain(event);
        assertThat(history(joon, event))
                .containsExactly(
                        "DELETED", "CANCELED", "CONFIRMED", "PARTICIPANT_ADDED", "CREATED");
    }

    @Test
    void lists_come_by_start_and_pages_miss_none() {
        Person mina = town.person("mina-l");
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            String start = "2028-05-0" + (1 + i / 2) + "T09:00:00Z";
            made.add(
                    done(propose(mina, Map.of("start_time", start, "end_time", start)), 201)
                            .text("id"));
        }
        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = done(mina.http().get(EVENTS + "?limit=2" + cursor), 200).data();
            page.get("items").forEach(item -> seen.add(item.get("id").stringValue()));
            cursor =
                    page.get("next_cursor").isNull()
                            ? ""
                            : "&cursor=" + page.get("next_cursor").stringValue();
        } while (!cursor.isEmpty());
        assertThat(seen).containsExactlyElementsOf(made.reversed());

        done(does(mina, made.getFirst(), "confirm"), 200);
        assertThat(ids(mina, EVENTS + "?status=CONFIRMED")).containsExactly(made.getFirst());
        assertThat(ids(mina, EVENTS + "?status=DONE")).isEmpty();
        assertThat(ids(mina, EVENTS + "?from=2028-05-02T09:00:00Z&to=2028-05-03T09:00:00Z"))
                .containsExactlyInAnyOrder(made.get(2), made.get(3));
    }

    @Test
    void what_waits_for_my_answer_is_one_list_and_what_i_declined_another() {
        Person mina = town.person("mina-w");
        Person joon = town.person("joon-w");
        String waiting = proposes(mina, joon);
        String accepted = proposes(mina, joon);
        String declined = proposes(mina, joon);
        String own = proposes(joon);
        done(does(joon, accepted, "accept"), 200);
        done(does(joon, declined, "decline"), 200);
        assertThat(ids(joon, EVENTS)).containsExactlyInAnyOrder(waiting, accepted, own);
        assertThat(ids(joon, EVENTS + "?my_status=PENDING")).containsExactly(waiting);
        assertThat(ids(joon, EVENTS + "?my_status=ACCEPTED")).containsExactly(accepted);
        assertThat(ids(joon, EVENTS + "?my_status=DECLINED&status=PROPOSED"))
                .containsExactly(declined);
        assertThat(ids(joon, EVENTS + "?my_status=CREATOR&range=month&limit=1")).hasSizeLessThan(2);
        assertThat(ids(joon, EVENTS + "?my_status=CREATOR")).containsExactly(own);
        assertThat(joon.http().get(EVENTS + "?my_status=pending").status()).isEqualTo(422);
    }

    @Test
    void days_are_those_of_the_reader() {
        Person mina = town.person("mina-z");
        done(mina.http().patch("/api/v1/users/me", "{\"time_zone\":\"Asia/Seoul\"}"), 200);
        ZoneId seoul = ZoneId.of("Asia/Seoul");
        LocalDate today = LocalDate.ofInstant(town.house().clock().instant(), seoul);
        ZonedDateTime midnight = today.atStartOfDay(seoul);
        String early = at(mina, midnight, midnight.plusMinutes(30));
        String late = at(mina, midnight.plusDays(1).minusMinutes(1), midnight.plusDays(2));
        String yesterday = at(mina, midnight.minusHours(2), midnight);
        String night = at(mina, midnight.minusHours(2), midnight.plusHours(2));
        String journey = at(mina, midnight.minusDays(40), midnight.plusDays(40));
        String over = at(mina, midnight.minusDays(40), midnight);
        String tomorrow = at(mina, midnight.plusDays(1), midnight.plusDays(1));
        assertThat(ids(mina, EVENTS + "?range=today"))
                .containsExactly(late, early, night, journey)
                .doesNotContain(yesterday, tomorrow, over);
        String first = EVENTS + "?range=today&limit=2";
        assertThat(ids(mina, first)).containsExactly(late, early);
        String cursor = mina.http().get(first).data().get("next_cursor").stringValue();
        assertThat(ids(mina, first + "&cursor=" + cursor)).containsExactly(night, journey);
        assertThat(ids(mina, EVENTS + "?range=week")).contains(early, late);
        assertThat(ids(mina, EVENTS + "?range=month")).contains(early, late);
    }

    private static String at(Person person, ZonedDateTime start, ZonedDateTime end) {
        return done(
                        propose(
                                person,
                                Map.of(
                                        "start_time", start.toInstant().toString(),
                                        "end_time", end.toInstant().toString())),
                        201)
                .text("id");
    }

    @Test
    void an_event_is_said_in_its_chat_too() {
        Person mina = town.mina();
        Person joon = town.joon();
        String event = proposes(mina, joon);
        done(does(joon, event, "accept"), 200);
        done(change(mina, event, Map.of("title", "둘이서", "location", "공원")), 200);
        done(
                change(
                        mina,
                        event,
                        Map.of(
                                "start_time", "2030-01-01T09:00:00Z",
                                "end_time", "2030-01-01T10:00:00Z")),
                200);
        done(does(mina, event, "confirm"), 200);
        town.house().wiring().relay().drain();
        String room = shown(joon, event).text("room");
        Stream<String> told =
                items(joon, "/api/v1/chat/messages?room=" + room).reversed().stream()
                        .map(message -> message.get("notice").get("code").stringValue());
        assertThat(told)
                .containsExactly(
                        "event_created",
                        "event_invited",
                        "event_accepted",
                        "event_changed_title",
                        "event_changed_location",
                        "event_moved",
                        "event_confirmed");
        assertThat(shown(joon, event).data().get("unread_messages").asInt()).isZero();
        town.says(mina, "see you", room);
        assertThat(shown(joon, event).data().get("unread_messages").asInt()).isEqualTo(1);
        assertThat(shown(mina, event).data().get("unread_messages").asInt()).isZero();
    }
}
