package madang.slots;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import madang.kit.json.CodePoints;
import org.jspecify.annotations.Nullable;

/// What is offered, whenever that is.
///
/// @param price in won; for who reads it, nothing is charged
/// @param capacity how many may book the same slot; one where nothing is said
/// @param bufferMinutes what must lie free before and behind it, once it is booked
/// @param noticeMinutes how long before its start it can be booked at the latest
public record Offer(
        @NotBlank @CodePoints(min = 1, max = 200) String title,
        @CodePoints(max = 2_000) @Nullable String description,
        @Nullable Category category,
        @CodePoints(min = 1, max = 100) @Nullable String region,
        @CodePoints(max = 200) @Nullable String location,
        @Size(max = 10) @Nullable List<@NotBlank @CodePoints(max = 30) String> tags,
        @Min(0) @Max(100_000_000) @Nullable Integer price,
        @Min(1) @Max(100) @Nullable Integer capacity,
        @Min(0) @Max(MOST_BUFFER_MINUTES) @Nullable Integer bufferMinutes,
        @Min(0) @Max(43_200) @Nullable Integer noticeMinutes) {
    static final int MOST_BUFFER_MINUTES = 1_440;

    int buffer() {
        return bufferMinutes == null ? 0 : bufferMinutes;
    }
}
