package madang.events;

import static madang.events.EventTown.EVENTS;
import static madang.events.EventTown.add;
import static madang.events.EventTown.change;
import static madang.events.EventTown.does;
import static madang.events.EventTown.history;
import static madang.events.EventTown.proposes;
import static madang.events.EventTown.remove;
import static madang.events.EventTown.shown;
import static madang.events.EventTown.status;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import madang.testing.Answer;
import madang.testing.Person;
import madang.testing.Town;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Two at once: the second finds what the first has done, and nothing is left half done.
class EventRacesTest {
    private static final int TRIES = 10;
    @AutoClose private static Town town;

    @BeforeAll
    static void open() {
        town = Town.open();
    }

    @Test
    void of_many_who_confirm_one_does() throws Exception {
        String event = proposes(town.mina());
        List<Integer> answers =
                statuses(Collections.nCopies(8, () -> does(town.mina(), event, "confirm")));
        assertThat(answers).filteredOn(status -> status == 200).hasSize(1);
        assertThat(answers).filteredOn(status -> status == 409).hasSize(7);
        assertThat(history(town.mina(), event)).containsExactly("CONFIRMED", "CREATED");
    }

    @Test
    void an_event_is_called_off_or_confirmed_before_and_never_both_ways() throws Exception {
        for (int i = 0; i < TRIES; i++) {
            String event = proposes(town.mina());
            List<Integer> answers =
                    statuses(
                            List.of(
                                    () -> does(town.mina(), event, "cancel"),
                                    () -> does(town.mina(), event, "confirm")));
            assertThat(answers.getFirst()).isEqualTo(200);
            assertThat(status(town.mina(), event)).isEqualTo("CANCELED");
            assertThat(history(town.mina(), event))
                    .hasSize(answers.getLast() == 200 ? 3 : 2)
                    .startsWith("CANCELED");
        }
    }

    @Test
    void one_person_is_asked_once() throws Exception {
        String event = proposes(town.mina());
        List<Integer> answers =
                statuses(Collections.nCopies(8, () -> add(town.mina(), event, town.joon())));
        assertThat(answers).filteredOn(status -> status == 201).hasSize(1);
        assertThat(answers).filteredOn(status -> status == 409).hasSize(7);
        assertThat(shown(town.mina(), event).data().get("participant_count").asInt()).isOne();
    }

    @Test
    void of_those_who_change_the_same_version_one_does() throws Exception {
        String path = EVENTS + "/" + proposes(town.mina());
        List<Callable<Answer>> changes = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String title = "{\"title\":\"title " + i + "\"}";
            changes.add(() -> town.mina().http().with("If-Match", "\"1\"").patch(path, title));
        }
        assertThat(statuses(changes)).filteredOn(status -> status == 200).hasSize(1);
        assertThat(town.mina().http().get(path).header("ETag")).isEqualTo("\"2\"");
    }

    @Test
    void who_comes_while_it_is_called_off_is_in_or_is_told() throws Exception {
        for (int i = 0; i < TRIES; i++) {
            String event = proposes(town.mina());
            List<Integer> answers =
                    statuses(
                            List.of(
                                    () -> add(town.mina(), event, town.joon()),
                                    () -> does(town.mina(), event, "cancel")));
            assertThat(answers.getLast()).isEqualTo(200);
            boolean isIn = shown(town.joon(), event).status() == 200;
            assertThat(answers.getFirst()).isEqualTo(isIn ? 201 : 409);
            assertThat(talks(town.joon(), event)).isEqualTo(isIn);
        }
    }

    @Test
    void whoever_is_put_out_while_he_answers_is_out_of_the_chat_too() throws Exception {
        for (int i = 0; i < TRIES; i++) {
            String event = proposes(town.mina(), town.joon());
            List<Integer> answers =
                    statuses(
                            List.of(
                                    () -> remove(town.mina(), event, town.joon()),
                                    () -> does(town.joon(), event, "accept")));
            assertThat(answers.getFirst()).isEqualTo(200);
            assertThat(answers.getLast()).isIn(200, 404);
            assertThat(shown(town.joon(), event).status()).isEqualTo(404);
            assertThat(talks(town.joon(), event)).isFalse();
        }
    }

    @Test
    void who_says_yes_and_no_at_once_is_in_the_chat_if_yes_was_last() throws Exception {
        String event = proposes(town.mina(), town.joon());
        for (int i = 0; i < TRIES; i++) {
            statuses(
                    List.of(
                            () -> does(town.joon(), event, "decline"),
                            () -> does(town.joon(), event, "accept")));
            boolean isComing = shown(town.joon(), event).text("my_status").equals("ACCEPTED");
            assertThat(talks(town.joon(), event)).isEqualTo(isComing);
        }
    }

    @Test
    void what_is_confirmed_while_it_is_moved_keeps_both() throws Exception {
        String event = proposes(town.mina());
        assertThat(
                        statuses(
                                List.of(
                                        () -> does(town.mina(), event, "confirm"),
                                        () -> change(town.mina(), event, Map.of("title", "새로")))))
                .containsOnly(200);
        Answer now = shown(town.mina(), event);
        assertThat(now.text("status")).isEqualTo("CONFIRMED");
        assertThat(now.text("title")).isEqualTo("새로");
        assertThat(now.header("ETag")).isEqualTo("\"3\"");
    }

    /// Whether he may read the chat, asked of chat itself.
    private static boolean talks(Person person, String event) {
        String room = shown(town.mina(), event).text("room");
        return person.http().get("/api/v1/chat/messages?room=" + room).status() == 200;
    }

    private static List<Integer> statuses(List<? extends Callable<Answer>> all) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Integer> statuses = new ArrayList<>();
            for (Future<Answer> done : threads.invokeAll(all)) {
                statuses.add(done.get().status());
            }
            return statuses;
        }
    }
}
