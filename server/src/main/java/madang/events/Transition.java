package madang.events;

import java.util.Map;
import madang.kit.Failure;
import org.jspecify.annotations.Nullable;

/// What becomes of an event when somebody does something: the whole state machine. Times are not
/// its matter; whoever finishes an event looks at the clock beside it.
sealed interface Transition {

    /// It happens, and this is the event's status from then on.
    record To(EventStatus status) implements Transition {}

    /// It has happened before: nothing changes, and nobody is told.
    record Stays() implements Transition {}

    record Refused(Failure why) implements Transition {}

    /// `standing` is null for strangers, to whom there is no such event.
    static Transition of(EventStatus status, @Nullable Standing standing, Deed deed) {
        return switch (deed) {
            case CHANGE, ADD, REMOVE -> ofCreator(standing, whileOpen(status, status));
            case CONFIRM -> ofCreator(standing, confirmed(status));
            case CANCEL -> ofCreator(standing, whileOpen(status, EventStatus.CANCELED));
            case FINISH -> ofCreator(standing, finished(status));
            case DELETE -> ofCreator(standing, deleted(status));
            case ACCEPT -> ofParticipant(standing, answered(status, standing, Standing.ACCEPTED));
            case DECLINE -> ofParticipant(standing, answered(status, standing, Standing.DECLINED));
            case LEAVE -> ofParticipant(standing, whileOpen(status, status));
            case JOIN ->
                    standing == null
                            ? whileOpen(status, status)
                            : new Refused(Failure.conflict("ALREADY_PARTICIPANT"));
        };
    }

    /// Where a deed of the creator's leads, or the house's in his place; a failure where it leads
    /// nowhere.
    static EventStatus after(EventStatus status, Deed deed) {
        return switch (of(status, Standing.CREATOR, deed)) {
            case To(EventStatus next) -> next;
            case Stays() -> status;
            case Refused(Failure why) -> throw why;
        };
    }

    /// What the house does by itself when an event is over.
    static Transition whenOver(EventStatus status) {
        return finished(status);
    }

    private static Transition ofCreator(@Nullable Standing standing, Transition wanted) {
        return switch (standing) {
            case null -> new Refused(Event.notFound());
            case CREATOR -> wanted;
            case PENDING, ACCEPTED, DECLINED -> new Refused(Failure.forbidden());
        };
    }

    private static Transition ofParticipant(@Nullable Standing standing, Transition wanted) {
        return switch (standing) {
            case null -> new Refused(Event.notFound());
            case CREATOR -> new Refused(Failure.conflict("EVENT_NOT_INVITED"));
            case PENDING, ACCEPTED, DECLINED -> wanted;
        };
    }

    private static Transition confirmed(EventStatus status) {
        return switch (status) {
            case PROPOSED -> new To(EventStatus.CONFIRMED);
            case CONFIRMED, CANCELED, DONE -> wrong(status);
        };
    }

    private static Transition finished(EventStatus status) {
        return switch (status) {
            case CONFIRMED -> new To(EventStatus.DONE);
            case PROPOSED, CANCELED, DONE -> wrong(status);
        };
    }

    /// What took place stays so, also where nobody wants to see it any more.
    private static Transition deleted(EventStatus status) {
        return switch (status) {
            case PROPOSED, CONFIRMED, CANCELED -> new To(EventStatus.CANCELED);
            case DONE -> new To(EventStatus.DONE);
        };
    }

    /// The same answer again is no news, however late it comes.
    private static Transition answered(
            EventStatus status, @Nullable Standing before, Standing answer) {
        return before == answer ? new Stays() : whileOpen(status, status);
    }

    private static Transition whileOpen(EventStatus status, EventStatus next) {
        return switch (status) {
            case PROPOSED, CONFIRMED -> new To(next);
            case CANCELED, DONE -> wrong(status);
        };
    }

    private static Transition wrong(EventStatus status) {
        return new Refused(Failure.conflict("EVENT_STATE").with(Map.of("status", status)));
    }
}
