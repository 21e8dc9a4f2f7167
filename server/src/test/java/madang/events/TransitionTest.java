package madang.events;

import static madang.events.EventStatus.CANCELED;
import static madang.events.EventStatus.CONFIRMED;
import static madang.events.EventStatus.DONE;
import static madang.events.EventStatus.PROPOSED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import madang.kit.Failure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The state machine, asked about every status, person and deed there is. What is expected is told
/// once more here, in the words of the contract: by tables instead of by switches.
class TransitionTest {
    private static final Set<Deed> OF_PARTICIPANTS =
            EnumSet.of(Deed.ACCEPT, Deed.DECLINE, Deed.LEAVE);

    /// Where a creator's deed leads. What is not named is refused.
    private static final Map<Deed, Map<EventStatus, EventStatus>> LEADS =
            Map.of(
                    Deed.CHANGE, Map.of(PROPOSED, PROPOSED, CONFIRMED, CONFIRMED),
                    Deed.ADD, Map.of(PROPOSED, PROPOSED, CONFIRMED, CONFIRMED),
                    Deed.REMOVE, Map.of(PROPOSED, PROPOSED, CONFIRMED, CONFIRMED),
                    Deed.CONFIRM, Map.of(PROPOSED, CONFIRMED),
                    Deed.CANCEL, Map.of(PROPOSED, CANCELED, CONFIRMED, CANCELED),
                    Deed.FINISH, Map.of(CONFIRMED, DONE),
                    Deed.DELETE,
                            Map.of(
                                    PROPOSED, CANCELED, CONFIRMED, CANCELED, CANCELED, CANCELED,
                                    DONE, DONE));

    record Triple(EventStatus status, @Nullable Standing standing, Deed deed) {
        Transition transition() {
            return Transition.of(status, standing, deed);
        }
    }

    static Stream<Triple> triples() {
        List<@Nullable Standing> everybody = new ArrayList<>(List.of(Standing.values()));
        everybody.add(null);
        return Stream.of(EventStatus.values())
                .flatMap(status ->
                        everybody.stream()
                                .flatMap(standing ->
                                        Stream.of(Deed.values())
                                                .map(deed -> new Triple(status, standing, deed))));
    }

    @Test
    void nothing_is_left_out() {
        assertThat(triples()).hasSize(4 * 5 * 11).doesNotHaveDuplicates();
    }

    @Test
    void every_status_person_and_deed_is_decided() {
        triples()
                .forEach(triple ->
                        assertThat(told(triple.transition()))
                                .as(triple.toString())
                                .isEqualTo(expected(triple)));
    }

    @Test
    void nothing_leads_out_of_an_end() {
        triples()
                .filter(triple -> !triple.status().isOpen())
                .filter(triple -> triple.transition() instanceof Transition.To)
                .forEach(triple ->
                        assertThat(triple.transition())
                                .as(triple.toString())
                                .isEqualTo(new Transition.To(triple.status())));
    }

    @Test
    void the_house_ends_what_was_confirmed_and_nothing_else() {
        assertThat(told(Transition.whenOver(CONFIRMED))).isEqualTo("DONE");
        for (EventStatus other : List.of(PROPOSED, CANCELED, DONE)) {
            assertThat(told(Transition.whenOver(other))).isEqualTo("409 EVENT_STATE");
        }
    }

    private static String expected(Triple triple) {
        if (triple.deed() == Deed.JOIN) {
            return triple.standing() != null
                    ? "409 ALREADY_PARTICIPANT"
                    : whileOpen(triple.status());
        }
        if (triple.standing() == null) {
            return "404 EVENT_NOT_FOUND";
        }
        return OF_PARTICIPANTS.contains(triple.deed()) ? ofParticipant(triple) : ofCreator(triple);
    }

    private static String ofCreator(Triple triple) {
        if (triple.standing() != Standing.CREATOR) {
            return "403 PERMISSION_DENIED";
        }
        @Nullable EventStatus next = LEADS.get(triple.deed()).get(triple.status());
        return next == null ? "409 EVENT_STATE" : next.name();
    }

    private static String ofParticipant(Triple triple) {
        if (triple.standing() == Standing.CREATOR) {
            return "409 EVENT_NOT_INVITED";
        }
        boolean isRepeated =
                (triple.deed() == Deed.ACCEPT && triple.standing() == Standing.ACCEPTED)
                        || (triple.deed() == Deed.DECLINE
                                && triple.standing() == Standing.DECLINED);
        return isRepeated ? "no change" : whileOpen(triple.status());
    }

    private static String whileOpen(EventStatus status) {
        return status == PROPOSED || status == CONFIRMED ? status.name() : "409 EVENT_STATE";
    }

    private static String told(Transition transition) {
        return switch (transition) {
            case Transition.To(EventStatus next) -> next.name();
            case Transition.Stays() -> "no change";
            case Transition.Refused(Failure why) -> why.status() + " " + why.code();
        };
    }
}
