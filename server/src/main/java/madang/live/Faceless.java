package madang.live;

import org.jspecify.annotations.Nullable;

/// A failure as it may be logged: its types and places without its messages, which may quote what
/// people wrote.
final class Faceless extends Exception {

    private Faceless(Throwable failure, @Nullable Throwable cause) {
        super(failure.getClass().getName(), cause, false, true);
        setStackTrace(failure.getStackTrace());
    }

    static Faceless of(Throwable failure) {
        @Nullable Throwable cause = failure.getCause();
        return new Faceless(failure, cause == null ? null : of(cause));
    }
}
