package madang.kit;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads once for all who ask the same at the same time. Who comes while an answer is on its way
/// does not take that one, which may be older than what he has already seen: he shares the next
/// one, which begins when this one is there. So a key never costs more than one read at a time,
/// however many ask. Only that something is away is no older for him: he hears it with the others,
/// instead of waiting for it once more.
public final class SharedReads<K, V> {
    private final ConcurrentMap<K, Turns<V>> turns = new ConcurrentHashMap<>();

    /// One read, and all who share it.
    private static final class Turn<V> {
        final CompletableFuture<V> answer = new CompletableFuture<>();
    }

    /// The read that runs, and the one that those share who came since.
    private record Turns<V>(Turn<V> now, @Nullable Turn<V> next) {
        static <V> Turns<V> with(@Nullable Turns<V> turns, Turn<V> mine) {
            if (turns == null) {
                return new Turns<>(mine, null);
            }
            return turns.next == null ? new Turns<>(turns.now, mine) : turns;
        }

        Turn<V> last() {
            return next == null ? now : next;
        }
    }

    /// What `read` answers; it throws to all who share it. `read` runs in the thread of one of
    /// them.
    public V get(K key, Supplier<V> read) {
        Turn<V> mine = new Turn<>();
        Turns<V> joined = turns.compute(key, (_, turns) -> Turns.with(turns, mine));
        if (joined.now == mine) {
            run(key, mine, read);
        } else if (joined.next == mine) {
            run(key, mine, awayOf(joined.now).orElse(read));
        }
        return answerOf(joined.last());
    }

    /// The refusal of a turn that found something away, once it is over.
    private static <V> Optional<Supplier<V>> awayOf(Turn<V> before) {
        return before.answer.handle((_, refused) -> SharedReads.<V>away(refused)).join();
    }

    private static <V> Optional<Supplier<V>> away(@Nullable Throwable refused) {
        if (refused instanceof Failure failure && failure.kind() == Failure.Kind.UNAVAILABLE) {
            return Optional.of(() -> {
                throw failure;
            });
        }
        return Optional.empty();
    }

    private void run(K key, Turn<V> turn, Supplier<V> read) {
        try {
            V answer = read.get();
            pass(key);
            turn.answer.complete(answer);
        } catch (RuntimeException | Error refused) {
            pass(key);
            turn.answer.completeExceptionally(refused);
        }
    }

    /// The next turn is the one that runs, before anybody who waits for this one goes on.
    private void pass(K key) {
        turns.computeIfPresent(
                key, (_, turns) -> turns.next == null ? null : new Turns<>(turns.next, null));
    }

    private static <V> V answerOf(Turn<V> turn) {
        try {
            return turn.answer.join();
        } catch (CompletionException refused) {
            if (refused.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (refused.getCause() instanceof Error cause) {
                throw cause;
            }
            throw refused;
        }
    }
}
