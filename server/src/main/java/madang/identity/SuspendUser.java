package madang.identity;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.time.Instant;
import madang.kit.json.CodePoints;
import org.jspecify.annotations.Nullable;

/// What an administrator decides about somebody's way in. `suspended:false` lets him in again;
/// without days it holds until then.
public record SuspendUser(
        @Nullable @CodePoints(max = 500) String reason,
        @Nullable @Min(1) @Max(3_650) Integer durationDays,
        @Nullable Boolean suspended) {

    boolean isSuspension() {
        return !Boolean.FALSE.equals(suspended);
    }

    Suspension from(Instant now) {
        return new Suspension(
                reason, durationDays == null ? null : now.plus(Duration.ofDays(durationDays)));
    }
}
