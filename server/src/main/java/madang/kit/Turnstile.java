package madang.kit;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Lets only so many work at once; the others wait in order, and who has waited too long is told to
/// come back (503). A crowd is served one after the other instead of all at the same slow pace.
public final class Turnstile {
    private final Semaphore places;
    private final Duration patience;

    public Turnstile(int atOnce, Duration patience) {
        places = new Semaphore(atOnce, true);
        this.patience = patience;
    }

    public <T> T pass(Supplier<T> work) {
        enter();
        try {
            return work.get();
        } finally {
            places.release();
        }
    }

    public int waiting() {
        return places.getQueueLength();
    }

    private void enter() {
        try {
            if (!places.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw Failure.unavailable();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw Failure.unavailable();
        }
    }
}
