package madang.passkeys;

import madang.kit.json.CodePoints;
import org.jspecify.annotations.Nullable;

/// Somebody wants one more way into his account; he proves who he is, unless he has just done so.
public record InvitePasskey(@CodePoints(min = 1, max = 1_000) @Nullable String password) {}
