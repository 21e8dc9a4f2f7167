package madang.slots;

import java.time.Duration;
import java.time.Instant;
import madang.kit.Failure;

/// One slot.
public record PublishSlot(Offer offer, Instant startTime, Instant endTime) {
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    public PublishSlot {
        Duration length = Duration.between(startTime, endTime);
        if (length.compareTo(SHORTEST) < 0 || length.compareTo(LONGEST) > 0) {
            throw Failure.invalid("end_time", "slot_length");
        }
    }
}
