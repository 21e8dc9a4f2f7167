package madang.events;

import static madang.events.EventTown.EVENTS;
import static madang.events.EventTown.NOBODY;
import static madang.events.EventTown.does;
import static madang.events.EventTown.done;
import static madang.events.EventTown.items;
import static madang.events.EventTown.proposes;
import static madang.events.EventTown.remove;
import static madang.events.EventTown.shown;
import static madang.testing.Talker.code;
import static madang.testing.Talker.result;
import static madang.testing.Town.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import madang.live.LiveHub;
import madang.testing.Answer;
import madang.testing.Person;
import madang.testing.RawSocket;
import madang.testing.Talker;
import madang.testing.Town;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The chat of an event: who is in it, and how it is reached by the event's own name.
class EventTalkTest {
    @AutoClose private static Town town;

    @BeforeAll
    static void open() {
        town = Town.open();
    }

    @Test
    void what_is_said_in_an_event_is_read_there() {
        Person mina = town.mina();
        Person joon = town.joon();
        String event = proposes(mina, joon);
        Answer said = says(joon, event, "늦을 것 같아 🏃");
        assertThat(said.status()).isEqualTo(201);
        Answer again = says(joon, event, "늦을 것 같아 🏃");
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(again.text("id")).isEqualTo(said.text("id"));
        assertThat(texts(mina, event)).containsExactly("늦을 것 같아 🏃");
        assertThat(says(joon, event, " ").status()).isEqualTo(422);
        assertThat(shown(mina, event).data().get("unread_messages").asInt()).isEqualTo(1);
        assertThat(
                        items(mina, EVENTS + "?limit=100").stream()
                                .filter(item -> item.get("id").stringValue().equals(event))
                                .map(item -> item.get("unread_messages").asInt()))
                .containsExactly(1);
    }

    @Test
    void who_cannot_be_told_anything_now_is_sent_away_to_come_again() {
        String event = proposes(town.mina(), town.joon());
        town.house()
                .wiring()
                .db()
                .run(tx -> {
                    tx.sql("set local idle_in_transaction_session_timeout = 0").count();
                    tx.sql("lock table chat.room_log in access exclusive mode").count();
                    try (Talker talker = about(event, town.joon())) {
                        assertThat(talker.closeCode()).isEqualTo(LiveHub.COME_AGAIN);
                        assertThat(talker.pushes()).isEmpty();
                    }
                });
        try (Talker talker = about(event, town.joon())) {
            talker.hears("chat.opened");
        }
    }

    @Test
    void strangers_and_those_who_declined_hear_and_say_nothing() {
        Person mina = town.mina();
        Person joon = town.joon();
        Person sora = town.sora();
        String event = proposes(mina, joon);
        done(does(joon, event, "decline"), 200);
        String path = EVENTS + "/" + event + "/messages";
        assertThat(sora.http().get(path).code()).isEqualTo("EVENT_NOT_FOUND");
        assertThat(says(sora, event, "hi").code()).isEqualTo("EVENT_NOT_FOUND");
        assertThat(joon.http().get(path).status()).isEqualTo(403);
        assertThat(says(joon, event, "hi").status()).isEqualTo(403);
        assertThat(shown(joon, event).data().get("room").isNull()).isTrue();
        assertThat(handshake(joon, event)).startsWith("HTTP/1.1 403");
        for (String unknown : List.of(event, NOBODY, "7", "")) {
            assertThat(handshake(sora, unknown)).as(unknown).startsWith("HTTP/1.1 404");
        }
        assertThat(texts(mina, event)).isEmpty();
    }

    @Test
    void a_socket_about_an_event_hears_it_from_the_start_and_speaks_of_nothing_else() {
        Person mina = town.mina();
        Person joon = town.joon();
        String event = proposes(mina, joon);
        String room = shown(mina, event).text("room");
        String elsewhere = town.room(joon);
        assertThat(joon.http().get("/api/v1/ws?event_id=" + event).code())
                .isEqualTo("UPGRADE_REQUIRED");
        try (Talker talker = about(event, joon)) {
            JsonNode opened = talker.hears("chat.opened");
            assertThat(opened.get("room").stringValue()).isEqualTo(room);
            assertThat(opened.get("online").valueStream().map(JsonNode::stringValue))
                    .contains(joon.id());
            done(says(mina, event, "여기야"), 201);
            talker.hearsText("여기야");

            JsonNode mine = result(talker.calls("chat.send", "text", "갈게", "client_key", "k1"));
            assertThat(mine.get("room").stringValue()).isEqualTo(room);
            assertThat(
                            result(talker.calls("chat.read", "seq", mine.get("seq").asLong()))
                                    .get("unread")
                                    .asInt())
                    .isZero();
            assertThat(code(talker.calls("chat.open", "room", elsewhere)))
                    .isEqualTo("PERMISSION_DENIED");
            assertThat(
                            code(
                                    talker.calls(
                                            "chat.send",
                                            "room",
                                            elsewhere,
                                            "text",
                                            "hi",
                                            "client_key",
                                            "k2")))
                    .isEqualTo("PERMISSION_DENIED");
            assertThat(result(talker.calls("chat.open", "room", room)).get("room").stringValue())
                    .isEqualTo(room);
            assertThat(talker.calls("ping").has("result")).isTrue();
        }
        assertThat(texts(mina, event)).containsExactly("갈게", "여기야");
    }

    @Test
    void who_comes_back_is_told_what_he_missed() {
        Person mina = town.mina();
        String event = proposes(mina, town.joon());
        long known = done(says(mina, event, "one"), 201).data().get("changed_seq").asLong();
        done(says(mina, event, "two"), 201);
        try (Talker talker = about(event + "&after=" + known, town.joon())) {
            assertThat(talker.hears("chat.opened").get("changes").valueStream())
                    .extracting(message -> message.path("text").asString())
                    .contains("two")
                    .doesNotContain("one");
        }
    }

    @Test
    void a_ticket_opens_the_event_of_its_owner_alone() throws Exception {
        String event = proposes(town.mina(), town.joon());
        assertThat(RawSocket.answer(town.house().port(), target(event))).startsWith("HTTP/1.1 401");
        assertThat(
                        RawSocket.answer(
                                town.house().port(),
                                target(event) + "&ticket=" + ticket(town.sora())))
                .startsWith("HTTP/1.1 404");
        try (RawSocket socket =
                RawSocket.open(
                        town.house().port(), target(event) + "&ticket=" + ticket(town.joon()))) {
            assertThat(socket.hears()).contains("chat.opened");
        }
    }

    @Test
    void everybody_hears_of_it_on_every_device_when_something_is_new() {
        Person mina = town.mina();
        Person joon = town.joon();
        try (Talker ofMina = town.talker(mina);
                Talker ofJoon = town.talker(joon);
                Talker ofSora = town.talker(town.sora())) {
            String event = proposes(mina, joon);
            done(does(joon, event, "accept"), 200);
            done(does(mina, event, "confirm"), 200);
            assertThat(newsUntil("confirmed", ofMina, event)).startsWith("created", "people");
            assertThat(newsUntil("confirmed", ofJoon, event)).startsWith("invited", "people");
            done(remove(mina, event, joon), 200);
            done(does(mina, event, "cancel"), 200);
            assertThat(newsUntil("removed", ofJoon, event)).hasSize(1);
            assertThat(newsUntil("canceled", ofMina, event)).contains("people");
            ofJoon.calls("ping");
            assertThat(ofJoon.pushes())
                    .as("who is out hears no more")
                    .noneMatch(push ->
                            push.path("params").path("news").asString("").equals("canceled"));
            assertThat(ofSora.pushes())
                    .noneMatch(push -> push.get("method").stringValue().equals("events.changed"));
        }
    }

    @Test
    void in_a_crowd_only_its_creator_hears_who_answers() {
        Person mina = town.mina();
        Person joon = town.joon();
        Person sora = town.sora();
        String event = proposes(mina, joon, sora);
        town.house()
                .wiring()
                .db()
                .run(tx ->
                        tx.sql(
                                        """
                                        update events.event set participant_count = 101
                                        where id = :event::uuid
                                        """)
                                .with("event", event)
                                .count());
        try (Talker ofMina = town.talker(mina);
                Talker ofJoon = town.talker(joon);
                Talker ofSora = town.talker(sora)) {
            done(does(joon, event, "accept"), 200);
            done(does(mina, event, "confirm"), 200);
            assertThat(newsUntil("confirmed", ofMina, event)).contains("people");
            assertThat(newsUntil("confirmed", ofJoon, event)).contains("people");
            assertThat(newsUntil("confirmed", ofSora, event)).doesNotContain("people");
        }
    }

    /// What somebody is told of this event, up to this; news of others are passed over.
    private static List<String> newsUntil(String last, Talker talker, String event) {
        List<String> told = new ArrayList<>();
        while (!told.contains(last)) {
            JsonNode heard = talker.hears("events.changed");
            if (heard.get("event").stringValue().equals(event)) {
                told.add(heard.get("news").stringValue());
            }
        }
        return told;
    }

    @Test
    void who_is_out_of_the_event_is_out_of_its_chat_at_once() {
        Person mina = town.mina();
        Person joon = town.joon();
        Person sora = town.sora();
        String event = proposes(mina, joon, sora);
        try (Talker ofJoon = about(event, joon);
                Talker ofSora = about(event, sora)) {
            ofJoon.hears("chat.opened");
            ofSora.hears("chat.opened");
            done(does(joon, event, "decline"), 200);
            assertThat(ofJoon.hears("chat.closed").get("reason").stringValue())
                    .isEqualTo("removed");
            assertThat(code(ofJoon.calls("chat.send", "text", "still", "client_key", "k")))
                    .isEqualTo("CHAT_ROOM_NOT_FOUND");
            done(remove(mina, event, sora), 200);
            assertThat(ofSora.hears("chat.closed").get("reason").stringValue())
                    .isEqualTo("removed");
            done(says(mina, event, "entre nous"), 201);

            done(does(joon, event, "accept"), 200);
            result(ofJoon.calls("chat.open"));
            done(says(mina, event, "welcome back"), 201);
            ofJoon.hearsText("welcome back");
            assertThat(ofSora.hearsNothing()).isTrue();
        }
        assertThat(shown(joon, event).data().get("unread_messages").asInt())
                .as("what was said without him is not unread")
                .isEqualTo(1);
    }

    private static Answer says(Person person, String event, String text) {
        return person.http()
                .post(
                        EVENTS + "/" + event + "/messages",
                        json(Map.of("text", text, "client_key", "key of " + text)));
    }

    /// What people said, the newest first, without what the house tells.
    private static List<String> texts(Person person, String event) {
        return items(person, EVENTS + "/" + event + "/messages?limit=100").stream()
                .filter(message -> message.get("kind").stringValue().equals("text"))
                .map(message -> message.get("text").stringValue())
                .toList();
    }

    private static String ticket(Person person) {
        return done(person.http().post("/api/v1/auth/ws-ticket"), 201).text("ticket");
    }

    private static String target(String event) {
        return "/api/v1/ws?event_id=" + event;
    }

    private static String handshake(Person person, String event) {
        return RawSocket.answer(
                town.house().port(),
                target(event),
                "Authorization: Bearer " + person.accessToken());
    }

    private static Talker about(String event, Person person) {
        return Talker.about(event, town.house().port(), person.accessToken());
    }
}
