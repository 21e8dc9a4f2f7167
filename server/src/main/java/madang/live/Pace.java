package madang.live;

import java.util.concurrent.TimeUnit;

/// How fast one socket may speak: so many messages a second, and a burst of them after a silence
/// (the generic cell rate algorithm, which needs one number where a bucket needs two). Whoever
/// keeps speaking without heeding refusals is abusive: a minute's worth of messages too many, and
/// not one pause in between that was long enough to fill the burst again.
public final class Pace {
    private static final int ABUSE_SECONDS = 60;

    private final long intervalNanos;
    private final long burstNanos;
    private final long abusiveRefusals;
    private long nextDueNanos;
    private long refused;

    public Pace(double perSecond, int burst, long nowNanos) {
        intervalNanos = (long) (TimeUnit.SECONDS.toNanos(1) / perSecond);
        burstNanos = intervalNanos * (burst - 1);
        abusiveRefusals = (long) (ABUSE_SECONDS * perSecond);
        nextDueNanos = nowNanos;
    }

    /// Zero when a message may be said now, else how long to wait for that.
    public long waitNanos(long nowNanos) {
        if (nextDueNanos - nowNanos <= 0) {
            nextDueNanos = nowNanos;
            refused = 0;
        }
        long wait = nextDueNanos - nowNanos - burstNanos;
        if (wait > 0) {
            refused++;
            return wait;
        }
        nextDueNanos += intervalNanos;
        return 0;
    }

    boolean isAbusive() {
        return refused > abusiveRefusals;
    }
}
