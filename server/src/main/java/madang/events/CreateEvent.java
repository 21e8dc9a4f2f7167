package madang.events;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.json.CodePoints;
import org.jspecify.annotations.Nullable;

/// What a client asks to propose an event; who is named is asked to come.
public record CreateEvent(
        @NotBlank @CodePoints(min = 1, max = MAX_TITLE) String title,
        @CodePoints(max = MAX_DESCRIPTION) @Nullable String description,
        @CodePoints(max = MAX_LOCATION) @Nullable String location,
        Instant startTime,
        Instant endTime,
        @Size(max = MOST_NAMED) @Nullable List<Id<User>> participantIds) {
    static final int MAX_TITLE = 200;
    static final int MAX_DESCRIPTION = 10_000;
    static final int MAX_LOCATION = 200;
    static final int MOST_NAMED = 500;

    public CreateEvent {
        EventTime.require(startTime, endTime);
    }
}
