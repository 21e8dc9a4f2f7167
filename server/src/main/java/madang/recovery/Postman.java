package madang.recovery;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import madang.kit.db.Db;
import madang.port.Undeliverable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries the letters of one channel out of the house: each at least once, until it is taken,
/// refused for good, or too late. A dead server holds up nobody but its own channel.
final class Postman implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Postman.class);

    /// A letter of this node leaves at once; one that another node left behind, within this time.
    private static final Duration LOOK = Duration.ofSeconds(5);

    private static final int AT_ONCE = 8;

    private final Channel channel;
    private final Db db;
    private final LetterStore letters;
    private final Consumer<Letter> delivery;
    private final InstantSource clock;
    private final Semaphore bell = new Semaphore(0);
    private final ExecutorService hands = Executors.newVirtualThreadPerTaskExecutor();
    private final Thread thread;

    Postman(
            Channel channel,
            Db db,
            LetterStore letters,
            Consumer<Letter> delivery,
            InstantSource clock) {
        this.channel = channel;
        this.db = db;
        this.letters = letters;
        this.delivery = delivery;
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("postman-" + channel).unstarted(this::work);
    }

    void start() {
        thread.start();
    }

    /// There is a letter.
    void rings() {
        bell.release();
    }

    @Override
    public void close() {
        thread.interrupt();
        hands.shutdownNow();
    }

    private void work() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                if (round() < AT_ONCE && bell.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                    bell.drainPermits();
                }
            } catch (InterruptedException closed) {
                return;
            } catch (RuntimeException noDatabase) {
                log.warn("cannot look for letters: {}", noDatabase.toString());
                rest();
            }
        }
    }

    private int round() throws InterruptedException {
        List<Letter> claimed = db.tx(tx -> letters.claim(tx, channel, clock.instant(), AT_ONCE));
        hands.invokeAll(
                claimed.stream()
                        .<Callable<Object>>map(it -> Executors.callable(() -> carry(it)))
                        .toList());
        return claimed.size();
    }

    /// The log learns what kind of letter it was and what went wrong, never whose or what it said.
    private void carry(Letter letter) {
        if (letter.isTooLate(clock.instant())) {
            log.error(
                    "{} was given up: {} tries did not bring it out",
                    letter.kind(),
                    letter.tries() - 1);
            remove(letter);
            return;
        }
        try {
            delivery.accept(letter);
            remove(letter);
        } catch (Undeliverable refused) {
            log.warn("{} was refused for good: {}", letter.kind(), refused.getMessage());
            remove(letter);
        } catch (RuntimeException failed) {
            log.warn("{} did not leave, try {}: {}", letter.kind(), letter.tries(), reason(failed));
        }
    }

    private void remove(Letter letter) {
        db.run(tx -> letters.remove(tx, letter.id()));
    }

    /// Drivers tell in their message what may be told; of other faults the kind is enough.
    private static String reason(RuntimeException failed) {
        return failed instanceof IllegalStateException
                ? String.valueOf(failed.getMessage())
                : failed.getClass().getSimpleName();
    }

    private static void rest() {
        try {
            Thread.sleep(LOOK);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }
}
