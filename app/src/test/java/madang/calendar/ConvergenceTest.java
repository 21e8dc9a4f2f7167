package madang.calendar;

import static madang.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import madang.kit.Id;
import madang.testing.Answer;
import madang.testing.House;
import madang.testing.Scale;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Two sides are changed at random and at once, while news of it are lost or come twice and what
/// was known is forgotten. In the end both say the same, and nothing stands there twice.
/// `-Dmadang.calendar.edits=1000` for the whole number.
class ConvergenceTest {
    private static final int EDITS = Integer.getInteger("madang.calendar.edits", 120);
    private static final long SEED = Scale.seed();
    private static final Instant FIRST = Instant.parse("2027-05-01T00:00:00Z");

    private final List<String> events = new CopyOnWriteArrayList<>();

    @Test
    void whatever_happens_both_sides_agree_in_the_end() throws Exception {
        try (House house = House.open(Map.of("MADANG_CALENDAR_POLL", "10s"))) {
            Diary mina = Diary.connected(house, "mina");
            Diary joon = Diary.connected(house, "joon");
            for (int i = 0; i < 10; i++) {
                propose(mina, joon, new Random(SEED + i));
            }
            Thread here = Thread.startVirtualThread(() -> editHere(mina, joon));
            Thread there = Thread.startVirtualThread(() -> editThere(house, mina, joon));
            here.join();
            there.join();

            Diary.news(house, "once");
            long last = System.nanoTime();
            String end = mina.proposes("the end", joon);
            joon.http().post("/api/v1/calendar/sync/" + end);
            for (Diary one : List.of(mina, joon)) {
                eventually(() -> one.shows(end, "summary").equals("the end"));
            }
            mina.edits(end, "\"summary\": \"the very end\"");
            eventually(() -> difference(mina).isEmpty());
            eventually(() -> difference(joon).isEmpty());
            System.out.printf(
                    "%d edits, seed %d: the same %.1f s after the last%n",
                    EDITS, SEED, (System.nanoTime() - last) / 1e9);
            assertThat(mina.says(end, "title")).isEqualTo("the very end");
        }
    }

    private void propose(Diary mina, Diary joon, Random random) {
        String event =
                mina.proposes(
                        "차 🍵 " + random.nextInt(1_000),
                        FIRST.toString(),
                        FIRST.plusSeconds(3_600).toString(),
                        joon);
        joon.does(event, "accept");
        events.add(event);
    }

    private void editHere(Diary mina, Diary joon) {
        Random random = new Random(SEED);
        for (int i = 0; i < EDITS / 2; i++) {
            String event = events.get(random.nextInt(events.size()));
            switch (random.nextInt(10)) {
                case 0 -> propose(mina, joon, random);
                case 1 -> mina.does(event, "confirm");
                case 2 -> mina.does(event, random.nextInt(5) == 0 ? "cancel" : "confirm");
                case 3 -> joon.does(event, random.nextBoolean() ? "decline" : "accept");
                case 4, 5 -> mina.changes(event, moved(random));
                case 6 -> mina.changes(event, "{\"location\": null}");
                default ->
                        mina.changes(
                                event, "{\"title\": \"here %d\"}".formatted(random.nextInt(1_000)));
            }
        }
    }

    private void editThere(House house, Diary mina, Diary joon) {
        Random random = new Random(SEED + 1);
        List<String> ways = List.of("once", "twice", "never");
        for (int i = 0; i < EDITS / 2; i++) {
            String event = events.get(random.nextInt(events.size()));
            Diary who = random.nextInt(4) == 0 ? joon : mina;
            switch (random.nextInt(12)) {
                case 0 -> Diary.news(house, ways.get(random.nextInt(3)));
                case 1 -> who.forgetsSyncTokens();
                case 2 -> {
                    if (random.nextInt(4) == 0) {
                        who.deletes(event);
                    }
                }
                case 3, 4, 5 -> {
                    String times = moved(random).replace("_time", "");
                    who.triesToEdit(event, times.substring(1, times.length() - 1));
                }
                case 6 -> who.triesToEdit(event, "\"location\": \"정원\"");
                default ->
                        who.triesToEdit(
                                event,
                                "\"summary\": \"there %d\"".formatted(random.nextInt(1_000)));
            }
        }
    }

    private static String moved(Random random) {
        String start = FIRST.plusSeconds(60L * random.nextInt(100_000)).toString();
        String end = Instant.parse(start).plusSeconds(60L * random.nextInt(300)).toString();
        return "{\"start_time\": \"%s\", \"end_time\": \"%s\"}".formatted(start, end);
    }

    /// What somebody's calendar says otherwise than his events do; empty where it says the same.
    private static List<String> difference(Diary one) {
        Map<String, JsonNode> there = new HashMap<>();
        List<String> differences = new ArrayList<>();
        for (JsonNode entry : one.entries()) {
            there.put(entry.path("id").asString(), entry);
        }
        String cursor = "";
        do {
            Answer page = one.http().get("/api/v1/events?limit=100" + cursor);
            for (JsonNode event : page.data().path("items")) {
                if (!event.path("status").asString().equals("CANCELED")) {
                    String id = event.path("id").asString();
                    JsonNode entry = there.remove(Entry.remoteId(Id.parse(id)));
                    if (entry == null || !isSame(event, entry)) {
                        differences.add(event + " is not " + entry);
                    }
                }
            }
            String next = page.data().path("next_cursor").asString("");
            cursor = next.isEmpty() ? "" : "&cursor=" + next;
        } while (!cursor.isEmpty());
        there.values().forEach(entry -> differences.add(entry + " is only there"));
        return differences;
    }

    private static boolean isSame(JsonNode event, JsonNode entry) {
        return text(event, "title").equals(text(entry, "summary"))
                && text(event, "location").equals(text(entry, "location"))
                && Instant.parse(text(event, "start_time")).equals(moment(entry.path("start")))
                && Instant.parse(text(event, "end_time")).equals(moment(entry.path("end")));
    }

    private static Instant moment(JsonNode time) {
        return OffsetDateTime.parse(text(time, "dateTime")).toInstant();
    }

    private static String text(JsonNode json, String name) {
        return json.path(name).asString("");
    }
}
