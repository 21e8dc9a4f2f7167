package madang.events;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import madang.kit.Caller;
import madang.kit.Failure;
import madang.kit.Id;
import madang.moderation.Moderation;
import madang.moderation.Report;
import madang.moderation.Reportable.Evidence;
import madang.moderation.Reportable.Subject;

/// What people may report of an event, as they see it: the words of its creator.
final class EventEyes {
    private final Events events;

    EventEyes(Events events) {
        this.events = events;
    }

    void lendTo(Moderation moderation) {
        moderation.lend(Report.SubjectType.EVENT, this::event);
    }

    private Optional<Evidence> event(Caller caller, Subject subject) {
        try {
            Event event = events.find(caller, new Id<>(subject.id().value()));
            String words =
                    Stream.of(event.title(), event.location(), event.description())
                            .flatMap(Stream::ofNullable)
                            .collect(Collectors.joining("\n"));
            return Optional.of(new Evidence(event.creator(), words));
        } catch (Failure refused) {
            if (refused.kind() == Failure.Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw refused;
        }
    }
}
