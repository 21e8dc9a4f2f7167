package madang.identity;

import java.time.Duration;

/// Who made a token, for whom, and how long it is good.
public record TokenStamp(String issuer, String audience, Duration life) {}
