package madang.rights;

import madang.kit.json.CodePoints;
import org.jspecify.annotations.Nullable;

/// Somebody wants to leave. Who has a password says it; who has none has signed in just now, or
/// confirms.
public record WithdrawAccount(
        @Nullable String password,
        @Nullable Boolean confirm,
        @Nullable @CodePoints(max = 500) String reason) {}
