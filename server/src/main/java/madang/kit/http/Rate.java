package madang.kit.http;

import java.time.Duration;

/// So many in so long, and how many at once: a token bucket's refill and its size.
public record Rate(long tokens, Duration per, long burst) {}
