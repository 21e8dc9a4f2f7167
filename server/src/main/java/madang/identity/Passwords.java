package madang.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import at.favre.lib.crypto.bcrypt.BCrypt;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import madang.kit.Failure;
import org.jspecify.annotations.Nullable;

/// Hashes passwords with bcrypt, on a few threads of its own with a short queue: a flood of
/// sign-ins waits here and is turned away here (503), and everything else keeps its cores. Never
/// call it inside a transaction.
final class Passwords implements AutoCloseable {
    /// What bcrypt takes in.
    static final int MAX_BYTES = 72;

    private static final int QUEUE = 50;
    private static final long RETRY_AFTER_SECONDS = 2;

    private final int cost;
    private final byte[] nobodysHash;
    private final ThreadPoolExecutor threads;
    private final AtomicLong runs = new AtomicLong();

    Passwords(int cost, int threadCount) {
        this.cost = cost;
        this.nobodysHash = ("$2a$%02d$" + ".".repeat(22 + 31)).formatted(cost).getBytes(UTF_8);
        this.threads =
                new ThreadPoolExecutor(
                        threadCount,
                        threadCount,
                        0,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(QUEUE),
                        Thread.ofPlatform().daemon().name("passwords-", 0).factory());
    }

    /// As many threads as leave a core to everybody else.
    static int threadCount() {
        return Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
    }

    String hash(String password) {
        byte[] bytes = password.getBytes(UTF_8);
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException("a password of more than 72 bytes");
        }
        return new String(run(() -> BCrypt.withDefaults().hash(cost, bytes)), UTF_8);
    }

    /// Whether this is the password of this hash. One hash is computed in any case, also where
    /// there is none to compare with (null), so that time tells nobody who has an account.
    boolean matches(String password, @Nullable String hash) {
        byte[] bytes = password.getBytes(UTF_8);
        boolean canMatch = hash != null && bytes.length <= MAX_BYTES;
        byte[] compared = hash != null && canMatch ? hash.getBytes(UTF_8) : nobodysHash;
        byte[] tried = Arrays.copyOf(bytes, Math.min(bytes.length, MAX_BYTES));
        return run(() -> BCrypt.verifyer().verify(tried, compared).verified) && canMatch;
    }

    /// Whether this hash was made at another cost than new ones are.
    boolean isStale(String hash) {
        return !hash.startsWith("%02d".formatted(cost), "$2a$".length());
    }

    /// How many hashes were computed.
    long runs() {
        return runs.get();
    }

    @Override
    public void close() {
        threads.shutdownNow().forEach(waiting -> ((Future<?>) waiting).cancel(true));
    }

    private <T> T run(Callable<T> work) {
        Future<T> done;
        try {
            done = threads.submit(work);
        } catch (RejectedExecutionException full) {
            throw Failure.unavailable().with(Map.of("retry_after", RETRY_AFTER_SECONDS));
        }
        try {
            T result = done.get();
            runs.incrementAndGet();
            return result;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw Failure.unavailable();
        } catch (CancellationException closed) {
            throw Failure.unavailable();
        } catch (ExecutionException bug) {
            throw new IllegalStateException(bug.getCause());
        }
    }
}
