package madang.identity;

import java.time.Duration;
import madang.kit.Caller;

/// Somebody has come in: who he is now, what he is told about himself, and what he carries away.
public record SignedIn(
        Caller.Member caller,
        Me me,
        String accessToken,
        Duration accessTokenLife,
        String refreshToken,
        Duration refreshTokenLife) {}
