package madang.slots;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import madang.kit.Failure;
import madang.kit.json.CodePoints;
import org.jspecify.annotations.Nullable;

/// What several are asked: which of these times suit them.
public record MakePoll(
        @NotBlank @CodePoints(min = 1, max = 200) String title,
        @CodePoints(max = 2_000) @Nullable String description,
        @CodePoints(max = 200) @Nullable String location,
        @Size(min = 1, max = MOST_OPTIONS) List<Time> options) {
    static final int MOST_OPTIONS = 50;
    private static final Duration LONGEST = Duration.ofDays(31);

    /// A time that is proposed.
    public record Time(Instant startTime, Instant endTime) {
        public Time {
            Duration length = Duration.between(startTime, endTime);
            if (!length.isPositive() || length.compareTo(LONGEST) > 0) {
                throw Failure.invalid("options", "poll_time");
            }
        }
    }

    public MakePoll {
        if (new HashSet<>(options).size() < options.size()) {
            throw Failure.invalid("options", "poll_time_twice");
        }
    }
}
