package madang.moderation;

import static madang.testing.Town.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import madang.kit.Id;
import madang.testing.Answer;
import madang.testing.Person;
import madang.testing.Town;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ReportsTest {
    private static final String REPORTS = "/api/v1/reports";
    private static final String QUEUE = "/api/v1/admin/reports";
    private static final String NOBODY = "01900000-0000-7000-8000-000000000000";
    private static Town town;
    private static Person admin;

    @BeforeAll
    static void open() {
        town = Town.open();
        admin = town.person("keeper");
        role(admin, "ADMIN");
    }

    @AfterAll
    static void close() {
        town.close();
    }

    @Test
    void a_message_is_reported_with_its_words_even_when_they_are_taken_back() {
        String room = town.room(town.mina(), town.joon());
        JsonNode said = town.says(town.joon(), "나쁜 말 🍵", room);

        Answer made = report(town.mina(), message(said, "abuse", "he always does"));
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.text("status")).isEqualTo("open");
        assertThat(made.text("subject_type")).isEqualTo("message");
        assertThat(made.data().has("evidence")).isFalse();
        town.joon()
                .http()
                .delete(
                        "/api/v1/chat/rooms/%s/messages/%s"
                                .formatted(room, said.get("id").stringValue()));

        JsonNode found = inQueue(made.text("id"), "open");
        assertThat(found.get("evidence").stringValue()).isEqualTo("나쁜 말 🍵");
        assertThat(found.get("text").stringValue()).isEqualTo("he always does");
        assertThat(found.get("reason").stringValue()).isEqualTo("abuse");
        assertThat(found.get("room").stringValue()).isEqualTo(room);
        assertThat(found.get("reported").get("nickname").stringValue()).isEqualTo("joon");
        assertThat(found.get("reporter").get("nickname").stringValue()).isEqualTo("mina");
        assertThat(stored(made.text("id"))).doesNotContain("나쁜", "always");
    }

    @Test
    void users_and_rooms_are_reported_with_what_everybody_sees_of_them() {
        Answer user = report(town.mina(), thing("user", town.sora().id(), "spam"));
        assertThat(user.status()).isEqualTo(201);
        assertThat(inQueue(user.text("id"), "open").get("evidence").stringValue()).contains("sora");
        String room = town.publicRoom(town.joon());
        Answer reported = report(town.mina(), thing("room", room, "illegal"));
        assertThat(reported.status()).isEqualTo(201);
        JsonNode found = inQueue(reported.text("id"), "open");
        assertThat(found.get("evidence").stringValue()).contains("garden");
        assertThat(found.get("reported").get("nickname").stringValue()).isEqualTo("joon");
    }

    @Test
    void what_one_cannot_see_one_cannot_report() {
        String room = town.room(town.mina(), town.joon());
        JsonNode said = town.says(town.joon(), "between us", room);
        String elsewhere = town.publicRoom(town.sora());
        Map<String, Object> inAnotherRoom = message(said, "spam", null);
        inAnotherRoom.put("room", elsewhere);
        Map<String, Object> unknownRoom = message(said, "spam", null);
        unknownRoom.put("room", "garden");

        List<Map<String, Object>> hidden =
                List.of(
                        message(said, "spam", null),
                        inAnotherRoom,
                        unknownRoom,
                        thing("room", room, "spam"),
                        thing("room", NOBODY, "spam"),
                        thing("user", NOBODY, "spam"));
        for (Map<String, Object> body : hidden) {
            Answer refused = report(town.sora(), body);
            assertThat(refused.status()).as("%s", body).isEqualTo(404);
            assertThat(refused.code()).isEqualTo("REPORT_SUBJECT_NOT_FOUND");
        }
        assertThat(town.house().stranger().post(REPORTS, json(hidden.getFirst())).status())
                .isEqualTo(401);
    }

    @Test
    void a_report_that_makes_no_sense_names_every_wrong_field() {
        Answer wrong =
                report(
                        town.mina(),
                        Map.of(
                                "subject_type", "planet",
                                "subject_id", "5",
                                "reason", "boring",
                                "text", "x".repeat(2_001)));
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.details().propertyNames())
                .containsExactlyInAnyOrder("subject_type", "subject_id", "reason", "text");
        Answer roomless = report(town.mina(), thing("message", NOBODY, "spam"));
        assertThat(roomless.details().propertyNames()).containsExactly("room");
    }

    @Test
    void nobody_reports_himself() {
        String room = town.room(town.mina());
        JsonNode said = town.says(town.mina(), "my own words", room);
        assertThat(report(town.mina(), message(said, "spam", null)).code())
                .isEqualTo("REPORT_ONESELF");
        assertThat(report(town.mina(), thing("user", town.mina().id(), "spam")).status())
                .isEqualTo(409);
    }

    @Test
    void twenty_at_once_make_one_report() throws Exception {
        Person dana = town.person("dana");
        Map<String, Object> body = thing("user", town.haneul().id(), "self_harm");
        List<String> ids = new ArrayList<>();
        List<Integer> statuses = new ArrayList<>();
        try (var crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Answer>> all = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                all.add(() -> report(dana, body));
            }
            for (var answer : crowd.invokeAll(all)) {
                ids.add(answer.get().text("id"));
                statuses.add(answer.get().status());
            }
        }
        assertThat(statuses).containsOnlyOnce(201).hasSize(20);
        assertThat(ids.stream().distinct()).hasSize(1);
        assertThat(report(town.person("hana"), body).status()).as("somebody else").isEqualTo(201);
    }

    @Test
    void the_queue_is_for_administrators_who_are_asked_anew() {
        Person yuna = town.person("yuna");
        assertThat(yuna.http().get(QUEUE).status()).isEqualTo(403);
        assertThat(town.house().stranger().get(QUEUE).status()).isEqualTo(401);
        role(yuna, "ADMIN");
        assertThat(yuna.http().get(QUEUE).status()).isEqualTo(200);
        role(yuna, "USER");
        assertThat(yuna.http().get(QUEUE).status()).isEqualTo(403);
        assertThat(decide(yuna, NOBODY, "resolved").status()).isEqualTo(403);
    }

    @Test
    void an_administrator_decides_once_and_may_open_it_again() throws Exception {
        String id =
                report(town.person("bora"), thing("user", town.joon().id(), "other")).text("id");
        Person other = town.person("other-keeper");
        role(other, "ADMIN");
        List<Integer> statuses = new ArrayList<>();
        try (var both = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Answer>> all =
                    List.of(
                            () -> decide(admin, id, "resolved"),
                            () -> decide(other, id, "dismissed"));
            for (var answer : both.invokeAll(all)) {
                statuses.add(answer.get().status());
            }
        }
        assertThat(statuses).containsExactlyInAnyOrder(200, 409);
        assertThat(decide(admin, id, "resolved").code()).isEqualTo("REPORT_STATE");

        Answer opened = decide(admin, id, "open");
        assertThat(opened.data().get("decided_by").isNull()).isTrue();
        assertThat(decide(admin, id, "open").status()).isEqualTo(409);
        Answer decided = decide(admin, id, "dismissed");
        assertThat(decided.data().get("decided_by").get("nickname").stringValue())
                .isEqualTo("keeper");
        assertThat(decided.data().get("decided_at").isNull()).isFalse();
        assertThat(decided.text("note")).isEqualTo("looked at it");
        assertThat(inQueue(id, "dismissed").get("status").stringValue()).isEqualTo("dismissed");
        for (String nothing : List.of(NOBODY, "report")) {
            assertThat(decide(admin, nothing, "resolved").code()).isEqualTo("REPORT_NOT_FOUND");
        }
        assertThat(decide(admin, id, "forgotten").details().has("status")).isTrue();
        assertThat(admin.http().get(QUEUE + "?status=all").details().has("status")).isTrue();
    }

    @Test
    void the_longest_waiting_come_first_page_by_page() {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            made.add(
                    report(
                                    town.person("nari"),
                                    thing("user", town.person("n" + i + "x").id(), "spam"))
                            .text("id"));
        }
        assertThat(queue("open", 2)).doesNotHaveDuplicates().containsSubsequence(made);
    }

    @Test
    void long_after_the_decision_the_words_are_gone() {
        try (Town later = Town.open()) {
            Person keeper = later.person("keeper");
            later.house()
                    .wiring()
                    .db()
                    .run(tx -> tx.sql("update identity.users set role = 'ADMIN'").count());
            String id =
                    later.mina()
                            .http()
                            .post(REPORTS, json(thing("user", later.joon().id(), "spam")))
                            .text("id");
            keeper.http().patch(QUEUE + "/" + id, "{\"status\":\"resolved\"}");
            later.house().clock().move(Moderation.WORDS_KEPT.minus(Duration.ofHours(1)));
            later.house().wiring().moderation().forgetOldWords();
            assertThat(first(keeper).get("evidence").stringValue()).contains("joon");
            later.house().clock().move(Duration.ofHours(2));
            later.house().wiring().moderation().forgetOldWords();
            assertThat(first(keeper).get("evidence").isNull()).isTrue();
            assertThat(first(keeper).get("reason").stringValue()).isEqualTo("spam");
        }
    }

    private static JsonNode first(Person keeper) {
        Person again = keeper.onAnotherDevice();
        return again.http().get(QUEUE + "?status=resolved").data().get("items").get(0);
    }

    private static Answer report(Person who, Map<String, Object> body) {
        return who.http().post(REPORTS, json(body));
    }

    private static Answer decide(Person who, String report, String status) {
        return who.http()
                .patch(
                        QUEUE + "/" + report,
                        json(Map.of("status", status, "note", "looked at it")));
    }

    private static Map<String, Object> message(JsonNode said, String reason, String text) {
        Map<String, Object> body = thing("message", said.get("id").stringValue(), reason);
        body.put("room", said.get("room").stringValue());
        if (text != null) {
            body.put("text", text);
        }
        return body;
    }

    private static Map<String, Object> thing(String type, String id, String reason) {
        return new HashMap<>(Map.of("subject_type", type, "subject_id", id, "reason", reason));
    }

    private static JsonNode inQueue(String id, String status) {
        String cursor = "";
        do {
            JsonNode page = admin.http().get(QUEUE + "?limit=100&status=" + status + cursor).data();
            for (JsonNode report : page.get("items")) {
                if (report.get("id").stringValue().equals(id)) {
                    return report;
                }
            }
            cursor =
                    page.get("next_cursor").isNull()
                            ? ""
                            : "&cursor=" + page.get("next_cursor").stringValue();
        } while (!cursor.isEmpty());
        throw new AssertionError("no report " + id);
    }

    private static List<String> queue(String status, int limit) {
        List<String> ids = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page =
                    admin.http()
                            .get(QUEUE + "?limit=" + limit + "&status=" + status + cursor)
                            .data();
            page.get("items").forEach(report -> ids.add(report.get("id").stringValue()));
            cursor =
                    page.get("next_cursor").isNull()
                            ? ""
                            : "&cursor=" + page.get("next_cursor").stringValue();
        } while (!cursor.isEmpty());
        return ids;
    }

    private static String stored(String id) {
        return town.house()
                .wiring()
                .db()
                .read(tx ->
                        tx.sql("select text || evidence from moderation.report where id = :id")
                                .with("id", Id.parse(id))
                                .one(String.class));
    }

    private static void role(Person person, String role) {
        town.house()
                .wiring()
                .db()
                .run(tx ->
                        tx.sql("update identity.users set role = :role where id = :id")
                                .with("role", role)
                                .with("id", Id.parse(person.id()))
                                .count());
    }
}
