package madang.sandbox.stand;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Things under words that nobody guesses, each for its own time: codes and tokens. Their number is
/// bounded; a flood costs the oldest and no more memory.
public final class Kept<T> {
    private static final int MOST = 20_000;

    /// A thing and its end.
    public record Held<T>(T thing, Instant until) {
        public long secondsLeft(Instant now) {
            return Math.max(0, Duration.between(now, until).toSeconds());
        }
    }

    private final Cache<String, Held<T>> all =
            Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();
    private final InstantSource clock;

    public Kept(InstantSource clock) {
        this.clock = clock;
    }

    public String keep(T thing, Duration life) {
        String word = Randoms.word();
        all.put(word, new Held<>(thing, clock.instant().plus(life)));
        return word;
    }

    public @Nullable Held<T> find(@Nullable String word) {
        return word == null ? null : alive(all.getIfPresent(word));
    }

    /// The thing, for the first who asks alone.
    public @Nullable Held<T> take(@Nullable String word) {
        return word == null ? null : alive(all.asMap().remove(word));
    }

    public void forget(Predicate<T> which) {
        all.asMap().values().removeIf(held -> which.test(held.thing()));
    }

    private @Nullable Held<T> alive(@Nullable Held<T> held) {
        return held != null && clock.instant().isBefore(held.until()) ? held : null;
    }
}
