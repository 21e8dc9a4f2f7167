package madang.events;

import jakarta.validation.constraints.NotBlank;
import java.util.Map;
import madang.kit.Failure;
import madang.kit.Text;
import madang.kit.TimeZones;
import madang.kit.json.CodePoints;
import org.jspecify.annotations.Nullable;

/// How an event comes again: a rule of RFC 5545 (`FREQ=WEEKLY;BYDAY=MO,WE;COUNT=10`), on the clocks
/// of a zone; of the creator's own where none is named.
public record Repeat(
        @NotBlank @CodePoints(min = 1, max = Recurrence.MAX_CHARACTERS) String rule,
        @Nullable String timeZone) {
    public Repeat {
        if (timeZone != null && !TimeZones.knows(timeZone)) {
            throw Failure.invalid(Map.of("time_zone", Text.of("invalid.time_zone")));
        }
    }
}
