package madang.kit.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import madang.kit.Failure;
import madang.kit.settings.Rate;
import org.jspecify.annotations.Nullable;

/// Counts requests against their limits: token buckets in this process, one for each limit and key,
/// forgotten once they must be full again. Their number is bounded, so that a flood of addresses
/// costs the oldest buckets and no more memory.
public final class Limits {
    private static final long MAX_BUCKETS = 200_000;

    private record Key(Limit limit, String who) {}

    private final Map<Limit, Rate> rates;
    private final Cache<Key, Bucket> buckets;
    private final TimeMeter time;

    public Limits(Map<Limit, Rate> rates, InstantSource clock) {
        this.rates = Map.copyOf(rates);
        this.buckets =
                Caffeine.newBuilder()
                        .maximumSize(MAX_BUCKETS)
                        .executor(Runnable::run)
                        .ticker(() -> clock.millis() * 1_000_000L)
                        .expireAfterAccess(longestWindow().plusSeconds(1))
                        .build();
        this.time = new ClockMeter(clock);
    }

    /// What is left after this request, as the headers of draft-ietf-httpapi-ratelimit-headers-10
    /// tell it.
    public record Left(String policy, String state, @Nullable Long retryAfterSeconds) {}

    /// Takes one from the bucket of `who`; null where the route has no limit.
    @Nullable Left take(Limit limit, String who) {
        @Nullable Rate rate = rates.get(limit);
        if (rate == null) {
            return null;
        }
        ConsumptionProbe probe =
                buckets.get(new Key(limit, who), _ -> bucket(rate)).tryConsumeAndReturnRemaining(1);
        long window = Math.max(1, window(rate).toSeconds());
        String name = "\"" + limit.label() + "\"";
        return new Left(
                name + ";q=" + rate.burst() + ";w=" + window,
                name
                        + ";r="
                        + probe.getRemainingTokens()
                        + ";t="
                        + seconds(probe.getNanosToWaitForReset()),
                probe.isConsumed() ? null : seconds(probe.getNanosToWaitForRefill()));
    }

    /// Takes one from the bucket of `who`; false where it is empty.
    public boolean allows(Limit limit, String who) {
        @Nullable Left left = take(limit, who);
        return left == null || left.retryAfterSeconds() == null;
    }

    /// Takes one from the bucket of `who`, or refuses.
    public void require(Limit limit, String who) {
        @Nullable Left left = take(limit, who);
        if (left != null && left.retryAfterSeconds() != null) {
            throw tooMany(left.retryAfterSeconds());
        }
    }

    static Failure tooMany(long retryAfterSeconds) {
        return Failure.of(Failure.Kind.RATE_LIMITED, "RATE_LIMIT_EXCEEDED", retryAfterSeconds)
                .with(Map.of("retry_after", retryAfterSeconds));
    }

    long buckets() {
        buckets.cleanUp();
        return buckets.estimatedSize();
    }

    /// How long an empty bucket takes to be full.
    private static Duration window(Rate rate) {
        return rate.per().multipliedBy(rate.burst()).dividedBy(rate.tokens());
    }

    private Duration longestWindow() {
        return rates.values().stream()
                .map(Limits::window)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    private Bucket bucket(Rate rate) {
        return Bucket.builder()
                .addLimit(limit ->
                        limit.capacity(rate.burst()).refillGreedy(rate.tokens(), rate.per()))
                .withCustomTimePrecision(time)
                .build();
    }

    private static long seconds(long nanos) {
        return Math.max(1, Math.ceilDiv(nanos, 1_000_000_000L));
    }

    private record ClockMeter(InstantSource clock) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return clock.millis() * 1_000_000L;
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
