package madang.events;

import java.time.Instant;
import madang.kit.Fact;
import madang.kit.Id;

/// An event begins in so many days, if nobody moves it meanwhile.
public record EventComesNear(Id<Event> event, Instant startTime, int days) implements Fact {
    @Override
    public Id<Event> aggregate() {
        return event;
    }
}
