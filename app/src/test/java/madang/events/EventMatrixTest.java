package madang.events;

import static madang.events.EventTown.EVENTS;
import static madang.events.EventTown.add;
import static madang.events.EventTown.change;
import static madang.events.EventTown.does;
import static madang.events.EventTown.done;
import static madang.events.EventTown.propose;
import static madang.events.EventTown.remove;
import static madang.events.EventTown.status;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import madang.kit.Failure;
import madang.testing.Answer;
import madang.testing.Person;
import madang.testing.Town;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every deed of everybody to an event in every status, over HTTP: what the state machine says is
/// what is answered, and what the event is afterwards. What the machine should say: TransitionTest.
class EventMatrixTest {
    /// An event, and the code of a link that leads into it.
    private record Made(String event, String code) {}

    @AutoClose private static Town town;
    private static Person mina;
    private static Person joon;
    private static Person guest;
    private static Person newcomer;

    @BeforeAll
    static void open() {
        town = Town.open();
        mina = town.mina();
        joon = town.joon();
        guest = town.person("guest");
        newcomer = town.haneul();
    }

    @ParameterizedTest
    @EnumSource(EventStatus.class)
    void the_house_answers_what_the_state_machine_says(EventStatus status) {
        List<@Nullable Standing> everybody = new ArrayList<>(List.of(Standing.values()));
        everybody.add(null);
        for (@Nullable Standing standing : everybody) {
            Made made = made(status, standing);
            for (Deed deed : Deed.values()) {
                Answer answer = answer(standing == Standing.CREATOR ? mina : joon, made, deed);
                assertThat(told(answer, made))
                        .as(status + " " + standing + " " + deed)
                        .isEqualTo(expected(status, standing, deed));
                if (answer.status() < 300) {
                    made = made(status, standing);
                }
            }
        }
    }

    /// Of what is refused nothing changed; the rest is in the status that the machine says.
    private static String told(Answer answer, Made made) {
        return answer.status() < 300 ? status(mina, made.event()) : answer.code();
    }

    private static String expected(EventStatus status, @Nullable Standing standing, Deed deed) {
        return switch (Transition.of(status, standing, deed)) {
            case Transition.To(EventStatus _) when deed == Deed.FINISH -> "EVENT_NOT_OVER";
            case Transition.To(EventStatus next) -> next.name();
            case Transition.Stays() -> status.name();
            case Transition.Refused(Failure why) -> why.code();
        };
    }

    private static Answer answer(Person person, Made made, Deed deed) {
        String event = made.event();
        return switch (deed) {
            case CHANGE -> change(person, event, Map.of("title", "other"));
            case CONFIRM -> does(person, event, "confirm");
            case CANCEL -> does(person, event, "cancel");
            case FINISH -> does(person, event, "done");
            case DELETE -> person.http().delete(EVENTS + "/" + event);
            case ADD -> add(person, event, newcomer);
            case REMOVE -> remove(person, event, guest);
            case ACCEPT -> does(person, event, "accept");
            case DECLINE -> does(person, event, "decline");
            case LEAVE -> remove(person, event, person);
            case JOIN -> person.http().post("/api/v1/invite/" + made.code() + "/join");
        };
    }

    /// An event of Mina's in this status, in which a guest is and Joon is this.
    private static Made made(EventStatus status, @Nullable Standing standing) {
        boolean isJoonIn = standing != null && standing != Standing.CREATOR;
        List<String> asked =
                Stream.of(guest, joon)
                        .filter(person -> person != joon || isJoonIn)
                        .map(Person::id)
                        .toList();
        String start = status == EventStatus.DONE ? "2020-01-01T00:00:00Z" : "2030-01-01T00:00:00Z";
        String event =
                done(
                                propose(
                                        mina,
                                        Map.of(
                                                "participant_ids", asked,
                                                "start_time", start,
                                                "end_time", start)),
                                201)
                        .text("id");
        String code =
                done(mina.http().post(EVENTS + "/" + event + "/invite-link"), 201).text("code");
        if (standing == Standing.ACCEPTED || standing == Standing.DECLINED) {
            done(does(joon, event, standing == Standing.ACCEPTED ? "accept" : "decline"), 200);
        }
        bring(event, status);
        return new Made(event, code);
    }

    /// What is over and confirmed, the house may have ended before Mina does.
    private static void bring(String event, EventStatus status) {
        switch (status) {
            case PROPOSED -> {}
            case CONFIRMED -> does(mina, event, "confirm");
            case CANCELED -> does(mina, event, "cancel");
            case DONE -> {
                does(mina, event, "confirm");
                does(mina, event, "done");
            }
        }
        assertThat(status(mina, event)).isEqualTo(status.name());
    }
}
