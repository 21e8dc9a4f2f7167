package madang.events;

import jakarta.validation.constraints.NotBlank;
import java.time.Instant;
import madang.kit.Failure;
import madang.kit.json.CodePoints;
import madang.kit.json.Patch;
import org.jspecify.annotations.Nullable;

/// What is agreed from now on; an absent field stays. The status is no field: deeds change it.
public record ChangeEvent(
        Patch<@NotBlank @CodePoints(min = 1, max = CreateEvent.MAX_TITLE) String> title,
        Patch<@Nullable @CodePoints(max = CreateEvent.MAX_DESCRIPTION) String> description,
        Patch<@Nullable @CodePoints(max = CreateEvent.MAX_LOCATION) String> location,
        Patch<Instant> startTime,
        Patch<Instant> endTime,
        Patch<@Nullable EventStatus> status) {

    public ChangeEvent {
        if (status.given()) {
            throw Failure.invalid("status", "event_status");
        }
    }

    /// Everything at once, as another calendar tells it.
    public static ChangeEvent to(
            String title,
            @Nullable String description,
            @Nullable String location,
            Instant startTime,
            Instant endTime) {
        return new ChangeEvent(
                Patch.of(title),
                Patch.of(description),
                Patch.of(location),
                Patch.of(startTime),
                Patch.of(endTime),
                Patch.absent());
    }
}
