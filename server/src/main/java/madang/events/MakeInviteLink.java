package madang.events;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

/// How long a new link leads in, and how many: a week and everybody, where nothing is said.
public record MakeInviteLink(
        @Min(1) @Max(InviteLink.MOST_HOURS) @Nullable Integer expiresInHours,
        @Min(0) @Max(InviteLink.MOST_USES) @Nullable Integer maxUses) {}
