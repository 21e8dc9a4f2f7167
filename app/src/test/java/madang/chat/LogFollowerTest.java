package madang.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import madang.testing.Talker;
import madang.testing.Town;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The checker of what is heard live, checked: it finds what is planted, and nothing else.
class LogFollowerTest {
    private static final int SAID = 10;
    private static Town town;
    private static String room;
    private static JsonNode opened;
    private static List<JsonNode> pushes;

    /// Joon hears ten messages of Mina, of which one is edited.
    @BeforeAll
    static void listen() {
        town = Town.open();
        room = town.room(town.mina(), town.joon());
        town.house().wiring().relay().drain();
        try (Talker mina = town.talker(town.mina());
                Talker joon = town.talker(town.joon())) {
            opened = joon.opens(room);
            for (int i = 0; i < SAID; i++) {
                JsonNode said = mina.says("tea " + i, room);
                if (i == SAID / 2) {
                    mina.edits(said, "green tea");
                }
            }
            joon.hearsText("tea " + (SAID - 1));
            pushes = joon.pushes();
        }
    }

    @AfterAll
    static void close() {
        town.close();
    }

    @Test
    void what_was_heard_whole_is_whole() {
        LogFollower log = follow(pushes);
        assertThat(log.holes()).isEmpty();
        assertThat(log.doubled()).isEmpty();
        assertThat(log.messages()).hasSize(SAID);
    }

    @Test
    void wherever_one_is_missing_there_is_a_hole() {
        List<Integer> messages = messages();
        for (int missing : messages.subList(0, messages.size() - 1)) {
            List<JsonNode> planted = new ArrayList<>(pushes);
            planted.remove(missing);
            assertThat(follow(planted).holes()).as("without " + pushes.get(missing)).hasSize(1);
        }
    }

    @Test
    void whatever_comes_twice_is_doubled() {
        for (int twice : messages()) {
            for (int later : List.of(twice, pushes.size() - 1)) {
                List<JsonNode> planted = new ArrayList<>(pushes);
                planted.add(later + 1, pushes.get(twice));
                LogFollower log = follow(planted);
                assertThat(log.doubled())
                        .containsExactly(pushes.get(twice).at("/params/changed_seq").asLong());
                assertThat(log.messages()).hasSize(SAID);
            }
        }
    }

    private static LogFollower follow(List<JsonNode> planted) {
        LogFollower log = new LogFollower();
        log.answered(opened);
        log.follows(planted, room);
        return log;
    }

    /// Where messages stand among what was pushed.
    private static List<Integer> messages() {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < pushes.size(); i++) {
            if (pushes.get(i).get("method").stringValue().equals("chat.message")) {
                places.add(i);
            }
        }
        return places;
    }
}
