package madang.kit;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Moments in which a process may die that must not cost anybody a message or a sign-in. A test
/// names one, and the how-manieth time, by `-Dmadang.crash=BEFORE_ACK:20`; there the process ends
/// as by kill -9. Without that property a moment passes without a trace: the compiler drops it.
public enum CrashPoint {
    /// All is written, nothing is committed.
    BEFORE_COMMIT,
    /// It is durable, and its sender does not know.
    BEFORE_ACK,
    /// Its sender knows, and nobody else was told.
    BEFORE_TELLING,
    /// A change of a message is written, and not committed.
    BEFORE_CHANGE_COMMIT,
    /// It is durable, and who asked for it does not know.
    BEFORE_CHANGE_ACK,
    /// He knows, and nobody else was told.
    BEFORE_CHANGE_TELLING,
    /// A file is kept, and no message shows it yet.
    BEFORE_SHOWING,
    /// A feature has erased somebody, and nothing says so yet.
    BETWEEN_ERASURES,
    /// A refresh token is spent, or its replay is recognised, and nobody was answered.
    AFTER_RENEWAL;

    private static final @Nullable String PLAN = System.getProperty("madang.crash");
    private static final AtomicInteger PASSED = new AtomicInteger();

    /// As a shell tells of kill -9.
    private static final int KILLED = 137;

    /// So that what was said just before reaches those whom it was said to.
    private static final long LAST_WORDS_MILLIS = 300;

    public void pass() {
        if (PLAN != null) {
            dieIfMeant(PLAN);
        }
    }

    private void dieIfMeant(String plan) {
        String[] nameAndTime = plan.split(":", 2);
        if (nameAndTime[0].equals(name())
                && PASSED.incrementAndGet() == Integer.parseInt(nameAndTime[1])) {
            try {
                TimeUnit.MILLISECONDS.sleep(LAST_WORDS_MILLIS);
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
            }
            Runtime.getRuntime().halt(KILLED);
        }
    }
}
